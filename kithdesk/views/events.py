"""The facts of saved views. Nobody hears of them live: a personal one is its owner's alone."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from kithdesk.core.events import Event, Personal

Context = Literal["conversation", "customer"]


class ViewSaved(Event, frozen=True, kw_only=True):
    """A view, new or changed; the whole of it. What it asks for may name a person."""

    kind: ClassVar[str] = "view.saved"
    view: str
    is_new: bool = False
    context: Context
    is_shared: bool
    position: int
    name: Personal[str] = ""
    query: Personal[dict[str, Any]] = {}  # noqa: RUF012 - structs copy it


class ViewRemoved(Event, frozen=True, kw_only=True):
    kind: ClassVar[str] = "view.removed"
    view: str
