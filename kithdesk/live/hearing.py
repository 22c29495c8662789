"""Who hears an event, and as whom.

A browser hears what is its customer's, and of that only what it may see. Each event is encoded once per audience.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from kithdesk.conversations.events import (
    ConversationAssigned,
    ConversationEnded,
    ConversationOpened,
    ConversationTakenUp,
    ConversationUpdated,
)
from kithdesk.core.actors import Actor
from kithdesk.core.clock import iso
from kithdesk.core.events import Event, Recorded
from kithdesk.core.ids import OrganisationId
from kithdesk.live import protocol
from kithdesk.live.connection import Connection

Hearing = Literal["agents", "visitors", "narrowed"]
"""How an event is told: to the narrowed, who may not see all of their customer's, without the others' names."""


_OF_WHAT_MAY_BE_EMPTY = (ConversationAssigned, ConversationEnded, ConversationUpdated)


def may_hear(connection: Connection, recorded: Recorded[Event]) -> bool:
    """Of a visitor's browser: whether this is its customer's, and of what it may see where that is not all."""
    if recorded.customer is None or recorded.customer != connection.actor.id:
        return False
    return may_see(connection, recorded)


def may_see(connection: Connection, recorded: Recorded[Event]) -> bool:
    """Of a visitor's browser: whether it may know of the conversation, and see this of it."""
    actor, event = connection.actor, recorded.event
    if isinstance(event, ConversationTakenUp):
        return actor.author in event.visitors
    if isinstance(event, _OF_WHAT_MAY_BE_EMPTY) and event.begun_by not in (None, actor.author):
        return False
    departed = connection.departed.get(recorded.conversation or "")
    if departed is not None and recorded.position > departed:
        return False
    if actor.sees is None:
        return True
    if recorded.conversation in actor.sees:
        return True
    is_own = isinstance(event, ConversationOpened) and event.author == actor.author
    if is_own:
        connection.actor = msgspec.structs.replace(actor, sees=actor.sees | {str(recorded.conversation)})
    return is_own


def audience_of(connection: Connection, recorded: Recorded[Event]) -> Hearing:
    """As whom a reader gets an event. A browser that may not see all is not told who else is its customer."""
    reader, actor = connection.actor, recorded.actor
    if reader.sees is not None and actor.type == "customer" and actor.author != reader.author:
        return "narrowed"
    return connection.audience


class EncodedEvents:
    """Remembers how recent events look to each audience, so that a storm of replays encodes nothing twice."""

    def __init__(self, size: int = 20_000) -> None:
        self._size = size
        self._texts: dict[tuple[OrganisationId, int, Hearing], str | None] = {}

    def get(self, recorded: Recorded[Event], audience: Hearing) -> str | None:
        key = (recorded.organisation, recorded.position, audience)
        try:
            return self._texts[key]
        except KeyError:
            pass
        event = recorded.event
        for_agents = audience == "agents"
        data = event.for_agents(recorded) if for_agents else event.for_visitors(recorded)
        if data is not None and audience == "narrowed":
            data = _unnamed(data)
        actor = told_actor(recorded.actor) if for_agents else None
        text = None if data is None else protocol.event_text(event.kind, iso(recorded.at), data, actor)
        if len(self._texts) >= self._size:
            self._texts.pop(next(iter(self._texts)))
        self._texts[key] = text
        return text


def _unnamed(data: dict[str, Any]) -> dict[str, Any]:
    """What visitors get of an event, without who did it."""
    shown = {
        name: {**value, "id": None, "displayName": ""} if name in ("by", "endedBy") else value
        for name, value in data.items()
    }
    if "message" in shown and isinstance(shown["message"], dict):
        by = {**shown["message"]["sentBy"], "id": None, "displayName": ""}
        shown["message"] = {**shown["message"], "sentBy": by}
    return shown


def told_actor(actor: Actor) -> dict[str, Any]:
    return {"type": actor.type, "id": actor.id, "displayName": actor.display_name}
