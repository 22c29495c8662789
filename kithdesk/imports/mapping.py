"""Saying which column is what. Until it has begun, an import can be told otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence

from sqlalchemy import bindparam, update

from kithdesk import attributes
from kithdesk.core.work import Work
from kithdesk.imports.entities import Import, Mapping, MatchKey, OnMatch
from kithdesk.imports.errors import ImportBegun, WrongMapping
from kithdesk.imports.ids import ImportId
from kithdesk.imports.queries import get_import
from kithdesk.imports.tables import imports
from kithdesk.imports.taking import encoded, forget_foreseen, who_is
from kithdesk.imports.targets import CUSTOM, TARGETS, holds_many
from kithdesk.imports.timers import CheckRows

FOUND_BY: dict[MatchKey, str] = {"externalId": "externalId", "email": "emails", "phone": "phones"}
"""The column that each key to match by takes."""
_USUALLY: tuple[MatchKey, ...] = ("externalId", "email")

_SET = (
    update(imports)
    .where(imports.c.organisation == bindparam("of"), imports.c.id == bindparam("import_id"))
    .values(mapping=bindparam("said"), checked=None)
)


def map_columns(
    work: Work,
    id: ImportId,
    targets: MappingOf[int, str | None],
    match_by: Sequence[MatchKey] | None,
    on_match: OnMatch,
) -> Import:
    """Replaces what was said before. Raises `NotFound`, `ImportBegun`, `WrongMapping`."""
    known = get_import(work, id)
    if known.status != "draft":
        raise ImportBegun(known.status)
    wanted = {column: target for column, target in sorted(targets.items()) if target is not None}
    if match_by is None:
        match_by = [key for key in _USUALLY if FOUND_BY[key] in wanted.values()]
    said = Mapping(targets=wanted, match_by=tuple(dict.fromkeys(match_by)), on_match=on_match)
    declared = attributes.declared(work, "customer")
    for column, target in said.targets.items():
        _check(column, target, len(known.columns), declared)
    for target, times in Counter(said.targets.values()).items():
        if times > 1 and not holds_many(target, declared):
            raise WrongMapping(
                f"A customer has one {target}, and {times} columns are it.", parameter="mapping"
            )
    for key in said.match_by:
        if FOUND_BY[key] not in said.targets.values():
            raise WrongMapping(f"No column is {FOUND_BY[key]}.", parameter="matchBy")
    work.execute(_SET, {"of": work.organisation, "import_id": id, "said": encoded(said)})
    forget_foreseen(work, id)
    check = CheckRows(of=id, by=who_is(work.actor))
    work.enqueue(check, unique=f"check_rows:{id}", on_conflict="replace", serial=f"check:{id}")
    return get_import(work, id)


def _check(column: int, target: str, columns: int, declared: MappingOf[str, attributes.Attribute]) -> None:
    where = f"mapping.{column}"
    if not 0 <= column < columns:
        raise WrongMapping(f"Columns count from 0 to {columns - 1}.", parameter=where)
    is_known = target in TARGETS or (target.startswith(CUSTOM) and target.removeprefix(CUSTOM) in declared)
    if not is_known:
        raise WrongMapping(f"Customers have no {target[:80]}.", parameter=where)
