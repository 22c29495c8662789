"""How a merge, and its undoing, become rows.

The source keeps its row and its activity as they were, only out of sight: undoing shows them again. Of the target the
merge's own row remembers what it was.
"""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import bindparam, func, insert, literal_column, null, select, true, update

from kithdesk.core.events import Event, Recorded
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Projector, Rows
from kithdesk.customers.address_rows import forget_addresses, remember_addresses
from kithdesk.customers.duplicates.rows import forget_hints, remember_dismissal, renew_hints
from kithdesk.customers.events import CustomerMerged, CustomerUnmerged
from kithdesk.customers.merging.entities import Moved
from kithdesk.customers.merging.tables import customer_merges
from kithdesk.customers.merging.telling import part_told
from kithdesk.customers.narrowing import narrow_visitors
from kithdesk.customers.profile import Profile, Reference
from kithdesk.customers.tables import customer_activity, customers, visitors
from kithdesk.customers.total_rows import count_total

_MINE = customers.c.organisation == bindparam("organisation")
_ROW = update(customers).where(_MINE, customers.c.id == bindparam("customer"))
_GROWS: dict[str, Any] = {"updated_at": bindparam("at"), "rev": literal_column("rev + 1")}
_POINT_TO = (
    update(customers)
    .where(_MINE, customers.c.merged_into == bindparam("source"))
    .values(merged_into=bindparam("customer"))
)
_MERGE = (
    update(customers)
    .where(_MINE, customers.c.id == bindparam("source"))
    .values(merged_into=bindparam("customer"), **_GROWS)
)
_GREW = _ROW.values(_GROWS)
_JOINED = _ROW.values(
    **_GROWS,
    profile=bindparam("profile"),
    display_name=bindparam("display_name"),
    is_identified=bindparam("is_identified"),
    created_at=bindparam("created_at"),
    modified_at=bindparam("at"),
    modified_by=bindparam("by"),
)
_RESTORED = _ROW.values(
    **_GROWS,
    merged_into=null(),
    profile=bindparam("profile"),
    display_name=bindparam("display_name"),
    is_identified=bindparam("is_identified"),
)
_PARTED = _ROW.values(
    **_GROWS,
    profile=bindparam("profile"),
    display_name=bindparam("display_name"),
    is_identified=bindparam("is_identified"),
    created_at=bindparam("created_at"),
    modified_at=bindparam("at"),
    modified_by=bindparam("by"),
)
_MARK = (
    update(customers)
    .where(_MINE, customers.c.id.in_(bindparam("ids", expanding=True)))
    .values(has_parted=true())
)
_PARTED_BEFORE = select(customers.c.has_parted).where(_MINE, customers.c.id == bindparam("id"))
_BEFORE = select(customers.c.created_at).where(_MINE, customers.c.id == bindparam("id"))
_OLDEST_MERGED = select(func.min(customers.c.created_at)).where(
    _MINE, customers.c.merged_into == bindparam("customer")
)
_POINT_BACK = _ROW.values(merged_into=bindparam("source"))

_ACTIVITY = select(*(column for column in customer_activity.c if column.name != "organisation")).where(
    customer_activity.c.organisation == bindparam("organisation"),
    customer_activity.c.customer == bindparam("customer"),
)
_REPLACE_ACTIVITY = Upsert(customer_activity, ["organisation", "customer"])

_VISITORS = update(visitors).where(visitors.c.organisation == bindparam("organisation"))
_MOVE_VISITORS = _VISITORS.where(visitors.c.customer == bindparam("source")).values(
    customer=bindparam("customer")
)
_RETURN_VISITOR = _VISITORS.where(visitors.c.id == bindparam("visitor")).values(
    customer=bindparam("customer")
)

_WIDEN = _VISITORS.where(
    visitors.c.customer == bindparam("customer"),
    visitors.c.id.not_in(bindparam("narrowed", expanding=True)),
).values(sees=null())

