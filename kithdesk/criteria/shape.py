"""The shape of criteria, read in bounded time: groups in groups, and in them comparisons.

    {"and": [{"conversation_status": {"equals": "open"}},
             {"or": [{"customer_name": {"prefix": "Ana"}}, {"customer_tags": {"in": ["vip"]}}]}]}

What a comparison is, whoever reads them says; places are given as `and[1].or[0].customer_name`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from kithdesk.core.errors import BadParameter
from kithdesk.criteria.errors import BadCriterion, TooManyCriteria

MAX_CRITERIA = 100
MAX_DEPTH = 5
MAX_NAME = 160

Kind = Literal["and", "or", "not"]
GROUPS: tuple[Kind, ...] = ("and", "or", "not")
M = TypeVar("M")


class Group(NamedTuple):
    """`and`: all of them, `or`: one of them, `not`: none of them."""

    kind: Kind
    members: tuple[Any, ...]


def conjuncts(group: Group) -> Iterator[Any]:
    """What an `and` wants: its members, and those of every `and` among them."""
    for member in group.members:
        if isinstance(member, Group) and member.kind == "and":
            yield from conjuncts(member)
        else:
            yield member


class Shape(Generic[M]):
    """Goes through criteria once. `compare(name, operator, value, at)` makes what is in the groups; `costly` refuses
    more than there may be."""

    def __init__(
        self,
        compare: Callable[[str, str, Any, str], M],
        *,
        costly: Callable[..., BadParameter] = TooManyCriteria,
    ) -> None:
        self._compare = compare
        self._costly = costly
        self._count = 0

    def read(self, body: Mapping[str, Any], *, at: str = "", depth: int = 1) -> Group:
        """All of `and`, one of `or`, none of `not`. Raises `BadCriterion`, `TooManyCriteria`."""
        if depth > MAX_DEPTH:
            raise self._costly(f"At most {MAX_DEPTH} levels.", parameter=shown(at))
        members = []
        for kind in GROUPS:
            if kind in body:
                found = self._members(body[kind], at=f"{at}.{kind}" if at else kind, depth=depth)
                if found:
                    members.append(Group(kind, found))
        return members[0] if len(members) == 1 else Group("and", tuple(members))

    def _members(self, given: Any, *, at: str, depth: int) -> tuple[Any, ...]:
        if not isinstance(given, list):
            raise BadCriterion("A list of criteria.", parameter=shown(at))
        if len(given) > MAX_CRITERIA:
            raise self._costly(f"At most {MAX_CRITERIA} criteria.", parameter=shown(at))
        return tuple(self._member(one, at=f"{at}[{place}]", depth=depth) for place, one in enumerate(given))

    def _member(self, one: Any, *, at: str, depth: int) -> Any:
        if not isinstance(one, Mapping) or not one:
            raise BadCriterion("A criterion: an attribute with its operator.", parameter=shown(at))
        if any(name in GROUPS for name in one):
            if any(name not in GROUPS for name in one):
                raise BadCriterion("Either a group or a criterion.", parameter=shown(at))
            return self.read(one, at=at, depth=depth + 1)
        found = [
            self._counted(name, operator, value, f"{at}.{name}")
            for name, comparisons in one.items()
            for operator, value in _operators(comparisons, at=f"{at}.{name}")
        ]
        return found[0] if len(found) == 1 else Group("and", tuple(found))

    def _counted(self, name: str, operator: str, value: Any, at: str) -> M:
        self._count += 1
        if self._count > MAX_CRITERIA:
            raise self._costly(f"At most {MAX_CRITERIA} criteria.", parameter=shown(at))
        return self._compare(name, operator, value, at)


def shown(at: str) -> str | None:
    """A place as a refusal names it."""
    return at[:MAX_NAME] or None


def _operators(given: Any, *, at: str) -> list[tuple[str, Any]]:
    if not isinstance(given, Mapping) or not given:
        raise BadCriterion("An operator with its value.", parameter=shown(at))
    return list(given.items())
