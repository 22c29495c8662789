"""What one HTTP connection may cost before the application hears of it: uvicorn's protocol, with bounds.

    connected ── head within 10 s, at most 32 KiB ──▶ request ── body at 500 B/s at least ──▶ answer ──▶ (next head)
        │                    │                                       │
      closed         408 / 431, closed                             closed

uvicorn bounds neither: a request line that never ends would be kept in memory for ever, and a head or a body that stops
half-way would hold its connection for as long as the peer likes.
"""

from __future__ import annotations

import asyncio
import secrets
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from kithdesk.core import json
from kithdesk.core.errors import BadParameter, HeadTooLarge, HeadTooSlow, Refusal
from kithdesk.core.headers import NO_PAGE, ON_EVERY_ANSWER

MAX_HEAD = 32 * 1024
"""Bytes of request line and headers together."""
MAX_HEADERS = 128
HEAD_SECONDS = 10.0
"""From the connection, or from the first byte of a later request, to the end of its head."""
BODY_WINDOW_SECONDS = 20.0
"""How often a body that is under way is looked at."""
BODY_LEAST = 500
"""Bytes a second: the slowest that a sender may be, over one window."""


class BoundedProtocol(HttpToolsProtocol):
    """Refuses with our shape of error where an answer is still possible, else closes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._is_in_body = False
        self._has_upgraded = False
        self._head_read = 0
        self._head_parsed = 0
        self._body_read = 0
        self._refusal: Refusal = BadParameter("Not a request we can read.")
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait(HEAD_SECONDS, self._on_head_too_slow)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if not self._is_in_body:
            self._head_read += len(data)
        super().data_received(data)
        if self.transport.is_closing() or self._has_upgraded:
            return
        if self._is_in_body:
            if self._deadline is None:
                self._wait(BODY_WINDOW_SECONDS, self._on_body_window)
        elif self._head_read > MAX_HEAD:  # what the parser still holds back counts too
            self._refuse(HeadTooLarge())
        elif self._head_read and self._deadline is None:
            self._wait(HEAD_SECONDS, self._on_head_too_slow)

    def handle_websocket_upgrade(self) -> None:
        self._has_upgraded = True
        super().handle_websocket_upgrade()

    # What the parser tells

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        self._count(len(url))

    def on_header(self, name: bytes, value: bytes) -> None:
        super().on_header(name, value)
        self._count(len(name) + len(value) + len(": \r\n"))

    def on_headers_complete(self) -> None:
        self._stop_waiting()
        self._is_in_body = True
        self._body_read = 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._body_read += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._stop_waiting()
        self._is_in_body = False
        self._head_read = self._head_parsed = 0
        super().on_message_complete()

    def _count(self, length: int) -> None:
        self._head_parsed += length
        if self._head_parsed > MAX_HEAD or len(self.headers) > MAX_HEADERS:
            self._refusal = HeadTooLarge()
            raise self._refusal  # the parser stops, and uvicorn calls `send_400_response`

    # Refusing

    def send_400_response(self, _msg: str) -> None:
        self._refuse(self._refusal)

    def _on_head_too_slow(self) -> None:
        if self._head_read:
            self._refuse(HeadTooSlow())
        else:
            self.transport.close()

    def _on_body_window(self) -> None:
        is_our_turn = (
            self.flow.read_paused
        )  # the application has not taken what came; the peer may not send more
        if not is_our_turn and self._body_read < BODY_LEAST * BODY_WINDOW_SECONDS:
            self.transport.close()
            return
        self._body_read = 0
        self._wait(BODY_WINDOW_SECONDS, self._on_body_window)

    def _refuse(self, refusal: Refusal) -> None:
        """Answers, unless the answer to an earlier request on this connection is not finished yet."""
        self._stop_waiting()
        before: RequestResponseCycle | None = self.cycle
        if before is None or before.response_complete:
            self.transport.write(_answer(refusal))
        self.transport.close()

    def _wait(self, seconds: float, then: Any) -> None:
        self._deadline = self.loop.call_later(seconds, then)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


def _answer(refusal: Refusal) -> bytes:
    request_id = secrets.token_hex(12)
    body = json.encode({"errors": [refusal.as_error()], "meta": {"requestId": request_id}})
    headers = [
        *ON_EVERY_ANSWER,
        NO_PAGE,
        (b"x-request-id", request_id.encode()),
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    status = f"HTTP/1.1 {refusal.status} {HTTPStatus(refusal.status).phrase}\r\n".encode()
    return status + b"".join(b"%s: %s\r\n" % pair for pair in headers) + b"\r\n" + body
