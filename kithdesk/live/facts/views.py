"""What is told of saved views: that they are there, for each reader asks for them as they may see them."""

from __future__ import annotations

from typing import Literal

from kithdesk.live.facts.parts import Fact


class ViewSaved(Fact):
    """A view is new or changed: see `/v1/views`. One that is shared no longer is there for its owner alone.

    Of a view that is not shared only its owner is told.
    """

    view: str
    context: Literal["conversation", "customer"]
    is_shared: bool


class ViewRemoved(Fact):
    """A view is gone. What it found stays."""

    view: str
