"""What is said in a conversation, and who has read it."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from kithdesk.conversations.live import CHAT, Channel, Direction, Email, File, live_message, sender_of
from kithdesk.core.clock import iso
from kithdesk.core.events import Event, Personal, Recorded

DirectionType = Literal[
    "initial-in", "initial-out", "response-in", "response-out", "followup-in", "followup-out"
]


class _Said(Event, frozen=True, kw_only=True):
    """What a message and a note have in common.

    `number` counts both in their conversation, from 1. `sent_at`: backdated by an import.
    """

    conversation: str
    customer: str
    message: str
    number: int
    direction: Direction
    channel: Channel
    client_id: str | None = None
    sent_at: int | None = None
    body: Personal[str] = ""
    attachments: Personal[tuple[File, ...]] = ()

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any] | None:
        return {"message": self.live(recorded)}

    def live(self, recorded: Recorded[Any]) -> dict[str, Any]:
        """The message object of the live protocol."""
        return live_message(
            id=self.message,
            conversation=self.conversation,
            customer=self.customer,
            direction=self.direction,
            kind="note" if self.kind == NoteCreated.kind else "message",
            channel=self.channel,
            body=self.body,
            client_id=self.client_id,
            sent_at=recorded.at if self.sent_at is None else self.sent_at,
            sent_by=sender_of(recorded.actor),
            attachments=self.attachments,
            email=self.mail,
        )

    @property
    def mail(self) -> Email | None:
        """What it has beside its text, of an e-mail."""
        return None


class MessageCreated(_Said, frozen=True, kw_only=True):
    """The customer or the company said something.

    `response_time`: milliseconds the customer had waited when this answered them. `adds_channel`: nothing was said in
    its conversation by this channel before. `in_history`: its conversation was opened more than a day before it was
    recorded.
    """

    kind: ClassVar[str] = "message.created"
    on_timeline: ClassVar[bool] = True
    direction_type: DirectionType
    response_time: int | None = None
    external_id: str | None = None
    custom: Personal[dict[str, Any]] = {}  # noqa: RUF012 - structs copy it
    adds_channel: bool = False
    in_history: bool = False
    email: Personal[Email | None] = None

    @property
    def mail(self) -> Email | None:
        return self.email

    def for_visitors(self, recorded: Recorded[Any]) -> dict[str, Any] | None:
        """Nothing of an e-mail: whoever has its mailbox reads it there, and nobody else does."""
        return {"message": self.live(recorded)} if self.channel == CHAT else None


class NoteCreated(_Said, frozen=True, kw_only=True):
    """Agents said something among themselves."""

    kind: ClassVar[str] = "note.created"
    on_timeline: ClassVar[bool] = True
    external_id: str | None = None


class MessageRead(Event, frozen=True, kw_only=True):
    """One side has read everything up to this message. `after`: up to which number it had read before."""

    kind: ClassVar[str] = "message.read"
    conversation: str
    customer: str
    message: str
    side: Literal["customer", "agents"]
    after: int
    up_to: int
    unread_left: int
    is_note: bool = False
    channel: Channel = CHAT
    """Of the message."""

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {
            "conversation": self.conversation,
            "message": self.message,
            "by": sender_of(recorded.actor),
            "at": iso(recorded.at),
        }

    def for_visitors(self, recorded: Recorded[Any]) -> dict[str, Any] | None:
        """Nothing of a note or an e-mail, which visitors do not know of."""
        if self.is_note or self.channel != CHAT:
            return None
        shown = self.for_agents(recorded)
        if recorded.actor.type != "customer":
            shown["by"] = {**shown["by"], "id": None}
        return shown
