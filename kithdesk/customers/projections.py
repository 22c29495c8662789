"""How the facts of this slice become rows."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import bindparam, insert, literal_column, update

from kithdesk.core.events import Event, Recorded
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Projector, Rows
from kithdesk.customers.activity import note_seen
from kithdesk.customers.address_rows import forget_addresses, remember_addresses
from kithdesk.customers.companies import projections as companies
from kithdesk.customers.duplicates.rows import project_dismissed, remember_hints, renew_hints
from kithdesk.customers.events import (
    CustomerCreated,
    CustomerRemoved,
    CustomerUpdated,
    DuplicateDismissed,
    VisitorDescribed,
    VisitorIdentified,
    VisitorRecordCreated,
)
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.merging import along_rows
from kithdesk.customers.merging import projections as merging
from kithdesk.customers.merging.telling import remember_told
from kithdesk.customers.narrowing import forget_departures, narrow_visitors
from kithdesk.customers.profile import Claims, Reference
from kithdesk.customers.removing import project_removed
from kithdesk.customers.tables import (
    customer_activity,
    customers,
    logins,
    visitors,
)
from kithdesk.customers.total_rows import count_total

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

_INSERT_ACTIVITY = insert(customer_activity)
_PUT_VISITOR = Upsert(
    visitors, ["organisation", "id"], ["customer", "claims", "sees", "has_departed", "proven"]
)
_DESCRIBE_VISITOR = Upsert(visitors, ["organisation", "id"], ["claims"])
_REMEMBER_LOGIN = Upsert(logins, ["organisation", "proven"])
_NOTHING = msgspec.json.encode(Claims()).decode()


def encode(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def project_created(rows: Rows, recorded: Recorded[CustomerCreated]) -> None:
    event = recorded.event
    by = encode(Reference.of(recorded.actor))
    created_at = recorded.at if event.created_at is None else event.created_at
    rows.execute(
        _INSERT,
        {
            "organisation": rows.organisation,
            "id": event.customer,
            "display_name": event.display_name,
            "profile": encode(event.profile),
            "claims": encode(event.claims),
            "is_identified": event.is_identified,
            "created_at": created_at,
            "created_by": by,
            "updated_at": recorded.at,
            "modified_at": recorded.at,
            "modified_by": by,
            "imported_at": event.imported_at,
            "rev": 1,
            "merged_into": None,
            "has_parted": False,
        },
    )
    rows.execute(
        _INSERT_ACTIVITY,
        {
            "organisation": rows.organisation,
            "customer": event.customer,
            "last_seen_at": None if event.visitor is None else recorded.at,
            "last_activity_at": created_at,
            "last_customer_activity_at": None if event.visitor is None else recorded.at,
            "last_message_at": None,
            "last_in_at": None,
            "last_in_channel": None,
            "last_out_at": None,
            "waiting_since": None,
            "last_tracked_at": None,
            "last_conversation": None,
            "preview": None,
            "conversations_open": 0,
            "conversations_snoozed": 0,
            "conversations_done": 0,
        },
    )
    remember_addresses(rows, event.customer, event.profile)
    remember_hints(rows, event.customer, event.profile, event.claims)
    if event.visitor is not None:
        _put_visitor(rows, event.visitor, event.customer, recorded.at)
    count_total(rows, 1)


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
        forget_addresses(rows, event.customer)
        remember_addresses(rows, event.customer, event.profile)
    if event.told is not None:
        remember_told(rows, event.customer, event.told)
    renew_hints(rows, event.customer)


def project_identified(rows: Rows, recorded: Recorded[VisitorIdentified]) -> None:
    event = recorded.event
    proven = f"{event.by}:{event.address}" if event.address else None
    _put_visitor(rows, event.visitor, event.customer, recorded.at, proven=proven)
    if proven is not None:
        rows.execute(
            _REMEMBER_LOGIN, {"organisation": rows.organisation, "proven": proven, "last_in": recorded.id}
        )
    narrow_visitors(rows, event.narrowed)
    note_seen(rows, CustomerId(event.customer), at=recorded.at)


def project_described(rows: Rows, recorded: Recorded[VisitorDescribed]) -> None:
    rows.execute(
        _DESCRIBE_VISITOR,
        {
            "organisation": rows.organisation,
            "id": recorded.event.visitor,
            "customer": None,
            "claims": encode(recorded.event.claims),
            "sees": None,
            "has_departed": False,
            "proven": None,
            "created_at": recorded.at,
        },
    )


def _put_visitor(rows: Rows, visitor: str, customer: str, at: int, *, proven: str | None = None) -> None:
    """It has a part in whatever is this customer's, and in nothing of whoever it was with."""
    values = {
        "organisation": rows.organisation,
        "id": visitor,
        "customer": customer,
        "claims": _NOTHING,
        "sees": None,
        "has_departed": False,
        "proven": proven,
        "created_at": at,
    }
    rows.execute(_PUT_VISITOR, values)
    forget_departures(rows, visitor)


PROJECTORS: dict[type[Event], tuple[Projector, ...]] = {
    CustomerCreated: (project_created,),
    VisitorRecordCreated: (project_created,),
    CustomerUpdated: (project_updated,),
    CustomerRemoved: (project_removed,),
    **companies.PROJECTORS,
    **merging.PROJECTORS,
    **along_rows.PROJECTORS,
    DuplicateDismissed: (project_dismissed,),
    VisitorIdentified: (project_identified,),
    VisitorDescribed: (project_described,),
}
