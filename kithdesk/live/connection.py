"""One client's end of the wire.

A frame is handed to the server library at once, without a task, as long as the client reads. When it stops reading,
frames wait here; past a megabyte its topics are told to `resync`, and it catches up from the journal later, losing
nothing.
"""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Callable, Coroutine, Generator
from inspect import CORO_CREATED, getcoroutinestate
from types import coroutine
from typing import Any, Literal

from kithdesk.core import metrics
from kithdesk.core.actors import Actor
from kithdesk.core.events import Event, Recorded
from kithdesk.live.protocol import CLOSE_SILENT, MAX_UNSENT

SendText = Callable[[str], Coroutine[Any, Any, None]]
Close = Callable[[int], Coroutine[Any, Any, None]]
Audience = Literal["agents", "visitors"]


class Connection:
    """An open, authenticated client.

    `cursors` has, by topic, the position that the client has been given; `held` what was committed while its topic's
    past is being read. `departed` has, by conversation, the position from which on a browser has no part in it.
    """

    __slots__ = (
        "_close",
        "_closing",
        "_has_overflowed",
        "_held",
        "_send",
        "_unsent",
        "_unsent_size",
        "_writer",
        "actor",
        "audience",
        "credential",
        "cursors",
        "departed",
        "held",
        "id",
        "last_heard",
        "on_overflow",
        "replaying",
        "slot",
        "viewing",
    )

    def __init__(
        self,
        id: str,
        actor: Actor,
        credential: str,
        audience: Audience,
        send: SendText,
        close: Close,
        now: float,
    ) -> None:
        self.id = id
        self.actor = actor
        self.credential = credential
        self.audience: Audience = audience
        self.cursors: dict[str, int] = {}
        self.departed: dict[str, int] = {}
        self.held: dict[str, list[Recorded[Event]]] = {}
        self.replaying: dict[str, object] = {}
        self.viewing: str | None = None
        self.last_heard = now
        self.slot = random.randrange(3600)
        """Spreads what is done for every connection over time."""
        self.on_overflow: Callable[[Connection], None] = lambda _: None
        self._send = send
        self._close = close
        self._closing = False
        self._unsent: deque[str] = deque()
        self._unsent_size = 0
        self._has_overflowed = False
        self._held: Coroutine[Any, Any, None] | None = None
        self._writer: asyncio.Task[None] | None = None

    @property
    def is_open(self) -> bool:
        return not self._closing

    @property
    def unsent(self) -> int:
        """Characters that wait for the client to read."""
        return self._unsent_size

    @property
    def is_behind(self) -> bool:
        return bool(self._unsent)

    def push(self, frame: str) -> None:
        """Sends now if the client reads, else later, in order."""
        metrics.PUSHED.inc()
        self.hand(frame)

    def hand(self, frame: str) -> None:
        """As `push`, for whoever gives one frame to many and counts them together."""
        if self._closing:
            return
        if self._writer is None:
            rest = start(self._send(frame))
            if rest is None:
                return
            self._held = rest
            self._writer = asyncio.create_task(self._write(rest))
            return
        self._unsent.append(frame)
        self._unsent_size += len(frame)
        if self._unsent_size > 2 * MAX_UNSENT:
            self.close(CLOSE_SILENT)  # it asks and asks, and never reads the answers
        elif self._unsent_size > MAX_UNSENT and not self._has_overflowed:
            self._has_overflowed = True
            self.on_overflow(self)

    def close(self, code: int) -> None:
        """Closes; frames that still wait are dropped."""
        if self._closing:
            return
        self._closing = True
        self._unsent.clear()
        self._stop_writing()
        rest = start(self._close(code))
        if rest is not None:
            self._writer = asyncio.create_task(rest)

    def gone(self) -> None:
        """The client has closed: nothing more is written."""
        self._closing = True
        self._unsent.clear()
        self._stop_writing()

    def _stop_writing(self) -> None:
        if self._writer is not None:
            self._writer.cancel()
        if self._held is not None and getcoroutinestate(self._held) == CORO_CREATED:
            self._held.close()  # its task never began, so nobody will ever await it

    async def _write(self, first: Coroutine[Any, Any, None]) -> None:
        try:
            await first
            while self._unsent:
                frame = self._unsent.popleft()
                self._unsent_size -= len(frame)
                await self._send(frame)
            self._has_overflowed = False
        except (OSError, RuntimeError):
            self._closing = True  # the reading side notices the disconnect and cleans up
        finally:
            self._writer = None


def start(work: Coroutine[Any, Any, None]) -> Coroutine[Any, Any, None] | None:
    """Runs a coroutine until it first waits. None when it is done, else the rest of it, to be awaited.

    A push to thousands of sockets is a task each otherwise, and the tasks cost more than the writing.
    """
    try:
        waited_for = work.send(None)
    except StopIteration:
        return None
    except (OSError, RuntimeError):
        return None  # the client has gone; its reader notices
    return _rest(work, waited_for)


async def _rest(work: Coroutine[Any, Any, None], waited_for: Any) -> None:
    await _resumed(work, waited_for)


@coroutine
def _resumed(work: Coroutine[Any, Any, None], waited_for: Any) -> Generator[Any, Any, None]:
    while True:
        try:
            value = yield waited_for
        except BaseException as problem:  # noqa: BLE001 - a cancellation, handed on
            try:
                waited_for = work.throw(problem)
            except StopIteration:
                return
        else:
            try:
                waited_for = work.send(value)
            except StopIteration:
                return
