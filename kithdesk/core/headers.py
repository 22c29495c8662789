"""What every answer carries, and what no request may bring: a small ASGI layer around everything over HTTP."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import structlog

from kithdesk.core import logs, metrics
from kithdesk.core.errors import BadParameter, TooLarge
from kithdesk.core.peers import headers_of, is_secure, peer_of
from kithdesk.core.web import refusal_response

log = structlog.get_logger(__name__)

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_BODY = 1024 * 1024
MAX_UPLOAD = 6 * 1024 * 1024
UPLOADS = re.compile(r"/(v1|c/v1)/uploads/")
MAX_TABLE = 20 * 1024 * 1024
TABLES = re.compile(r"/v1/imports\Z")
_SUSPECT_PATH = re.compile(rb"%2f|%5c|%00|//|;|\\", re.IGNORECASE)
_SECRET_PATH = re.compile(r"^((?:/c/v1)?/files/|/(?:c/)?v1/uploads/).*")
ON_EVERY_ANSWER = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=()"),
]
NO_PAGE = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'")
_HSTS = (b"strict-transport-security", b"max-age=63072000; includeSubDomains")


class Gate:
    """Request ids, body limits, headers, one log line and one measurement for each request."""

    def __init__(self, app: Asgi, trusted_proxies: str) -> None:
        self._app = app
        self._trusted = trusted_proxies
        self._has_warned = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        request_id = secrets.token_hex(12)
        held = logs.request_id.set(request_id)
        headers = headers_of(scope)
        scope.setdefault("state", {})
        if "x-forwarded-for" in headers and not self._trusted and not self._has_warned:
            self._has_warned = True
            log.warning(
                "forwarded_headers_ignored", note="KITHDESK_TRUSTED_PROXIES names the proxies to believe"
            )
        status, has_answered = 500, False
        extra = [*ON_EVERY_ANSWER, (b"x-request-id", request_id.encode())]
        if is_secure(scope, headers, peer_of(scope), self._trusted):
            extra.append(_HSTS)

        def measure() -> None:
            # When the answer begins: a live stream's end, or a slow reader's, says nothing of us.
            seconds = time.perf_counter() - started
            metrics.REQUEST_SECONDS.labels(scope["method"], str(status)).observe(seconds)

        async def send_with_headers(message: Message) -> None:
            nonlocal status, has_answered
            if message["type"] == "http.response.start":
                status, has_answered = message["status"], True
                measure()
                present = {name.lower() for name, _ in message["headers"]}
                told: dict[str, str] = scope["state"].get("answer_headers", {})
                extra.extend((name.lower().encode(), value.encode()) for name, value in told.items())
                added = [header for header in extra if header[0] not in present]
                if b"content-security-policy" not in present:
                    added.append(NO_PAGE)
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        try:
            await self._answer(scope, receive, send_with_headers, headers)
        finally:
            if not has_answered:
                measure()
            log.debug(
                "request",
                method=scope["method"],
                path=_SECRET_PATH.sub(r"\1…", scope["path"]),
                status=status,
                ms=round((time.perf_counter() - started) * 1000, 1),
            )
            logs.request_id.reset(held)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, headers: dict[str, str]) -> None:
        if _SUSPECT_PATH.search(scope.get("raw_path") or b""):
            await refusal_response(BadParameter("Not a path of ours."))(scope, receive, send)
            return
        limit = _limit_of(scope["path"])
        declared = headers.get("content-length", "0")
        if not declared.isdigit() or int(declared) > limit:
            await refusal_response(TooLarge(f"At most {limit} bytes."))(scope, receive, send)
            return
        read = 0
        has_started = False

        async def receive_within_limit() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                raise TooLarge(f"At most {limit} bytes.")
            return message

        async def send_noting(message: Message) -> None:
            nonlocal has_started
            has_started = True
            await send(message)

        try:
            await self._app(scope, receive_within_limit, send_noting)
        except TooLarge as refusal:
            if not has_started:
                await refusal_response(refusal)(scope, receive, send)


def _limit_of(path: str) -> int:
    """The longest body that this address takes."""
    if UPLOADS.match(path):
        return MAX_UPLOAD
    return MAX_TABLE if TABLES.match(path) else MAX_BODY
