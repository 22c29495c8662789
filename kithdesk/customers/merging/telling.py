"""What another system tells of a customer while two records are one: of which of the two it tells it.

A shop that knows somebody by an address adds its own id, a telephone number, a name, and with an e-mail the company
whose domain it has. When the two part again, these go with the address by which it meant them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet

import msgspec
from sqlalchemy import bindparam, delete, select

from kithdesk.core.sql import Upsert
from kithdesk.core.work import Reads, Rows
from kithdesk.customers.address_rows import addresses_of, shared_addresses_of
from kithdesk.customers.profile import Profile, Told
from kithdesk.customers.tables import customer_told

_LISTS = ("emails", "phones", "external_ids", "shared_emails", "shared_phones", "shared_external_ids")
_WORDS = ("name", "company")

_NOBODY = Profile()

_PUT = Upsert(customer_told, ["organisation", "customer", "entry"])
_MINE = (
    customer_told.c.organisation == bindparam("organisation"),
    customer_told.c.customer == bindparam("customer"),
)
_THESE = (*_MINE, customer_told.c.entry.in_(bindparam("entries", expanding=True)))
_FIND = select(customer_told.c.entry, customer_told.c.named_by).where(*_THESE)
_FORGET = delete(customer_told).where(*_THESE)
_FORGET_ALL = delete(customer_told).where(*_MINE)
_decode = msgspec.json.Decoder(frozenset[str]).decode


def told_by(before: Profile, after: Profile, named_by: Collection[str]) -> Told | None:
    """What is new in the profile, when another system says it."""
    new = set(_entries(after)) - set(_entries(before))
    return Told(tuple(sorted(new)), tuple(named_by)) if new and named_by else None


def remember_told(rows: Rows, customer: str, told: Told) -> None:
    named_by = msgspec.json.encode(told.named_by).decode()
    for entry in told.entries:
        _put(rows, customer, entry, named_by)


def part_told(rows: Rows, source: str, target: str, theirs: Profile, rest: Profile) -> None:
    """What was told of the target and has gone with the source is told of the source: it may have to part again."""
    gone = sorted({*_entries(theirs)} - {*_entries(rest)})
    values = {"organisation": rows.organisation, "customer": target, "entries": gone}
    if not gone:
        return
    for row in list(rows.execute(_FIND, values)):
        _put(rows, source, row.entry, row.named_by)
    rows.execute(_FORGET, values)


def forget_told(rows: Rows, customer: str) -> None:
    """Takes away all of it."""
    rows.execute(_FORGET_ALL, {"organisation": rows.organisation, "customer": customer})


def _put(rows: Rows, customer: str, entry: str, named_by: str) -> None:
    values = {
        "organisation": rows.organisation,
        "customer": customer,
        "entry": entry,
        "named_by": named_by,
    }
    rows.execute(_PUT, values)


def find_told(reads: Reads, customer: str, profile: Profile) -> dict[str, frozenset[str]]:
    """Of what is in a customer's profile that which another system told, with the addresses by which it named them."""
    values = {"organisation": reads.organisation, "customer": customer, "entries": list(_entries(profile))}
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
    for field in _WORDS:
        word = getattr(rest, field)
        if getattr(theirs, field) is None and f"{field}:{word}" in goes:
            theirs = msgspec.structs.replace(theirs, **{field: word})
            rest = msgspec.structs.replace(rest, **{field: getattr(before, field)})
    return theirs, rest


def _entries(profile: Profile) -> Iterator[str]:
    yield from (f"{kind}:{value}" for kind, value in addresses_of(profile))
    yield from (f"shared_{kind}:{value}" for kind, value in shared_addresses_of(profile))
    yield from (f"{field}:{word}" for field in _WORDS if (word := getattr(profile, field)))
