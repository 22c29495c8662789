"""What programs may send about conversations. What a body may not name is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from kithdesk.conversations.emails import Mailed
from kithdesk.conversations.ids import AttachmentId
from kithdesk.conversations.live import CHAT, Address, Channel
from kithdesk.conversations.opening import Opening
from kithdesk.conversations.recording import Words
from kithdesk.core.documents import Body, Id, Resource, instant_of

ClientId = Annotated[str, Field(min_length=1, max_length=64)]
Ids = Annotated[list[Id], Field(max_length=100)]
Files = Annotated[list[Id], Field(max_length=20)]


class SnoozeBody(Body):
    time: str = Field(description="ISO 8601.")
    status: Literal["scheduled"] | None = Field(None, description="Read only.")
    status_at: str | None = Field(None, description="Read only.")


class ConversationChange(Body):
    """Any of a conversation's writable attributes; what is left out stays."""

    status: Literal["open", "snoozed", "done"] | None = None
    snooze: SnoozeBody | None = None
    assigned_users: Annotated[list[Id], Field(max_length=10)] | None = None
    assigned_teams: Annotated[list[Id], Field(max_length=10)] | None = None
    queue: Id | None = None
    tags: Ids | None = None
    name: Annotated[str, Field(max_length=1_000)] | None = None
    priority: Annotated[int, Field(ge=1, le=5)] | None = None
    skills: Annotated[list[Annotated[str, Field(max_length=64)]], Field(max_length=5)] | None = Field(
        None, description="Keys of skills, asked of whoever serves it beside what queue rules ask."
    )
    preferred_user: Id | None = Field(None, description="Who goes first of those who may take it.")
    custom: dict[str, Any] | None = None
    ended: bool | None = None
    ended_reason: Annotated[str, Field(max_length=255)] | None = None
    rev: int | None = Field(
        None, description="When given, the change is refused if the conversation has another by now."
    )

    def as_changes(self) -> dict[str, Any]:
        """The given fields, by their names in the API. A null that could mean nothing means `leave it`."""
        given = self.model_dump(by_alias=True, exclude_unset=True)
        may_be_null = {"snooze", "name", "custom", "preferredUser"}
        return {name: value for name, value in given.items() if value is not None or name in may_be_null}


class AddressBody(Body):
    email: Annotated[str, Field(max_length=1_000)]
    name: Annotated[str, Field(max_length=1_000)] | None = None

    def as_address(self) -> Address:
        return Address(self.email, self.name)


OneOrMore = Annotated[list[str | AddressBody], Field(max_length=100)] | str | AddressBody


class MetaBody(Body):
    """Of an e-mail: whom it went between. An address is a text, or an object with `email` and `name`."""

    from_: str | AddressBody | None = Field(None, alias="from")
    to: OneOrMore = Field([])
    cc: OneOrMore = Field([])
    bcc: OneOrMore = Field([])


def _addresses(given: Sequence[str | AddressBody] | str | AddressBody) -> list[Address]:
    several = [given] if isinstance(given, str | AddressBody) else given
    return [Address(one) if isinstance(one, str) else one.as_address() for one in several]


class MessageBody(Body):
    """A message that the caller sends to the customer, or with `direction` `in` records as theirs: programs and
    administrators only. An e-mail is recorded, and never sent.

    `body` and Kustomer's `preview` are two names of the text. `clientId` makes it safe to repeat.
    """

    body: str | None = None  # its limit is the verb's, in bytes
    preview: str | None = None
    client_id: ClientId | None = None
    attachments: Files = Field([])
    channel: Channel | None = Field(
        None, description="The conversation's own when left out, and of a new one `chat`."
    )
    subject: Annotated[str, Field(max_length=4_000)] | None = Field(None, description="Of an e-mail.")
    meta: MetaBody | None = None
    app: Annotated[str, Field(max_length=32)] | None = None
    direction: Literal["in", "out"] = "out"
    sent_at: str | None = Field(None, description="Administrators only: when it was said, for imports.")
    external_id: Annotated[str, Field(min_length=1, max_length=255)] | None = None
    custom: dict[str, Any] = Field({})

    @property
    def text(self) -> str:
        return self.body if self.body is not None else self.preview or ""

    def as_words(self) -> Words:
        """Raises `BadParameter`."""
        return Words(
            body=self.text,
            direction=self.direction,
            channel=self.channel,
            mailed=self._as_mailed(),
            client_id=self.client_id,
            attachments=[AttachmentId(id) for id in self.attachments],
            sent_at=instant_of(self.sent_at, "sentAt"),
            external_id=self.external_id,
            custom=self.custom,
        )

    def _as_mailed(self) -> Mailed | None:
        """What is said of it as an e-mail."""
        if self.subject is None and self.meta is None:
            return None
        meta = self.meta or MetaBody()
        return Mailed(
            subject=self.subject,
            sender=None if meta.from_ is None else _addresses(meta.from_)[0],
            to=_addresses(meta.to),
            cc=_addresses(meta.cc),
            bcc=_addresses(meta.bcc),
        )


