"""Every SELECT of customers. Each begins with the organisation of who asks; a visitor sees only themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import bindparam, select

from kithdesk import attributes
from kithdesk.core.clock import Instant
from kithdesk.core.errors import NotFound
from kithdesk.core.ids import is_id
from kithdesk.core.names import mailbox_key
from kithdesk.core.work import Reads
from kithdesk.customers.ids import CustomerId, VisitorId
from kithdesk.customers.narrowing import Departure, departures_of
from kithdesk.customers.profile import AddressKind, Claims, Profile, Reference
from kithdesk.customers.tables import (
    customer_activity,
    customer_addresses,
    customer_shared_addresses,
    customer_totals,
    customers,
    visitor_sights,
    visitors,
)

_decode_profile = msgspec.json.Decoder(Profile).decode
_decode_claims = msgspec.json.Decoder(Claims).decode
_decode_ids = msgspec.json.Decoder(tuple[str, ...]).decode
_decode_reference = msgspec.json.Decoder(Reference).decode


class Activity(msgspec.Struct, frozen=True, kw_only=True):
    """What happened lately. Instants; `waiting_since`: the first message of theirs that nobody answered yet."""

    last_seen_at: Instant | None
    last_activity_at: Instant
    last_customer_activity_at: Instant | None
    last_message_at: Instant | None
    last_in_at: Instant | None
    last_in_channel: str | None
    last_out_at: Instant | None
    waiting_since: Instant | None
    last_tracked_at: Instant | None
    last_conversation: str | None
    preview: str | None
    conversations_open: int
    conversations_snoozed: int
    conversations_done: int


class Customer(msgspec.Struct, frozen=True, kw_only=True):
    """One customer record."""

    id: CustomerId
    display_name: str
    profile: Profile
    claims: Claims
    is_identified: bool
    created_at: Instant
    created_by: Reference
    updated_at: Instant
    modified_at: Instant
    modified_by: Reference
    imported_at: Instant | None
    rev: int
    activity: Activity


class Visitor(msgspec.Struct, frozen=True, kw_only=True):
    """A browser. `customer` is None until the first message or login, `proven` what its last login proved.

    `sees`: an agent merged its customer with another, and it never logged in. So it may see these conversations and
    those it opens, and nothing of the other's. `departed`: somebody proven took these up since, so it has no part in
    them any more.
    """

    id: VisitorId
    customer: CustomerId | None
    is_identified: bool = False
    proven: str | None = None
    sees: tuple[str, ...] | None = None
    departed: dict[str, Departure] = {}
    display_name: str = ""
    claims: Claims = Claims()


_ORGANISATION = customers.c.organisation == bindparam("organisation")
_WHOLE = select(
    *(column for column in customers.c if column.name != "organisation"),
    *(column for column in customer_activity.c if column.name not in ("organisation", "customer")),
).select_from(
    customers.join(
        customer_activity,
        (customer_activity.c.organisation == customers.c.organisation)
        & (customer_activity.c.customer == customers.c.id),
    )
)
_BY_ID = _WHOLE.where(_ORGANISATION, customers.c.id == bindparam("id"))
_BY_IDS = _WHOLE.where(
    _ORGANISATION, customers.c.id.in_(bindparam("ids", expanding=True)), customers.c.merged_into.is_(None)
)
attributes.keeps(
    "customer",
    select(customers.c.id).where(_ORGANISATION, customers.c.id.in_(bindparam("ids", expanding=True))),
)
_SURVIVOR = select(customers.c.merged_into).where(_ORGANISATION, customers.c.id == bindparam("id"))
_BY_ADDRESS = select(customer_addresses.c.customer).where(
    customer_addresses.c.organisation == bindparam("organisation"),
    customer_addresses.c.kind == bindparam("kind"),
    customer_addresses.c.value == bindparam("value"),
)
_BY_SHARED_ADDRESS = (
    select(customer_shared_addresses.c.customer)
    .where(
        customer_shared_addresses.c.organisation == bindparam("organisation"),
        customer_shared_addresses.c.kind == bindparam("kind"),
        customer_shared_addresses.c.value == bindparam("value"),
    )
    .limit(2)
)
_MERGED_INTO = select(customers.c.id).where(_ORGANISATION, customers.c.merged_into == bindparam("id"))
_PARTED = select(customers.c.id).where(
    _ORGANISATION, customers.c.id == bindparam("id"), customers.c.has_parted.is_(True)
)
_PAST = _MERGED_INTO.union_all(_PARTED)
_VISITOR = (
    select(
        visitors.c.id,
        visitors.c.customer,
        visitors.c.claims,
        visitors.c.proven,
        visitor_sights.c.conversations.label("sees"),
        visitors.c.has_departed,
        customers.c.is_identified,
        customers.c.display_name,
    )
    .select_from(
        visitors.outerjoin(
            customers,
            (customers.c.organisation == visitors.c.organisation) & (customers.c.id == visitors.c.customer),
        ).outerjoin(
            visitor_sights,
            (visitor_sights.c.organisation == visitors.c.organisation)
            & (visitor_sights.c.id == visitors.c.sees),
        )
    )
    .where(visitors.c.organisation == bindparam("organisation"), visitors.c.id == bindparam("id"))
)
_VISITORS_OF = select(visitors.c.id).where(
    visitors.c.organisation == bindparam("organisation"), visitors.c.customer == bindparam("customer")
)
_TOTAL = select(customer_totals.c.total).where(customer_totals.c.organisation == bindparam("organisation"))
_LAST_CONVERSATION = select(customer_activity.c.last_conversation).where(
    customer_activity.c.organisation == bindparam("organisation"),
    customer_activity.c.customer == bindparam("id"),
)


def get_customer(reads: Reads, id: CustomerId) -> Customer:
    """The record, or the one it was merged into. Raises `NotFound`."""
    customer = find_customer(reads, id)
    if customer is None:
        raise NotFound
    return customer


def find_customer(reads: Reads, id: CustomerId) -> Customer | None:
    if not is_id(id) or (reads.actor.is_visitor and reads.actor.id != id):
        return None
    return load_customer(reads, id)


def load_customer(reads: Reads, id: CustomerId) -> Customer | None:
    """The same for verbs that act for the company, whoever caused them."""
    row = reads.execute(_BY_ID, {"organisation": reads.organisation, "id": id}).first()
    if row is not None and row.merged_into is not None:
        row = reads.execute(_BY_ID, {"organisation": reads.organisation, "id": row.merged_into}).first()
    return None if row is None else _customer(row)


def get_whole(reads: Reads, id: CustomerId) -> Customer:
    """The record itself, also when it was merged away. Raises `NotFound`."""
    row = reads.execute(_BY_ID, {"organisation": reads.organisation, "id": id}).first()
    if row is None:
        raise NotFound
    return _customer(row)


def find_customers(reads: Reads, ids: Sequence[str]) -> list[Customer]:
    """Those that exist, in the order of `ids`."""
    values = {"organisation": reads.organisation, "ids": [id for id in ids if is_id(id)]}
    found = {row.id: _customer(row) for row in reads.execute(_BY_IDS, values)}
    return [found[id] for id in ids if id in found]


def find_by_address(reads: Reads, kind: AddressKind, value: str) -> CustomerId | None:
    """Whose address it is; `value` in its normal form."""
    found = reads.execute(
        _BY_ADDRESS, {"organisation": reads.organisation, "kind": kind, "value": value}
    ).scalar()
    return None if found is None else CustomerId(found)


def find_by_shared_address(reads: Reads, kind: AddressKind, value: str) -> CustomerId | None:
    """Who shares the address, if that is one customer and no more."""
    values = {"organisation": reads.organisation, "kind": kind, "value": value}
    found = reads.execute(_BY_SHARED_ADDRESS, values).rows
    return CustomerId(found[0].customer) if len(found) == 1 else None


def find_by_email(reads: Reads, email: str) -> CustomerId | None:
    return find_by_address(reads, "email", mailbox_key(email))


def find_by_phone(reads: Reads, phone: str) -> CustomerId | None:
    """Whose telephone number this is, in E.164."""
    return find_by_address(reads, "phone", phone)


def find_by_external_id(reads: Reads, external_id: str) -> CustomerId | None:
    return find_by_address(reads, "external_id", external_id)


def find_survivor(reads: Reads, id: str) -> CustomerId | None:
    """The customer into whom this one was merged, or None when it stands for itself."""
    found = reads.execute(_SURVIVOR, {"organisation": reads.organisation, "id": id}).scalar()
    return None if found is None else CustomerId(found)


def customer_ids(reads: Reads, id: CustomerId) -> list[CustomerId]:
    """The customer and all that were merged into them: whose events are this customer's."""
    merged = reads.execute(_MERGED_INTO, {"organisation": reads.organisation, "id": id})
    return [id, *(CustomerId(row.id) for row in merged)]


