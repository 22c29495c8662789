"""Which records a draft would change, told before it does: row by row, with what is there now and what would be.

What was counted says where the rows are that somebody wants to see, and they are looked at again: so it is told of
records as they are by now, for a file of any length only of a page of it, and nothing of them is kept a second time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec
from sqlalchemy import bindparam, select

from kithdesk.core.actors import Actor
from kithdesk.core.desk import Desk
from kithdesk.core.work import Reads
from kithdesk.customers import CustomerId, Profile, display_name_of, find_companies, find_customers
from kithdesk.imports.checking import LETTERS
from kithdesk.imports.entities import Import
from kithdesk.imports.errors import ImportBegun, ImportNotReady
from kithdesk.imports.ids import ImportId
from kithdesk.imports.planning import Action
from kithdesk.imports.previewing import Previewed, foresee, plain
from kithdesk.imports.queries import get_import
from kithdesk.imports.reading import Row, decode_part
from kithdesk.imports.tables import import_foreseen
from kithdesk.imports.uploading import key_of

Kind = Literal["new", "changed", "unchanged", "refused"]

KINDS: dict[Kind, Action] = {"new": "create", "changed": "update", "unchanged": "skip", "refused": "error"}
_KIND_OF: dict[Action, Kind] = {action: kind for kind, action in KINDS.items()}

_OF = (
    import_foreseen.c.organisation == bindparam("organisation"),
    import_foreseen.c.import_id == bindparam("import_id"),
)
_COUNTS = (
    select(*(import_foreseen.c[name] for name in ("part", "creates", "updates", "skips", "errors")))
    .where(*_OF)
    .order_by(import_foreseen.c.part)
)
_PART = select(import_foreseen.c.actions, import_foreseen.c.earlier).where(
    *_OF, import_foreseen.c.part == bindparam("part")
)
_decode_earlier = msgspec.json.Decoder(dict[int, int]).decode


class Place(msgspec.Struct, frozen=True):
    """A row of a part. `earlier`: the number of a row before it that makes or changes the same one."""

    part: int
    place: int
    earlier: int | None


class Field(msgspec.Struct, frozen=True):
    """A field of a record, before and after. None: there is nothing."""

    name: str
    before: Any
    after: Any


class RowChange(msgspec.Struct, frozen=True, kw_only=True):
    """What would become of one row, as it is by now."""

    number: int
    kind: Kind
    looked: Previewed
    name: str | None
    fields: tuple[Field, ...]


def find_places(
    reads: Reads, id: ImportId, kind: Kind | None, *, limit: int, offset: int
) -> tuple[Import, list[Place], int]:
    """Where the rows of a page are, and how many there are as far as the file was looked at.

    Raises `NotFound`, `ImportBegun`, `ImportNotReady`.
    """
    known = get_import(reads, id)
    if known.status != "draft":
        raise ImportBegun(known.status)
    if known.mapping is None or not known.mapping.targets:
        raise ImportNotReady
    values = {"organisation": reads.organisation, "import_id": id}
    places: list[Place] = []
    total = 0
    for row in reads.execute(_COUNTS, values):
        count = sum(getattr(row, f"{action}s") for action in _actions(kind))
        first, missing = max(0, offset - total), limit - len(places)
        if missing > 0 and first < count:
            found = reads.execute(_PART, {**values, "part": row.part}).one()
            places += _places(row.part, found, kind)[first : first + missing]
        total += count
    return known, places, total


def _actions(kind: Kind | None) -> Sequence[Action]:
    return tuple(LETTERS) if kind is None else (KINDS[kind],)


def _places(part: int, found: Any, kind: Kind | None) -> list[Place]:
    letters = {LETTERS[action] for action in _actions(kind)}
    earlier = _decode_earlier(found.earlier)
    return [
        Place(part, place, earlier.get(place))
        for place, letter in enumerate(found.actions)
        if letter in letters
    ]


async def read_rows(desk: Desk, caller: Actor, known: Import, places: Sequence[Place]) -> list[Row]:
    """The rows in the file, of which one part at a time is in memory."""
    rows: list[Row] = []
    for part in sorted({one.part for one in places}):
        read = decode_part(await desk.files.get(key_of(caller.organisation, known.id, part)))
        rows += [read[one.place] for one in places if one.part == part]
    return rows


def look(reads: Reads, id: ImportId, rows: Sequence[Row], places: Sequence[Place]) -> list[RowChange]:
    """Raises `NotFound`, `ImportNotReady`."""
    known = get_import(reads, id)
    looked = [
        _after(one, place.earlier) for one, place in zip(foresee(reads, known, rows, {}), places, strict=True)
    ]
    ids = [one.plan.customer for one in looked if one.plan.customer is not None]
    names = {one.id: display_name_of(one.profile, one.id) for one in find_customers(reads, ids)}
    companies = find_companies(reads, {id for one in looked for id in _companies(one)})
    called = {id: company.name for id, company in companies.items()}
    return [_change(one, names, called) for one in looked]


def _after(one: Previewed, earlier: int | None) -> Previewed:
    """Whom an earlier row makes is somebody by then, though not yet."""
    if earlier is None or one.plan.action == "error":
        return one
    action: Action = "update" if one.plan.action == "create" else one.plan.action
    return msgspec.structs.replace(
        one, plan=msgspec.structs.replace(one.plan, action=action), earlier=earlier
    )


def _companies(one: Previewed) -> Iterator[str]:
    for profile in (one.plan.known, one.profile):
        if profile is not None and profile.company is not None:
            yield profile.company


def _change(one: Previewed, names: Mapping[Any, str], companies: Mapping[str, str]) -> RowChange:
    plan, profile = one.plan, one.profile
    is_told = profile is not None and plan.action in ("create", "update")
    return RowChange(
        number=one.row.number,
        kind=_KIND_OF[plan.action],
        looked=one,
        name=names.get(plan.customer) or _called(profile) or plan.called,
        fields=tuple(_fields(plan.known, profile, one.company, companies)) if is_told and profile else (),
    )


def _called(profile: Profile | None) -> str | None:
    if profile is None or not (profile.name or profile.emails or profile.phones):
        return None
    return display_name_of(profile, CustomerId(""))


def _fields(
    before: Profile, after: Profile, new_company: str | None, companies: Mapping[str, str]
) -> Iterator[Field]:
    was, becomes = (_flat(profile, companies) for profile in (before, after))
    if new_company is not None:
        becomes["company"] = new_company
    for name in {**was, **becomes}:
        if was.get(name) != becomes.get(name):
            yield Field(name, was.get(name), becomes.get(name))


def _flat(profile: Profile, companies: Mapping[str, str]) -> dict[str, Any]:
    """The fields by the names that a column may have, and companies by theirs."""
    shown = plain(profile)
    custom = shown.pop("custom", {})
    if profile.company is not None:
        shown["company"] = companies.get(profile.company, profile.company)
    return {**shown, **{f"custom.{name}": value for name, value in custom.items() if value is not None}}
