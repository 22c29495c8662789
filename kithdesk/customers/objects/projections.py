"""How the facts of custom objects become rows."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import bindparam, delete, func, insert, literal_column, select, update

from kithdesk.core.events import Event, Recorded
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Projector, Rows
from kithdesk.customers.activity import note_seen, note_tracked
from kithdesk.customers.events import CustomerMerged, CustomerUnmerged
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.objects.events import (
    CustomerTracked,
    KlassDeclared,
    KlassRemoved,
    KObjectConfirmed,
    KObjectCreated,
    KObjectLinked,
    KObjectRemoved,
    KObjectUnlinked,
    KObjectUpdated,
)
from kithdesk.customers.objects.tables import klasses, kobject_counts, kobjects
from kithdesk.customers.profile import Reference

_KLASS = (klasses.c.organisation == bindparam("of"), klasses.c.name == bindparam("which"))
_SAID = ("display_name", "plural_name", "icon", "color", "status", "mixins", "card_fields", "card_title")
_INSERT_KLASS = insert(klasses)
_CHANGE_KLASS = (
    update(klasses)
    .where(*_KLASS)
    .values(
        **{name: bindparam(name) for name in _SAID},
        updated_at=bindparam("at"),
        modified_by=bindparam("by"),
        rev=literal_column("rev + 1"),
    )
)
_REMOVE_KLASS = delete(klasses).where(*_KLASS)

_OBJECT = (kobjects.c.organisation == bindparam("of"), kobjects.c.id == bindparam("which"))
_TOUCHED: dict[str, Any] = {
    "updated_at": bindparam("at"),
    "modified_by": bindparam("by"),
    "rev": literal_column("rev + 1"),
}
_INSERT_OBJECT = insert(kobjects)
_CHANGE_OBJECT = (
    update(kobjects)
    .where(*_OBJECT)
    .values(
        external_id=bindparam("external_id"),
        customer=bindparam("customer"),
        named_by=bindparam("named_by"),
        company=bindparam("company"),
        content=bindparam("content"),
        source_at=bindparam("source_at"),
        **_TOUCHED,
    )
)
_CONFIRM_OBJECT = update(kobjects).where(*_OBJECT).values(source_at=bindparam("at"))
_PUT_TO = update(kobjects).where(*_OBJECT).values(conversation=bindparam("conversation"), **_TOUCHED)
_REMOVE_OBJECT = delete(kobjects).where(*_OBJECT)

_COUNT = Upsert(kobject_counts, ["organisation", "owner", "klass"], adds=["total"])
_COUNTED = select(kobject_counts.c.klass, kobject_counts.c.total).where(
    kobject_counts.c.organisation == bindparam("organisation"),
    kobject_counts.c.owner == bindparam("owner"),
    kobject_counts.c.total > 0,
)
_MOVE_ALL = (
    update(kobjects)
    .where(kobjects.c.organisation == bindparam("of"), kobjects.c.customer == bindparam("source"))
    .values(customer=bindparam("target"))
)
_THESE = (
    kobjects.c.organisation == bindparam("of"),
    kobjects.c.customer == bindparam("source"),
    kobjects.c.id.in_(bindparam("ids", expanding=True)),
)
_MOVE_THESE = update(kobjects).where(*_THESE).values(customer=bindparam("target"))
_COUNT_THESE = select(kobjects.c.klass, func.count().label("total")).where(*_THESE).group_by(kobjects.c.klass)
_CHUNK = 500


def project_klass_declared(rows: Rows, recorded: Recorded[KlassDeclared]) -> None:
    event = recorded.event
    by = _by(recorded)
    said = {
        "display_name": event.display_name,
        "plural_name": event.plural_name,
        "icon": event.icon,
        "color": event.color,
        "status": event.status,
        "mixins": _json(event.mixins),
        "card_fields": _json(event.card_fields),
        "card_title": event.card_title,
    }
    if not event.is_new:
        values = {**said, "of": rows.organisation, "which": event.name, "at": recorded.at, "by": by}
        rows.execute(_CHANGE_KLASS, values)
        return
    new = {"created_at": recorded.at, "created_by": by, "updated_at": recorded.at, "modified_by": by}
    rows.execute(
        _INSERT_KLASS,
        {"organisation": rows.organisation, "name": event.name, "id": event.klass, **said, **new, "rev": 1},
    )


def project_klass_removed(rows: Rows, recorded: Recorded[KlassRemoved]) -> None:
    rows.execute(_REMOVE_KLASS, {"of": rows.organisation, "which": recorded.event.name})


def project_created(rows: Rows, recorded: Recorded[KObjectCreated]) -> None:
    event = recorded.event
    by = _by(recorded)
    rows.execute(
        _INSERT_OBJECT,
        {
            "organisation": rows.organisation,
            "id": event.kobject,
            "klass": event.klass,
            "external_id": event.external_id,
            "customer": event.customer,
            "named_by": _json(event.named_by),
            "company": event.company,
            "conversation": event.conversation,
            "content": _json(event.content),
            "created_at": recorded.at if event.created_at is None else event.created_at,
            "created_by": by,
            "updated_at": recorded.at,
            "modified_by": by,
            "imported_at": event.imported_at,
            "source_at": event.source_at,
            "rev": 1,
        },
    )
    _count(rows, "", event.klass, 1)
    _count(rows, event.customer, event.klass, 1)


def project_updated(rows: Rows, recorded: Recorded[KObjectUpdated]) -> None:
    event = recorded.event
    rows.execute(
        _CHANGE_OBJECT,
        {
            **_key(rows, recorded),
            "external_id": event.external_id,
            "customer": event.customer,
            "named_by": _json(event.named_by),
            "company": event.company,
            "content": _json(event.content),
            "source_at": event.source_at,
        },
    )
    if event.customer != event.customer_before:
        _count(rows, event.customer_before, event.klass, -1)
        _count(rows, event.customer, event.klass, 1)


def project_confirmed(rows: Rows, recorded: Recorded[KObjectConfirmed]) -> None:
    event = recorded.event
    rows.execute(_CONFIRM_OBJECT, {"of": rows.organisation, "which": event.kobject, "at": event.source_at})


def project_removed(rows: Rows, recorded: Recorded[KObjectRemoved]) -> None:
    event = recorded.event
    rows.execute(_REMOVE_OBJECT, {"of": rows.organisation, "which": event.kobject})
    _count(rows, "", event.klass, -1)
    _count(rows, event.customer, event.klass, -1)


def project_linked(rows: Rows, recorded: Recorded[KObjectLinked]) -> None:
    rows.execute(_PUT_TO, {**_key(rows, recorded), "conversation": recorded.event.conversation})


def project_unlinked(rows: Rows, recorded: Recorded[KObjectUnlinked]) -> None:
    rows.execute(_PUT_TO, {**_key(rows, recorded), "conversation": None})


def project_merged(rows: Rows, recorded: Recorded[CustomerMerged]) -> None:
    """What was the one's is the other's."""
    source, target = recorded.event.source, recorded.event.customer
    counted = rows.execute(_COUNTED, {"organisation": rows.organisation, "owner": source}).rows
    for row in counted:
        _count(rows, source, row.klass, -row.total)
        _count(rows, target, row.klass, row.total)
    if counted:
        rows.execute(_MOVE_ALL, {"of": rows.organisation, "source": source, "target": target})


def project_unmerged(rows: Rows, recorded: Recorded[CustomerUnmerged]) -> None:
    """What went back with the one is the one's again, unless it became somebody else's since."""
    event = recorded.event
    for start in range(0, len(event.kobjects), _CHUNK):
        these = {
            "of": rows.organisation,
            "source": event.of,
            "ids": event.kobjects[start : start + _CHUNK],
        }
        for row in rows.execute(_COUNT_THESE, these).rows:
            _count(rows, event.of, row.klass, -row.total)
            _count(rows, event.customer, row.klass, row.total)
        rows.execute(_MOVE_THESE, {**these, "target": event.customer})


def project_tracked(rows: Rows, recorded: Recorded[CustomerTracked]) -> None:
    """A page that tells something is looked at; a server that does says nothing of where the customer is."""
    customer = CustomerId(recorded.event.customer)
    note_tracked(rows, customer, at=recorded.at)
    if recorded.actor.is_visitor:
        note_seen(rows, customer, at=recorded.at)


def _key(rows: Rows, recorded: Recorded[Any]) -> dict[str, Any]:
    return {
        "of": rows.organisation,
        "which": recorded.event.kobject,
        "at": recorded.at,
        "by": _by(recorded),
    }


def _by(recorded: Recorded[Any]) -> str:
    return _json(Reference.of(recorded.actor))


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _count(rows: Rows, owner: str | None, klass: str, by: int) -> None:
    if owner is not None:
        values = {"organisation": rows.organisation, "owner": owner, "klass": klass}
        rows.execute(_COUNT, {**values, "total": by})


PROJECTORS: dict[type[Event], tuple[Projector, ...]] = {
    KlassDeclared: (project_klass_declared,),
    KlassRemoved: (project_klass_removed,),
    KObjectCreated: (project_created,),
    KObjectUpdated: (project_updated,),
    KObjectConfirmed: (project_confirmed,),
    KObjectRemoved: (project_removed,),
    KObjectLinked: (project_linked,),
    KObjectUnlinked: (project_unlinked,),
    CustomerMerged: (project_merged,),
    CustomerUnmerged: (project_unmerged,),
    CustomerTracked: (project_tracked,),
}
