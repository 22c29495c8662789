"""Timeline entries on the wire."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from kithdesk.core.clock import iso
from kithdesk.core.events import Event, Recorded


class EntryAttributes(BaseModel):
    """`data` is what live screens get for the same event."""

    kind: str
    at: str
    position: int
    conversation: str | None
    actor: dict[str, Any]
    data: dict[str, Any] | None


class Entry(BaseModel):
    type: str
    id: str
    attributes: EntryAttributes


class TimelineDocument(BaseModel):
    """`meta {pageSize, more}`; `links {self, prev, next}`: to older and to newer entries, null where there are none."""

    data: list[Entry]
    meta: dict[str, int | bool]
    links: dict[str, str | None]


def draw_entry(recorded: Recorded[Event]) -> dict[str, Any]:
    actor = recorded.actor
    name = "Kithdesk" if actor.type == "system" else actor.display_name
    return {
        "type": "timeline_entry",
        "id": recorded.id,
        "attributes": {
            "kind": recorded.event.kind,
            "at": iso(recorded.at),
            "position": recorded.position,
            "conversation": recorded.conversation,
            "actor": {"type": actor.type, "id": actor.id, "displayName": name},
            "data": recorded.event.for_agents(recorded),
        },
    }
