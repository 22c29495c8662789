"""The board counted the slow way: from all that ever happened, and from what agents read of each conversation."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from statistics import median_low
from typing import Any

from kithdesk import conversations
from kithdesk.conversations.events import (
    ConversationAssigned,
    ConversationEnded,
    ConversationOpened,
    ConversationUpdated,
)
from kithdesk.core import journal
from kithdesk.core.clock import MINUTE, SECOND, Instant, iso, parse_iso
from kithdesk.core.work import Reads
from kithdesk.routing.events import WorkOffered, WorkOfferEnded
from kithdesk.routing.flow_rows import rounded

_BUCKET = 5 * MINUTE


@dataclass
class _Item:
    queue: str | None = None
    users: tuple[str, ...] = ()
    status: str = "open"
    is_ended: bool = False
    is_done: bool = False
    is_offered: bool = False
    waits_since: Instant | None = None

    @property
    def waits(self) -> bool:
        return self.queue is not None and not self.users and self.status == "open" and not self.is_done


@dataclass
class Recount:
    """By queue: when something arrived, was assigned after how long, and was done."""

    items: dict[str, _Item] = field(default_factory=dict)
    arrived: defaultdict[str, list[Instant]] = field(default_factory=lambda: defaultdict(list))
    assigned: defaultdict[str, list[tuple[Instant, int]]] = field(default_factory=lambda: defaultdict(list))
    completed: defaultdict[str, list[Instant]] = field(default_factory=lambda: defaultdict(list))

    def take(self, at: Instant, event: Any) -> None:
        if isinstance(event, ConversationOpened):
            self.items[event.conversation] = _Item()
        item = self.items.get(getattr(event, "conversation", ""))
        if item is None:
            return
        waited_since = item.waits_since
        self._apply(item, at, event)
        if not item.waits:
            item.waits_since, item.is_offered = None, False
        elif waited_since is None:
            item.waits_since = at

    def _apply(self, item: _Item, at: Instant, event: Any) -> None:
        match event:
            case ConversationAssigned():
                self._give(item, at, event)
            case ConversationUpdated(status=status) if status is not None:
                if item.is_done and status.after == "open" and not item.is_ended:
                    item.is_done = False
                    if item.queue is not None:
                        self.arrived[item.queue].append(at)
                item.status = status.after
                self._end(item, at, is_over=status.after == "done")
            case ConversationEnded():
                item.is_ended = True
                self._end(item, at, is_over=True)
            case WorkOffered():
                item.is_offered = True
            case WorkOfferEnded():
                item.is_offered = False
            case _:
                pass

    def _give(self, item: _Item, at: Instant, event: ConversationAssigned) -> None:
        if event.queue is not None and not item.is_done:
            if event.queue != item.queue:
                self.arrived[event.queue].append(at)
            if event.users and not item.users and item.status == "open":
                since = at if item.waits_since is None else item.waits_since
                self.assigned[event.queue].append((at, at - since))
        item.queue, item.users, item.is_offered = event.queue, tuple(event.users), False

    def _end(self, item: _Item, at: Instant, *, is_over: bool) -> None:
        if is_over and not item.is_done:
            item.is_done = True
            if item.queue is not None:
                self.completed[item.queue].append(at)


def recounted(reads: Reads, queue: str, *, warn_before: int) -> dict[str, Any]:
    """What the board should say of a queue."""
    count = Recount()
    for recorded in journal.read_all(reads, reads.organisation, after=0, limit=100_000):
        count.take(recorded.at, recorded.event)
    first = reads.now // _BUCKET * _BUCKET - 11 * _BUCKET
    places = [first + place * _BUCKET for place in range(12)]
    mine = [(id, item) for id, item in count.items.items() if item.queue == queue and not item.is_done]
    assigned = count.assigned[queue]
    flow = {
        "arrived": _placed(count.arrived[queue], first),
        "assigned": _placed([at for at, _ in assigned], first),
        "completed": _placed(count.completed[queue], first),
    }
    waits = [rounded(waited) for at, waited in assigned if at >= first]
    late, risky = _promises(reads, [id for id, _ in mine], warn_before)
    return {
        "waiting": sum(item.waits for _, item in mine),
        "offered": sum(item.waits and item.is_offered for _, item in mine),
        "inHand": sum(bool(item.users) and item.status == "open" for _, item in mine),
        "slaAtRisk": risky,
        "slaLate": late,
        **{name: sum(times.values()) for name, times in flow.items()},
        "medianWait": median_low(waits) if waits else None,
        "buckets": [
            {"at": iso(Instant(at)), **{name: times[at] for name, times in flow.items()}} for at in places
        ],
    }


def _placed(times: list[Instant], first: int) -> Counter[int]:
    return Counter(at // _BUCKET * _BUCKET for at in times if at >= first)


def _promises(reads: Reads, ids: list[str], warn_before: int) -> tuple[int, int]:
    late = risky = 0
    for id in ids:
        sla = conversations.draw_conversation(reads, conversations.ConversationId(id))["attributes"]["sla"]
        if sla is None:
            continue
        due = [
            parse_iso(one["breachAt"])
            for one in sla["metrics"].values()
            if one["status"] == "pending" and one["breachAt"] is not None
        ]
        if any(at <= reads.now for at in due):
            late += 1
        elif any(at - warn_before * SECOND <= reads.now for at in due):
            risky += 1
    return late, risky
