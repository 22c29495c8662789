"""The facts of saved views. All agents are told of a shared one, and of a personal one its owner alone.

What a view asks for is not told: who may read a sensitive value in it differs from reader to reader.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from kithdesk.core.events import Event, Personal, Recorded

Context = Literal["conversation", "customer"]


class ViewSaved(Event, frozen=True, kw_only=True):
    """A view, new or changed; the whole of it. What it asks for may name a person."""

    kind: ClassVar[str] = "view.saved"
    view: str
    is_new: bool = False
    context: Context
    is_shared: bool
    was_shared: bool = False
    position: int
    name: Personal[str] = ""
    query: Personal[dict[str, Any]] = {}  # noqa: RUF012 - structs copy it

    def only_for(self, recorded: Recorded[Any]) -> str | None:
        # One that was shared until now is gone from the others' lists, and they are told.
        return None if self.is_shared or self.was_shared else recorded.actor.id

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {"view": self.view, "context": self.context, "isShared": self.is_shared}


class ViewRemoved(Event, frozen=True, kw_only=True):
    kind: ClassVar[str] = "view.removed"
    view: str
    was_shared: bool = False

    def only_for(self, recorded: Recorded[Any]) -> str | None:
        return None if self.was_shared else recorded.actor.id

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {"view": self.view}
