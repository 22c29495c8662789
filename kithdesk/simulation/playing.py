"""Playing a script in a twin: everything at its moment, and what follows from it by the desk's own rules.

What came from outside waits in a heap by its moment; timers of the twin go off between. Steps of a conversation are
put there one at a time, when it is known since when somebody has it. So a script is played in any world: where somebody
comes earlier to a conversation, the rest of it comes earlier.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Collection
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol, TypeVar

from msgspec import structs

from kithdesk import routing
from kithdesk.conversations.events import ConversationAssigned, MessageCreated, NoteCreated
from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import Instant
from kithdesk.core.events import Event, Recorded
from kithdesk.core.work import Work
from kithdesk.routing import WorkItemId
from kithdesk.routing.events import AgentStatusChanged, WorkOffered, WorkWrappedUp
from kithdesk.simulation.acting import give_by_hand, whoever
from kithdesk.simulation.script import OVERFLOW, TIMERS, Script, Step, World
from kithdesk.simulation.twin import Due, Twin

_LAST = 2**62
"""The place of what the past did not know, among what happens in the same millisecond."""

T = TypeVar("T")
Do = Callable[[Instant], list[Recorded[Event]]]


class Hears(Protocol):
    def hear(self, recorded: Recorded[Event]) -> None: ...


@dataclass(slots=True)
class _Part:
    """How far a conversation has come. `put`: which entry of the heap is its next step, 0 for none.

    `lost`: how often somebody has lost it since the last step.
    """

    steps: list[Step]
    done_at: Instant
    next: int = 0
    lost: int = 0
    put: int = 0


@dataclass
class Player:
    """`is_changed`: the world is another than it was, so timers go off when they are due and not when they did then.

    `absent`: who does not work in it. `typical`: milliseconds until agents accept who were never asked. `passed_over`:
    which facts about the world are not so in this one.
    """

    twin: Twin
    script: Script
    hearer: Hears
    is_changed: bool = False
    absent: Collection[str] = ()
    typical: int | None = None
    passed_over: Callable[[Event], bool] = lambda _event: False
    now: Instant = field(init=False)

    def __post_init__(self) -> None:
        self.now = self.script.begins
        self._heap: list[tuple[Instant, int, int, Do]] = []
        self._count = 0
        self._acted = 0
        self._to_act = len(self.script.world) + sum(len(steps) for steps in self.script.steps.values())
        self._hands = deepcopy(self.script.before)
        self._parts = {
            conversation: _Part(steps, self.script.begins)
            for conversation, steps in self.script.steps.items()
        }
        self._gone: set[int] = set()
        self._touched: list[str] = []
        self._offers: dict[str, int] = {}
        self._typical = self.script.typical if self.typical is None else self.typical
        for world in self.script.world:
            self._put(world.at, world.order, partial(self._do_world, world=world))
        for conversation in self._parts:
            self._put_next(conversation)
        for offer in self.script.before.offers.values():
            self._hands.offers[offer.event.conversation] = offer
            self._put_answer(offer)

    # The clock

    def begin(self, change: Callable[[Work], T]) -> T:
        """As the period begins: what is due is set, and what is changed is said. Raises what `change` refuses."""
        by = system(self.twin.organisation)
        rang = {about: rang[0][0] for (kind, about), rang in self.script.rang.items() if kind == OVERFLOW}
        overflowing = None if self.is_changed else rang
        self._heard(self.twin.run(routing.set_timers, overflowing=overflowing, by=by, at=self.now))
        value, stated = self.twin.insist(change, by=by, at=self.now)
        self._heard(stated)
        return value

    def put(self, at: Instant, verb: Callable[[Work], None]) -> None:
        """Something the past did not know."""
        by = system(self.twin.organisation)
        self._put(at, _LAST, lambda now: self.twin.run(verb, by=by, at=now))

    @property
    def done(self) -> float:
        """How much of what came from outside is played, from 0 to 1. Hours in which nothing came take no time."""
        if self.now >= self.script.ends or not self._to_act:
            return 1.0
        return self._acted / self._to_act

    def play(self, seconds: float) -> bool:
        """Goes on for so long, and answers whether it is over."""
        stop = time.monotonic() + seconds
        while time.monotonic() < stop:
            if not self._step():
                self.now = self.script.ends
                return True
        return False

    def _step(self) -> bool:
        at, order = (self._heap[0][0], self._heap[0][1]) if self._heap else (self.script.ends, 0)
        if at >= self.script.ends:
            at, order = self.script.ends, 0
        due = self.twin.due(at)
        if due is not None:
            rings_at, rings_order = self._rings_at(due)
            if rings_at > due.at:
                self.twin.put_off(due, rings_at)
                return True  # another may come before it
            if (rings_at, rings_order) < (at, order):
                self.now = max(self.now, rings_at)
                self._heard(self.twin.ring(due, self.now))
                return True
        if at >= self.script.ends:
            return False
        _, _, number, do = heapq.heappop(self._heap)
        if number in self._gone:
            self._gone.discard(number)
            return True
        self.now = at
        self._heard(do(at))
        return True

    def _rings_at(self, due: Due) -> tuple[Instant, int]:
        """A server has its hands full at times, so a timer went off a little late, or too late to do anything."""
        if self.is_changed or due.job.kind not in TIMERS:
            return due.at, _LAST
        about = getattr(due.job, "item", "")
        if due.job.kind == OVERFLOW:
            about = self._hands.items.get(about, "")
        rang = self.script.rang.get((due.job.kind, about), ())
        return next(((at, order) for at, order in rang if at >= due.at), (self.script.ends, _LAST))

    def _put(self, at: Instant, order: int, do: Do) -> int:
        self._count += 1
        heapq.heappush(self._heap, (at, order, self._count, do))
        return self._count

    # What comes from outside

    def _do_world(self, at: Instant, world: World) -> list[Recorded[Event]]:
        self._acted += 1
        facts = [fact for fact in world.facts if not self._is_not_so(fact.event)]
        if not facts:
            return []

        def state(work: Work) -> None:
            for fact in facts:
                self.twin.state(work, fact)

        return self.twin.run(state, by=facts[0].actor, at=at)

    def _is_not_so(self, event: Event) -> bool:
        is_absent = isinstance(event, AgentStatusChanged) and event.user in self.absent
        return is_absent or self.passed_over(event)

    def _put_next(self, conversation: str) -> None:
        """The conversation's next step, once everything it waits for is there."""
        part = self._parts.get(conversation)
        if part is None or part.put or part.next == len(part.steps):
            return
        step, since, left = part.steps[part.next], part.done_at, 0
        if step.needs_hands:
            hand = self._hands.get(conversation)
            if hand.since is None:
                return
            since, left = max(since, hand.since), sum(step.holds[part.lost :])
        at = Instant(max(self.now, since + left + step.delay))
        part.put = self._put(at, step.order, partial(self._do_step, conversation=conversation))

    def _do_step(self, at: Instant, conversation: str) -> list[Recorded[Event]]:
        self._acted += 1
        part = self._parts[conversation]
        step, users = part.steps[part.next], self._hands.get(conversation).users
        by = whoever(step.facts[0].actor, step.holders, users)

        def act(work: Work) -> None:
            for fact in step.facts:
                self._act(work, fact, by)

        part.next, part.done_at, part.lost, part.put = part.next + 1, at, 0, 0
        self._touched.append(conversation)
        return self.twin.run(act, by=by, at=at)

    def _act(self, work: Work, fact: Recorded[Event], by: Actor) -> None:
        event = fact.event
        if isinstance(event, ConversationAssigned):
            give_by_hand(work, event, self.absent)
        elif isinstance(event, WorkWrappedUp):
            routing.finish_wrap_up(work, WorkItemId(event.item))
        else:
            self.twin.state(work, self._numbered(fact.by(by)))

    def _numbered(self, fact: Recorded[Event]) -> Recorded[Event]:
        """With the next number, where something was said in this world that was not said then."""
        event = fact.event
        if not isinstance(event, MessageCreated | NoteCreated):
            return fact
        number = max(event.number, self._hands.numbers.get(event.conversation, 0) + 1)
        self._hands.numbers[event.conversation] = number
        return fact if number == event.number else replace(fact, event=structs.replace(event, number=number))

    # What follows

    def _heard(self, stated: list[Recorded[Event]]) -> None:
        touched = dict.fromkeys(self._touched)
        self._touched.clear()
        for recorded in stated:
            self.hearer.hear(recorded)
            conversation = recorded.conversation
            if conversation is not None:
                since = self._hands.get(conversation).since
                hand = self._hands.hear(recorded)
                if hand is not None:
                    touched[conversation] = None
                    if since is not None and hand.since != since:
                        self._lose(conversation)
                if isinstance(recorded.event, WorkOffered):
                    self._put_answer(self._hands.offers[conversation])
        for conversation in touched:
            self._put_next(conversation)

    def _lose(self, conversation: str) -> None:
        """Whoever had it has it no longer. What they would have done next, the next one does."""
        part = self._parts.get(conversation)
        if part is None:
            return
        part.lost += 1
        if part.put and part.steps[part.next].needs_hands:
            self._gone.add(part.put)
            part.put = 0

    def _put_answer(self, offer: Recorded[WorkOffered]) -> None:
        """The first offer of a conversation is answered as its first one was, and so on."""
        event = offer.event
        number = self._offers.get(event.conversation, 0)
        self._offers[event.conversation] = number + 1
        answers = self.script.answers.get(event.conversation, [])
        answer = answers[number] if number < len(answers) else None
        if answer is not None and answer.how == "timed_out" and answer.user == event.user:
            return
        if answer is not None and answer.how in ("accepted", "declined") and answer.delay is not None:
            accepts, delay, order = answer.how == "accepted", answer.delay, answer.order
        else:  # nobody knows what they would have said, but that they had not said it by then
            accepts, order, delay = True, _LAST, self._typical
            if answer is not None:
                delay += self.script.ends if answer.delay is None else answer.delay
        verb = routing.accept if accepts else routing.decline
        at = Instant(max(self.now, offer.at + delay))
        self._put(at, order, partial(self._do_answer, offer=offer, verb=verb))

    def _do_answer(
        self, at: Instant, offer: Recorded[WorkOffered], verb: Callable[[Work, WorkItemId], None]
    ) -> list[Recorded[Event]]:
        if self._hands.offers.get(offer.event.conversation) is not offer:
            return []
        user = offer.event.user
        by = Actor(
            organisation=self.twin.organisation,
            type="user",
            id=user,
            author=user,
            roles=frozenset({"org.user"}),
        )
        return self.twin.run(verb, WorkItemId(offer.event.item), by=by, at=at)
