"""What granian serves in `modern_service`: a push service that speaks HTTP/2 and can be rude."""

import asyncio
from typing import Any


async def answer(scope: Any, protocol: Any) -> None:
    await protocol()  # the message itself
    match scope.path:
        case "/who":  # a refusal, because what it says is kept: over what, from which port
            port = scope.client.rsplit(":", 1)[1]
            protocol.response_str(400, [], f"HTTP/{scope.http_version} {port}")
        case "/hang":
            await asyncio.sleep(60)
        case "/fat":
            protocol.response_bytes(201, [], b"x" * 5_000_000)
        case _:
            protocol.response_empty(201, [])
