"""What happens to a conversation as a whole."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import msgspec

from kithdesk.conversations.context import Context
from kithdesk.conversations.live import CHAT, Channel, Direction, sender_of
from kithdesk.core.clock import Instant, iso
from kithdesk.core.events import Change, Event, Personal, Recorded


class ConversationOpened(Event, frozen=True, kw_only=True):
    """Somebody wrote first. `opening_id`: the client's name for it, unique for its author for ever. `is_empty`: nothing
    is said in it yet; a program began it, or a visitor's browser.
    """

    kind: ClassVar[str] = "conversation.opened"
    on_timeline: ClassVar[bool] = True
    conversation: str
    customer: str
    channel: Channel
    direction: Direction
    author: str | None = None
    opening_id: str | None = None
    priority: int = 3
    external_id: str | None = None
    created_at: int | None = None
    name: Personal[str | None] = None
    customer_name: Personal[str] = ""
    customer_card: Personal[dict[str, Any]] = {}  # noqa: RUF012 - structs copy it
    """The live customer at that moment."""
    context: Personal[Context] = Context()
    custom: Personal[dict[str, Any]] = {}  # noqa: RUF012
    session: str | None = None
    """The visit to the site on which they wrote."""
    is_empty: bool = False
    is_signed_in: bool | None = None
    """Whether the visitor who wrote had; None when it was no visitor."""

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        conversation: dict[str, Any] = {
            "id": self.conversation,
            "customer": self.customer,
            "customerName": self.customer_name,
            "name": self.name,
            "status": "open",
            "snooze": None,
            "channel": self.channel,
            "queue": None,
            "assignedUsers": [],
            "assignedTeams": [],
            "tags": [],
            "priority": self.priority,
            "preview": None,
            "lastMessageAt": None,
            "lastMessageDirection": None,
            "lastMessageUnrespondedTo": None,
            "createdAt": self._created_at(recorded),
            "ended": False,
            "signedIn": self.is_signed_in,
            "messageCount": 0,
            "noteCount": 0,
            "context": self.context.as_live(),
        }
        return {"conversation": conversation, "customer": self.customer_card, "session": self.session}

    def for_visitors(self, recorded: Recorded[Any]) -> dict[str, Any] | None:
        """Nothing of an empty one: they hear of it with what is said to them."""
        shown = {"id": self.conversation, "status": "open", "createdAt": self._created_at(recorded)}
        return {"conversation": shown} if self.channel == CHAT and not self.is_empty else None

    def _created_at(self, recorded: Recorded[Any]) -> str:
        return iso(recorded.at if self.created_at is None else Instant(self.created_at))


Cause = Literal[
    "agent",
    "customer_message",
    "history",
    "agent_message",
    "ended",
    "timer",
    "rule",
    "described",
    "signed_in",
    "parted",
]
WROTE_AGAIN: frozenset[Cause] = frozenset({"customer_message", "history"})
"""The customer did, so that what was done is open."""


class ConversationUpdated(Event, frozen=True, kw_only=True):
    """Fields changed. `status`, `snooze`, `tags`, `priority` are in `changes`; what may name a person in `personal`.
    With the status, where that ends a wait, lets it go on or begins another: `lastMessageUnrespondedTo`, since when.

    `custom` are all attributes after a change of theirs, whose `personal` shows what everybody may read of it.
    `cause`: why, when it is not simply that the actor wanted it.
    """

    kind: ClassVar[str] = "conversation.updated"
    on_timeline: ClassVar[bool] = True
    conversation: str
    customer: str
    changes: dict[str, Change] = {}  # noqa: RUF012
    cause: Cause = "agent"
    snoozed_until: int | None = None
    """With a change of `snooze` to another time."""
    waits_since: int | None = None
    """With a change of `lastMessageUnrespondedTo` to a time."""
    personal: Personal[dict[str, Change]] = {}  # noqa: RUF012
    custom: Personal[dict[str, Any] | None] = None
    channel: Channel = CHAT
    """How it was opened: visitors hear of chats alone. So in the facts below."""
    begun_by: str | None = None
    """Who began it, while nothing is said in it: of its visitors they alone hear of this. So below."""

    @property
    def status(self) -> Change | None:
        """The change of status, if there is one; `before` and `after` are `open`, `snoozed` or `done`."""
        return self.changes.get("status")

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        changes = msgspec.to_builtins({**self.changes, **self.personal})
        return {
            "conversation": self.conversation,
            "customer": self.customer,
            "changes": changes,
            "cause": self.cause,
        }

    def for_visitors(self, recorded: Recorded[Any]) -> dict[str, Any] | None:
        status = self.status
        if status is None or self.channel != CHAT:
            return None
        return {"conversation": self.conversation, "status": status.after}


class Reason(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why something was assigned: a code to count by, and the sentence that agents read.

    `decision`: how routing came to it, which it keeps for itself.
    """

    code: str
    text: str
    decision: dict[str, Any] | None = None


