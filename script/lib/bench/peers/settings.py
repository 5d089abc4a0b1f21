"""A Django project for the other libraries, set up as their READMEs say."""

import os
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict


def database(url: str) -> dict[str, Any]:
    """As Backstep's own settings: the same databases, the same pragmas."""
    if url.startswith("sqlite:///"):
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        options = {"transaction_mode": "IMMEDIATE", "init_command": pragmas}
        name = url.removeprefix("sqlite:///")
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": options}
    parts = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts["dbname"],
        "USER": parts.get("user", ""),
        "HOST": parts.get("host", ""),
        "PORT": parts.get("port", ""),
        "CONN_MAX_AGE": 60,
    }


VAPID_FILE = os.environ["BENCH_VAPID_FILE"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "push_notifications",
    "webpush",
    "script.lib.bench.peers",
]
DATABASES = {"default": database(os.environ["DATABASE_URL"])}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
SECRET_KEY = "only for benchmarks"  # noqa: S105 - nothing is signed with it
PUSH_NOTIFICATIONS_SETTINGS = {
    "WP_PRIVATE_KEY": VAPID_FILE,
    "WP_CLAIMS": {"sub": "mailto:host@example.org"},
    "WP_ERROR_TIMEOUT": 30,
}
WEBPUSH_SETTINGS = {
    "VAPID_PRIVATE_KEY": Path(os.environ["BENCH_VAPID_RAW"]).read_text("utf-8"),
    "VAPID_ADMIN_EMAIL": "host@example.org",
}