_INSERT = insert(customer_merges)
_OF_MERGE = customer_merges.c.organisation == bindparam("organisation")
_FIND = select(customer_merges.c.target_created_at, customer_merges.c.target_activity).where(
    _OF_MERGE, customer_merges.c.id == bindparam("merge")
)
_STANDING = (
    select(customer_merges.c.id)
    .where(
        _OF_MERGE,
        customer_merges.c.target == bindparam("customer"),
        customer_merges.c.kind == "agent",
        customer_merges.c.undone_at.is_(None),
    )
    .limit(1)
)
_UNDO = (
    update(customer_merges)
    .where(_OF_MERGE, customer_merges.c.id == bindparam("merge"))
    .values(
        undone_at=bindparam("at"),
        undone_by=bindparam("by"),
        undone_in=bindparam("event"),
        returned=bindparam("returned"),
    )
)

_LATEST = (
    "last_seen_at",
    "last_activity_at",
    "last_customer_activity_at",
    "last_message_at",
    "last_in_at",
    "last_out_at",
    "last_tracked_at",
)
_COUNTS = ("conversations_open", "conversations_snoozed", "conversations_done")


def project_merged(rows: Rows, recorded: Recorded[CustomerMerged]) -> None:
    event = recorded.event
    ids = {"organisation": rows.organisation, "source": event.source, "customer": event.customer}
    one, other = _activity(rows, event.source), _activity(rows, event.customer)
    _remember_merge(rows, recorded, other)
    rows.execute(_POINT_TO, ids)
    rows.execute(_MERGE, {**ids, "at": recorded.at})
    forget_addresses(rows, event.source)
    forget_hints(rows, event.source)
    if event.profile is None:
        rows.execute(_GREW, {**ids, "at": recorded.at})
    else:
        _join(rows, recorded, event.profile)
    if rows.execute(_PARTED_BEFORE, {**ids, "id": event.source}).scalar():
        rows.execute(_MARK, {**ids, "ids": [event.customer]})
    rows.execute(_MOVE_VISITORS, ids)
    narrow_visitors(rows, event.narrowed)
    rows.execute(_REPLACE_ACTIVITY, {"organisation": rows.organisation, **_sum(one, other)})
    count_total(rows, -1)


def _remember_merge(rows: Rows, recorded: Recorded[CustomerMerged], activity: dict[str, Any]) -> None:
    event = recorded.event
    before = rows.execute(_BEFORE, {"organisation": rows.organisation, "id": event.customer}).one()
    rows.execute(
        _INSERT,
        {
            "organisation": rows.organisation,
            "id": event.merge or recorded.id,
            "source": event.source,
            "target": event.customer,
            "kind": event.by,
            "merged_at": recorded.at,
            "merged_by": _encode(Reference.of(recorded.actor)),
            "merged_in": recorded.id,
            "moved": _encode(Moved(tuple(event.conversations), tuple(event.kobjects), tuple(event.visitors))),
            "carried": _encode(event.carried),
            "target_profile": None if event.before is None else _encode(event.before),
            "target_identified": event.was_identified,
            "target_created_at": before.created_at,
            "target_activity": _encode(activity),
            "undone_at": None,
            "undone_by": None,
            "undone_in": None,
            "returned": None,
        },
    )


def _join(rows: Rows, recorded: Recorded[CustomerMerged], profile: Profile) -> None:
    event = recorded.event
    ages = [
        rows.execute(_BEFORE, {"organisation": rows.organisation, "id": id}).one().created_at
        for id in (event.source, event.customer)
    ]
    rows.execute(
        _JOINED,
        {
            "organisation": rows.organisation,
            "customer": event.customer,
            "profile": _encode(profile),
            "display_name": event.display_name,
            "is_identified": bool(event.is_identified),
            "created_at": min(ages),
            "at": recorded.at,
            "by": _encode(Reference.of(recorded.actor)),
        },
    )
    forget_addresses(rows, event.customer)
    remember_addresses(rows, event.customer, profile)
    renew_hints(rows, event.customer)


