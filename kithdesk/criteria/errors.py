"""What criteria are refused for, and how they say so."""

from __future__ import annotations

from kithdesk.core.errors import BadParameter, Conflict


class BadCriterion(BadParameter):
    """Criteria ask by what there is not, or in a way that makes no sense; `source` names the place in them."""

    code = "bad_criterion"


class TooManyCriteria(BadParameter):
    """Criteria have more comparisons, values, depth or text than they may have."""

    code = "too_many_criteria"


class CriteriaFull(Conflict):
    """The criteria of all queue rules together, or of all SLAs, would be more than there may be."""

    code = "criteria_full"

    def __init__(self, most: int) -> None:
        super().__init__(f"At most {most} bytes in all: make others shorter first.", parameter="criteria")
