"""Presence: who is there is not called away, and who has left is called away in time, whichever nodes they were at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from proofs.history import (
    Acked,
    Began,
    Connected,
    Fault,
    Heard,
    History,
    Moment,
    Ponged,
    Present,
    Refused,
    Sent,
    WentHome,
)
from proofs.rules.records import of

NOTICED_MILLISECONDS = 40_000
"""Thirty seconds without a word from any node, five for the round that finds it, five for a busy machine."""
SIGNS_AFTER, SIGNS_BEFORE = 14_000, 8_000
"""Somebody heard from a node this long before being called away was named by it less than thirty seconds before: a
lease is renewed every five seconds, and no fault of a deployment keeps a node from its database for eight."""
LEASE, MOST_UNANSWERED = 30_000, 8_000
"""Faults that follow each other on a busy machine do: who then is called away while nobody was answered for longer than
that in half a minute proves nothing."""
DOUBTFUL = 40_000
"""So long after a clock has jumped: a lease that was written while it was an hour behind is old when it is put right,
and a server that starts before the next round sees nothing else."""
_A_PAUSE = 1_000


@dataclass
class _Signs:
    """By agent: when a node spoke to them, and when they went home, in milliseconds of the wall clock."""

    of_life: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    of_leaving: dict[str, int] = field(default_factory=dict)


class _Unanswered:
    """When messages waited for an answer, and none came to anybody for a second or longer."""

    def __init__(self) -> None:
        self._waiting: set[str] = set()
        self._since = 0
        self._pauses: deque[tuple[int, int]] = deque()

    def note(self, record: object, now: int) -> None:
        if isinstance(record, Sent):
            if not self._waiting:
                self._since = now
            self._waiting.add(record.id)
        elif isinstance(record, Acked) or (isinstance(record, Refused) and record.is_final):
            self._end(now)
            self._waiting.discard(record.id)

    def before(self, now: int) -> int:
        """How many of the lease's last milliseconds were such."""
        self._end(now)
        while self._pauses and self._pauses[0][1] <= now - LEASE:
            self._pauses.popleft()
        return sum(end - max(begin, now - LEASE) for begin, end in self._pauses)

    def _end(self, now: int) -> None:
        if self._waiting and now - self._since > _A_PAUSE:
            self._pauses.append((self._since, now))
        self._since = now


def who_is_there_is_not_called_away(history: History) -> Iterator[str]:
    """Nobody is sent offline whom a node spoke to shortly before."""
    signs, agents, unanswered = _signs(history), _agents(history), _Unanswered()
    now, jumped_at, told = 0, -DOUBTFUL, set[int]()
    for record in history:
        unanswered.note(record, now)
        if isinstance(record, Moment):
            now = record.at
        elif isinstance(record, Fault) and record.kind == "clock jumps":
            jumped_at = now
        elif isinstance(record, Heard) and record.event.status == "offline" and record.event.agent in agents:
            event = record.event
            if event.position in told:
                continue
            told.add(event.position)
            of_life = signs.of_life[agents[event.agent]]
            if unanswered.before(now) > MOST_UNANSWERED or now - jumped_at < DOUBTFUL:
                continue
            if bisect_left(of_life, now - SIGNS_BEFORE) > bisect_right(of_life, now - SIGNS_AFTER):
                yield f"{agents[event.agent]} was sent offline at {event.position}, and was there"


def who_left_is_known_to_be_gone(history: History) -> Iterator[str]:
    """An agent who closed the console is offline in time."""
    signs, agents = _signs(history), _agents(history)
    for present in of(history, Present):
        left = signs.of_leaving.get(agents.get(present.agent, ""))
        if left is not None and present.status != "offline" and present.at - left > NOTICED_MILLISECONDS:
            after = (present.at - left) / 1000
            yield f"{agents[present.agent]} went home, and is {present.status} {after:.1f} s later"


def _signs(history: History) -> _Signs:
    signs, now = _Signs(), 0
    for record in history:
        match record:
            case Moment(at):
                now = at
            case Connected(client) | Ponged(client):
                signs.of_life[client].append(now)
            case WentHome(client):
                signs.of_leaving[client] = now
            case _:
                pass
    return signs


def _agents(history: History) -> dict[str | None, str]:
    """By user id: which client they are."""
    began = next(of(history, Began), None)
    return {} if began is None else {user: f"agent{number}" for number, user in enumerate(began.agents)}
