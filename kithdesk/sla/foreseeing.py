"""What would be promised if others had a conversation: for whoever is about to hand it on, before it is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from kithdesk.conversations import get_conversation
from kithdesk.core.clock import Instant
from kithdesk.core.computing import aside
from kithdesk.core.deadlines import Deadline
from kithdesk.core.work import Reads
from kithdesk.sla.clocks import Clock
from kithdesk.sla.matching import OF_ASSIGNMENT, UNTOLD, Supposing, Untold
from kithdesk.sla.past import steps_before
from kithdesk.sla.promises import METRICS, Metric, Promise
from kithdesk.sla.queries import find_clocked
from kithdesk.sla.reckoning import Has, is_over, promise_of, stands_with
from kithdesk.sla.standing import Matched, Standing


class Foretold(NamedTuple):
    """A promise that would be another. `seconds` None: there would be none. `due`: of what waits now."""

    metric: Metric
    seconds: int | None
    seconds_before: int | None
    due: Instant | None
    due_before: Instant | None


class Foreseen(NamedTuple):
    """The SLA that a conversation would have instead of `before`, by name; None: none at all.

    `is_untold`: whether it would depends on what who asks may not read, and nothing more is told.
    """

    sla: str | None
    before: str | None
    promises: tuple[Foretold, ...]
    is_untold: bool = False


class _Having(NamedTuple):
    """A policy that it has, or would have, and how it stands with that."""

    promise: Promise
    standing: Standing

    def seconds(self, metric: Metric) -> int | None:
        target = self.promise.metrics.get(metric)
        wanted = None if target is None else target.of(self.standing.priority)
        return None if wanted is None else wanted // 1_000

    def clock(self, metric: Metric) -> Clock | None:
        return next((clock for clock in self.standing.clocks if clock.metric == metric), None)


class Holding(NamedTuple):
    """Who would have it."""

    queue: str | None
    users: tuple[str, ...]
    teams: tuple[str, ...]


class Foresight:
    """Of one conversation. Whoever is found for it in another queue may change it once more: nobody knows who."""

    def __init__(self, reads: Reads, conversation: str) -> None:
        """Raises `NotFound`."""
        self._reads = reads
        self._conversation = get_conversation(reads, conversation)
        self._supposing = Supposing(reads, conversation)
        self._asked = [name for name in OF_ASSIGNMENT if name in self._supposing.names]
        self._facts = self._supposing.facts()
        self._last = find_clocked(reads, reads.organisation, conversation)
        self._before = None if self._last is None or self._last.is_past else self._last
        self._has = None if self._before is None else self._before.standing.matched
        self._known: dict[str | None, Foreseen | None] = {}

    @property
    def is_clear(self) -> bool:
        """Whoever has it, it has the SLA that it has now."""
        return not self._asked or is_over(self._facts)

    def if_had_by(self, holdings: Sequence[Holding], deadline: Deadline) -> list[Foreseen | None]:
        """Of each in its place; None: nothing would be another. As many of the first as there was time to judge, and as
        criteria may cost together."""
        if self.is_clear:
            return [None] * len(holdings)
        self._facts.load(self._supposing.names)
        return [self._foreseen(one) for one in aside(partial(self._judged, holdings, deadline))]

    def _judged(self, holdings: Sequence[Holding], deadline: Deadline) -> list[Matched | Untold | None]:
        """What each would have. Where agents are asked for, each of thousands is another case: nothing is read here."""
        known: dict[tuple[object, ...], Matched | Untold | None] = {}
        now = (self._conversation.queue, self._conversation.users, self._conversation.teams)
        found: list[Matched | Untold | None] = []
        for holding in holdings:
            if (holding.queue, [*holding.users], [*holding.teams]) == now:
                found.append(self._has)
                continue
            where = dict(zip(OF_ASSIGNMENT, holding, strict=True))
            key = tuple(where[name] for name in self._asked)
            if key not in known:
                would_have = self._supposing.first_told(self._facts.but(where), self._has)
                if self._facts.allowance.is_used_up or deadline.is_over:
                    break
                known[key] = would_have
            found.append(known[key])
        return found

    def _foreseen(self, would_have: Matched | Untold | None) -> Foreseen | None:
        if would_have is UNTOLD:
            return Foreseen(None, None if self._has is None else self._has.name, (), is_untold=True)
        policy = None if would_have is None else would_have.policy
        if policy not in self._known:
            self._known[policy] = None if would_have == self._has else self._compared(would_have)
        return self._known[policy]

    def _compared(self, would_have: Matched | None) -> Foreseen | None:
        before = None if self._before is None else self._having(self._before.standing)
        after = None if would_have is None else self._would_have(would_have)
        if before is None and after is None:
            return None
        return Foreseen(
            None if after is None else after.standing.matched.name,
            None if before is None else before.standing.matched.name,
            tuple(_foretold(before, after)),
        )

    def _having(self, standing: Standing) -> _Having:
        return _Having(promise_of(self._reads, standing.matched), standing)

    def _would_have(self, matched: Matched) -> _Having | None:
        steps = () if self._before is not None else steps_before(self._reads, self._conversation)
        if self._before is None and not steps:
            return None
        has = Has(matched, self._conversation.priority)
        _, found = stands_with(self._reads, has, self._last, steps)
        return self._having(found.standing)


def _foretold(before: _Having | None, after: _Having | None) -> Iterator[Foretold]:
    for metric in METRICS:
        old, new = (None if one is None else one.seconds(metric) for one in (before, after))
        was, would_be = (None if one is None else one.clock(metric) for one in (before, after))
        if old != new and not _is_settled(metric, was, would_be):
            yield Foretold(metric, new, old, _due(would_be), _due(was))


def _is_settled(metric: Metric, was: Clock | None, would_be: Clock | None) -> bool:
    """What was answered first stays so, and what is late stays late, whoever has it."""
    if metric == "firstResponse" and not any(clock and clock.state != "done" for clock in (was, would_be)):
        return True
    return was is not None and was.state != "done" and was.is_broken


def _due(clock: Clock | None) -> Instant | None:
    return None if clock is None or clock.state == "done" else clock.due
