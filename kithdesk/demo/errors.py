"""What the demo refuses."""

from __future__ import annotations

from kithdesk.core.errors import Forbidden


class NotADemoFolder(Exception):
    """The data folder holds an organisation that the demo did not make; it stays untouched."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"this data folder holds the organisation {name!r}, and the demo wants one of its own:"
            " name another with --data"
        )
        self.name = name


class OnlyHere(Forbidden):
    """The demo signs anybody in, so it does that only for people at this machine."""

    def __init__(self) -> None:
        super().__init__("The demo signs in only people at this machine.")
