"""How the facts of this slice become rows."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import bindparam, delete, insert, literal_column, select, update

from kithdesk.core.events import Event, Recorded
from kithdesk.core.names import mailbox_key
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Projector, Rows
from kithdesk.customers.activity import note_seen
from kithdesk.customers.events import (
    CustomerCreated,
    CustomerMerged,
    CustomerUpdated,
    VisitorDescribed,
    VisitorIdentified,
)
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.profile import AddressKind, Claims, Profile, Reference
from kithdesk.customers.tables import (
    customer_activity,
    customer_addresses,
    customer_totals,
    customers,
    visitors,
)

_MINE = customers.c.organisation == bindparam("organisation")
_INSERT = insert(customers)
_UPDATE: dict[tuple[bool, bool], Any] = {}
for _profile in (False, True):
    for _claims in (False, True):
        _values: dict[str, Any] = {
            "display_name": bindparam("display_name"),
            "is_identified": bindparam("is_identified"),
            "updated_at": bindparam("at"),
            "modified_at": bindparam("at"),
            "modified_by": bindparam("by"),
            "rev": literal_column("rev + 1"),
        }
        if _profile:
            _values["profile"] = bindparam("profile")
        if _claims:
            _values["claims"] = bindparam("claims")
        _UPDATE[_profile, _claims] = (
            update(customers).where(_MINE, customers.c.id == bindparam("customer")).values(_values)
        )

_POINT_TO = (
    update(customers)
    .where(_MINE, customers.c.merged_into == bindparam("source"))
    .values(merged_into=bindparam("customer"))
)
_MERGE = (
    update(customers)
    .where(_MINE, customers.c.id == bindparam("source"))
    .values(merged_into=bindparam("customer"), updated_at=bindparam("at"), rev=literal_column("rev + 1"))
)
_GREW = (
    update(customers)
    .where(_MINE, customers.c.id == bindparam("customer"))
    .values(updated_at=bindparam("at"), rev=literal_column("rev + 1"))
)

_INSERT_ACTIVITY = insert(customer_activity)
_ACTIVITY = select(customer_activity).where(
    customer_activity.c.organisation == bindparam("organisation"),
    customer_activity.c.customer == bindparam("customer"),
)
_REPLACE_ACTIVITY = Upsert(customer_activity, ["organisation", "customer"])

_INSERT_ADDRESS = insert(customer_addresses)
_FORGET_ADDRESSES = delete(customer_addresses).where(
    customer_addresses.c.organisation == bindparam("organisation"),
    customer_addresses.c.customer == bindparam("customer"),
)

_PUT_VISITOR = Upsert(visitors, ["organisation", "id"], ["customer", "claims"])
_DESCRIBE_VISITOR = Upsert(visitors, ["organisation", "id"], ["claims"])
_MOVE_VISITORS = (
    update(visitors)
    .where(visitors.c.organisation == bindparam("organisation"), visitors.c.customer == bindparam("source"))
    .values(customer=bindparam("customer"))
)

_FIRST_TOTAL = Upsert(customer_totals, ["organisation"], [])
_COUNT_TOTAL = (
    update(customer_totals)
    .where(customer_totals.c.organisation == bindparam("organisation"))
    .values(total=customer_totals.c.total + bindparam("by"))
)

_LATEST = (
    "last_seen_at",
    "last_activity_at",
    "last_customer_activity_at",
    "last_message_at",
    "last_in_at",
    "last_out_at",
)
_NOTHING = msgspec.json.encode(Claims()).decode()


def encode(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def project_created(rows: Rows, recorded: Recorded[CustomerCreated]) -> None:
    event = recorded.event
    by = encode(Reference.of(recorded.actor))
    rows.execute(
        _INSERT,
        {
            "organisation": rows.organisation,
            "id": event.customer,
            "display_name": event.display_name,
            "profile": encode(event.profile),
            "claims": encode(event.claims),
            "is_identified": event.is_identified,
            "created_at": recorded.at if event.created_at is None else event.created_at,
            "created_by": by,
            "updated_at": recorded.at,
            "modified_at": recorded.at,
            "modified_by": by,
            "imported_at": event.imported_at,
            "rev": 1,
            "merged_into": None,
        },
    )
    rows.execute(
        _INSERT_ACTIVITY,
        {
            "organisation": rows.organisation,
            "customer": event.customer,
            "last_seen_at": None if event.visitor is None else recorded.at,
            "last_activity_at": recorded.at,
            "last_customer_activity_at": None if event.visitor is None else recorded.at,
            "last_message_at": None,
            "last_in_at": None,
            "last_in_channel": None,
            "last_out_at": None,
            "waiting_since": None,
            "last_conversation": None,
            "preview": None,
            "conversations_open": 0,
            "conversations_snoozed": 0,
            "conversations_done": 0,
        },
    )
    _remember_addresses(rows, event.customer, event.profile)
    if event.visitor is not None:
        _put_visitor(rows, event.visitor, event.customer, recorded.at)
    _count(rows, 1)


def project_updated(rows: Rows, recorded: Recorded[CustomerUpdated]) -> None:
    event = recorded.event
    values: dict[str, Any] = {
        "organisation": rows.organisation,
        "customer": event.customer,
        "display_name": event.display_name,
        "is_identified": event.is_identified,
        "at": recorded.at,
        "by": encode(Reference.of(recorded.actor)),
    }
    if event.profile is not None:
        values["profile"] = encode(event.profile)
    if event.claims is not None:
        values["claims"] = encode(event.claims)
    rows.execute(_UPDATE[event.profile is not None, event.claims is not None], values)
    if event.profile is not None:
        rows.execute(_FORGET_ADDRESSES, {"organisation": rows.organisation, "customer": event.customer})
        _remember_addresses(rows, event.customer, event.profile)


def project_merged(rows: Rows, recorded: Recorded[CustomerMerged]) -> None:
    event = recorded.event
    ids = {"organisation": rows.organisation, "source": event.source, "customer": event.customer}
    rows.execute(_POINT_TO, ids)
    rows.execute(_MERGE, {**ids, "at": recorded.at})
    rows.execute(_GREW, {"organisation": rows.organisation, "customer": event.customer, "at": recorded.at})
    rows.execute(_FORGET_ADDRESSES, {"organisation": rows.organisation, "customer": event.source})
    rows.execute(_MOVE_VISITORS, ids)
    _add_up(rows, event.source, event.customer)
    _count(rows, -1)


def _add_up(rows: Rows, source: str, target: str) -> None:
    """Counts add up, and of every last thing the later one is the last."""
    one = rows.execute(_ACTIVITY, {"organisation": rows.organisation, "customer": source}).one()
    other = rows.execute(_ACTIVITY, {"organisation": rows.organisation, "customer": target}).one()
    sums = {
        name: getattr(one, name) + getattr(other, name)
        for name in ("conversations_open", "conversations_snoozed", "conversations_done")
    }
    latest = {
        name: max((at for at in (getattr(one, name), getattr(other, name)) if at is not None), default=None)
        for name in _LATEST
    }
    newer = one if (one.last_message_at or 0) > (other.last_message_at or 0) else other
    waiting = [at for at in (one.waiting_since, other.waiting_since) if at is not None]
    rows.execute(
        _REPLACE_ACTIVITY,
        {
            "organisation": rows.organisation,
            "customer": target,
            **sums,
            **latest,
            "last_in_channel": newer.last_in_channel,
            "last_conversation": newer.last_conversation,
            "preview": newer.preview,
            "waiting_since": min(waiting, default=None),
        },
    )


def project_identified(rows: Rows, recorded: Recorded[VisitorIdentified]) -> None:
    _put_visitor(rows, recorded.event.visitor, recorded.event.customer, recorded.at)
    note_seen(rows, CustomerId(recorded.event.customer), at=recorded.at)


def project_described(rows: Rows, recorded: Recorded[VisitorDescribed]) -> None:
    rows.execute(
        _DESCRIBE_VISITOR,
        {
            "organisation": rows.organisation,
            "id": recorded.event.visitor,
            "customer": None,
            "claims": encode(recorded.event.claims),
            "created_at": recorded.at,
        },
    )


def _put_visitor(rows: Rows, visitor: str, customer: str, at: int) -> None:
    values = {
        "organisation": rows.organisation,
        "id": visitor,
        "customer": customer,
        "claims": _NOTHING,
        "created_at": at,
    }
    rows.execute(_PUT_VISITOR, values)


def _remember_addresses(rows: Rows, customer: str, profile: Profile) -> None:
    found = dict.fromkeys(addresses_of(profile))
    for kind, value in found:
        rows.execute(
            _INSERT_ADDRESS,
            {"organisation": rows.organisation, "kind": kind, "value": value, "customer": customer},
        )


def addresses_of(profile: Profile) -> list[tuple[AddressKind, str]]:
    """What finds this customer, as (kind, normal form)."""
    return [
        *(("email", mailbox_key(entry.email)) for entry in profile.emails),
        *(("phone", entry.phone) for entry in profile.phones),
        *(("external_id", entry.external_id) for entry in profile.external_ids),
    ]


def _count(rows: Rows, by: int) -> None:
    rows.execute(_FIRST_TOTAL, {"organisation": rows.organisation, "total": 0})
    rows.execute(_COUNT_TOTAL, {"organisation": rows.organisation, "by": by})


PROJECTORS: dict[type[Event], tuple[Projector, ...]] = {
    CustomerCreated: (project_created,),
    CustomerUpdated: (project_updated,),
    CustomerMerged: (project_merged,),
    VisitorIdentified: (project_identified,),
    VisitorDescribed: (project_described,),
}
