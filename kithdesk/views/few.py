"""What only a few custom objects meet: those are looked up first, and then it is known of whom they are.

Of what many meet, the objects of each record that is looked at are asked one by one. Neither way walks through all
objects of an organisation, which may have a million orders, for one page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kithdesk.core.work import Reads
from kithdesk.criteria import Group
from kithdesk.views.attributes import InValues
from kithdesk.views.criteria import Criterion, Search, Together
from kithdesk.views.documents import number_of
from kithdesk.views.fulltext import among
from kithdesk.views.queries import list_objects_meeting, list_owners_meeting
from kithdesk.views.statements import Listed

FEW = 1_000


def settle(reads: Reads, search: Search) -> Search:
    """The same search, with lists in place of what few objects meet."""
    values = dict(search.values)
    return search._replace(shape=_settled(reads, search, search.shape, values), values=values)


def _settled(reads: Reads, search: Search, part: Any, values: dict[str, Any]) -> Any:
    if isinstance(part, Group):
        return Group(part.kind, tuple(_settled(reads, search, one, values) for one in part.members))
    if isinstance(part, Together):
        return _listed(reads, part.criteria, values) or part
    if search.context == part.asked.home == "kobject":
        return _listed(reads, (part,), values) or part
    return part


def _listed(reads: Reads, criteria: tuple[Criterion, ...], values: dict[str, Any]) -> Listed | None:
    numbers = _few(reads, criteria, values)
    if numbers is None:
        return None
    found = list_owners_meeting(reads, criteria, numbers, values)
    return Listed(
        _keep(values, sorted({row.customer for row in found if row.customer is not None})),
        _keep(values, sorted({row.conversation for row in found if row.conversation is not None})),
        _keep_numbers(values, [row.number for row in found]),
    )


def _few(reads: Reads, criteria: Sequence[Criterion], values: dict[str, Any]) -> list[int] | None:
    """Numbers of all objects that meet the first of these which few meet."""
    for one in criteria:
        if isinstance(one.asked.place, InValues) and one.operator != "like":
            ids = list_objects_meeting(reads, one, values, limit=FEW + 1)
            if len(ids) <= FEW:
                return [number_of(id) for id in ids]
    return None


def _keep(values: dict[str, Any], ids: list[str]) -> str | None:
    if not ids:
        return None
    name = f"listed{len(values)}"
    values[name] = ids
    return name


def _keep_numbers(values: dict[str, Any], numbers: list[int]) -> str | None:
    if not numbers:
        return None
    name = f"listed{len(values)}"
    values.update(among(name, numbers))
    return name
