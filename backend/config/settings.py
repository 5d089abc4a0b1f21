"""All settings, from the environment. docs/operations.md has the table for hosts."""

from http import HTTPStatus
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from backend.config import first_run
from backend.config.env import ConfigError, Env
from backend.config.guard import is_local, reachable_from_outside, refuse_unsafe

BASE_DIR = Path(__file__).resolve().parents[2]
env = Env()

# --- where it runs -------------------------------------------------------------------------------
DATA_DIR = first_run.data_folder(Path(env.text("DATA_DIR", str(BASE_DIR / "var"))).resolve())
HOST = env.text("HOST", "127.0.0.1")
PORT = env.port("PORT", 8000)
DEBUG = env.boolean("DEBUG", default=False)
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
SECRET_KEY = env.secret("SECRET_KEY")
_secret_is_own = not SECRET_KEY
if _secret_is_own:
    SECRET_KEY = first_run.secret_key(DATA_DIR)
refuse_unsafe(
    bind=HOST,
    allowed_hosts=ALLOWED_HOSTS,
    debug=DEBUG,
    secret_key=SECRET_KEY,
    secret_is_own=_secret_is_own,
)

# Proxies in front of us whose X-Forwarded-* headers we believe (compose: Caddy, so 1).
PROXY_HOPS = env.integer("PROXY_HOPS", 0, low=0, high=5)
PUBLIC = reachable_from_outside(bind="127.0.0.1", allowed_hosts=ALLOWED_HOSTS)
if PROXY_HOPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PUBLIC else 0
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- Django --------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "backend.core",
    "backend.accounts",
    "backend.push",
    "backend.reminders",
    "backend.safety",
    "backend.pain",
    "backend.walking",
    "backend.posture",
    "backend.overview",
    "backend.privacy",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "backend.core.middleware.BodyLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "backend.config.urls"
WSGI_APPLICATION = "backend.config.wsgi.application"
APPEND_SLASH = False
AUTH_USER_MODEL = "accounts.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
USE_I18N = False  # our own catalogues hold every text a person sees
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator")
]
TEMPLATES: list[dict[str, Any]] = []

# --- sessions: the account lives in this cookie, so it lasts as long as browsers allow ------------
SESSION_ENGINE = "backend.accounts.sessions"
SESSION_COOKIE_NAME = "backstep_session"
SESSION_COOKIE_AGE = 400 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "backstep_csrf"
CSRF_COOKIE_HTTPONLY = True  # the token is answered by the API, no script reads the cookie
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "backend.core.api_errors.csrf_failure"

# --- stores --------------------------------------------------------------------------------------
_database = env.database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'backstep.sqlite3'}")
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE takes the write lock at BEGIN: two claims queue up instead of failing half-way.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    _database["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}  # a file, so that threads are real
else:
    _database["CONN_MAX_AGE"] = 60
    _database["CONN_HEALTH_CHECKS"] = True  # a kept one may be from before the database restarted
    _database["OPTIONS"] = {"connect_timeout": 5, **_database.get("OPTIONS", {})}
DATABASES = {"default": _database}

REDIS_URL = env.redis("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "backstep",
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    }
}

# --- push and reminders --------------------------------------------------------------------------
PUSH_ORIGINS = env.origins("PUSH_ORIGINS")
_vapid = env.secret("VAPID_PRIVATE_KEY")
VAPID_KEY = first_run.vapid_key(
    _vapid or first_run.vapid_pem(DATA_DIR),
    origin="VAPID_PRIVATE_KEY" if _vapid else str(DATA_DIR / "vapid_private.pem"),
)
_public_host = next((host.lstrip(".") for host in ALLOWED_HOSTS if not is_local(host)), None)
# Push services write to this address about trouble. Apple refuses localhost.
VAPID_SUBJECT = env.text(
    "VAPID_SUBJECT", f"https://{_public_host}" if _public_host else "mailto:host@example.org"
)
if not VAPID_SUBJECT.startswith(("mailto:", "https://")) or " " in VAPID_SUBJECT:
    raise ConfigError("VAPID_SUBJECT must be a mailto: or https: address without spaces")
TICK_SECONDS = env.integer("TICK_SECONDS", 5, low=1, high=60)
NIGHTLY_SECONDS = env.integer("NIGHTLY_SECONDS", 60, low=1, high=600)
LEASE_SECONDS = env.integer("LEASE_SECONDS", 60, low=2, high=3600)
# Asked for after each good run of the nightly check, so that a monitor notices silence.
HEARTBEAT_URL = env.web_address("HEARTBEAT_URL")

# --- API -----------------------------------------------------------------------------------------
BODY_LIMIT = 64 * 1024
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["backend.accounts.authentication.PersonAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["backend.accounts.authentication.HasSession"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["backend.core.parsers.InteroperableJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "backend.core.schema.Schema",
    "EXCEPTION_HANDLER": "backend.core.api_errors.exception_handler",
    "DEFAULT_THROTTLE_CLASSES": ["backend.core.throttling.FailOpenScopedThrottle"],
    "DEFAULT_THROTTLE_RATES": {
        "session": "30/hour",
        "write": "600/hour",
        "test_push": "20/hour",
        # Without a session these count by address, and a clinic's phones share one.
        "token": "6000/hour",
        "calendar": "600/hour",
    },
    "NUM_PROXIES": PROXY_HOPS,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "DATETIME_FORMAT": "iso-8601",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Backstep",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "ClinicianEnum": "backend.safety.models.Clinician",
        "ClearerEnum": "backend.safety.services.CLEARERS",
        "GateStateEnum": "backend.walking.gate_serializers.STATES",
        "BackwardStateEnum": "backend.walking.serializers.BACKWARD_STATES",
    },
}

# --- the built app -------------------------------------------------------------------------------
FRONTEND_DIST = Path(env.text("FRONTEND_DIST", str(BASE_DIR / "frontend" / "dist")))
STATIC_URL = "/static/"
WHITENOISE_ROOT = FRONTEND_DIST if FRONTEND_DIST.is_dir() else None
WHITENOISE_INDEX_FILE = False  # True answers a redirect that breaks the worker offline
WHITENOISE_AUTOREFRESH = False
WHITENOISE_USE_FINDERS = False
WHITENOISE_MAX_AGE = 0
WHITENOISE_MIMETYPES = {".webmanifest": "application/manifest+json"}
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/assets/.+-[\w-]{8}\.\w+$"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["svelte-trusted-html", "backstep"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    # /readyz says 503 while the server starts; that is an answer, not a fault.
    "filters": {
        "no_503": {
            "()": "django.utils.log.CallbackFilter",
            "callback": lambda record: (
                getattr(record, "status_code", 0) != HTTPStatus.SERVICE_UNAVAILABLE
            ),
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Scanners ask for every host there is; each would be a traceback in the log.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        "django.request": {"filters": ["no_503"]},
        # A tick every few seconds would be three lines each.
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
    },
}