class CustomerMessageBody(MessageBody):
    """The same for a customer: without `conversation` it opens a new one."""

    conversation: Id | None = None


class NewMessageBody(CustomerMessageBody):
    """The same, naming the customer or the conversation."""

    customer: Id | None = None


class NoteBody(Body):
    """What agents say among themselves. `clientId` or `externalId` make it safe to repeat."""

    body: str
    client_id: ClientId | None = None
    attachments: Files = Field([])
    external_id: Annotated[str, Field(min_length=1, max_length=255)] | None = None


class NewNoteBody(NoteBody):
    """The same, naming the conversation."""

    conversation: Id


class DraftBody(Body):
    kind: Literal["message", "note"] = "message"
    body: str
    attachments: Files = Field([])
    revision: Annotated[int, Field(ge=0)] | None = Field(
        None, description="The revision this was made from; another one stored since is a conflict."
    )


class SentDraftBody(Body):
    """Kustomer sends with a draft. `channel` `note` says it among agents; without `conversation` it opens a new one."""

    channel: Literal["chat", "email", "note"] = CHAT
    app: Annotated[str, Field(max_length=32)] | None = None
    body: str
    conversation: Id | None = None
    attachments: Files = Field([])
    auto: bool | None = Field(None, description="Passed over.")
    send_at: None = Field(None, description="It goes out at once, and not at another time.")


class DraftDocument(BaseModel):
    """Null where the agent has written nothing."""

    data: Resource[dict[str, Any]] | None


class CustomersConversationBody(Body):
    """What is known of a conversation as it begins. Without a `message` nothing was said in it yet, and it is nobody's
    work before its customer writes or somebody is given it.
    """

    name: Annotated[str, Field(max_length=1_000)] | None = None
    priority: Annotated[int, Field(ge=1, le=5)] = 3
    custom: dict[str, Any] = Field({})
    external_id: Annotated[str, Field(min_length=1, max_length=255)] | None = None
    created_at: str | None = Field(None, description="Administrators only.")
    message: MessageBody | None = None
    channel: Channel | None = Field(None, description="How it is held: `chat` when left out.")
    direction: Literal["in", "out"] | None = Field(
        None,
        description="Who began it, where no message says so: with `in` it is work at once. `out` when left out.",
    )
    status: Literal["open", "done"] = "open"
    tags: Ids = Field([])
    assigned_users: Annotated[list[Id], Field(max_length=10)] = Field([])
    assigned_teams: Annotated[list[Id], Field(max_length=10)] = Field([])
    queue: Id | None = None

    def as_opening(self) -> Opening:
        """Raises `BadParameter`."""
        return Opening(
            name=self.name,
            priority=self.priority,
            custom=self.custom,
            external_id=self.external_id,
            created_at=instant_of(self.created_at, "createdAt"),
            channel=self.channel,
            direction=self.direction,
        )

    def as_changes(self) -> dict[str, Any]:
        """What is set right after it was opened, by the names of the API."""
        given = {
            "tags": self.tags,
            "assignedUsers": self.assigned_users,
            "assignedTeams": self.assigned_teams,
            "queue": self.queue,
            "status": None if self.status == "open" else self.status,
        }
        return {name: value for name, value in given.items() if value}


class NewConversationBody(CustomersConversationBody):
    """The same, naming the customer."""

    customer: Id | None = None


class TagBody(Body):
    name: Annotated[str, Field(min_length=1, max_length=255)]
    color: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")] | None = None


class NewAttachment(Body):
    name: Annotated[str, Field(min_length=1, max_length=1_000)]
    content_type: Annotated[str, Field(min_length=1, max_length=255)]
    content_length: Annotated[int, Field(ge=1)]


class MergeBody(Body):
    """Which customer becomes a part of which."""

    source: Id
    target: Id
