"""A conversation that a browser began which never proved who it is, and that is somebody else's by now."""

from __future__ import annotations

from dataclasses import dataclass

from kithdesk import conversations
from kithdesk.conversations import AttachmentId, ConversationId, Sent, Wanted
from kithdesk.core.actors import Actor
from kithdesk.customers import CustomerId, Identity, Merge, VisitorId
from tests.make import Make


@dataclass
class Shared:
    """What a browser had begun, merged into somebody's record who has logged in. Neither has written since."""

    make: Make
    visitor: Actor
    owner: Actor
    id: ConversationId
    merge: Merge

    @property
    def unproven(self) -> Actor:
        return self.make.narrow(self.visitor)

    @property
    def maya(self) -> Actor:
        return self.make.as_customer(self.owner)

    def undo(self) -> None:
        with self.make.work(self.make.agent()) as work:
            conversations.undo_merge(work, self.merge.id)


def share(make: Make) -> Shared:
    visitor, owner = make.visitor(), make.visitor()
    mine = make.conversation("Where is my parcel?", visitor=visitor)
    make.reply(mine, "On its way")
    known = log_in(make, owner, "maya@acme.test")
    with make.work(make.agent()) as work:
        made = conversations.merge_customers(work, CustomerId(mine.customer), known)
    return Shared(make, visitor, owner, mine.id, made)


def log_in(make: Make, visitor: Actor, email: str) -> CustomerId:
    with make.work(visitor) as work:
        identity = Identity("email", email)
        return conversations.identify(work, VisitorId(visitor.author or ""), identity).customer


def say(
    make: Make,
    actor: Actor,
    conversation: str,
    body: str = "It is me",
    *,
    client_id: str | None = None,
    files: tuple[AttachmentId, ...] = (),
) -> Sent:
    with make.work(actor) as work:
        return conversations.receive(
            work,
            conversation=ConversationId(conversation),
            new_conversation=None,
            customer=CustomerId(actor.id or ""),
            author=actor.author or "",
            client_id=client_id or make.client_id(),
            body=body,
            attachments=files,
        )


def read(make: Make, actor: Actor, conversation: str) -> list[str]:
    """What the widget shows of it."""
    with make.work(actor) as work:
        found, _ = conversations.list_messages_before(
            work, ConversationId(conversation), before=None, limit=100
        )
        return [one.body for one in found]


def listed(make: Make, actor: Actor) -> dict[str, tuple[bool, str, str | None, int]]:
    """By conversation, what the widget's list says of it."""
    with make.work(actor) as work:
        wanted = Wanted(customer=CustomerId(actor.id or ""))
        found, _ = conversations.list_conversations(work, wanted, limit=100, offset=0)
    return {one.id: (one.is_ended, one.status, one.preview, one.unread_for_customer) for one in found}


def reply(make: Make, id: ConversationId, body: str) -> None:
    make.reply(make.seen(id), body)
