"""Criteria that were read: whether facts are as they say, and if not, why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from kithdesk.criteria.allowance import COMPARING, Allowance, UsedUp
from kithdesk.criteria.comparing import Question, question
from kithdesk.criteria.errors import BadCriterion
from kithdesk.criteria.facts import Facts
from kithdesk.criteria.names import CLOSED, CUSTOM, NEGATED, OPERATORS, Types, unchecked_types
from kithdesk.criteria.shape import GROUPS, MAX_NAME, Group, Shape, conjuncts, shown
from kithdesk.criteria.times import zone_of


class _Comparison(NamedTuple):
    name: str
    operator: str
    value: Any
    at: str
    asked: Question
    is_negated: bool

    def holds(self, facts: Facts, allowance: Allowance) -> bool:
        return self.asked.answer(facts.values(self.name), facts.now, allowance) != self.is_negated


class _Together(NamedTuple):
    """Comparisons of custom objects that must all hold: those of one klass in one and the same record."""

    members: tuple[_Comparison, ...]

    def holds(self, facts: Facts, allowance: Allowance) -> bool:
        asked: dict[str | None, list[_Comparison]] = {}
        for one in self.members:
            allowance.take(COMPARING * len(facts.objects))
            asked.setdefault(_klass_of(one.name, facts), []).append(one)
        of_any = asked.pop(None, [])
        if len(asked) == 1:
            [members] = asked.values()
            return _is_one(facts, [*members, *of_any], allowance)
        return all(_is_one(facts, members, allowance) for members in (of_any, *asked.values()) if members)


def _klass_of(name: str, facts: Facts) -> str | None:
    """Whose attribute it is, as the records say: klasses and attributes may both have underscores."""
    if CUSTOM not in name:
        return None
    klasses = (one.values("kobject_klass").raw for one in facts.objects if one.values(name).raw)
    return str(next(klasses, name))


def _is_one(facts: Facts, members: Sequence[_Comparison], allowance: Allowance) -> bool:
    """Whether one record is all of it."""
    return any(all(member.holds(one, allowance) for member in members) for one in facts.objects)


class Outcome(NamedTuple):
    """One comparison as it turned out. What the record has instead is not told: not everybody may read it."""

    at: str
    name: str
    operator: str
    value: Any
    holds: bool


class Explanation(NamedTuple):
    """Whether all of it holds, and if not, the comparisons to blame: none where it was not judged to its end."""

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
        """Never, once the allowance of the facts is used up."""
        try:
            facts.allowance.take(COMPARING)
            return _holds(self._shape, facts, facts.allowance)
        except UsedUp:
            return False

    def matches_whatever(self, facts: Facts, unknown: AbstractSet[str]) -> bool | None:
        """Whether it matches without looking at these attributes; None where it depends on them."""
        try:
            facts.allowance.take(COMPARING)
            return _holds_whatever(self._shape, facts, facts.allowance, unknown)
        except UsedUp:
            return False

    def explain(self, facts: Facts) -> Explanation:
        """The same, and why. What it takes to find the blame is counted apart: `matches` knows nothing of it."""
        holds = self.matches(facts)
        if holds or facts.allowance.is_used_up:
            return Explanation(holds, ())
        try:
            return Explanation(holds, tuple(_blame(self._shape, facts, facts.for_blame, wanted=True)))
        except UsedUp:
            return Explanation(holds, ())


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
        asked = question(type, plain, value, zone, at)
        return _Comparison(name, operator, value, at, asked, operator in NEGATED)

    return Criteria(document, _joined(Shape(compare).read(document)))


def _joined(group: Group) -> Group:
    """The same, with what is asked of custom objects together: an order that is late and dear is one order."""
    asked = conjuncts(group) if group.kind == "and" else group.members
    members = [_joined(one) if isinstance(one, Group) else one for one in asked]
    of_objects: list[Any] = [one for one in members if _is_of_object(one)]
    if group.kind != "and" or len(of_objects) < 2:
        return Group(group.kind, tuple(members))
    rest = [one for one in members if not _is_of_object(one)]
    return Group("and", (*rest, _Together(tuple(of_objects))))


def _is_of_object(part: Any) -> bool:
    return isinstance(part, _Comparison) and part.name.startswith("kobject_") and not part.is_negated


def _names(part: Any) -> Iterator[str]:
    if isinstance(part, Group | _Together):
        for member in part.members:
            yield from _names(member)
    else:
        yield part.name


def _holds(part: Any, facts: Facts, allowance: Allowance) -> bool:
    if not isinstance(part, Group):
        held: bool = part.holds(facts, allowance)
        return held
    allowance.take(COMPARING)
    each = (_holds(member, facts, allowance) for member in part.members)
    if part.kind == "and":
        return all(each)
    return any(each) if part.kind == "or" else not any(each)


def _holds_whatever(part: Any, facts: Facts, allowance: Allowance, unknown: AbstractSet[str]) -> bool | None:
    """The same in three values. What is asked of one object together is unknown together."""
    if not isinstance(part, Group):
        return None if not unknown.isdisjoint(_names(part)) else _holds(part, facts, allowance)
    allowance.take(COMPARING)
    each = {_holds_whatever(member, facts, allowance, unknown) for member in part.members}
    settled = part.kind != "and"  # one such member settles it
    if settled in each:
        return part.kind == "or"
    if None in each:
        return None
    return part.kind != "or"


def _blame(part: Any, facts: Facts, allowance: Allowance, *, wanted: bool) -> Iterator[Outcome]:
    """The comparisons that would have to turn out otherwise for `part` to be as wanted."""
    held = _holds(part, facts, allowance)
    if held is wanted:
        return
    if isinstance(part, Group):
        for member in part.members:
            yield from _blame(member, facts, allowance, wanted=wanted != (part.kind == "not"))
    elif isinstance(part, _Together):
        # Each may hold of some record, and none of the records be all of it: then all are to blame.
        alone = [one for one in part.members if one.holds(facts, allowance) is held]
        for one in alone or part.members:
            yield Outcome(one.at, one.name, one.operator, one.value, held)
    else:
        yield Outcome(part.at, part.name, part.operator, part.value, held)
