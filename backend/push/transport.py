"""The network seam: one bounded POST to a push service.

No redirects, one total timeout, a bounded answer, and a resolver that refuses private addresses
at the moment of connecting, so that a name can't resolve to something else after it was checked.
"""

import socket
from collections.abc import Collection

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from backend.push import results
from backend.push.endpoints import is_public_address, origin_of
from backend.push.results import Outcome, Result

TOTAL_SECONDS = 15
ANSWER_BYTES = 2048


class PublicOnlyResolver(AbstractResolver):
    """Resolves names to public addresses only; a name with none fails like an unknown one."""

    def __init__(self) -> None:
        self._inner = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        public = [entry for entry in found if is_public_address(entry["host"])]
        if not public:
            raise OSError(f"{host} has no public address")
        return public

    async def close(self) -> None:
        await self._inner.close()


class Transport:
    """Kept connections for one batch of sends. Use as `async with Transport(...) as transport`."""

    def __init__(self, *, trusted_origins: Collection[str]) -> None:
        self._trusted_origins = trusted_origins

    async def __aenter__(self) -> "Transport":
        timeout = aiohttp.ClientTimeout(total=TOTAL_SECONDS)
        jar = aiohttp.DummyCookieJar
        self._public = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(resolver=PublicOnlyResolver()),
            timeout=timeout,
            cookie_jar=jar(),
        )
        self._trusted = aiohttp.ClientSession(timeout=timeout, cookie_jar=jar())
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._public.close()
        await self._trusted.close()

    async def post(self, endpoint: str, *, body: bytes, headers: dict[str, str]) -> Result:
        """Send; the endpoint must have passed `endpoints.refusal` just before. Never raises."""
        trusted = origin_of(endpoint) in self._trusted_origins
        session = self._trusted if trusted else self._public
        try:
            async with session.post(
                endpoint, data=body, headers=headers, allow_redirects=False
            ) as answer:
                text = await answer.content.read(ANSWER_BYTES)
                return results.from_status(
                    answer.status,
                    retry_after=answer.headers.get("Retry-After", ""),
                    body=text.decode("utf-8", "replace"),
                )
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            detail = f"{type(error).__name__}: {error}"[: results.DETAIL_LENGTH]
            return Result(outcome=Outcome.RETRY, detail=detail)