class ConversationAssigned(Event, frozen=True, kw_only=True):
    """Who serves it now, or that it waits in `queue`. `names` are the display names of `users` and `teams`."""

    kind: ClassVar[str] = "conversation.assigned"
    on_timeline: ClassVar[bool] = True
    conversation: str
    customer: str
    queue: str | None
    users: list[str]
    teams: list[str]
    users_before: list[str]
    teams_before: list[str]
    queue_before: str | None
    reason: Reason
    names: Personal[dict[str, str]] = {}  # noqa: RUF012
    channel: Channel = CHAT
    begun_by: str | None = None

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {
            "conversation": self.conversation,
            "queue": self.queue,
            "assignedUsers": [{"id": user, "displayName": self.names.get(user, "")} for user in self.users],
            "assignedTeams": [{"id": team, "name": self.names.get(team, "")} for team in self.teams],
            "reason": {"code": self.reason.code, "text": self.reason.text},
        }

    def for_visitors(self, recorded: Recorded[Any]) -> dict[str, Any] | None:
        if self.channel != CHAT:
            return None
        assignee = {"displayName": self.names.get(self.users[0], "")} if self.users else None
        return {"conversation": self.conversation, "assignee": assignee}


class ConversationIdentified(Event, frozen=True, kw_only=True):
    """The visitor in it signed in: it is `customer`'s now, and was the anonymous record's that was `source`."""

    kind: ClassVar[str] = "conversation.identified"
    on_timeline: ClassVar[bool] = True
    conversation: str
    customer: str
    source: str

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {"conversation": self.conversation, "customer": self.customer, "from": self.source}


MoveCause = Literal["merge", "undo", "login"]


class ConversationMoved(Event, frozen=True, kw_only=True):
    """It is `customer`'s now and was `source`'s: an agent merged the two, or undid that, or its visitor logged in.

    Said in each that moves, for its agents read its own timeline and not the customer's.
    """

    kind: ClassVar[str] = "conversation.moved"
    on_timeline: ClassVar[bool] = True
    conversation: str
    customer: str
    source: str
    cause: MoveCause
    customer_name: Personal[str] = ""

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {
            "conversation": self.conversation,
            "customer": self.customer,
            "customerName": self.customer_name,
            "from": self.source,
            "cause": self.cause,
        }


class ConversationTakenUp(Event, frozen=True, kw_only=True):
    """Somebody who has proved to be the customer writes in it, and `visitors`, browsers that never did, have no part
    in it any more. `number`: of the message that follows, the first that is not for them.
    """

    kind: ClassVar[str] = "conversation.taken_up"
    on_timeline: ClassVar[bool] = True
    conversation: str
    customer: str
    visitors: list[str]
    number: int

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {"conversation": self.conversation, "customer": self.customer, "visitors": self.visitors}

    def for_visitors(self, recorded: Recorded[Any]) -> dict[str, Any]:
        """The last that those browsers hear of it."""
        return {"conversation": self.conversation, "at": iso(recorded.at)}


class ConversationEnded(Event, frozen=True, kw_only=True):
    """Nothing more can be said in it."""

    kind: ClassVar[str] = "conversation.ended"
    on_timeline: ClassVar[bool] = True
    conversation: str
    customer: str
    reason: str = ""
    channel: Channel = CHAT
    begun_by: str | None = None

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {
            "conversation": self.conversation,
            "endedBy": sender_of(recorded.actor),
            "endedAt": iso(recorded.at),
            "reason": self.reason,
        }

    def for_visitors(self, recorded: Recorded[Any]) -> dict[str, Any] | None:
        """Without the reason, which is what an agent wrote for agents."""
        if self.channel != CHAT:
            return None
        by = sender_of(recorded.actor)
        if recorded.actor.type != "customer":
            del by["id"]
        return {
            "conversation": self.conversation,
            "endedBy": by,
            "endedAt": iso(recorded.at),
        }
