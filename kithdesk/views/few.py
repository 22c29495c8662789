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
from kithdesk.views.conditions import is_live
from kithdesk.views.criteria import Criterion, Search, Together
from kithdesk.views.documents import number_of
from kithdesk.views.fulltext import among
from kithdesk.views.queries import list_objects_meeting, list_owners_meeting
from kithdesk.views.statements import Listed

FEW = 1_000


def settle(reads: Reads, search: Search) -> Search:
    """The same search, with lists in place of what few objects meet."""
    return _Settling(reads, search).settled()


class _Settling:
    """One search, with the lists that are found for it."""

    def __init__(self, reads: Reads, search: Search) -> None:
        self._reads = reads
        self._search = search
        self._values: dict[str, Any] = dict(search.values)
        # A piece of a text is looked for in all values of an attribute: more than what is in work has in all.
        self._looks_for_pieces = not _is_of_live(search.shape)

    def settled(self) -> Search:
        return self._search._replace(shape=self._settle(self._search.shape), values=self._values)

    def _settle(self, part: Any) -> Any:
        if isinstance(part, Group):
            return Group(part.kind, tuple(map(self._settle, part.members)))
        if isinstance(part, Together):
            return self._listed(part.criteria) or part
        if self._search.context == part.asked.home == "kobject":
            return self._listed((part,)) or part
        return part

    def _listed(self, criteria: tuple[Criterion, ...]) -> Listed | None:
        numbers = self._few(criteria)
        if numbers is None:
            return None
        found = list_owners_meeting(self._reads, criteria, numbers, self._values)
        return Listed(
            self._keep(sorted({row.customer for row in found if row.customer is not None})),
            self._keep(sorted({row.conversation for row in found if row.conversation is not None})),
            self._keep_numbers([row.number for row in found]),
        )

    def _few(self, criteria: Sequence[Criterion]) -> list[int] | None:
        """Numbers of all objects that meet the first of these which few meet."""
        for one in criteria:
            if isinstance(one.asked.place, InValues) and (one.operator != "like" or self._looks_for_pieces):
                ids = list_objects_meeting(self._reads, one, self._values, limit=FEW + 1)
                if len(ids) <= FEW:
                    return [number_of(id) for id in ids]
        return None

    def _keep(self, ids: list[str]) -> str | None:
        if not ids:
            return None
        name = f"listed{len(self._values)}"
        self._values[name] = ids
        return name

    def _keep_numbers(self, numbers: list[int]) -> str | None:
        if not numbers:
            return None
        name = f"listed{len(self._values)}"
        self._values.update(among(name, numbers))
        return name


def _is_of_live(shape: Group) -> bool:
    """Whether only conversations are looked at that are not done: there is an index of those."""
    return shape.kind == "and" and any(
        isinstance(one, Criterion) and one.choice is not None and is_live(one.asked.place, one.choice)
        for one in shape.members
    )
