"""Timeline entries on the wire."""

from __future__ import annotations

from typing import Any

from kithdesk.core.clock import iso
from kithdesk.core.documents import Attributes, resource
from kithdesk.core.events import Event, Recorded


class Entry(Attributes):
    """`data` is what live screens get for the same event."""

    kind: str
    at: str
    position: int
    conversation: str | None
    actor: dict[str, Any]
    data: dict[str, Any] | None


def draw_entry(recorded: Recorded[Event]) -> dict[str, Any]:
    actor = recorded.actor
    attributes = {
        "kind": recorded.event.kind,
        "at": iso(recorded.at),
        "position": recorded.position,
        "conversation": recorded.conversation,
        "actor": {"type": actor.type, "id": actor.id, "displayName": actor.display_name},
        "data": recorded.event.for_agents(recorded),
    }
    return resource("timeline_entry", recorded.id, attributes)
