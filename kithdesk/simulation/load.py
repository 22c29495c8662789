"""Another load: so many times what came, or so much an hour, each like one that came, or made up. By a seed, so that
the same scenario is always the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import msgspec

from kithdesk.conversations.events import Change, ConversationOpened, ConversationUpdated, MessageCreated
from kithdesk.core.actors import Actor
from kithdesk.core.clock import HOUR, MINUTE, SECOND, Instant
from kithdesk.core.events import Event, Recorded
from kithdesk.core.ids import EventId, Ids, OrganisationId
from kithdesk.routing.events import WorkWrappedUp
from kithdesk.simulation.errors import BadScenario
from kithdesk.simulation.reading import MOST_CONVERSATIONS
from kithdesk.simulation.scenario import Load
from kithdesk.simulation.script import Answer, Script, Step, World

_NEAR = HOUR
"""One more of what came comes within so long."""
_ONCE = {"opening_id": None, "client_id": None, "external_id": None}
"""What there may be only one of."""


def with_load(script: Script, load: Load, organisation: OrganisationId) -> Script:
    """The script with another load. Raises `BadScenario` for more than is played at once."""
    if load.per_hour is None and load.factor == 1:
        return script
    return _Writer(script, load, organisation).written()


class _Writer:
    def __init__(self, script: Script, load: Load, organisation: OrganisationId) -> None:
        self.load, self.organisation = load, organisation
        self.chance, self.ids = Random(load.seed), Ids(load.seed)
        self.source = script
        self.script = replace(script, steps=dict(script.steps), answers=dict(script.answers))
        self.order = 1 + max((fact.position for fact in script.recorded), default=0)

    def written(self) -> Script:
        arrivals = self.source.arrivals
        if self.load.per_hour is None:
            for conversation in arrivals:
                self._multiply(conversation)
        else:
            for conversation in arrivals:
                self._drop(conversation)
            self._generate(arrivals, self.load.per_hour)
        self._check()
        return self.script

    def _multiply(self, conversation: str) -> None:
        """Each is there so often; of what is left over, by chance."""
        whole, rest = divmod(self.load.factor, 1)
        copies = int(whole) + (self.chance.random() < rest)
        if copies == 0:
            self._drop(conversation)
        at = self.source.steps[conversation][0].at
        for _ in range(copies - 1):
            left = min(_NEAR, self.source.ends - at)
            self._copy(conversation, Instant(at + self.chance.randrange(max(1, left))))

    def _drop(self, conversation: str) -> None:
        del self.script.steps[conversation]
        self.script.answers.pop(conversation, None)

    def _generate(self, arrivals: list[str], per_hour: tuple[float, ...]) -> None:
        handle = self.load.handle_seconds
        if handle is None and not arrivals:
            raise BadScenario(
                "Nothing came that the load could be drawn from: say how long each takes.",
                parameter="scenario.load.handleSeconds",
            )
        if handle is None:
            self._know_customers_early()
        for number, at in enumerate(self._moments(per_hour)):
            if number > MOST_CONVERSATIONS:
                break
            if handle is None:
                self._copy(self.chance.choice(arrivals), at)
            else:
                self._make_up(at, handle)

    def _moments(self, per_hour: tuple[float, ...]) -> Iterator[Instant]:
        """A Poisson process whose rate is another each hour: of one at the highest rate, some are left out."""
        highest = max(per_hour)
        at = float(self.source.begins)
        while highest:
            at += self.chance.expovariate(highest / HOUR)
            if at >= self.source.ends:
                return
            if self.chance.random() * highest < per_hour[int(at // HOUR) % 24]:
                yield Instant(int(at))

    def _know_customers_early(self) -> None:
        """Who is drawn may come before they first came."""
        early: list[World] = []
        for world in self.script.world:
            about = all(fact.customer is not None for fact in world.facts)
            facts = [replace(fact, at=self.source.begins) for fact in world.facts] if about else world.facts
            early.append(World(facts))
        self.script.world = early

    def _copy(self, conversation: str, at: Instant) -> None:
        fresh = self.ids.new(at)
        steps = [self._step(step, fresh) for step in self.source.steps[conversation]]
        steps = [step for step in steps if step.facts]
        steps[0] = replace(steps[0], delay=at - self.source.begins)
        self.script.steps[fresh] = steps
        answers = self.source.answers.get(conversation)
        if answers:
            self.script.answers[fresh] = [_alike(answer) for answer in answers]

    def _step(self, step: Step, conversation: str) -> Step:
        facts = [
            self._fact(fact.event, conversation, fact.actor, fact.at)
            for fact in step.facts
            if not isinstance(fact.event, WorkWrappedUp)
        ]
        return replace(step, facts=facts, order=self._next())

    def _fact(self, event: Event, conversation: str, actor: Actor, at: Instant) -> Recorded[Event]:
        changes: dict[str, Any] = {"conversation": conversation}
        changes |= {name: value for name, value in _ONCE.items() if hasattr(event, name)}
        if hasattr(event, "message"):
            changes["message"] = self.ids.new(at)
        changed = msgspec.structs.replace(event, **changes)
        return Recorded(EventId(self.ids.new(at)), self.organisation, at, actor, changed, self.order)

    def _make_up(self, at: Instant, handle: int) -> None:
        """A customer writes, is answered, and after a while it is done."""
        conversation, customer = self.ids.new(at), self.ids.new(at)
        visitor = Actor(organisation=self.organisation, type="customer", id=customer, author=customer)
        agent = Actor(organisation=self.organisation, type="user", id="", author="")
        about: Any = {"conversation": conversation, "customer": customer}
        took = max(SECOND, round(self.chance.expovariate(1 / (handle * SECOND))))
        answered = min(took // 2, self.chance.randrange(10 * SECOND, MINUTE))
        opened = ConversationOpened(**about, channel="chat", direction="in")
        done = ConversationUpdated(**about, changes={"status": Change("open", "done")})
        first = [self._fact(opened, conversation, visitor, at), self._said(about, 1, visitor, at)]
        self.script.steps[conversation] = [
            Step(first, at - self.source.begins, self._next(), needs_hands=False),
            Step([self._said(about, 2, agent, at)], answered, self._next(), True, ("",)),
            Step([self._fact(done, conversation, agent, at)], took - answered, self._next(), True, ("",)),
        ]

    def _said(self, about: Any, number: int, by: Actor, at: Instant) -> Recorded[Event]:
        is_in = number == 1
        event = MessageCreated(
            **about,
            message="",
            number=number,
            direction="in" if is_in else "out",
            direction_type="initial-in" if is_in else "response-out",
            channel="chat",
        )
        return self._fact(event, about["conversation"], by, at)

    def _next(self) -> int:
        self.order += 1
        return self.order

    def _check(self) -> None:
        if len(self.script.steps) > MOST_CONVERSATIONS:
            raise BadScenario(f"More than {MOST_CONVERSATIONS:,} would come.", parameter="scenario.load")


def _alike(answer: Answer) -> Answer:
    return replace(answer)
