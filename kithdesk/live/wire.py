"""One WebSocket before the gateway hears of it: uvicorn's protocol, with the live protocol's closes.

The gateway counts whole messages. What never becomes one (pings, pongs, fragments) and what arrives faster than the
gateway is given a turn is counted here, or a client could keep the loop busy with frames that nobody sees.

On the way out, a frame that many get is turned into bytes once.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode, Frame, Opcode
from websockets.protocol import State

from kithdesk.live import protocol

if TYPE_CHECKING:
    from uvicorn._types import ASGISendEvent

FRAMES_PER_SECOND = 20
FRAMES_BURST = 60
MOST_UNHEARD = 4_096
"""Whole messages of one read that wait for the gateway; reading stops at the first, so only a flood comes near."""
_SLICE = 4 * 1024
"""Bytes that are parsed before the counts are looked at: one read may hold 40,000 empty frames."""


class LiveProtocol(WebSocketsSansIOProtocol):
    """Closes what is too large with 4413 before it is buffered, and what is too much with 4429."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._allowance = float(FRAMES_BURST)
        self._counted_at = self.loop.time()
        self._has_flooded = False
        fail = self.conn.fail

        def fail_with_our_code(code: int, reason: str = "") -> None:
            fail(protocol.CLOSE_TOO_LARGE if code == CloseCode.MESSAGE_TOO_BIG else code, reason)

        self.conn.fail = fail_with_our_code  # type: ignore[method-assign]

    async def send(self, message: ASGISendEvent) -> None:
        text = message.get("text") if message["type"] == "websocket.send" else None
        if text is not None and self._takes_bytes():
            self.transport.write(_framed(text))
        else:
            await super().send(message)

    def _takes_bytes(self) -> bool:
        """An open socket whose client reads: everything else is uvicorn's to wait for, or to refuse."""
        return (
            self.writable.is_set()
            and self.handshake_complete
            and not self.disconnected
            and not self.close_sent
            and self.conn.state is State.OPEN
            and not self.conn.extensions
        )

    def data_received(self, data: bytes) -> None:
        for start in range(0, len(data), _SLICE):
            super().data_received(data[start : start + _SLICE])
            if self.transport.is_closing():
                return
            if self._has_flooded or self.queue.qsize() > MOST_UNHEARD:
                self._close_flood()
                return
        if self.conn.handshake_exc is not None and not self.handshake_initiated:
            # Headers that HTTP takes and this library does not: uvicorn would never answer, nor let go.
            self.transport.write(b"".join(self.conn.data_to_send()))
            self.transport.close()

    def handle_cont(self, event: Frame) -> None:
        self._count()
        super().handle_cont(event)

    def handle_text(self, event: Frame) -> None:
        if not event.fin:
            self._count()
        super().handle_text(event)

    def handle_bytes(self, event: Frame) -> None:
        if not event.fin:
            self._count()
        super().handle_bytes(event)

    def handle_ping(self) -> None:
        self._count()
        super().handle_ping()

    def handle_pong(self, event: Frame) -> None:
        self._count()
        super().handle_pong(event)

    def _count(self) -> None:
        now = self.loop.time()
        refilled = self._allowance + (now - self._counted_at) * FRAMES_PER_SECOND
        self._allowance = min(FRAMES_BURST, refilled) - 1
        self._counted_at = now
        self._has_flooded = self._has_flooded or self._allowance < 0

    def _close_flood(self) -> None:
        self.conn.fail(protocol.CLOSE_FLOOD)
        if self.conn.close_sent is None:  # not accepted yet, so there is no close frame to send
            self.transport.close()
        else:
            self.handle_parser_exception()


@lru_cache(maxsize=8)
def _framed(text: str) -> bytes:
    """One whole text frame of a server, unmasked (RFC 6455 §5.2): the same bytes for every socket of an audience."""
    return Frame(Opcode.TEXT, text.encode()).serialize(mask=False)
