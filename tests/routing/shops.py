"""An organisation with agents, and visitors who write to it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from kithdesk import access, conversations, routing
from kithdesk.access.credentials import hash_of, new_token
from kithdesk.access.sessions import open_session
from kithdesk.conversations import ConversationId
from kithdesk.core.actors import Actor, system
from kithdesk.core.desk import Desk
from kithdesk.core.ids import OrganisationId
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId, Profile, create_customer
from kithdesk.routing.entities import WorkItem
from kithdesk.routing.queries.agents import find_agent
from kithdesk.routing.queries.items import find_item

_ROLES = frozenset({"org.user"})


@dataclass
class Shop:
    """What tests do with one organisation."""

    desk: Desk
    id: OrganisationId
    admin: Actor
    numbers: itertools.count[int] = field(default_factory=itertools.count)

    @property
    def by(self) -> Actor:
        return system(self.id)

    async def agent(self, name: str, *, available: bool = True) -> Actor:
        """A new agent; available unless told otherwise."""
        made = await self.desk.run(
            access.create_user, email=f"{name}@{self.id}.test", display_name=name.title(), by=self.admin
        )
        agent = Actor(
            organisation=self.id,
            type="user",
            id=made.value.id,
            author=made.value.id,
            display_name=name.title(),
            roles=_ROLES,
        )
        if available:
            await self.says(agent, "available")
        return agent

    async def says(self, agent: Actor, status: str, reason: str | None = None) -> None:
        await self.desk.run(routing.set_status, agent.id, status, reason, by=agent)

    async def capacity(self, capacity: int, *, team: str | None = None) -> None:
        change = routing.SettingsChange(capacity_per_agent=capacity)
        await self.desk.run(routing.change_settings, change, team=team, by=self.admin)

    async def settings(self, *, team: str | None = None, **changes: Any) -> None:
        change = routing.SettingsChange(**changes)
        await self.desk.run(routing.change_settings, change, team=team, by=self.admin)

    async def queue(self, name: str, **values: Any) -> str:
        """A new queue, into which goes whoever writes its name."""
        queue = str(await self.run(routing.create_queue, name, name, values, by=self.admin))
        await self.rule(name, queue)
        return queue

    async def rule(self, word: str, queue: str, **values: Any) -> str:
        criteria = {"and": [{"message_body": {"contains": word}}]}
        rule = {"name": word, "criteria": criteria, "queue": queue, **values}
        return str(await self.run(routing.create_rule, rule, by=self.admin))

    async def team(self, name: str, members: Sequence[Actor], **profile: Any) -> str:
        """A team; with a profile it is routed to."""
        team = await self.run(access.create_team, name, by=self.admin)
        await self.run(access.change_members, team.id, [member.id for member in members], by=self.admin)
        if profile:
            await self.settings(team=team.id, enabled=True, **profile)
        return str(team.id)

    async def arrive(self, about: str = "Hello", *, locale: str | None = None) -> ConversationId:
        """A new visitor writes."""
        done = await self.desk.run(_arrive, f"visitor{next(self.numbers)}", about, locale, by=self.by)
        return done.value

    async def writes_again(self, conversation: ConversationId) -> None:
        """Its customer writes once more."""
        await self.desk.run(_write_again, conversation, f"again{next(self.numbers)}", by=self.by)

    async def ends(self, conversation: ConversationId) -> None:
        """Its customer ends the chat."""
        await self.desk.run(_end, conversation, by=self.by)

    async def run(self, verb: Any, *args: Any, by: Actor | None = None, **kwargs: Any) -> Any:
        return (await self.desk.run(verb, *args, by=by or self.by, **kwargs)).value

    async def item(self, conversation: str) -> WorkItem:
        found = (await self.desk.read(find_item, self.id, conversation, by=self.by)).value
        assert found is not None
        return found

    async def has(self, conversation: str) -> list[str]:
        """Who has it, as the conversation itself says."""
        return (await self.desk.read(conversations.get_conversation, conversation, by=self.by)).value.users

    async def load(self, agent: Actor) -> int:
        row = (await self.desk.read(find_agent, str(agent.id), by=self.by)).value
        return 0 if row is None else int(row.load)

    async def status(self, agent: Actor) -> str:
        row = (await self.desk.read(find_agent, str(agent.id), by=self.by)).value
        return "offline" if row is None else str(row.status)


async def found_shop(desk: Desk, name: str) -> Shop:
    id = OrganisationId(desk.ids.new(desk.clock.now()))
    made = await desk.run(
        access.create_organisation,
        name,
        email=f"admin@{name.lower()}.test",
        by=Actor(organisation=id, type="system", roles=frozenset({"org.admin"})),
    )
    founder = made.value.admin.id
    admin = Actor(
        organisation=id,
        type="user",
        id=founder,
        author=founder,
        display_name="Admin",
        roles=frozenset({"org.admin", "org.user"}),
    )
    return Shop(desk, id, admin)


def _arrive(work: Work, author: str, body: str, locale: str | None) -> ConversationId:
    customer = create_customer(work, Profile(locale=locale))
    work.actor = Actor(organisation=work.organisation, type="customer", id=customer, author=author)
    sent = conversations.receive(
        work,
        conversation=None,
        new_conversation="first",
        customer=customer,
        author=author,
        client_id="first",
        body=body,
    )
    return sent.conversation


def _write_again(work: Work, conversation: ConversationId, client_id: str) -> None:
    work.actor = _customer_of(work, conversation)
    conversations.receive(
        work,
        conversation=conversation,
        new_conversation=None,
        customer=CustomerId(work.actor.id or ""),
        author=work.actor.author or "",
        client_id=client_id,
        body="Are you there?",
    )


def _end(work: Work, conversation: ConversationId) -> None:
    work.actor = _customer_of(work, conversation)
    conversations.end(work, conversation)


def _customer_of(work: Work, conversation: ConversationId) -> Actor:
    customer = conversations.get_conversation(work, conversation).customer
    return Actor(organisation=work.organisation, type="customer", id=customer, author=f"author of {customer}")


async def session_token(shop: Shop, agent: Actor) -> str:
    """A token as if the agent had signed in."""
    token = new_token("session")
    await shop.run(open_session, str(agent.id), token_hash=hash_of(token), method="password")
    return token
