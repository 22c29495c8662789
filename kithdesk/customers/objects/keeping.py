"""Keeping records: making, changing and deleting them, and taking them in from other systems.

Another system repeats itself and does not keep the order. What is repeated states nothing; what is older than what is
kept, by that system's own clock, is passed over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kithdesk import attributes
from kithdesk.core.clock import Instant
from kithdesk.core.errors import ChangedMeanwhile
from kithdesk.core.work import Work
from kithdesk.customers.addresses import clean_external_id
from kithdesk.customers.dating import check_may_date
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.objects.by_hand import check_may_add, check_may_change
from kithdesk.customers.objects.cards import title_of
from kithdesk.customers.objects.errors import KlassClosed
from kithdesk.customers.objects.events import (
    KObjectConfirmed,
    KObjectCreated,
    KObjectMoved,
    KObjectRemoved,
    KObjectUnlinked,
    KObjectUpdated,
)
from kithdesk.customers.objects.ids import ObjectId
from kithdesk.customers.objects.queries import find_by_external_id, get_klass, get_object
from kithdesk.customers.objects.stating import as_it_is, card_of, changes_between, said_after
from kithdesk.customers.objects.told import check_source_time


def create_object(
    work: Work,
    klass_key: str,
    given: Mapping[str, Any],
    *,
    created_at: Instant | None = None,
    imported_at: Instant | None = None,
    source_at: Instant | None = None,
) -> ObjectId:
    """A new record of a klass, by the names of `KObject` and `Content`.

    Raises `NotFound` without such a klass, `KlassClosed`, `KeptElsewhere`, `ExternalIdTaken`, `BadParameter`,
    `NotYoursToDate`, and what `attributes` refuses of `custom`.
    """
    klass = get_klass(work, klass_key)
    if klass.status != "enabled":
        raise KlassClosed(klass.status)
    check_may_add(work.actor, klass)
    check_may_date(work.actor, createdAt=created_at, importedAt=imported_at)
    check_source_time(work.actor, work.now, klass, None, source_at)
    said = said_after(work, klass, None, given)
    id = ObjectId(work.new_id())
    work.publish(
        KObjectCreated(
            kobject=id,
            klass=klass.name,
            created_at=created_at,
            imported_at=imported_at,
            source_at=source_at,
            **said,
            **card_of(work, klass, said),
        )
    )
    return id


def change_object(
    work: Work,
    id: ObjectId,
    given: Mapping[str, Any],
    *,
    klass_key: str | None = None,
    replace: bool = False,
    rev: int | None = None,
    source_at: Instant | None = None,
) -> ObjectId:
    """Sets what is given; `custom` is merged, and a None in it clears. `replace` clears what is left out.

    What is so already states nothing, and what is older than what is kept is passed over. Raises the same, and
    `NotFound`, and `ChangedMeanwhile` when `rev` is not the record's any more.
    """
    klass = None if klass_key is None else get_klass(work, klass_key)
    known = get_object(work, id, klass=None if klass is None else klass.name)
    klass = klass or get_klass(work, known.klass)
    if klass.status == "disabled":
        raise KlassClosed(klass.status)
    check_may_change(work.actor, klass, known)
    check_source_time(work.actor, work.now, klass, known, source_at)
    if rev is not None and rev != known.rev:
        raise ChangedMeanwhile("The record")
    if source_at is not None and known.source_at is not None and source_at < known.source_at:
        return id
    said = said_after(work, klass, known, given, replace=replace)
    before = as_it_is(known)
    if said == before:
        if source_at not in (None, known.source_at):
            work.publish(KObjectConfirmed(kobject=id, source_at=source_at))
        return id
    card = card_of(work, klass, said)
    conversation = known.conversation
    if known.customer not in (None, said["customer"]):
        named = {"klass": klass.name, "look": klass.look, "title": card["card_title"]}
        if conversation is not None:  # it is with the one whose it was
            work.publish(
                KObjectUnlinked(kobject=id, customer=known.customer, conversation=conversation, **named)
            )
            conversation = None
        work.publish(KObjectMoved(kobject=id, customer=known.customer, to=said["customer"], **named))
    work.publish(
        KObjectUpdated(
            kobject=id,
            klass=klass.name,
            conversation=conversation,
            created_at=known.created_at,
            source_at=known.source_at if source_at is None else source_at,
            customer_before=known.customer,
            changes=changes_between(work, klass, before, said),
            **said,
            **card,
        )
    )
    return id


def upsert_object(
    work: Work,
    klass_name: str,
    *,
    external_id: str,
    customer: CustomerId | None = None,
    named_by: Sequence[str] | None = None,
    title: str | None = None,
    description: str | None = None,
    custom: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
    tags: Sequence[str] | None = None,
    occurred_at: Instant | None = None,
    created_at: Instant | None = None,
) -> tuple[ObjectId, bool]:
    """The record that another system knows by this id, as it is there; whether it is new.

    What is None stays as it is. `named_by`: the addresses that the other system has of the customer.
    `occurred_at`: that system's time of this version; `created_at`: of the record.
    Raises what `create_object` and `change_object` raise.
    """
    given = {
        "customer": customer,
        "named_by": named_by,
        "title": title,
        "description": description,
        "custom": custom,
        "data": data,
        "tags": tags,
    }
    said = {name: value for name, value in given.items() if value is not None}
    return put_object(work, klass_name, external_id, said, source_at=occurred_at, created_at=created_at)


def put_object(
    work: Work,
    klass_key: str,
    external_id: str,
    given: Mapping[str, Any],
    *,
    replace: bool = False,
    source_at: Instant | None = None,
    created_at: Instant | None = None,
    imported_at: Instant | None = None,
) -> tuple[ObjectId, bool]:
    """The same by field names. Raises the same."""
    klass = get_klass(work, klass_key)
    check_may_date(work.actor, createdAt=created_at, importedAt=imported_at)
    name = clean_external_id(external_id, parameter="externalId")
    known = find_by_external_id(work, klass.name, name)
    if known is not None:
        changed = change_object(work, known.id, given, replace=replace, source_at=source_at)
        return changed, False
    made = create_object(
        work,
        klass.name,
        {**given, "external_id": name},
        created_at=created_at,
        imported_at=imported_at,
        source_at=source_at,
    )
    return made, True


def remove_object(work: Work, id: ObjectId, *, klass_key: str | None = None) -> None:
    """Raises `NotFound`, `KlassClosed`, `KeptElsewhere`."""
    klass = None if klass_key is None else get_klass(work, klass_key)
    known = get_object(work, id, klass=None if klass is None else klass.name)
    klass = klass or get_klass(work, known.klass)
    if klass.status == "disabled":
        raise KlassClosed(klass.status)
    check_may_change(work.actor, klass, known)
    declared = attributes.declared(work, klass.owner)
    work.publish(
        KObjectRemoved(
            kobject=known.id,
            klass=klass.name,
            customer=known.customer,
            conversation=known.conversation,
            look=klass.look,
            title=title_of(klass, declared, known.content, known.external_id),
        )
    )
