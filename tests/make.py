"""Setting up by the product's own verbs: `make.conversation(status="done")`.

A `Make` belongs to one organisation and works inside the scratch transaction of the `work` fixture, one command a call.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from itertools import count
from typing import Any

import msgspec

from kithdesk import attributes, conversations, customers
from kithdesk.access.events import UserCreated
from kithdesk.conversations import Conversation, ConversationId, Message, MessageId
from kithdesk.conversations.message_queries import get_message
from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import Instant
from kithdesk.core.ids import OrganisationId
from kithdesk.core.work import Work
from kithdesk.customers import Customer, CustomerId, Email, ExternalId, Profile, VisitorId

WorkAs = Callable[[Actor], AbstractContextManager[Work]]

ACME = OrganisationId("a" * 24)
GLOBEX = OrganisationId("b" * 24)


class Make:
    """What a test needs to exist. Every method is a command that has succeeded."""

    def __init__(self, work: WorkAs, organisation: OrganisationId = ACME) -> None:
        self.work = work
        self.organisation = organisation
        self._numbers = count(1)

    @property
    def system(self) -> Actor:
        return system(self.organisation)

    def agent(self, name: str = "Ana", *, roles: Sequence[str] = ("org.user",)) -> Actor:
        """An agent of the organisation, signed in."""
        with self.work(self.system) as work:
            user = work.new_id()
            work.publish(
                UserCreated(
                    user=user,
                    type="user",
                    role_groups=["agent"],
                    email=f"{name.lower()}{next(self._numbers)}@{self.organisation[:4]}.test",
                    display_name=name,
                )
            )
        return Actor(
            organisation=self.organisation,
            type="user",
            id=user,
            author=user,
            display_name=name,
            roles=frozenset(roles),
        )

    def admin(self, name: str = "Ada") -> Actor:
        return self.agent(name, roles=("org.user", "org.admin"))

    def attributes(self, owner: str, **declared: str | dict[str, Any]) -> None:
        """Declares attributes of a kind of record: `planStr="Str"`, or with all that is said of it."""
        said = {name: {"type": one} if isinstance(one, str) else one for name, one in declared.items()}
        with self.work(self.system) as work:
            attributes.declare(work, owner, said)

    def customer(
        self,
        name: str | None = None,
        *,
        email: str | None = None,
        external_id: str | None = None,
        **profile: Any,
    ) -> Customer:
        """A record that the company made."""
        with self.work(self.system) as work:
            id = customers.create_customer(
                work,
                Profile(
                    name=name,
                    emails=(Email(email),) if email else (),
                    external_ids=(ExternalId(external_id),) if external_id else (),
                    **profile,
                ),
            )
            return customers.get_customer(work, id)

    def visitor(self) -> Actor:
        """A browser with a token that has not written yet."""
        with self.work(self.system) as work:
            author = work.new_id()
        return Actor(organisation=self.organisation, type="customer", author=author)

    def as_customer(self, visitor: Actor) -> Actor:
        """The visitor as the server sees them after their first message or login."""
        with self.work(self.system) as work:
            found = customers.find_visitor(work, VisitorId(visitor.author or ""))
        assert found is not None
        return Actor(
            organisation=self.organisation,
            type="customer",
            id=found.customer,
            author=visitor.author,
            display_name=found.display_name,
            is_proven=found.proven is not None,
        )

    def narrow(self, visitor: Actor) -> Actor:
        """The same, with what they may see when that is not all."""
        known = self.as_customer(visitor)
        with self.work(self.system) as work:
            found = customers.find_visitor(work, VisitorId(visitor.author or ""))
            assert found is not None
            return msgspec.structs.replace(known, sees=conversations.seen_by(work, found))

    def conversation(
        self,
        body: str = "Hello",
        *,
        visitor: Actor | None = None,
        status: str = "open",
        until: Instant | None = None,
        **more: Any,
    ) -> Conversation:
        """One that a visitor opened with a first message."""
        visitor = visitor or self.visitor()
        with self.work(visitor) as work:
            customer = customers.customer_of_visitor(work, VisitorId(visitor.author or ""))
            sent = conversations.receive(
                work,
                conversation=None,
                new_conversation=self.client_id(),
                customer=customer,
                author=visitor.author or "",
                client_id=self.client_id(),
                body=body,
                **more,
            )
        if status == "done":
            with self.work(self.system) as work:
                conversations.close(work, sent.conversation)
        if until is not None:
            with self.work(self.system) as work:
                conversations.snooze(work, sent.conversation, until=until)
        return self.seen(sent.conversation)

    def message(self, conversation: Conversation, body: str = "And another thing", **more: Any) -> Message:
        """The customer writes again, from the browser that opened the conversation."""
        actor = Actor(
            organisation=self.organisation,
            type="customer",
            id=self.seen(conversation.id).customer,
            author=conversation.author,
        )
        with self.work(actor) as work:
            sent = conversations.receive(
                work,
                conversation=conversation.id,
                new_conversation=None,
                customer=CustomerId(actor.id or ""),
                author=actor.author or "",
                client_id=self.client_id(),
                body=body,
                **more,
            )
            return get_message(work, MessageId(sent.message["id"]))

    def reply(
        self, conversation: Conversation, body: str = "Hello back", *, by: Actor | None = None
    ) -> Message:
        """An agent answers."""
        return self._say(conversation, body, by, "message")

    def note(
        self, conversation: Conversation, body: str = "Look at this", *, by: Actor | None = None
    ) -> Message:
        return self._say(conversation, body, by, "note")

    def _say(self, conversation: Conversation, body: str, by: Actor | None, kind: Any) -> Message:
        with self.work(by or self.agent()) as work:
            sent = conversations.reply(
                work, conversation.id, client_id=self.client_id(), body=body, kind=kind
            )
            return get_message(work, MessageId(sent.message["id"]))

    def seen(self, id: ConversationId) -> Conversation:
        """The conversation as it is now."""
        with self.work(self.system) as work:
            return conversations.get_conversation(work, id)

    def client_id(self) -> str:
        """Another one each time."""
        return f"c{next(self._numbers)}"
