"""An organisation with policies, customers who write, and agents who may or may not answer."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any

from kithdesk import access, calendar, conversations, sla
from kithdesk.calendar import Schedule, ScheduleId
from kithdesk.conversations import ConversationId
from kithdesk.conversations.recording import Words, record_message
from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import Instant, ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.ids import OrganisationId
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId, create_customer
from kithdesk.sla import PolicyId, Target, Wish
from kithdesk.sla.policies import get_policy
from kithdesk.sla.queries import Policy
from kithdesk.timeline import read_events

FIRST = {"firstResponse": Target(seconds=3_600)}


@dataclass
class House:
    """What tests do with one organisation. Everything is a command that succeeded."""

    desk: Desk
    clock: ManualClock
    id: OrganisationId
    admin: Actor
    agent: Actor
    numbers: itertools.count[int] = field(default_factory=itertools.count)

    async def run(self, verb: Any, *args: Any, by: Actor | None = None, **kwargs: Any) -> Any:
        return (await self.desk.run(verb, *args, by=by or self.admin, **kwargs)).value

    async def read(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return (await self.desk.read(query, *args, by=self.admin, **kwargs)).value

    async def policy(self, name: str = "Gold", *, metrics: Any = None, **said: Any) -> Policy:
        promised: Any = FIRST if metrics is None else metrics
        wish = Wish(name=name, metrics=promised, **said)
        policy: Policy = await self.run(sla.create_policy, wish)
        return policy

    async def change(self, policy: PolicyId, **said: Any) -> Policy:
        changed: Policy = await self.run(sla.change_policy, policy, Wish(**said))
        return changed

    async def schedule(self, hours: dict[str, list[tuple[int, int]]], timezone: str = "UTC") -> Schedule:
        name = f"Hours {next(self.numbers)}"
        draft = calendar.Draft(name=name, timezone=timezone, hours=hours)
        made: Schedule = await self.run(calendar.create_schedule, draft)
        return made

    async def reschedule(self, schedule: ScheduleId, hours: dict[str, list[tuple[int, int]]]) -> None:
        await self.run(calendar.change_schedule, schedule, calendar.Change(hours=hours))

    async def arrive(self, body: str = "Hello") -> ConversationId:
        """A new visitor writes."""
        opened: ConversationId = await self.run(
            _receive, None, f"visitor{next(self.numbers)}", body, by=system(self.id)
        )
        return opened

    async def recall(self, *, days: int) -> ConversationId:
        """A program records what somebody wrote so long ago."""
        opened: ConversationId = (
            await self.run(record_message, self._words(days, "in"), customer=await self.run(create_customer))
        ).conversation
        return opened

    async def recalls(self, conversation: ConversationId, *, days: int, direction: Any = "in") -> None:
        """And what was said in it later."""
        await self.run(record_message, self._words(days, direction), conversation=conversation)

    def _words(self, days: int, direction: Any) -> Words:
        return Words(body="Long ago", direction=direction, sent_at=self.clock.in_(days=-days))

    async def writes(self, conversation: ConversationId, body: str = "Are you there?") -> None:
        await self.run(_receive, conversation, f"again{next(self.numbers)}", body, by=system(self.id))

    async def answers(self, conversation: ConversationId, kind: Any = "message") -> None:
        await self.run(
            conversations.reply, conversation, client_id=None, body="Here", kind=kind, by=self.agent
        )

    async def changes(self, conversation: ConversationId, **changes: Any) -> None:
        await self.run(conversations.change, conversation, changes, by=self.agent)

    async def snoozes(self, conversation: ConversationId, *, until: Instant) -> None:
        await self.run(conversations.snooze, conversation, until=until, by=self.agent)

    async def pass_time(self, **by: float) -> None:
        """And what is due by then is done."""
        self.clock.advance(**by)
        await self.desk.jobs.settle()

    async def sla(self, conversation: ConversationId) -> Any:
        """As the conversation shows it."""
        drawn = await self.read(conversations.draw_conversation, conversation)
        return drawn["attributes"]["sla"]

    async def told(self, conversation: ConversationId) -> list[tuple[str, int]]:
        """What was stated of its clocks, and when."""
        customer = (await self.read(conversations.get_conversation, conversation)).customer
        found = await self.read(read_events, customer, after=0, limit=1_000)
        return [(one.event.kind, one.at) for one in found if one.event.kind.startswith("sla.")]

    async def kinds(self, conversation: ConversationId) -> list[str]:
        return [kind.removeprefix("sla.") for kind, _ in await self.told(conversation)]

    async def breaches(self, conversation: ConversationId) -> list[tuple[str, int]]:
        """The metric of each that was stated, and since when its wait had lasted."""
        customer = (await self.read(conversations.get_conversation, conversation)).customer
        found = await self.read(read_events, customer, after=0, limit=1_000)
        stated = [one.event for one in found if one.event.kind == "sla.breached"]
        return [
            (one.metric, next(clock.since for clock in one.standing.clocks if clock.metric == one.metric))
            for one in stated
        ]

    async def get(self, policy: PolicyId) -> Policy:
        found: Policy = await self.read(get_policy, policy)
        return found


async def found_house(desk: Desk, clock: ManualClock, name: str) -> House:
    id = OrganisationId(desk.ids.new(desk.clock.now()))
    founder = Actor(organisation=id, type="system", roles=frozenset({"org.admin"}))
    made = await desk.run(access.create_organisation, name, email=f"admin@{name.lower()}.test", by=founder)
    admin = _actor(id, made.value.admin.id, "org.admin", "org.user")
    agent = await desk.run(access.create_user, email=f"ana@{name.lower()}.test", display_name="Ana", by=admin)
    return House(desk, clock, id, admin, _actor(id, agent.value.id, "org.user"))


def _actor(organisation: OrganisationId, id: str, *roles: str) -> Actor:
    return Actor(
        organisation=organisation, type="user", id=id, author=id, display_name="Ana", roles=frozenset(roles)
    )


def _receive(work: Work, conversation: ConversationId | None, author: str, body: str) -> ConversationId:
    if conversation is None:
        customer = create_customer(work)
    else:
        customer = CustomerId(conversations.get_conversation(work, conversation).customer)
    work.actor = Actor(organisation=work.organisation, type="customer", id=customer, author=author)
    sent = conversations.receive(
        work,
        conversation=conversation,
        new_conversation=None if conversation else author,
        customer=customer,
        author=author,
        client_id=author,
        body=body,
    )
    return sent.conversation
