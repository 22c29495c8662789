"""From commits to listeners: position p of an organisation is handed out only after p − 1.

On one node commits arrive in order already. With several, this node's own commits leave holes for the others', and a
hint only names a position: both are filled from the journal. Everything passes here, so that no listener ever sees a
hole, a repeat or a step back.

Only organisations somebody here *watches* are followed; of others, a node tells what it commits itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from itertools import groupby

import structlog

from kithdesk.core.errors import Refusal
from kithdesk.core.events import Event, Recorded
from kithdesk.core.ids import OrganisationId

log = structlog.get_logger(__name__)

Listener = Callable[[OrganisationId, Sequence[Recorded[Event]]], None]
ReadAfter = Callable[[OrganisationId, int, int], Awaitable[Sequence[Recorded[Event]]]]
ReadHead = Callable[[OrganisationId], Awaitable[int]]

_CHUNK = 200
"""Events of a hole read at once; the loop gets a turn between two reads."""
_MOST_WAITING = 2_000
"""Own events kept while a hole before them is read; more are read again from the journal."""
_AFTER_FAILURE_SECONDS = 0.2


class _Stream:
    """One watched organisation. `position` is what has been handed out, None until the head has been read."""

    __slots__ = ("position", "reading", "started", "target", "waiting", "watchers")

    def __init__(self) -> None:
        self.watchers = 0
        self.position: int | None = None
        self.target = 0
        self.waiting: dict[int, Recorded[Event]] = {}
        self.started: asyncio.Task[None] | None = None
        self.reading: asyncio.Task[None] | None = None

    def stop(self) -> None:
        for task in (self.started, self.reading):
            if task is not None:
                task.cancel()


class Feed:
    """`read_after(organisation, after, limit)` reads the journal, `read_head(organisation)` its last position."""

    def __init__(self, read_after: ReadAfter, read_head: ReadHead) -> None:
        self._read_after = read_after
        self._read_head = read_head
        self._listeners: list[Listener] = []
        self._streams: dict[OrganisationId, _Stream] = {}

    def follow(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def position(self, organisation: OrganisationId) -> int:
        """What has been handed out of a watched organisation."""
        position = self._streams[organisation].position
        assert position is not None
        return position

    def watched(self) -> list[OrganisationId]:
        return list(self._streams)

    async def watch(self, organisation: OrganisationId) -> None:
        """From when this returns every commit is handed out, whoever makes it, until `unwatch`. Raises `Overloaded`."""
        stream = self._streams.get(organisation)
        if stream is None:
            stream = self._streams[organisation] = _Stream()
            stream.started = asyncio.create_task(self._begin(organisation, stream))
        stream.watchers += 1
        assert stream.started is not None
        try:
            await asyncio.shield(stream.started)
        except BaseException:
            self.unwatch(organisation)
            raise

    def unwatch(self, organisation: OrganisationId) -> None:
        stream = self._streams[organisation]
        stream.watchers -= 1
        if stream.watchers == 0:
            del self._streams[organisation]
            stream.stop()

    def stop(self) -> None:
        for stream in self._streams.values():
            stream.stop()

    def committed(self, events: Sequence[Recorded[Event]]) -> None:
        """Events of one commit of this node, each organisation's ascending and together or not."""
        for organisation, group in groupby(
            sorted(events, key=_by_organisation), key=lambda fact: fact.organisation
        ):
            facts = list(group)
            stream = self._streams.get(organisation)
            if stream is None:
                self._tell(organisation, facts)
            else:
                self._take(organisation, stream, facts)

    def hint(self, organisation: OrganisationId, position: int) -> None:
        """Somebody says that the organisation has come to a position. Believed only as far as the journal agrees."""
        stream = self._streams.get(organisation)
        if stream is not None and position > stream.target:
            stream.target = position
            self._fill(organisation, stream)

    async def _begin(self, organisation: OrganisationId, stream: _Stream) -> None:
        stream.position = await self._read_head(organisation)
        self._advance(organisation, stream)
        self._fill(organisation, stream)

    def _take(self, organisation: OrganisationId, stream: _Stream, facts: Sequence[Recorded[Event]]) -> None:
        room = _MOST_WAITING - len(stream.waiting)
        stream.waiting.update((fact.position, fact) for fact in facts[: max(0, room)])
        stream.target = max(stream.target, facts[-1].position)
        self._advance(organisation, stream)
        self._fill(organisation, stream)

    def _advance(self, organisation: OrganisationId, stream: _Stream) -> None:
        """Hands out what stands in an unbroken row."""
        if stream.position is None:
            return
        row = []
        position = stream.position
        while (fact := stream.waiting.pop(position + 1, None)) is not None:
            position += 1
            row.append(fact)
        stream.position = position
        if row:
            self._tell(organisation, row)
        if stream.waiting and min(stream.waiting) <= position:  # handed out already, when the hole was read
            stream.waiting = {at: fact for at, fact in stream.waiting.items() if at > position}

    def _tell(self, organisation: OrganisationId, events: Sequence[Recorded[Event]]) -> None:
        for listener in self._listeners:
            try:
                listener(organisation, events)
            except Exception:
                log.exception("listener_failed", organisation=organisation)

    def _fill(self, organisation: OrganisationId, stream: _Stream) -> None:
        """Reads the hole before what waits, or up to what was hinted."""
        if stream.position is None or stream.target <= stream.position or stream.reading is not None:
            return
        stream.reading = asyncio.create_task(self._read_hole(organisation, stream))

    async def _read_hole(self, organisation: OrganisationId, stream: _Stream) -> None:
        try:
            while stream.position is not None and stream.target > stream.position:
                if self._streams.get(organisation) is not stream:
                    return
                limit = min(_CHUNK, min(stream.waiting, default=stream.target + 1) - stream.position - 1)
                try:
                    facts = await self._read_after(organisation, stream.position, limit)
                except Refusal:  # the database cannot be read just now
                    await asyncio.sleep(_AFTER_FAILURE_SECONDS)
                    continue
                except Exception:
                    log.exception("hole_not_read", organisation=organisation, after=stream.position)
                    await asyncio.sleep(_AFTER_FAILURE_SECONDS)
                    continue
                if not facts:  # a hint ahead of the truth
                    stream.target = max(stream.waiting, default=stream.position)
                    await asyncio.sleep(_AFTER_FAILURE_SECONDS)
                stream.waiting.update((fact.position, fact) for fact in facts)
                self._advance(organisation, stream)
        finally:
            stream.reading = None


def _by_organisation(fact: Recorded[Event]) -> tuple[str, int]:
    return fact.organisation, fact.position
