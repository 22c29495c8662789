"""What chat refuses, and how it says so."""

from __future__ import annotations

from kithdesk.core.errors import Forbidden, Unauthorized


class UnknownWidget(Unauthorized):
    """The widget key names no widget."""

    def __init__(self) -> None:
        super().__init__("There is no widget with this key.")


class DeadVisitorToken(Unauthorized):
    """A visitor token that is malformed, unknown, unused for 90 days, replaced at a login, or logged out."""

    def __init__(self) -> None:
        super().__init__("This visitor token is not valid any more.")


class IdentityRefused(Unauthorized):
    """The signed identity is not one of ours, or not fresh. Never says what was wrong with it."""

    code = "identity_refused"

    def __init__(self) -> None:
        super().__init__("The identity token was not accepted.")


class ForeignSite(Forbidden):
    """The organisation names the sites that may carry its widget, and this is none of them."""

    code = "foreign_site"

    def __init__(self) -> None:
        super().__init__("This site may not use the widget.")
