"""Criteria: whether a conversation, with all that surrounds it, is as an administrator described.

A description is a tree of comparisons in the words that searches have. `read_criteria` reads it once and refuses what
makes no sense, naming the place; `Criteria.matches` judges, `Criteria.explain` says what it was that did not hold.
`facts_of` brings what there is to judge by: the conversation, its customer and their company, the customer's latest
message, the page they are on and the objects beside them, each read when first asked for.
"""

from kithdesk.criteria.comparing import MAX_TEXT, MAX_VALUES
from kithdesk.criteria.errors import BadCriterion, CriteriaFull, TooManyCriteria
from kithdesk.criteria.facts import Facts, as_ours, facts_of
from kithdesk.criteria.judging import Criteria, Explanation, Outcome, read_criteria
from kithdesk.criteria.keeping import check_criteria, check_together
from kithdesk.criteria.masking import hidden_names, masked
from kithdesk.criteria.names import NEGATED, OPERATORS, Type, declared_types, find_declared
from kithdesk.criteria.shape import GROUPS, MAX_NAME, Group, Shape, conjuncts
from kithdesk.criteria.times import Span, day_of, read_time, zone_of

__all__ = [
    "GROUPS",
    "MAX_NAME",
    "MAX_TEXT",
    "MAX_VALUES",
    "NEGATED",
    "OPERATORS",
    "BadCriterion",
    "Criteria",
    "CriteriaFull",
    "Explanation",
    "Facts",
    "Group",
    "Outcome",
    "Shape",
    "Span",
    "TooManyCriteria",
    "Type",
    "as_ours",
    "check_criteria",
    "check_together",
    "conjuncts",
    "day_of",
    "declared_types",
    "facts_of",
    "find_declared",
    "hidden_names",
    "masked",
    "read_criteria",
    "read_time",
    "zone_of",
]
