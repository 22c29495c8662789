"""Criteria that were read: whether facts are as they say, and if not, why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from kithdesk.criteria.comparing import Question, question
from kithdesk.criteria.errors import BadCriterion
from kithdesk.criteria.facts import Facts
from kithdesk.criteria.names import CLOSED, NEGATED, OPERATORS, Types, unchecked_types
from kithdesk.criteria.shape import GROUPS, MAX_NAME, Group, Shape, shown
from kithdesk.criteria.times import zone_of


class _Comparison(NamedTuple):
    name: str
    operator: str
    value: Any
    at: str
    ask: Question
    is_negated: bool

    def holds(self, facts: Facts) -> bool:
        return self.ask(facts.values(self.name), facts.now) != self.is_negated


class Outcome(NamedTuple):
    """One comparison as it turned out. What the record has instead is not told: not everybody may read it."""

    at: str
    name: str
    operator: str
    value: Any
    holds: bool


class Explanation(NamedTuple):
    """Whether all of it holds, and if not, the comparisons to blame."""

    holds: bool
    failed: tuple[Outcome, ...]


class Criteria:
    """A tree of comparisons, ready to judge by. Made by `read_criteria`."""

    __slots__ = ("_shape", "document", "names")

    def __init__(self, document: Mapping[str, Any], shape: Group) -> None:
        self.document = document
        """As it was given."""
        self.names: frozenset[str] = frozenset(_names(shape))
        """The attributes it asks by."""
        self._shape = shape

    def matches(self, facts: Facts) -> bool:
        return _holds(self._shape, facts)

    def explain(self, facts: Facts) -> Explanation:
        return Explanation(_holds(self._shape, facts), tuple(_blame(self._shape, facts, wanted=True)))


def read_criteria(document: Any, *, types: Types = unchecked_types) -> Criteria:
    """Criteria that make sense. None of them at all: whatever there is matches.

    `types` are those of declared attributes: `declared_types(work)` for what somebody just wrote; what was checked
    when it was kept needs none. Raises `BadCriterion`, `TooManyCriteria` with the place.
    """
    if not isinstance(document, Mapping):
        raise BadCriterion("An object with and, or, not.", parameter="criteria")
    for name in document:
        if name not in (*GROUPS, "timeZone"):
            raise BadCriterion("There is no such part of criteria.", parameter=str(name)[:MAX_NAME])
    zone = zone_of(document.get("timeZone"))

    def compare(name: str, operator: str, value: Any, at: str) -> _Comparison:
        type = CLOSED.get(name) or (types(name) if len(name) <= MAX_NAME else None)
        if type is None:
            raise BadCriterion("There is no such attribute.", parameter=shown(at))
        plain = NEGATED.get(operator, operator)
        if plain not in OPERATORS[type]:
            raise BadCriterion(
                f"An attribute of this type ({type}) has no such operator.",
                parameter=shown(f"{at}.{operator}"),
            )
        ask = question(type, plain, value, zone, at)
        return _Comparison(name, operator, value, at, ask, operator in NEGATED)

    return Criteria(document, Shape(compare).read(document))


def _names(part: Any) -> Iterator[str]:
    if isinstance(part, Group):
        for member in part.members:
            yield from _names(member)
    else:
        yield part.name


def _holds(part: Any, facts: Facts) -> bool:
    if not isinstance(part, Group):
        held: bool = part.holds(facts)
        return held
    each = (_holds(member, facts) for member in part.members)
    if part.kind == "and":
        return all(each)
    return any(each) if part.kind == "or" else not any(each)


def _blame(part: Any, facts: Facts, *, wanted: bool) -> Iterator[Outcome]:
    """The comparisons that would have to turn out otherwise for `part` to be as wanted."""
    held = _holds(part, facts)
    if held is wanted:
        return
    if isinstance(part, Group):
        for member in part.members:
            yield from _blame(member, facts, wanted=wanted != (part.kind == "not"))
    else:
        yield Outcome(part.at, part.name, part.operator, part.value, held)
