"""Keeping records: making, changing and deleting them, and taking them in from other systems.

Another system repeats itself and does not keep the order. What is repeated states nothing; what is older than what is
kept, by that system's own clock, is passed over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kithdesk import attributes
from kithdesk.core.clock import Instant
from kithdesk.core.errors import BadParameter, Conflict
from kithdesk.core.work import Work
from kithdesk.customers.addresses import clean_external_id
from kithdesk.customers.companies.queries import find_companies
from kithdesk.customers.errors import NotYoursToDate
from kithdesk.customers.events import Change
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.objects.cards import fields_of, title_of
from kithdesk.customers.objects.contents import content_of
from kithdesk.customers.objects.entities import Content, Klass, KObject
from kithdesk.customers.objects.errors import ExternalIdTaken, KlassClosed
from kithdesk.customers.objects.events import KObjectConfirmed, KObjectCreated, KObjectRemoved, KObjectUpdated
from kithdesk.customers.objects.ids import ObjectId
from kithdesk.customers.objects.queries import find_by_external_id, get_klass, get_object
from kithdesk.customers.queries import load_customer

_API_NAMES = {
    "external_id": "externalId",
    "customer": "customer",
    "company": "company",
    "title": "title",
    "description": "description",
    "icon": "icon",
    "images": "images",
    "tags": "tags",
}


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

    Raises `NotFound` without such a klass, `KlassClosed`, `ExternalIdTaken`, `BadParameter`, `NotYoursToDate`, and what
    `attributes` refuses of `custom`.
    """
    klass = get_klass(work, klass_key)
    if klass.status != "enabled":
        raise KlassClosed(klass.status)
    _check_may_date(work, createdAt=created_at, importedAt=imported_at)
    said = _said(work, klass, None, given)
    id = ObjectId(work.new_id())
    work.publish(
        KObjectCreated(
            kobject=id,
            klass=klass.name,
            created_at=created_at,
            imported_at=imported_at,
            source_at=source_at,
            **said,
            **_card(work, klass, said),
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
    `NotFound`, and `Conflict` when `rev` is not the record's any more.
    """
    klass = None if klass_key is None else get_klass(work, klass_key)
    known = get_object(work, id, klass=None if klass is None else klass.name)
    klass = klass or get_klass(work, known.klass)
    if klass.status == "disabled":
        raise KlassClosed(klass.status)
    if rev is not None and rev != known.rev:
        raise Conflict("The record was changed meanwhile.", parameter="rev")
    if source_at is not None and known.source_at is not None and source_at < known.source_at:
        return id
    said = _said(work, klass, known, given, replace=replace)
    before = _as_it_is(known)
    if said == before:
        if source_at not in (None, known.source_at):
            work.publish(KObjectConfirmed(kobject=id, source_at=source_at))
        return id
    card = _card(work, klass, said)
    if known.customer not in (None, said["customer"]):
        named = {"klass": klass.name, "look": klass.look, "title": card["card_title"]}
        work.publish(KObjectMoved(kobject=id, customer=known.customer, to=said["customer"], **named))
    work.publish(
        KObjectUpdated(
            kobject=id,
            klass=klass.name,
            conversation=known.conversation,
            created_at=known.created_at,
            source_at=known.source_at if source_at is None else source_at,
            customer_before=known.customer,
            changes=_changes(work, klass, before, said),
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
    title: str | None = None,
    description: str | None = None,
    custom: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
    tags: Sequence[str] | None = None,
    occurred_at: Instant | None = None,
    created_at: Instant | None = None,
) -> tuple[ObjectId, bool]:
    """The record that another system knows by this id, as it is there; whether it is new.

    What is None stays as it is. `occurred_at`: that system's time of this version; `created_at`: of the record.
    Raises what `create_object` and `change_object` raise.
    """
    given = {
        "customer": customer,
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
    """Raises `NotFound`, `KlassClosed`."""
    klass = None if klass_key is None else get_klass(work, klass_key)
    known = get_object(work, id, klass=None if klass is None else klass.name)
    klass = klass or get_klass(work, known.klass)
    if klass.status == "disabled":
        raise KlassClosed(klass.status)
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


def _said(
    work: Work, klass: Klass, known: KObject | None, given: Mapping[str, Any], *, replace: bool = False
) -> dict[str, Any]:
    """Whose it is and what it says, after the change. Raises `BadParameter`, `ExternalIdTaken`."""
    before = None if known is None else known.content
    kept: dict[str, Any] = {"external_id": None, "customer": None, "company": None}
    if known is not None and not replace:
        kept = {name: getattr(known, name) for name in kept}
    elif known is not None:
        kept["external_id"] = (
            known.external_id
        )  # leaving it out does not cut a record off from where it comes from
    if given.get("external_id") is not None:
        kept["external_id"] = _free_external_id(work, klass, known, given["external_id"])
    elif "external_id" in given:
        kept["external_id"] = None
    if "customer" in given:
        kept["customer"] = _customer_of(work, given["customer"])
    if "company" in given:
        kept["company"] = _company_of(work, given["company"])
    custom = attributes.check_custom(
        work,
        klass.owner,
        given.get("custom") or {},
        before=None if before is None else before.custom,
        replace=replace,
    )
    base = Content(custom=custom) if before is None or replace else before
    return {**kept, "content": content_of(base, {**given, "custom": custom})}


def _free_external_id(work: Work, klass: Klass, known: KObject | None, given: str) -> str:
    name = clean_external_id(given, parameter="externalId")
    other = find_by_external_id(work, klass.name, name)
    if other is not None and (known is None or other.id != known.id):
        raise ExternalIdTaken
    return name


def _customer_of(work: Work, id: str | None) -> CustomerId | None:
    """The record that this id stands for by now."""
    if id is None:
        return None
    found = load_customer(work, CustomerId(id))
    if found is None:
        raise BadParameter("There is no such customer.", parameter="customer")
    return found.id


def _company_of(work: Work, id: str | None) -> str | None:
    if id is not None and id not in find_companies(work, [id]):
        raise BadParameter("There is no such company.", parameter="company")
    return id


def _card(work: Work, klass: Klass, said: Mapping[str, Any]) -> dict[str, Any]:
    declared = attributes.declared(work, klass.owner)
    content: Content = said["content"]
    return {
        "look": klass.look,
        "card_title": title_of(klass, declared, content, said["external_id"]),
        "fields": fields_of(klass, declared, content.custom),
    }


def _as_it_is(known: KObject) -> dict[str, Any]:
    return {
        "external_id": known.external_id,
        "customer": known.customer,
        "company": known.company,
        "content": known.content,
    }


def _changes(
    work: Work, klass: Klass, before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, Change]:
    """What differs, in the words of the API. All agents read it, so sensitive values are masked on both sides."""
    old, new = _flat(before), _flat(after)
    changes = {
        name: Change(old[field], new[field]) for field, name in _API_NAMES.items() if old[field] != new[field]
    }
    mask = attributes.masking_for_all(work, klass.owner)
    was: dict[str, Any] = before["content"].custom
    now: dict[str, Any] = after["content"].custom
    shown_was, shown_now = mask(was), mask(now)
    for name in sorted({*was, *now}):
        if was.get(name) != now.get(name) and (name in shown_was or name in shown_now):
            changes[f"custom.{name}"] = Change(shown_was.get(name), shown_now.get(name))
    return changes


def _flat(said: Mapping[str, Any]) -> dict[str, Any]:
    content: Content = said["content"]
    parts = {name: getattr(content, name) for name in ("title", "description", "icon", "images", "tags")}
    return {**{name: said[name] for name in ("external_id", "customer", "company")}, **parts}


def _check_may_date(work: Work, **dates: Instant | None) -> None:
    if work.actor.type == "system" or work.actor.is_admin:
        return
    for parameter, value in dates.items():
        if value is not None:
            raise NotYoursToDate(parameter)
