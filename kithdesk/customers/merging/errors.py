"""Why a merge, or its undoing, is refused."""

from __future__ import annotations

from kithdesk.core.clock import Instant, iso
from kithdesk.core.errors import BadParameter, Conflict


class SameCustomer(BadParameter):
    """A record cannot be merged into itself."""

    def __init__(self) -> None:
        super().__init__("Source and target are the same customer.", parameter="target")


class MergedAway(Conflict):
    """The record is part of another by now; name that one, or undo its merge first."""

    code = "merged_away"

    def __init__(self, survivor: str, parameter: str) -> None:
        super().__init__(f"It is part of customer {survivor} by now.", parameter=parameter)


class TooMuchToMove(Conflict):
    """More would move, or be seen less of, than one step may change. The other way round may be possible."""

    def __init__(self, most: int) -> None:
        super().__init__(
            f"A merge changes at most {most} conversations, records and browsers.", parameter="source"
        )


class CannotUndo(Conflict):
    """A login's merge was proven by a signed token; only what an agent merged can be undone."""

    code = "cannot_undo"

    def __init__(self) -> None:
        super().__init__("This merge came with a login and cannot be undone.")


class UndoneTooLate(Conflict):
    """A merge can be undone for thirty days."""

    code = "too_late_to_undo"

    def __init__(self, until: Instant) -> None:
        super().__init__(f"It could be undone until {iso(until)}.")


class MergedOn(Conflict):
    """The customer was merged into another since; that merge has to be undone first."""

    code = "merged_on"

    def __init__(self, survivor: str) -> None:
        super().__init__(f"Customer {survivor} holds both by now. Undo that merge first.")
