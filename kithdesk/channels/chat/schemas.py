"""Chat on the wire: what the widget's routes take, and what they answer."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from kithdesk.channels.chat.reasons import Reason
from kithdesk.core.documents import Attributes, Body

ClientId = Annotated[str, Field(min_length=1, max_length=64)]
Reference = Annotated[
    str, Field(min_length=1, max_length=64, description="An id. One that is none names nothing.")
]


class IdentityBody(Body):
    """`externalToken`: a JWT that the shop signed with HS256 and its identity secret."""

    external_token: Annotated[str, Field(min_length=1, max_length=65_536)]


class DebugBody(Body):
    """`token`: what the page passed to `login`."""

    token: Annotated[str, Field(min_length=1, max_length=65_536)]


class SessionBody(Body):
    """`seenMessage`: everything up to it has been read. `ended`: the visitor ends the chat."""

    seen_message: Reference | None = None
    ended: Literal[True] | None = None


class NewSessionBody(Body):
    """A conversation without a message. `title`, `brand` and `assistant` are what Kustomer's clients may send, and are
    not kept.
    """

    context: ContextBody | None = None
    title: Annotated[str, Field(max_length=1_000)] | None = None
    brand: Reference | None = None
    assistant: Reference | None = None


class PageBody(Body):
    url: Annotated[str, Field(max_length=2_048)]
    title: Annotated[str, Field(max_length=1_000)] = ""
    at: Annotated[str, Field(max_length=40)] | None = None


class ScreenBody(Body):
    width: Annotated[int, Field(ge=0, le=100_000)]
    height: Annotated[int, Field(ge=0, le=100_000)]


class ContextBody(Body):
    """What the page knows of the visit. A claim, like everything a page says."""

    pages: Annotated[list[PageBody], Field(max_length=50)] = Field([])
    referrer: Annotated[str, Field(max_length=2_048)] | None = None
    language: Annotated[str, Field(max_length=35)] | None = None
    languages: Annotated[list[Annotated[str, Field(max_length=35)]], Field(max_length=10)] = Field([])
    time_zone: Annotated[str, Field(max_length=64)] | None = None
    screen: ScreenBody | None = None
    client_hints: dict[str, Any] = Field({})


class SendBody(Body):
    """The `send` frame of the live protocol, with or without its `op`; answered by the `ack` frame.

    Without `id` it is Kustomer's shape: `session` or `conversation` and `body`; answered by the message.
    """

    op: Literal["send"] | None = None
    id: ClientId | None = None
    conversation: Reference | None = None
    new_conversation: ClientId | None = None
    session: Reference | None = None
    conversation_id: Reference | None = None
    body: str = ""  # its limit is the verb's, in bytes
    attachments: Annotated[list[Reference], Field(max_length=20)] = Field([])
    kind: Literal["message"] = "message"
    context: ContextBody | None = None

    @property
    def target(self) -> str | None:
        """The conversation it is for, under whichever name."""
        return self.conversation or self.conversation_id or self.session


class CustomerBody(Body):
    """What a page says of its visitor: kept as unproven claims. Flat, or under `attributes` as the SDK has it."""

    name: str | None = None
    email: Any = None
    phone: Any = None
    emails: Any = None
    phones: Any = None
    socials: Any = None
    shared_emails: Any = None
    shared_phones: Any = None
    shared_socials: Any = None
    attributes: dict[str, Any] | None = None
    custom: dict[str, Any] | None = None
    custom_attributes: dict[str, Any] | None = None

    @property
    def said(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Attributes and custom attributes."""
        given = self.model_dump(by_alias=True, exclude_none=True)
        nested, custom, more = (given.pop(name, {}) for name in ("attributes", "custom", "customAttributes"))
        return {**given, **nested}, {**custom, **more}


class ConversationBody(Body):
    """What a page says of a conversation: kept as unproven claims."""

    custom: dict[str, Any] | None = None
    custom_attributes: dict[str, Any] | None = None

    @property
    def said(self) -> dict[str, Any]:
        return {**(self.custom or {}), **(self.custom_attributes or {})}


class EventBody(Body):
    """Something that happened on the page. `meta` has at most 4 KiB; `at`, when it was."""

    name: Annotated[str, Field(min_length=1, max_length=400)]
    meta: dict[str, Any] = Field({})
    at: Annotated[str, Field(max_length=40)] | None = None