def _sum(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """The activity of `other` with that of `one`: counts add up, and of every last thing the later one is the last."""
    newer = one if (one["last_message_at"] or 0) > (other["last_message_at"] or 0) else other
    heard = one if (one["last_in_at"] or 0) > (other["last_in_at"] or 0) else other
    waiting = [at for at in (one["waiting_since"], other["waiting_since"]) if at is not None]
    return {
        "customer": other["customer"],
        **{name: one[name] + other[name] for name in _COUNTS},
        **{name: _latest(one[name], other[name]) for name in _LATEST},
        **{name: newer[name] for name in ("last_conversation", "preview")},
        "last_in_channel": heard["last_in_channel"],
        "waiting_since": min(waiting, default=None),
    }


def _latest(*instants: int | None) -> int | None:
    return max((at for at in instants if at is not None), default=None)


def project_unmerged(rows: Rows, recorded: Recorded[CustomerUnmerged]) -> None:
    """The activity of both is what it was when they were merged; those who know conversations bring it up to date."""
    event = recorded.event
    here = {"organisation": rows.organisation, "at": recorded.at}
    by = _encode(Reference.of(recorded.actor))
    merge = rows.execute(_FIND, {**here, "merge": event.merge}).one()
    returned = Moved(tuple(event.conversations), tuple(event.kobjects), tuple(event.visitors))
    rows.execute(
        _UNDO, {**here, "merge": event.merge, "by": by, "event": recorded.id, "returned": _encode(returned)}
    )
    for id in (event.customer, event.of):
        forget_addresses(rows, id)
    restored = _standing(event.profile, event.display_name, is_identified=event.is_identified)
    rows.execute(_RESTORED, {**here, **restored, "customer": event.customer})
    rows.execute(_MARK, {**here, "ids": [event.customer, event.of]})
    for carried in event.carried:
        rows.execute(_POINT_BACK, {**here, "customer": carried, "source": event.customer})
    oldest = rows.execute(_OLDEST_MERGED, {**here, "customer": event.of}).scalar()
    rows.execute(
        _PARTED,
        {
            **here,
            **_standing(event.of_profile, event.of_display_name, is_identified=event.of_is_identified),
            "customer": event.of,
            "created_at": min(at for at in (merge.target_created_at, oldest) if at is not None),
            "by": by,
        },
    )
    remember_addresses(rows, event.customer, event.profile)
    remember_addresses(rows, event.of, event.of_profile)
    part_told(rows, event.customer, event.of, event.profile, event.of_profile)
    for id in (event.customer, event.of):
        renew_hints(rows, id)
    remember_dismissal(rows, event.customer, event.of)
    for visitor in event.visitors:
        rows.execute(_RETURN_VISITOR, {**here, "visitor": visitor, "customer": event.customer})
    for id in (event.customer, event.of):
        is_joined = rows.execute(_STANDING, {**here, "customer": id}).first() is not None
        if not is_joined and not (event.is_identified if id == event.customer else event.of_is_identified):
            rows.execute(_WIDEN, {**here, "customer": id, "narrowed": event.narrowed})
    rows.execute(
        _REPLACE_ACTIVITY,
        {"organisation": rows.organisation, **msgspec.json.decode(merge.target_activity)},
    )
    count_total(rows, 1)


def _standing(profile: Profile, display_name: str, *, is_identified: bool) -> dict[str, Any]:
    return {"profile": _encode(profile), "display_name": display_name, "is_identified": is_identified}


def _activity(rows: Rows, customer: str) -> dict[str, Any]:
    row = rows.execute(_ACTIVITY, {"organisation": rows.organisation, "customer": customer}).one()
    return {
        column.name: getattr(row, column.name)
        for column in customer_activity.c
        if column.name != "organisation"
    }


def _encode(value: Any) -> str:
    return msgspec.json.encode(value).decode()


PROJECTORS: dict[type[Event], tuple[Projector, ...]] = {
    CustomerMerged: (project_merged,),
    CustomerUnmerged: (project_unmerged,),
}
