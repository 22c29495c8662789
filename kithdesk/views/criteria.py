"""Reading a search as Kustomer's clients write it, into criteria that are known to make sense.

    {"and": [{"conversation_status": {"equals": "open"}},
             {"or": [{"customer_name": {"prefix": "Ana"}}, {"customer_tags": {"in": ["vip"]}}]}],
     "sort": [{"conversation_updated_at": "desc"}], "queryContext": "conversation", "timeZone": "Europe/Lisbon"}

What is read is a *shape*, which has names in place of values and can be compiled once, and the values. Cost is judged
here, before anything runs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from kithdesk.core.work import Reads
from kithdesk.criteria import GROUPS, MAX_NAME, NEGATED, BadCriterion, Group, Shape, conjuncts, zone_of
from kithdesk.views.attributes import (
    ANY_TEXT,
    FOUND,
    Asked,
    Home,
    InValues,
    InWords,
    find,
    is_sortable,
)
from kithdesk.views.comparing import Reading, Zone
from kithdesk.views.documents import Kind
from kithdesk.views.errors import TooCostly

MAX_SORTS = 3

Context = Home
"""What is found."""
_PASSED_OVER = {"includeDeleted", "fields"}
_ANY_TEXT: dict[Context, tuple[Kind, ...]] = {
    "conversation": ("conversation", "message", "note"),
    "customer": ("customer", "message", "note", "kobject"),
    "message": ("message",),
    "note": ("note",),
    "kobject": ("kobject",),
}


class Criterion(NamedTuple):
    """One comparison; `name` is that of its value."""

    asked: Asked
    operator: str
    name: str
    choice: str | None = None
    """The value itself, where there are only a few it can be."""


class Together(NamedTuple):
    """Criteria of custom objects that one and the same record meets."""

    criteria: tuple[Criterion, ...]


class Sort(NamedTuple):
    asked: Asked
    is_descending: bool


class Search(NamedTuple):
    """What is searched for: `shape` and `sorts` make the statement, `values` are put into it."""

    context: Context
    shape: Group
    sorts: tuple[Sort, ...]
    values: Mapping[str, Any]


def read(reads: Reads, body: Mapping[str, Any], *, context: Context) -> Search:
    """The search that `body` describes. Raises `BadCriterion`, `TooCostly` with the place in it."""
    wanted, klass = _context_of(body, context)
    for name in body:
        if name not in (*GROUPS, "sort", "queryContext", "timeZone", *_PASSED_OVER):
            raise BadCriterion("There is no such part of a search.", parameter=name[:MAX_NAME])
    reader = _Reader(reads, wanted, zone_of(body.get("timeZone")))
    shape = reader.shape(body)
    if klass is not None:
        shape = Group("and", (shape, reader.of_klass(klass)))
    if wanted != "kobject":
        shape = _joined(shape)
    return Search(wanted, shape, tuple(reader.sorts(body.get("sort"))), reader.values)


def _context_of(body: Mapping[str, Any], context: Context) -> tuple[Context, str | None]:
    """What is found, and of custom objects the klass, if one is named."""
    found = body.get("queryContext", context)
    for known in FOUND:
        if found == known:
            return known, None
    klass = _OF_KLASS.match(found) if isinstance(found, str) else None
    if klass is None:
        raise BadCriterion(f"One of: {', '.join(FOUND)}, or kobject_<klass>.", parameter="queryContext")
    return "kobject", klass[1]


_OF_KLASS = re.compile(r"kobject_([a-zA-Z][a-zA-Z0-9_-]{0,63})\Z")


def _joined(group: Group) -> Group:
    """The same, with what is asked of custom objects together: an order that is late and dear is one order."""
    if group.kind != "and":
        return Group(group.kind, tuple(map(_alone, group.members)))
    members = list(conjuncts(group))
    by_klass: dict[str, list[Criterion]] = {}
    for one in members:
        if _is_of_object(one):
            by_klass.setdefault(_klass_of(one), []).append(one)
    of_any = by_klass.get(_ANY, [])
    if len(by_klass) == 2 and of_any:
        del by_klass[_ANY]
        [named] = by_klass.values()
        named += of_any
    rest = (_alone(one) for one in members if not _is_of_object(one))
    return Group("and", (*rest, *(Together(tuple(asked)) for asked in by_klass.values())))


def _alone(part: Any) -> Any:
    if isinstance(part, Group):
        return _joined(part)
    return Together((part,)) if _is_of_object(part) else part


def _is_of_object(part: Any) -> bool:
    return (
        isinstance(part, Criterion)
        and part.asked.home == "kobject"
        and not isinstance(part.asked.place, InWords)
    )


_ANY = "kobject"


def _klass_of(one: Criterion) -> str:
    """Whose attribute it is; a title, a tag or the klass itself may be any record's."""
    return one.asked.place.owner if isinstance(one.asked.place, InValues) else _ANY


class _Reader:
    """Goes through a search once, counts, and collects values."""

    def __init__(self, reads: Reads, context: Context, zone: Zone) -> None:
        self._reads = reads
        self._context: Context = context
        self._reading = Reading(reads, zone)

    @property
    def values(self) -> dict[str, Any]:
        return self._reading.values

    def of_klass(self, klass: str) -> Any:
        """Records of this klass."""
        return self._criterion("kobject_klass", "equals", klass, "queryContext")

    def shape(self, body: Mapping[str, Any]) -> Group:
        return Shape(self._criterion, costly=TooCostly).read(body)

    def _criterion(self, name: str, operator: str, value: Any, at: str) -> Any:
        asked = self._asked(name)
        if asked is None:
            raise BadCriterion("There is no such attribute.", parameter=at[:MAX_NAME])
        plain = NEGATED.get(operator, operator)
        if plain not in asked.operators:
            raise BadCriterion(
                f"An attribute of this type ({asked.type}) has no such operator.",
                parameter=f"{at}.{operator}"[:MAX_NAME],
            )
        found = self._reading.compare(asked, plain, value, at=f"{at}.{operator}"[:MAX_NAME])
        members = tuple(Criterion(asked, *one) for one in found)
        whole = members[0] if len(members) == 1 else Group("and", members)
        return Group("not", (whole,)) if operator in NEGATED else whole

    def _asked(self, name: str) -> Asked | None:
        if len(name) > MAX_NAME:
            return None
        if name == ANY_TEXT:
            return Asked(self._context, "text", InWords(_ANY_TEXT[self._context]))
        return find(self._reads, name)

    def sorts(self, given: Any) -> list[Sort]:
        if given is None:
            return []
        parts = [given] if isinstance(given, Mapping) else given
        if not isinstance(parts, list) or not all(isinstance(part, Mapping) for part in parts):
            raise BadCriterion('A list such as [{"conversation_updated_at": "desc"}].', parameter="sort")
        pairs = [pair for part in parts for pair in part.items()]
        if len(pairs) > MAX_SORTS:
            raise TooCostly(f"At most {MAX_SORTS} attributes to sort by.", parameter="sort")
        return [self._sort(name, direction) for name, direction in pairs]

    def _sort(self, name: str, direction: Any) -> Sort:
        at = f"sort.{name}"[:MAX_NAME]
        asked = find(self._reads, name)
        if asked is None or not is_sortable(self._context, name, asked):
            raise BadCriterion("Searches of this kind cannot be sorted by it.", parameter=at)
        if direction not in ("asc", "desc"):
            raise BadCriterion("asc or desc.", parameter=at)
        return Sort(asked, direction == "desc")
