"""From commits to listeners: position p of an organisation is handed out only after p − 1.

On one node commits arrive in order already. With several, this node's own commits leave holes for the others', and a
hint only names a position: both are filled from the journal. Everything passes here, so that no listener ever sees a
hole, a repeat or a step back.

Reading is one task that takes whatever holes there are by then, of all organisations in one question: the busier the
others are, the more one question answers.

Only organisations somebody here *watches* are followed; of others, a node tells what it commits itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from itertools import groupby, islice

import structlog

from kithdesk.core.errors import Refusal
from kithdesk.core.events import Event, Recorded
from kithdesk.core.ids import OrganisationId

log = structlog.get_logger(__name__)

Listener = Callable[[OrganisationId, Sequence[Recorded[Event]]], None]
Holes = Mapping[OrganisationId, tuple[int, int]]
"""What is wanted of each organisation: the events after a position, and at most how many."""
ReadHoles = Callable[[Holes], Awaitable[Mapping[OrganisationId, Sequence[Recorded[Event]]]]]
ReadHead = Callable[[OrganisationId], Awaitable[int]]

_CHUNK = 200
"""Events of a hole read at once; the loop gets a turn between two reads."""
_MOST_HOLES = 32
_BETWEEN_READS_SECONDS = 0.015
"""Others commit all the time: what comes in this while is read together."""
_MOST_WAITING = 2_000
"""Own events kept while a hole before them is read; more are read again from the journal."""
_AFTER_FAILURE_SECONDS = 0.2


class _Stream:
    """One watched organisation. `position` is what has been handed out, None until the head has been read."""

    __slots__ = ("position", "started", "target", "waiting", "watchers")

    def __init__(self) -> None:
        self.watchers = 0
        self.position: int | None = None
        self.target = 0
        self.waiting: dict[int, Recorded[Event]] = {}
        self.started: asyncio.Task[None] | None = None

    def hole(self) -> tuple[int, int] | None:
        """What is missing before what waits, or up to what was hinted."""
        if self.position is None or self.target <= self.position:
            return None
        end = min(self.waiting, default=self.target + 1)
        return self.position, min(_CHUNK, end - self.position - 1)

    def stop(self) -> None:
        if self.started is not None:
            self.started.cancel()


class Feed:
    """`read_holes` reads the journal, `read_head(organisation)` its last position."""

    def __init__(self, read_holes: ReadHoles, read_head: ReadHead) -> None:
        self._read_holes = read_holes
        self._read_head = read_head
        self._reading: asyncio.Task[None] | None = None
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
        if self._reading is not None:
            self._reading.cancel()

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
            self._fill()

    async def _begin(self, organisation: OrganisationId, stream: _Stream) -> None:
        stream.position = await self._read_head(organisation)
        self._advance(organisation, stream)
        self._fill()

    def _take(self, organisation: OrganisationId, stream: _Stream, facts: Sequence[Recorded[Event]]) -> None:
        room = _MOST_WAITING - len(stream.waiting)
        stream.waiting.update((fact.position, fact) for fact in facts[: max(0, room)])
        stream.target = max(stream.target, facts[-1].position)
        self._advance(organisation, stream)
        self._fill()

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

    def _fill(self) -> None:
        if self._reading is None and self._holes():
            self._reading = asyncio.create_task(self._read())

    def _holes(self) -> dict[OrganisationId, tuple[int, int]]:
        found = ((organisation, stream.hole()) for organisation, stream in self._streams.items())
        return dict(islice(((organisation, hole) for organisation, hole in found if hole), _MOST_HOLES))

    async def _read(self) -> None:
        try:
            while holes := self._holes():
                try:
                    found = await self._read_holes(holes)
                except Refusal:  # the database cannot be read just now
                    await asyncio.sleep(_AFTER_FAILURE_SECONDS)
                except Exception:
                    log.exception("holes_not_read", holes=len(holes))
                    await asyncio.sleep(_AFTER_FAILURE_SECONDS)
                else:
                    for organisation in holes:
                        self._put(organisation, found.get(organisation, ()))
                    await asyncio.sleep(_BETWEEN_READS_SECONDS)
        finally:
            self._reading = None

    def _put(self, organisation: OrganisationId, facts: Sequence[Recorded[Event]]) -> None:
        stream = self._streams.get(organisation)
        if stream is None or stream.position is None:
            return
        if not facts:  # a hint ahead of the truth; what is there will be hinted again
            stream.target = stream.position
        stream.waiting.update((fact.position, fact) for fact in facts)
        self._advance(organisation, stream)


def _by_organisation(fact: Recorded[Event]) -> tuple[str, int]:
    return fact.organisation, fact.position
