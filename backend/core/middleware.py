"""Limits that hold before any view runs."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from backend.core.api_errors import envelope

GetResponse = Callable[[HttpRequest], HttpResponse]


class BodyLimitMiddleware:
    """Refuse bodies over `BODY_LIMIT` bytes.

    DRF reads the stream itself, past Django's DATA_UPLOAD_MAX_MEMORY_SIZE. A body without a length
    reads as empty under WSGI, so the header is all there is to check.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal():
            return JsonResponse(
                envelope("malformed", "Content-Length must be a number."), status=400
            )
        if int(length) > settings.BODY_LIMIT:
            limit = settings.BODY_LIMIT // 1024
            detail = f"The request is larger than {limit} KiB."
            return JsonResponse(envelope("too_large", detail), status=413)
        return self.get_response(request)
