"""`/content/{language}`: where the content bundle of the built app lies."""

from django.http import HttpResponseRedirect
from django.utils.cache import patch_cache_control
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from backend.core import content, texts
from backend.core.errors import DomainError, NotFound

A_MINUTE = 60  # the next build has another address


class NotBuiltError(DomainError):
    code = "not_built"
    status = 503

    def __init__(self) -> None:
        super().__init__("The app is not built. Run script/server, or `npm run build` in frontend.")


class ContentView(APIView):
    """Open to everybody: it holds nothing about anybody."""

    authentication_classes = ()
    permission_classes = ()

    @extend_schema(responses={302: OpenApiResponse(description="The bundle, at its own address.")})
    def get(self, request: Request, language: str) -> HttpResponseRedirect:
        """Raises NotFound for a language that there is none of."""
        if language not in texts.languages():
            raise NotFound
        address = content.asset_of(language)
        if address is None:
            raise NotBuiltError
        answer = HttpResponseRedirect(address)
        patch_cache_control(answer, public=True, max_age=A_MINUTE)
        return answer
