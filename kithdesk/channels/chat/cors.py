"""Cross-origin requests to `/c/v1`: open to every page, and never with credentials.

The widget proves itself with a token in a header, which no page has unless it is the visitor's own. Cookies mean
nothing here, so `*` gives nothing away. Which sites may use a widget is judged by `sites.py`, with a refusal that says
so.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from kithdesk.core.headers import Gate

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

PREFIX = "/c/v1/"
_ALLOW = [(b"access-control-allow-origin", b"*")]
_EXPOSE = [
    *_ALLOW,
    (b"access-control-expose-headers", b"X-Kithdesk-Position, X-Request-Id, Retry-After, Location"),
]
_PREFLIGHT = [
    *_ALLOW,
    (b"access-control-allow-methods", b"GET, POST, PUT, PATCH, DELETE"),
    (b"access-control-allow-headers", b"Authorization, Content-Type, Idempotency-Key, Last-Event-ID"),
    (b"access-control-max-age", b"7200"),
    (b"cache-control", b"no-store"),
]


class OpenToPages:
    """Wraps an application in its gate, so that also what the gate refuses can be read; touches only `/c/v1/`."""

    def __init__(self, application: Application, trusted_proxies: str) -> None:
        self._application = Gate(application, trusted_proxies)
        self._preflight = Gate(_answer_preflight, trusted_proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await self._application(scope, receive, send)
            return
        if scope["method"] == "OPTIONS":
            await self._preflight(scope, receive, send)
            return

        async def open_up(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [
                    pair for pair in message["headers"] if not pair[0].lower().startswith(b"access-control-")
                ]
                message = {**message, "headers": [*kept, *_EXPOSE]}
            await send(message)

        await self._application(scope, receive, open_up)


async def _answer_preflight(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": _PREFLIGHT})
    await send({"type": "http.response.body", "body": b""})
