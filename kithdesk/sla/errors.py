"""What SLAs refuse, and how they say so."""

from __future__ import annotations

from kithdesk.core.errors import BadParameter, Conflict


class BadTarget(BadParameter):
    """A metric without a target, one that is not known, or a target that is no time."""

    code = "bad_target"


class TooManyPolicies(Conflict):
    """There are as many SLAs as there may be."""

    code = "too_many_policies"

    def __init__(self, most: int) -> None:
        super().__init__(f"There are {most} SLAs already; delete one first.")
