"""The floor in memory: the same procedure without a database, a model for tests.

It looks at everybody and at everything that waits, so it is slow and plainly right; the floor in rows is held to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import msgspec

from kithdesk.calendar import ALWAYS, Schedule
from kithdesk.conversations.events import Reason
from kithdesk.core.clock import Instant
from kithdesk.routing import reasons
from kithdesk.routing.choosing import Agent, Crowd, Decision, Waiting, units, why_not
from kithdesk.routing.events import How
from kithdesk.routing.floor import ASK_AGAIN
from kithdesk.routing.holding_out import DEFAULT_SECONDS, holds_out_until
from kithdesk.routing.serving import hold_out_no_longer, pass_on, place, serve


@dataclass(frozen=True, slots=True)
class Hands:
    """Who has an item, or is asked to take it, and how much of them it takes."""

    user: str
    units: int
    is_offered: bool = False


_BEGINNING = Instant(0)


def _never(_item: Waiting, _agent: Agent) -> int | None:
    return None


@dataclass
class MemoryFloor:
    """`Floor` over dictionaries. Whoever plays a day on it moves `now`, and calls what happens.

    `schedules` are by queue; a queue without one is always open. `language_hold`: seconds.
    """

    seconds: Callable[[Waiting, Agent], int | None] = _never
    now: Instant = _BEGINNING
    agents: dict[str, Agent] = field(default_factory=dict)
    queued: dict[str, Waiting] = field(default_factory=dict)
    in_hand: dict[str, tuple[Waiting, Hands]] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    schedules: dict[str, Schedule] = field(default_factory=dict)
    language_hold: int = DEFAULT_SECONDS
    signed_in: set[str] = field(default_factory=set)
    waits_since: dict[str, Instant] = field(default_factory=dict)
    declined_at: dict[str, Instant] = field(default_factory=dict)
    """Since when what was declined waits for somebody else."""

    # What it shows

    def agent(self, user: str) -> Agent | None:
        return self.agents.get(user)

    def still_waiting(self, item: Waiting) -> Waiting | None:
        return self.queued.get(item.id)

    def crowd_for(self, item: Waiting) -> Crowd:
        hours = self.hours_of(item.traits.queue)
        if not hours.is_open(self.now):
            return Crowd([], is_open=False, opens_at=hours.next_opening(self.now))
        return Crowd(list(self.agents.values()))

    def heads_for(self, agent: Agent) -> Sequence[Waiting]:
        return [
            item
            for item in self.queued.values()
            if self.hours_of(item.traits.queue).is_open(self.now) and why_not(agent, item.traits) is None
        ]

    def may_hold_out(self, item: Waiting) -> bool:
        until = self.holds_out_until(item)
        if until is not None and self.now >= until:
            return False
        speaks = any(item.traits.language in self.agents[user].skills for user in self.signed_in)
        return speaks or not self.hours_of(item.traits.queue).is_open(self.now)

    def holds_out_until(self, item: Waiting) -> Instant | None:
        """When it has waited long enough for its language; None: not before its queue opens one day."""
        since = self.waits_since.get(item.id, self.now)
        return holds_out_until(since, self.language_hold, self.hours_of(item.traits.queue))

    def hours_of(self, queue: str) -> Schedule:
        return self.schedules.get(queue, ALWAYS)

    def seconds_to_accept(self, item: Waiting, agent: Agent) -> int | None:
        return self.seconds(item, agent)

    # What it lets happen

    def wait(self, item: Waiting, _reason: Reason, decision: Decision | None) -> None:
        self._let_go(item.id)
        self.queued.setdefault(item.id, item)
        self.waits_since.setdefault(item.id, self.now)
        if decision is not None and decision.because == "closed":
            self.queued[item.id] = _declined_by(self.queued[item.id], ())
        elif item.traits.declined:
            self.declined_at.setdefault(item.id, self.now)

    def assign(self, item: Waiting, user: str, decision: Decision) -> None:
        self.decisions.append(decision)
        self.waits_since.pop(item.id, None)
        self._take(item, user, is_offered=False)

    def offer(self, item: Waiting, user: str, decision: Decision, _seconds: int, _asking: Reason) -> None:
        self.decisions.append(decision)
        self.waits_since.setdefault(item.id, self.now)
        self._take(item, user, is_offered=True)

    def end_offer(self, item: Waiting, user: str, how: How) -> None:
        self._let_go(item.id)
        said_no = {user} if how == "declined" else set()
        declined = tuple(sorted({*item.traits.declined, *said_no}))
        self.queued[item.id] = _declined_by(item, declined)

    def drop_language(self, item: Waiting) -> Waiting:
        if item.id in self.queued:
            self.queued[item.id] = item.in_any_language()
        return item.in_any_language()

    def set_unavailable(self, user: str) -> None:
        self.set_available(user, is_available=False)

    def serve_later(self, users: Sequence[str]) -> None:
        serve(self, users)

    # What happens

    def arrives(self, item: Waiting) -> None:
        place(self, item)

    def is_available(self, agent: Agent) -> None:
        """They come, or their terms have changed."""
        known = self.agents.get(agent.user)
        load, held = (0, {}) if known is None else (known.load, known.held)
        self.agents[agent.user] = replace(agent, idle_since=self.now, is_available=True, load=load, held=held)
        self.signed_in.add(agent.user)
        serve(self, [agent.user])

    def goes(self, user: str) -> None:
        """Offline: what they have and were asked goes on, in its old place."""
        self.set_available(user, is_available=False)
        self.signed_in.discard(user)
        for _, item in self._of(user):
            if self.in_hand[item.id][1].is_offered:
                self._passes_on(item, user, "withdrawn")
            else:
                self._let_go(item.id)
                fresh = self.queued[item.id] = _anew(item)
                place(self, fresh, otherwise=reasons.AGENT_OFFLINE)

    def accepts(self, item: str) -> None:
        waiting, hands = self.in_hand[item]
        self.in_hand[item] = waiting, replace(hands, is_offered=False)
        self.waits_since.pop(item, None)

    def passes(self, item: str, how: How) -> None:
        """An offer is declined, or its time is over."""
        waiting, hands = self.in_hand[item]
        self._passes_on(waiting, hands.user, how)
        if how == "timed_out":
            asked = [one for _, one in self._of(hands.user) if self.in_hand[one.id][1].is_offered]
            for other in asked:
                self._passes_on(other, hands.user, "withdrawn")

    def is_done(self, item: str) -> None:
        """It waits no longer, and whoever had it has room."""
        self.queued.pop(item, None)
        self.declined_at.pop(item, None)
        self.waits_since.pop(item, None)
        user = self._let_go(item)
        if user is not None:
            serve(self, [user])

    def opens(self) -> None:
        """A queue does: whoever has room is served, in the order of their ids."""
        serve(self, sorted(self.agents))

    def holds_out_no_longer(self, item: str) -> None:
        """Once `holds_out_until` has come. It means nothing to what waits for no language, or does not wait."""
        waiting = self.queued.get(item)
        if waiting is not None and waiting.traits.language is not None and not self.may_hold_out(waiting):
            hold_out_no_longer(self, waiting)

    def asks_again(self, item: str) -> None:
        """Once `ASK_AGAIN` has passed since nobody was left. It means nothing to what somebody has or is asked."""
        waiting = self.queued.get(item)
        if waiting is not None and self.now >= self.declined_at.get(item, self.now) + ASK_AGAIN:
            self.declined_at.pop(item)
            self.queued[item] = _declined_by(waiting, ())
            place(self, self.queued[item])

    def set_available(self, user: str, *, is_available: bool) -> None:
        agent = self.agents[user]
        self.agents[user] = replace(agent, is_available=is_available, idle_since=self.now)

    # Details

    def _passes_on(self, item: Waiting, user: str, how: How) -> None:
        pass_on(self, item, user, how, lambda waiting: place(self, self.queued[waiting.id]))

    def _of(self, user: str) -> list[tuple[str, Waiting]]:
        """What they have and what they were asked, by conversation."""
        theirs = [(item.conversation, item) for item, hands in self.in_hand.values() if hands.user == user]
        return sorted(theirs, key=lambda pair: pair[0])

    def _take(self, item: Waiting, user: str, *, is_offered: bool) -> None:
        agent = self.agents[user]
        more = units(agent.terms, agent.capacity, item.traits)
        self.queued.pop(item.id, None)
        self.declined_at.pop(item.id, None)
        self.in_hand[item.id] = item, Hands(user, more, is_offered)
        self._count(user, given_at=self.now)

    def _let_go(self, item: str) -> str | None:
        found = self.in_hand.pop(item, None)
        if found is None:
            return None
        user = found[1].user
        self._count(user)
        return user

    def _count(self, user: str, *, given_at: Instant | None = None) -> None:
        held: dict[int, int] = {}
        for item, hands in self.in_hand.values():
            if hands.user == user:
                held[item.traits.priority] = held.get(item.traits.priority, 0) + hands.units
        agent = self.agents[user]
        idle_since = agent.idle_since if given_at is None else given_at
        self.agents[user] = replace(agent, load=sum(held.values()), held=held, idle_since=idle_since)


def _anew(item: Waiting) -> Waiting:
    """As it waits when its agent is gone: for anybody, and for its language once more."""
    traits = msgspec.structs.replace(item.traits, not_for=(), declined=(), language=item.language)
    return replace(item, traits=traits)


def _declined_by(item: Waiting, users: tuple[str, ...]) -> Waiting:
    return replace(item, traits=msgspec.structs.replace(item.traits, declined=users))
