"""Health for monitors, and the app's shell for browsers."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis
from redis.exceptions import RedisError

from backend.core.models import Pulse

TICK_MAY_BE_LATE = timedelta(minutes=2)
NOT_BUILT = "The app is not built. Run script/server, or `npm run build` in frontend."


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process serves; says nothing of what it depends on."""
    return JsonResponse({"ok": True})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when database and broker answer and reminders are being claimed; else 503 and why."""
    reasons = [reason for reason in (_database(), _broker()) if reason]
    if not reasons and (late := _tick()):
        reasons = [late]
    return JsonResponse({"ready": not reasons, "reasons": reasons}, status=503 if reasons else 200)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "the database does not answer"
    return ""


def _broker() -> str:
    try:
        with Redis.from_url(
            settings.REDIS_URL, socket_connect_timeout=2, socket_timeout=2
        ) as redis:
            redis.ping()
    except (RedisError, ValueError):
        return "Redis does not answer"
    return ""


def _tick() -> str:
    try:
        last = Pulse.last("tick")
    except DatabaseError:
        return "the database is not migrated"
    if last is None:
        return "no reminder tick has run yet"
    if timezone.now() - last > TICK_MAY_BE_LATE:
        return f"the last reminder tick ran at {last:%Y-%m-%d %H:%M:%S} UTC"
    return ""


@require_safe
@never_cache
def shell(request: HttpRequest) -> HttpResponse:
    """The app's page, the same for every address: what to show is the client's business."""
    page = Path(settings.FRONTEND_DIST) / "index.html"
    try:
        return HttpResponse(page.read_bytes(), content_type="text/html; charset=utf-8")
    except FileNotFoundError:
        return HttpResponse(NOT_BUILT, status=503, content_type="text/plain; charset=utf-8")