class AttachmentBody(Body):
    """A file that is to come. `contentLength` in bytes."""

    name: Annotated[str, Field(min_length=1, max_length=1_000)]
    content_type: Annotated[str, Field(min_length=1, max_length=255)]
    content_length: Annotated[int, Field(ge=1)]


class AttachmentSettings(Attributes):
    """Limits in bytes, and the types that may be sent."""

    enabled: bool
    max_bytes: int
    max_total_bytes: int
    types: list[str]


class BusinessHours(Attributes):
    """Whether it is open, and the next two changes of that; null where there is none within two years."""

    open: bool
    next_opening_at: str | None
    next_closing_at: str | None


class ChatSettings(Attributes):
    """How the widget looks and what it offers. An empty `allowedDomains` means every site. `keptQuery`: what may stay
    of a page's query. `businessHours` is null where the widget says nothing of them.
    """

    enabled: bool
    brand_id: str
    team_name: str
    team_icon_url: str | None
    greeting: str
    wait_message: str
    colors: dict[str, str]
    show_typing_indicator_web: bool
    show_typing_indicator_customer_web: bool
    closable_chat: bool
    no_history: bool
    single_session_chat: bool
    offhours_display: str
    offhours_message: str
    business_hours: BusinessHours | None
    widget_type: str
    locale: str | None
    attachments: AttachmentSettings
    allowed_domains: list[str]
    kept_query: list[str]


class TrackingToken(Attributes):
    """`token` only when it was made just now. `customerId` is null until the first message or login. `emails` and
    `externalIds` are those by which the company has signed who this is.
    """

    token: str | None = None
    tracking_id: str
    customer_id: str | None
    identified: bool
    emails: list[str] = Field([])
    external_ids: list[str] = Field([])


class LoggedInAs(Attributes):
    """`token` replaces the one before, which is dead. `anotherPerson`: the browser was somebody else's until now, and
    what it keeps of them must go.
    """

    token: str
    tracking_id: str
    customer_id: str
    identified: bool
    email: str | None
    external_id: str | None
    another_person: bool


class IdentityVerdict(Attributes):
    """`reason` is null when it was accepted. `header` and `claims` as far as they could be read: with a reason, nobody
    vouches for them. `secret`: the id of the one that signed it. `customer`: whom a login would find; null makes one.
    `attributes` would go on record; `ignored` says which claims would not, and why.
    """

    accepted: bool
    reason: Reason | None
    explanation: str
    header: dict[str, Any] | None
    claims: dict[str, Any] | None
    issued_at: str | None
    age_seconds: int | None
    secret: str | None
    identity: dict[str, str] | None
    customer: str | None
    name: str | None
    attributes: dict[str, Any]
    ignored: list[dict[str, str]]


class ChatSession(Attributes):
    """One of the visitor's conversations. `unread`: messages of the company they have not read.

    `elsewhere`: it goes on with somebody who has proved who they are, and for this browser it has ended.
    """

    status: Literal["open", "snoozed", "done"]
    ended: bool
    ended_at: str | None
    elsewhere: bool
    created_at: str
    last_message_at: str | None
    preview: str | None
    last_message_direction: Literal["in", "out"] | None
    unread: int
    assignee: dict[str, str] | None
    name: str | None


class Message(Attributes):
    """The message object of the live protocol, and when the other side read it."""

    id: str
    conversation: str
    customer: str
    direction: Literal["in", "out"]
    kind: Literal["message"]
    channel: str
    body: str
    client_id: str | None
    sent_at: str
    sent_by: dict[str, str | None]
    attachments: list[dict[str, Any]]
    read_at: str | None = None


class Ack(BaseModel):
    """The `ack` frame."""

    op: Literal["ack"]
    id: str
    message: Message
    conversation: str
    position: int


class Attachment(Attributes):
    """`width` and `height` in pixels, of images only."""

    name: str
    content_type: str
    content_length: int
    width: int | None
    height: int | None
    has_thumbnail: bool


class Upload(BaseModel):
    """Where to send the file: `fields` first, `file` last."""

    upload: dict[str, Any]


class Thumbnail(BaseModel):
    """A signed link to a small picture of it, where there is one."""

    thumbnail: str | None


class Described(Attributes):
    """Who it was said of; null before the first message or login."""

    customer_id: str | None
