"""What the demo refuses."""

from __future__ import annotations

from kithdesk.core.errors import BadParameter, Forbidden


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


class NotTheDemo(BadParameter):
    """Made-up customers among real ones are hard to get rid of."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” is not the demo's organisation: everybody there would see made-up customers and agents."
            " If that is meant, name it with --org and say --yes.",
            parameter="org",
        )


class NobodyPlays(BadParameter):
    """An organisation has nobody but its founder."""

    def __init__(self) -> None:
        super().__init__("There is no agent to play but the founder: make some with `kithdesk agent create`.")
