"""The script of a period: what came from outside, apart from what routing made of it.

    customers wrote, agents answered, closed, snoozed, gave away by hand ──▶ steps of a conversation
    agents accepted, declined, or let an offer pass                       ──▶ answers, one for each offer
    agents came and went, settings changed, customers were described      ──▶ the world, at its own time
    who was given what, who was asked, what was held, promised and broken ──▶ not here: that is played

A step is so long after the step before, or after somebody had the conversation, whichever came last. Where nothing is
changed that is the very moment at which it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from statistics import median
from typing import Literal

from kithdesk.conversations.events import ConversationAssigned, ConversationOpened, MessageCreated
from kithdesk.core.clock import SECOND, Instant
from kithdesk.core.events import Event, Recorded
from kithdesk.routing import GIVEN_BY_HAND
from kithdesk.routing.events import (
    AgentStatusChanged,
    WorkAskedAgain,
    WorkHoldEnded,
    WorkLanguageDropped,
    WorkOffered,
    WorkOfferEnded,
    WorkOverflowed,
    WorkWrappedUp,
)
from kithdesk.simulation.hands import Hands

_ACCEPTED = "accepted"
_PROMISED = frozenset(
    {"sla.matched", "sla.unmatched", "sla.clocked", "sla.satisfied", "sla.warned", "sla.breached"}
)
_PLAYED_STATUSES = frozenset({"missed_offer", "deactivated"})
END_OFFER, END_HOLD, END_WRAP_UP = "routing.end_offer", "routing.end_hold", "routing.end_wrap_up"
END_LANGUAGE, OVERFLOW, ASK_AGAIN = "routing.end_language", "routing.overflow", "routing.ask_again"
TIMERS = frozenset({END_OFFER, END_HOLD, END_WRAP_UP, END_LANGUAGE, OVERFLOW, ASK_AGAIN})
"""Jobs whose doing leaves a fact, so that it is known when they were done."""
_ENDED: dict[type[Event], str] = {
    WorkHoldEnded: END_HOLD,
    WorkLanguageDropped: END_LANGUAGE,
    WorkAskedAgain: ASK_AGAIN,
    WorkWrappedUp: END_WRAP_UP,
}
TYPICAL = 5 * SECOND
"""Until an agent accepts, where nobody ever did."""


@dataclass(slots=True)
class Step:
    """One command about a conversation. `order`: its place among what happened in the same millisecond.

    `holds`: how long those had it, since the step before, who lost it again before this step.
    """

    facts: list[Recorded[Event]]
    delay: int
    order: int
    needs_hands: bool
    holders: tuple[str, ...] = ()
    holds: tuple[int, ...] = ()

    @property
    def at(self) -> Instant:
        return self.facts[0].at


@dataclass(slots=True)
class Answer:
    """What came of an offer, and how long after it. None: something else ended it."""

    user: str
    offered_at: Instant
    how: Literal["accepted", "declined", "timed_out", "withdrawn"] | None = None
    delay: int | None = None
    order: int = 0


@dataclass(slots=True)
class World:
    """A command about no conversation."""

    facts: list[Recorded[Event]]

    @property
    def at(self) -> Instant:
        return self.facts[0].at

    @property
    def order(self) -> int:
        return self.facts[0].position


@dataclass
class Script:
    """All of a period. `rang`: when timers of the past went off, by what they were about."""

    begins: Instant
    ends: Instant
    before: Hands = field(default_factory=Hands)
    world: list[World] = field(default_factory=list)
    steps: dict[str, list[Step]] = field(default_factory=dict)
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    rang: dict[tuple[str, str], list[tuple[Instant, int]]] = field(default_factory=dict)
    recorded: list[Recorded[Event]] = field(default_factory=list)
    """The period as it was, whole."""
    available_before: set[str] = field(default_factory=set)
    """Who was there as it began."""

    def note_status(self, event: AgentStatusChanged) -> None:
        if event.status == "available":
            self.available_before.add(event.user)
        else:
            self.available_before.discard(event.user)

    @property
    def typical(self) -> int:
        """How long agents take to accept."""
        taken = [
            one.delay
            for answers in self.answers.values()
            for one in answers
            if one.how == "accepted" and one.delay is not None
        ]
        return round(median(taken)) if taken else TYPICAL

    @property
    def arrivals(self) -> list[str]:
        """Conversations that customers began in the period."""
        return [
            conversation
            for conversation, steps in self.steps.items()
            if isinstance(steps[0].facts[0].event, ConversationOpened)
        ]


def write_script(
    before: Iterable[Recorded[Event]], period: Sequence[Recorded[Event]], begins: Instant, ends: Instant
) -> Script:
    """Tells inputs from what was made of them."""
    script = Script(begins, ends, recorded=list(period))
    for recorded in before:
        script.before.hear(recorded)
        if isinstance(recorded.event, AgentStatusChanged):
            script.note_status(recorded.event)
    writer = _Writer(script)
    for recorded in period:
        writer.take(recorded)
    return script


class _Writer:
    """Goes through a period once, in its order."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.hands = deepcopy(script.before)
        self._steps_at: dict[str, Instant] = {}
        self._holds: dict[str, list[int]] = {}
        self._last: tuple[object, ...] | None = None
        for conversation, offer in self.hands.offers.items():
            script.answers[conversation] = [Answer(offer.event.user, offer.at)]

    def take(self, recorded: Recorded[Event]) -> None:
        self._note_answers(recorded)
        if _is_played(recorded):
            self._last = None
        elif recorded.conversation is None:
            self._add_to_world(recorded)
        else:
            self._add_step(recorded, recorded.conversation)
        self._hear(recorded)

    def _hear(self, recorded: Recorded[Event]) -> None:
        conversation = recorded.conversation
        if conversation is None:
            return
        since = self.hands.get(conversation).since
        hand = self.hands.hear(recorded)
        if hand is not None and since is not None and hand.since != since:
            held = recorded.at - max(since, self._since(conversation))
            self._holds.setdefault(conversation, []).append(held)

    def _since(self, conversation: str) -> Instant:
        """When the last step was, or the period began."""
        return self._steps_at.get(conversation, self.script.begins)

    def _add_to_world(self, recorded: Recorded[Event]) -> None:
        key = ("", recorded.at, recorded.actor)
        if key == self._last:
            self.script.world[-1].facts.append(recorded)
        else:
            self.script.world.append(World([recorded]))
        self._last = key

    def _add_step(self, recorded: Recorded[Event], conversation: str) -> None:
        steps = self.script.steps.setdefault(conversation, [])
        key = (conversation, recorded.at, recorded.actor)
        if key == self._last:
            steps[-1].facts.append(recorded)
            return
        self._last = key
        hand = self.hands.get(conversation)
        needs_hands = hand.is_held and recorded.actor.is_agent
        since = self._since(conversation)
        if needs_hands and hand.since is not None:
            since = max(since, hand.since)
        delay = recorded.at - since
        holds = tuple(self._holds.pop(conversation, ()))
        steps.append(Step([recorded], delay, recorded.position, needs_hands, hand.users, holds))
        self._steps_at[conversation] = recorded.at

    def _note_answers(self, recorded: Recorded[Event]) -> None:
        event, at, order = recorded.event, recorded.at, recorded.position
        if isinstance(event, WorkOffered):
            self.script.answers.setdefault(event.conversation, []).append(Answer(event.user, at))
        elif isinstance(event, WorkOfferEnded):
            self._end(event.conversation, event.how, at, order)
            if event.how == "timed_out":
                self._ring(END_OFFER, event.item, at, order)
        elif isinstance(event, ConversationAssigned):
            code = event.reason.code
            if event.queue != event.queue_before and recorded.actor.type == "system":
                self._ring(OVERFLOW, event.conversation, at, order)
            how: Literal["accepted"] | None = "accepted" if code == _ACCEPTED else None
            if event.users:
                self._end(event.conversation, how, at, order)
        elif isinstance(event, WorkOverflowed):
            self._ring(OVERFLOW, event.conversation, at, order)
        elif isinstance(event, WorkAskedAgain | WorkHoldEnded | WorkLanguageDropped | WorkWrappedUp):
            self._ring(_ENDED[type(event)], event.item, at, order)

    def _end(self, conversation: str, how: object, at: Instant, order: int) -> None:
        answers = self.script.answers.get(conversation)
        if answers and answers[-1].delay is None:
            last = answers[-1]
            last.how, last.delay, last.order = how, at - last.offered_at, order  # type: ignore[assignment]

    def _ring(self, what: str, about: str, at: Instant, order: int) -> None:
        self.script.rang.setdefault((what, about), []).append((at, order))


def _is_played(recorded: Recorded[Event]) -> bool:
    """Whether routing, or what is promised, made it of something else."""
    event = recorded.event
    if isinstance(event, WorkWrappedUp):
        return recorded.actor.type == "system"
    if event.kind in _PROMISED or event.kind.startswith("work."):
        return True
    if isinstance(event, ConversationAssigned):
        return event.reason.code not in GIVEN_BY_HAND
    if isinstance(event, AgentStatusChanged):
        return recorded.actor.type == "system" and event.reason in _PLAYED_STATUSES
    return isinstance(event, MessageCreated) and recorded.actor.type == "system"
