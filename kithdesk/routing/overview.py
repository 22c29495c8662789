"""All queues and agents as they stand, and what went through the queues of late: what boards are drawn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from kithdesk.calendar import Schedule
from kithdesk.core.clock import MINUTE, Instant
from kithdesk.core.work import Reads
from kithdesk.routing.at_hand import Crews
from kithdesk.routing.entities import AgentRow, Queue, decode_waits
from kithdesk.routing.forecast import Departed, expected_wait
from kithdesk.routing.queries.overview import (
    count_declined_by_queue,
    count_hands,
    count_standing,
    count_waiting,
    list_everybody,
    list_flow,
    queues_of,
)
from kithdesk.routing.queries.queues import list_queues
from kithdesk.routing.queues import MOST_QUEUES, hours_of

BUCKET = 5
"""Minutes."""
BUCKETS = 12
_AT_ONCE = 500


@dataclass(slots=True)
class Bucket:
    """What went through in the five minutes that begin `at`."""

    at: Instant
    arrived: int = 0
    assigned: int = 0
    completed: int = 0


@dataclass(slots=True)
class QueueSurvey:
    """One queue, or (`queue` None) all that is in none. Waits are in milliseconds.

    `waiting`: nobody has it yet; for some of it (`offered`) an agent is being asked, and some (`declined`) everybody
    who could take it has declined. `available`: how many agents who serve it are.
    `buckets`: the last twelve, the oldest first; `waits`: how many left in them after about so long.
    """

    queue: Queue | None
    buckets: list[Bucket]
    waiting: int = 0
    offered: int = 0
    in_hand: int = 0
    wrapping_up: int = 0
    waits_since: Instant | None = None
    declined: int = 0
    declined_since: Instant | None = None
    expected_wait: int | None = None
    available: int = 0
    is_open: bool = True
    opens_at: Instant | None = None
    waits: Counter[int] = field(default_factory=Counter)
    departed: list[Departed] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class InHand:
    """An agent, and how many conversations they have."""

    agent: AgentRow
    items: int


def survey_queues(reads: Reads) -> list[QueueSurvey]:
    """Every queue, and at the end what is in none."""
    first = (reads.now // MINUTE // BUCKET - BUCKETS + 1) * BUCKET
    queues = list_queues(reads, MOST_QUEUES, 0)
    found: dict[str | None, QueueSurvey] = {queue.id: QueueSurvey(queue, _buckets(first)) for queue in queues}
    found[None] = QueueSurvey(None, _buckets(first))
    _count(reads, found)
    _flow(reads, found, first)
    hours: dict[str | None, Schedule] = {}
    crews = Crews(reads)
    for standing in found.values():
        _foretell(reads, standing, hours, crews)
    return list(found.values())


def survey_agents(reads: Reads) -> list[InHand]:
    """Every agent who has ever said that they are here, or was given something."""
    hands = count_hands(reads)
    return [InHand(agent, hands.get(agent.user, 0)) for agent in list_everybody(reads)]


def find_queues_of(reads: Reads, conversations: Sequence[str]) -> dict[str, str | None]:
    """In which queues these are, of those that have not been done."""
    found: dict[str, str | None] = {}
    for first in range(0, len(conversations), _AT_ONCE):
        found |= queues_of(reads, conversations[first : first + _AT_ONCE])
    return found


def _count(reads: Reads, found: dict[str | None, QueueSurvey]) -> None:
    """What is left of a queue that was deleted is in none."""
    for row in count_waiting(reads):
        standing = found.get(row.queue, found[None])
        standing.waiting += row.items
        _waits(standing, row.since)
    for row in count_standing(reads):
        standing = found.get(row.queue, found[None])
        match row.state:
            case "offered":
                standing.waiting += row.items
                standing.offered += row.items
            case "assigned":
                standing.in_hand += row.items
            case _:
                standing.wrapping_up += row.items
        if row.state == "offered":
            _waits(standing, row.since)
    for row in count_declined_by_queue(reads):
        standing = found.get(row.queue, found[None])
        standing.declined += row.items
        standing.declined_since = min(row.since, standing.declined_since or row.since)


def _waits(standing: QueueSurvey, since: Instant) -> None:
    standing.waits_since = min(since, standing.waits_since or since)


def _foretell(reads: Reads, standing: QueueSurvey, known: dict[str | None, Schedule], crews: Crews) -> None:
    """Many queues have one schedule: it is read once."""
    name = None if standing.queue is None else standing.queue.terms.schedule
    hours = known[name] = known.get(name) or hours_of(reads, standing.queue)
    standing.is_open = hours.is_open(reads.now)
    here = crews.of("" if standing.queue is None else standing.queue.id)
    standing.available = here.available
    if standing.is_open:
        ahead = standing.waiting - standing.offered
        standing.expected_wait = expected_wait(
            ahead, standing.departed, now=reads.now, available=here.available, free=here.free
        )
    else:
        standing.opens_at = hours.next_opening(reads.now)


def _buckets(first: int) -> list[Bucket]:
    """They follow the clock, and the last is not over."""
    return [Bucket(Instant((first + place * BUCKET) * MINUTE)) for place in range(BUCKETS)]


def _flow(reads: Reads, found: dict[str | None, QueueSurvey], first: int) -> None:
    for row in list_flow(reads, first):
        standing = found.get(row.queue)
        place = (row.minute - first) // BUCKET
        if standing is None or place >= BUCKETS:
            continue
        bucket = standing.buckets[place]
        bucket.arrived += row.arrived
        bucket.assigned += row.departed
        bucket.completed += row.completed
        standing.waits.update(decode_waits(row.waits))
        standing.departed.append(Departed(row.minute, row.departed, row.waited))
