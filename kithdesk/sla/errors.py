"""What SLAs refuse, and how they say so."""

from __future__ import annotations

from kithdesk.core.errors import BadParameter, Conflict


class UnknownSchedule(BadParameter):
    """There is no such business schedule."""

    code = "unknown_schedule"

    def __init__(self) -> None:
        super().__init__("There is no such schedule.", parameter="schedule")


class BadTarget(BadParameter):
    """A metric without a target, one that is not known, or a target that is no time."""

    code = "bad_target"


class BadOrder(BadParameter):
    """An order of policies that leaves one out, has one twice, or names one that there is not."""

    code = "bad_order"

    def __init__(self) -> None:
        super().__init__("All policies, each once.", parameter="slas")


class TooManyPolicies(Conflict):
    """There are as many SLAs as there may be."""

    code = "too_many_policies"

    def __init__(self, most: int) -> None:
        super().__init__(f"There are {most} SLAs already; delete one first.")


class PolicyMoved(Conflict):
    """`rev` is not that of the SLA any more."""

    code = "conflict"

    def __init__(self) -> None:
        super().__init__("The SLA was changed meanwhile.", parameter="rev")
