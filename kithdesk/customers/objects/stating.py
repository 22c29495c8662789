"""What a record will say after a change, and what the fact of it carries: the card, and what differs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kithdesk import attributes
from kithdesk.core.errors import BadParameter
from kithdesk.core.events import Change
from kithdesk.core.work import Work
from kithdesk.customers.addresses import clean_external_id
from kithdesk.customers.companies.queries import find_companies
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.objects.cards import fields_of, name_of, title_of
from kithdesk.customers.objects.contents import content_of
from kithdesk.customers.objects.entities import Content, Klass, KObject
from kithdesk.customers.objects.errors import ExternalIdTaken
from kithdesk.customers.objects.queries import find_by_external_id
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


def said_after(
    work: Work, klass: Klass, known: KObject | None, given: Mapping[str, Any], *, replace: bool = False
) -> dict[str, Any]:
    """Whose it is and what it says, after the change. Raises `BadParameter`, `ExternalIdTaken`."""
    custom = attributes.check_custom(
        work,
        klass.owner,
        given.get("custom") or {},
        before=None if known is None else known.content.custom,
        replace=replace,
    )
    before = Content() if known is None or replace else known.content
    whose = _whose(work, klass, known, given, replace=replace)
    return {**whose, "content": content_of(before, {**given, "custom": custom})}


def _whose(
    work: Work, klass: Klass, known: KObject | None, given: Mapping[str, Any], *, replace: bool
) -> dict[str, Any]:
    said: dict[str, Any] = {"external_id": None, "customer": None, "named_by": [], "company": None}
    if known is not None and not replace:
        said = {name: value for name, value in as_it_is(known).items() if name in said}
    elif known is not None:  # replaced: it is still the one that the other system knows
        said["external_id"] = known.external_id
    if "external_id" in given:
        said["external_id"] = _free_external_id(work, klass, known, given["external_id"])
    if "customer" in given:
        customer = _customer_of(work, given["customer"])
        if "named_by" in given or customer != said["customer"]:  # whom somebody named by hand, no address did
            said["named_by"] = list(given.get("named_by", ()))
        said["customer"] = customer
    if "company" in given:
        said["company"] = _company_of(work, given["company"])
    return said


def _free_external_id(work: Work, klass: Klass, known: KObject | None, given: str | None) -> str | None:
    if given is None:
        return None
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


def card_of(work: Work, klass: Klass, said: Mapping[str, Any]) -> dict[str, Any]:
    """What its card shows then."""
    declared = attributes.declared(work, klass.owner)
    content: Content = said["content"]
    return {
        "look": klass.look,
        "card_title": title_of(klass, declared, content, said["external_id"]),
        "number": name_of(klass, declared, content),
        "fields": fields_of(klass, declared, content),
    }


def as_it_is(known: KObject) -> dict[str, Any]:
    """The same shape, of what is kept."""
    return {
        "external_id": known.external_id,
        "customer": known.customer,
        "named_by": list(known.named_by),
        "company": known.company,
        "content": known.content,
    }


def changes_between(
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