def past_ids(reads: Reads, id: CustomerId) -> tuple[list[CustomerId], bool]:
    """The same, and whether a merge of any of them was undone: then not all of their events are this customer's."""
    found = [row.id for row in reads.execute(_PAST, {"organisation": reads.organisation, "id": id})]
    return [id, *(CustomerId(one) for one in found if one != id)], id in found


def find_last_conversation(reads: Reads, id: CustomerId) -> str | None:
    """The conversation where something was said last."""
    found: str | None = reads.execute(
        _LAST_CONVERSATION, {"organisation": reads.organisation, "id": id}
    ).scalar()
    return found


def find_visitor(reads: Reads, id: VisitorId) -> Visitor | None:
    """Whose browser it is. None until it wrote, logged in or was described."""
    row = reads.execute(_VISITOR, {"organisation": reads.organisation, "id": id}).first()
    if row is None:
        return None
    return Visitor(
        id=row.id,
        customer=row.customer,
        is_identified=bool(row.is_identified),
        proven=row.proven,
        sees=None if row.sees is None else _decode_ids(row.sees),
        departed=departures_of(reads, id) if row.has_departed else {},
        display_name=row.display_name or "",
        claims=_decode_claims(row.claims),
    )


def list_visitors(reads: Reads, customer: CustomerId) -> list[VisitorId]:
    """The browsers of one customer."""
    values = {"organisation": reads.organisation, "customer": customer}
    return [VisitorId(row.id) for row in reads.execute(_VISITORS_OF, values)]


def count_customers(reads: Reads) -> int:
    return reads.execute(_TOTAL, {"organisation": reads.organisation}).scalar() or 0


def _customer(row: Any) -> Customer:
    activity = Activity(**{name: getattr(row, name) for name in Activity.__struct_fields__})
    return Customer(
        id=row.id,
        display_name=row.display_name,
        profile=_decode_profile(row.profile),
        claims=_decode_claims(row.claims),
        is_identified=row.is_identified,
        created_at=row.created_at,
        created_by=_decode_reference(row.created_by),
        updated_at=row.updated_at,
        modified_at=row.modified_at,
        modified_by=_decode_reference(row.modified_by),
        imported_at=row.imported_at,
        rev=row.rev,
        activity=activity,
    )
