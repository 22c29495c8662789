"""Every SELECT of merges. Each begins with the organisation of who asks; visitors ask for none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import bindparam, func, select

from kithdesk.core.errors import NotFound
from kithdesk.core.ids import EventId, is_id
from kithdesk.core.names import mailbox_key
from kithdesk.core.work import Reads
from kithdesk.customers.ids import CustomerId, VisitorId
from kithdesk.customers.merging.entities import Merge, Moved
from kithdesk.customers.merging.tables import customer_merges
from kithdesk.customers.profile import Profile, Reference
from kithdesk.customers.queries import find_survivor, find_visitor
from kithdesk.customers.tables import logins, visitors

_decode_moved = msgspec.json.Decoder(Moved).decode
_decode_ids = msgspec.json.Decoder(tuple[str, ...]).decode
_decode_profile = msgspec.json.Decoder(Profile).decode
_decode_reference = msgspec.json.Decoder(Reference).decode

_LIMIT: Any = bindparam("limit")
_OFFSET: Any = bindparam("offset")
_MINE = customer_merges.c.organisation == bindparam("organisation")
_SIDES = (customer_merges.c.source, customer_merges.c.target)
_WHOLE = select(*(customer_merges.c[name] for name in Merge.__struct_fields__))
_BY_ID = _WHOLE.where(_MINE, customer_merges.c.id == bindparam("id"), customer_merges.c.kind != "part")
_STANDING = customer_merges.c.undone_at.is_(None)
_BETWEEN = _WHOLE.where(
    _MINE,
    customer_merges.c.source == bindparam("source"),
    customer_merges.c.target == bindparam("target"),
    _STANDING,
)
_OF_EITHER_SIDE = [side.in_(bindparam("ids", expanding=True)) for side in _SIDES]
_ANY_SIDE = _OF_EITHER_SIDE[0] | _OF_EITHER_SIDE[1]
_IS_MERGE = customer_merges.c.kind != "part"
_PAGE = (
    _WHOLE.where(_MINE, _ANY_SIDE, _IS_MERGE)
    .order_by(customer_merges.c.id.desc())
    .limit(_LIMIT)
    .offset(_OFFSET)
)
_COUNT = select(func.count()).select_from(customer_merges).where(_MINE, _ANY_SIDE, _IS_MERGE)
_UNDONE = _WHOLE.where(_MINE, _ANY_SIDE, customer_merges.c.undone_at.is_not(None)).order_by(
    customer_merges.c.undone_in
)
_STANDING_INTO = (
    select(customer_merges.c.id)
    .where(
        _MINE, customer_merges.c.target == bindparam("target"), customer_merges.c.kind == "agent", _STANDING
    )
    .limit(1)
)
_LAST_OF_SOURCE = (
    select(customer_merges.c.target, customer_merges.c.kind)
    .where(_MINE, customer_merges.c.source == bindparam("source"), _STANDING)
    .limit(1)
)
_LOGINS_SINCE = _WHOLE.where(
    _MINE,
    _OF_EITHER_SIDE[0],
    customer_merges.c.kind == "login",
    customer_merges.c.merged_in > bindparam("since"),
).order_by(customer_merges.c.id)
_STANDING_SINCE = _WHOLE.where(
    _MINE,
    customer_merges.c.target == bindparam("target"),
    customer_merges.c.kind == "agent",
    _STANDING,
    customer_merges.c.merged_in > bindparam("since"),
)
_PROVEN = select(visitors.c.id, visitors.c.proven).where(
    visitors.c.organisation == bindparam("organisation"), visitors.c.customer == bindparam("customer")
)
_UNPROVEN = select(visitors.c.id).where(
    visitors.c.organisation == bindparam("organisation"),
    visitors.c.customer == bindparam("customer"),
    visitors.c.proven.is_(None),
    visitors.c.sees.is_(None),
)
_LOGGED_IN = (
    select(logins.c.proven)
    .where(
        logins.c.organisation == bindparam("organisation"),
        logins.c.proven.in_(bindparam("addresses", expanding=True)),
        logins.c.last_in > bindparam("since"),
    )
    .limit(1)
)
MAX_STEPS = 100


def get_merge(reads: Reads, id: str) -> Merge:
    """Raises `NotFound`."""
    if not is_id(id) or reads.actor.is_visitor:
        raise NotFound
    row = reads.execute(_BY_ID, {"organisation": reads.organisation, "id": id}).first()
    if row is None:
        raise NotFound
    return _merge(row)


def find_standing(reads: Reads, source: CustomerId, target: CustomerId) -> Merge | None:
    """The merge of these two that has not been undone."""
    values = {"organisation": reads.organisation, "source": source, "target": target}
    row = reads.execute(_BETWEEN, values).first()
    return None if row is None else _merge(row)


def list_merges(
    reads: Reads, customers: Sequence[CustomerId], *, limit: int, offset: int
) -> tuple[list[Merge], int]:
    """Those that any of these records had a part in, the latest first, and how many there are."""
    values = {"organisation": reads.organisation, "ids": list(customers)}
    found = reads.execute(_PAGE, {**values, "limit": limit, "offset": offset})
    return [_merge(row) for row in found], reads.execute(_COUNT, values).scalar() or 0


def list_undone(reads: Reads, customers: Sequence[CustomerId]) -> list[Merge]:
    """Merges of any of these records that were undone, in the order of the undoing; also what logins parted."""
    values = {"organisation": reads.organisation, "ids": list(customers)}
    return [_merge(row) for row in reads.execute(_UNDONE, values)]


def list_logins_since(reads: Reads, sources: Sequence[CustomerId], since: EventId) -> list[Merge]:
    """The logins that took one of these anonymous records along, later than an event."""
    values = {"organisation": reads.organisation, "ids": list(sources), "since": since}
    return [_merge(row) for row in reads.execute(_LOGINS_SINCE, values)]


def list_joined_since(reads: Reads, target: CustomerId, since: EventId) -> list[Merge]:
    """What agents have merged into a record later than an event, and not parted from it."""
    values = {"organisation": reads.organisation, "target": target, "since": since}
    return [_merge(row) for row in reads.execute(_STANDING_SINCE, values)]


def has_merged_in(reads: Reads, customer: CustomerId) -> bool:
    """Whether an agent has put another record into this one."""
    values = {"organisation": reads.organisation, "target": customer}
    return reads.execute(_STANDING_INTO, values).first() is not None


def find_successor(reads: Reads, customer: CustomerId) -> CustomerId | None:
    """Who stands for a record that agents have merged away. None when it stands for itself, or when a login was among
    the steps: who logged in has another token, and the one they had before opens nothing."""
    if find_survivor(reads, customer) is None:
        return None
    for _ in range(MAX_STEPS):
        values = {"organisation": reads.organisation, "source": customer}
        step = reads.execute(_LAST_OF_SOURCE, values).first()
        if step is None:
            return customer
        if step.kind != "agent":
            return None
        customer = CustomerId(step.target)
    return None


def find_moved(reads: Reads, customer: CustomerId, author: str) -> CustomerId | None:
    """Who writes, when a browser that was `customer`'s as its token was judged is another's by now.

    None unless agents' merges, or their undoing, made it so: who has logged in comes back with a new token.
    """
    found = find_visitor(reads, VisitorId(author))
    now = find_successor(reads, customer)
    if found is None or found.customer is None:
        return now
    if found.customer in (customer, now):
        return found.customer
    for other in _parted_from(reads, customer):
        if found.customer in (other, find_successor(reads, other)):
            return found.customer
    return None


def _parted_from(reads: Reads, customer: CustomerId) -> list[CustomerId]:
    """The records that agents had put into one, directly or one into the other, and took out again."""
    parted = [customer]
    for _ in range(MAX_STEPS):
        more = {
            merge.source
            for merge in list_undone(reads, parted)
            if merge.kind == "agent" and merge.target in parted
        } - set(parted)
        if not more:
            break
        parted += sorted(more)
    return parted[1:]


def proven_addresses(reads: Reads, customer: CustomerId) -> dict[VisitorId, str | None]:
    """The browsers of a customer, and the address by which each has logged in."""
    values = {"organisation": reads.organisation, "customer": customer}
    return {VisitorId(row.id): row.proven for row in reads.execute(_PROVEN, values)}


def has_logged_in(reads: Reads, profile: Profile, since: EventId) -> bool:
    """Whether somebody has logged in by one of these addresses, later than an event."""
    values = {
        "organisation": reads.organisation,
        "addresses": sorted(login_addresses(profile)),
        "since": since,
    }
    return reads.execute(_LOGGED_IN, values).first() is not None


def login_addresses(profile: Profile) -> set[str]:
    """What a login as this customer proves, as a browser's row keeps it."""
    found = {f"email:{mailbox_key(one.email)}" for one in profile.emails}
    return found | {f"externalId:{one.external_id}" for one in profile.external_ids}


def list_unproven(reads: Reads, customer: CustomerId) -> list[VisitorId]:
    """Browsers of a customer that never logged in, and see all that was said with the customer."""
    values = {"organisation": reads.organisation, "customer": customer}
    return [VisitorId(row.id) for row in reads.execute(_UNPROVEN, values)]


def _merge(row: Any) -> Merge:
    return Merge(
        id=row.id,
        source=row.source,
        target=row.target,
        kind=row.kind,
        merged_at=row.merged_at,
        merged_by=_decode_reference(row.merged_by),
        merged_in=row.merged_in,
        moved=_decode_moved(row.moved),
        carried=_decode_ids(row.carried),
        target_profile=None if row.target_profile is None else _decode_profile(row.target_profile),
        target_identified=bool(row.target_identified),
        undone_at=row.undone_at,
        undone_by=None if row.undone_by is None else _decode_reference(row.undone_by),
        undone_in=row.undone_in,
        returned=None if row.returned is None else _decode_moved(row.returned),
    )
