"""What criteria are refused for, and how they say so."""

from __future__ import annotations

from kithdesk.core.errors import BadParameter


class BadCriterion(BadParameter):
    """Criteria ask by what there is not, or in a way that makes no sense; `source` names the place in them."""

    code = "bad_criterion"


class TooManyCriteria(BadParameter):
    """Criteria have more comparisons, values, depth or text than they may have."""

    code = "too_many_criteria"
