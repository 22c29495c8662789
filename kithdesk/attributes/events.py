"""The fact this slice states."""

from __future__ import annotations

from typing import Any, ClassVar

from kithdesk.attributes.declarations import Declaration
from kithdesk.core.events import Event, Recorded


class AttributesDeclared(Event, frozen=True, kw_only=True):
    """An administrator added, changed or removed attributes of one kind of record. `declared`: those that are new or
    have changed, whole. `is_forgotten`: the kind of record itself went, so not even their types are remembered."""

    kind: ClassVar[str] = "attributes.declared"
    owner: str
    declared: list[Declaration] = []  # noqa: RUF012 - structs copy it
    removed: list[str] = []  # noqa: RUF012
    is_forgotten: bool = False

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {
            "owner": self.owner,
            "declared": [one.name for one in self.declared],
            "removed": self.removed,
        }
