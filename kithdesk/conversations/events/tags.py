"""The words to sort conversations by."""

from __future__ import annotations

from typing import Any, ClassVar

from kithdesk.core.events import Event, Recorded


class TagCreated(Event, frozen=True, kw_only=True):
    """A word to sort conversations by."""

    kind: ClassVar[str] = "tag.created"
    tag: str
    name: str
    color: str | None = None

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {"tag": {"id": self.tag, "name": self.name, "color": self.color}}
