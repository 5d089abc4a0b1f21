"""Every address the server answers."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.views import SpectacularAPIView

from backend.core import views
from backend.core.content_api import ContentView

api: list[URLPattern | URLResolver] = [
    path("", include("backend.accounts.urls")),
    path("", include("backend.push.urls")),
    path("", include("backend.reminders.urls")),
    path("", include("backend.safety.urls")),
    path("", include("backend.pain.urls")),
    path("", include("backend.walking.urls")),
    path("", include("backend.overview.urls")),
    path("content/<str:language>", ContentView.as_view(), name="content"),
    path(
        "schema",
        SpectacularAPIView.as_view(authentication_classes=[], permission_classes=[]),
        name="schema",
    ),
]

urlpatterns = [
    path("api/v1/", include(api)),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    # The client's own addresses have no dot; a missing file stays a real 404.
    re_path(r"^(?!(?:api|healthz|readyz)(?:/|$))[^.]*$", views.shell, name="shell"),
]

handler400 = "backend.core.api_errors.bad_request"
handler404 = "backend.core.api_errors.not_found"
handler500 = "backend.core.api_errors.server_error"
