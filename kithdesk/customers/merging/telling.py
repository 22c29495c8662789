"""What another system tells of a customer while two records are one: of which of the two it tells it.

A shop that knows somebody by an address adds its own id, a telephone number, a name. When the two part again, these go
with the address by which it meant them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet

import msgspec
from sqlalchemy import bindparam, select

from kithdesk.core.sql import Upsert
from kithdesk.core.work import Reads, Rows
from kithdesk.customers.address_rows import addresses_of, shared_addresses_of
from kithdesk.customers.profile import Profile, Told
from kithdesk.customers.tables import customer_told

_LISTS = ("emails", "phones", "external_ids", "shared_emails", "shared_phones", "shared_external_ids")

_NOBODY = Profile()

_PUT = Upsert(customer_told, ["organisation", "entry"])
_FIND = select(customer_told.c.entry, customer_told.c.named_by).where(
    customer_told.c.organisation == bindparam("organisation"),
    customer_told.c.entry.in_(bindparam("entries", expanding=True)),
)
_decode = msgspec.json.Decoder(frozenset[str]).decode


def told_by(before: Profile, after: Profile, named_by: Collection[str]) -> Told | None:
    """What is new in the profile, when another system says it."""
    new = set(_entries(after)) - set(_entries(before))
    return Told(tuple(sorted(new)), tuple(named_by)) if new and named_by else None


def remember_told(rows: Rows, told: Told) -> None:
    named_by = msgspec.json.encode(told.named_by).decode()
    for entry in told.entries:
        rows.execute(_PUT, {"organisation": rows.organisation, "entry": entry, "named_by": named_by})


def find_told(reads: Reads, profile: Profile) -> dict[str, frozenset[str]]:
    """Of what is in a profile that which another system told, with the addresses by which it named the customer."""
    values = {"organisation": reads.organisation, "entries": list(_entries(profile))}
    if not values["entries"]:
        return {}
    return {row.entry: _decode(row.named_by) for row in reads.execute(_FIND, values)}


def given_back(
    theirs: Profile, rest: Profile, before: Profile, told: Mapping[str, frozenset[str]]
) -> tuple[Profile, Profile]:
    """The two when what was told of the source alone has gone with it. `before`: the target as it was merged.

    What goes may be an address too, by which something else was told.
    """
    targets = {f"{kind}:{value}" for kind, value in addresses_of(before)}
    stays = {*_entries(before), *_entries(theirs)}
    may_go = {
        entry: names for entry, names in told.items() if entry not in stays and targets.isdisjoint(names)
    }
    while True:
        mine = {f"{kind}:{value}" for kind, value in addresses_of(theirs)}
        goes = {entry for entry, names in may_go.items() if not mine.isdisjoint(names)}
        if not goes:
            return theirs, rest
        theirs, rest = _moved(goes, theirs, rest, before)
        may_go = {entry: names for entry, names in may_go.items() if entry not in goes}


def _moved(
    goes: AbstractSet[str], theirs: Profile, rest: Profile, before: Profile
) -> tuple[Profile, Profile]:
    for field in _LISTS:
        entries = getattr(rest, field)
        gone = tuple(
            one
            for one in entries
            if not goes.isdisjoint(_entries(msgspec.structs.replace(_NOBODY, **{field: (one,)})))
        )
        if gone:
            kept = tuple(one for one in entries if one not in gone)
            theirs = msgspec.structs.replace(theirs, **{field: (*getattr(theirs, field), *gone)})
            rest = msgspec.structs.replace(rest, **{field: kept})
    if theirs.name is None and f"name:{rest.name}" in goes:
        theirs = msgspec.structs.replace(theirs, name=rest.name)
        rest = msgspec.structs.replace(rest, name=before.name)
    return theirs, rest


def _entries(profile: Profile) -> Iterator[str]:
    yield from (f"{kind}:{value}" for kind, value in addresses_of(profile))
    yield from (f"shared_{kind}:{value}" for kind, value in shared_addresses_of(profile))
    if profile.name:
        yield f"name:{profile.name}"
