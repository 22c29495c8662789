"""What views refuse, and how they say so."""

from __future__ import annotations

from kithdesk.core.errors import BadParameter, Conflict, Forbidden


class TooCostly(BadParameter):
    """A search has more criteria, values or depth than one may have."""

    code = "search_too_costly"


class NotYourView(Forbidden):
    """A shared view is changed by who made it, or by an administrator."""

    code = "not_your_view"

    def __init__(self) -> None:
        super().__init__("Whoever made this view may change it, and administrators.")


class TooManyViews(Conflict):
    """There are as many views as one may have."""

    code = "too_many_views"

    def __init__(self, most: int) -> None:
        super().__init__(f"There are {most} views already; remove one first.")
