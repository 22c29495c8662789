"""From commits to listeners: position p of an organisation is handed out only after p − 1.

On one node commits arrive in order already; with several, a hint from the bus names a position, and the gap is read
from the journal. Both pass here, so that no listener ever sees a hole, a repeat or a step back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

import structlog

from kithdesk.core.events import Event, Recorded
from kithdesk.core.ids import OrganisationId

log = structlog.get_logger(__name__)

Listener = Callable[[OrganisationId, Sequence[Recorded[Event]]], None]
ReadGap = Callable[[OrganisationId, int, int], Sequence[Recorded[Event]]]


class Feed:
    """`read_gap(organisation, after, up_to)` reads what is missing."""

    def __init__(self, read_gap: ReadGap) -> None:
        self._read_gap = read_gap
        self._listeners: list[Listener] = []
        self._handed_out: dict[OrganisationId, int] = {}

    def follow(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def position(self, organisation: OrganisationId) -> int | None:
        """What has been handed out so far, or None when nothing has since the start."""
        return self._handed_out.get(organisation)

    def committed(self, events: Sequence[Recorded[Event]]) -> None:
        """Events of one commit, each organisation's ascending and together or not."""
        for organisation, group in groupby(
            sorted(events, key=_by_organisation), key=lambda fact: fact.organisation
        ):
            self._hand_out(organisation, list(group))

    def _hand_out(self, organisation: OrganisationId, events: list[Recorded[Event]]) -> None:
        last = self._handed_out.get(organisation)
        if last is not None:
            events = [fact for fact in events if fact.position > last]
            if events and events[0].position > last + 1:
                events = [*self._read_gap(organisation, last, events[0].position - 1), *events]
        if not events:
            return
        self._handed_out[organisation] = events[-1].position
        for listener in self._listeners:
            try:
                listener(organisation, events)
            except Exception:
                log.exception("listener_failed", organisation=organisation)


def _by_organisation(fact: Recorded[Event]) -> tuple[str, int]:
    return fact.organisation, fact.position
