"""Putting a shop's news on the record.

A signed delivery is the company's own word, as the API's is. It finds a customer by the shop's own id, else by e-mail,
else by telephone, and never joins two records: an address that somebody else has stays theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from kithdesk import attributes
from kithdesk.core.clock import iso
from kithdesk.core.errors import BadParameter
from kithdesk.core.names import clean_email, cleaned_or_none
from kithdesk.core.work import Work
from kithdesk.customers import (
    Customer,
    CustomerId,
    Email,
    ExternalId,
    Phone,
    Profile,
    clean_external_id,
    clean_phone,
    create_customer,
    declare_order_klass,
    find_by_email,
    find_by_external_id,
    find_by_phone,
    get_customer,
    is_region,
    phone_region,
    update_customer,
    upsert_object,
)
from kithdesk.integrations.entities import Gone, News, Order, Shopper

_ORDER = "order"
_DELETED_TAG = "deleted in the shop"


def keep(work: Work, news: News) -> None:
    """Raises what the record refuses."""
    match news:
        case Order():
            _keep_order(work, news)
        case Shopper():
            _keep_shopper(work, news)
        case Gone():
            _keep_gone(work, news)


def _keep_order(work: Work, order: Order) -> None:
    declare_order_klass(work)
    customer = None if order.shopper is None else _keep_shopper(work, order.shopper)
    upsert_object(
        work,
        _ORDER,
        external_id=order.external_id,
        customer=customer,
        title=None if order.number is None else f"Order {order.number}",
        custom=_declared(work, _custom(order)),
        occurred_at=order.occurred_at,
        created_at=order.placed_at,
    )


def _keep_gone(work: Work, order: Gone) -> None:
    """It was bought, and the timeline goes on saying so. The shop names no time, so it is now: old news stays old."""
    declare_order_klass(work)
    upsert_object(
        work,
        _ORDER,
        external_id=order.external_id,
        custom=_declared(work, {"statusStr": "Cancelled"}),
        tags=[_DELETED_TAG],
        occurred_at=work.now,
    )


def _custom(order: Order) -> dict[str, Any]:
    values: dict[str, Any] = {
        "orderNumberStr": order.number,
        "statusStr": order.status,
        "totalNum": order.total,
        "currencyStr": order.currency,
        "itemsTxt": order.items,
        "placedAt": None if order.placed_at is None else iso(order.placed_at),
        "fulfilledAt": None if order.sent_at is None else iso(order.sent_at),
        "trackingUrl": order.tracking_url,
    }
    return {name: value for name, value in values.items() if value is not None}


def _declared(work: Work, values: dict[str, Any]) -> dict[str, Any]:
    """Those that the klass still has: an administrator may have taken some away, or other words for a status."""
    known = attributes.declared(work, f"kobject.{_ORDER}")
    return {
        name: value
        for name, value in values.items()
        if name in known and (not known[name].enumeration or value in known[name].enumeration)
    }


def _keep_shopper(work: Work, shopper: Shopper) -> CustomerId | None:
    """Whose record it is, with what is new about them; None for somebody without any address."""
    external_id = _clean(clean_external_id, shopper.external_id, "externalId")
    email = _clean(clean_email, shopper.email, "email")
    region = shopper.country if shopper.country and is_region(shopper.country) else phone_region(work)
    phone = _clean(partial(clean_phone, region=region), shopper.phone, "phone")
    name = None if shopper.name is None else cleaned_or_none(shopper.name, parameter="name")
    owners = {
        "external_id": external_id and find_by_external_id(work, external_id),
        "email": email and find_by_email(work, email),
        "phone": phone and find_by_phone(work, phone),
    }
    found = owners["external_id"] or owners["email"] or owners["phone"]
    if found is None:
        if external_id is None and email is None and phone is None:
            return None
        profile = _enriched(Profile(), name, external_id, email, phone)
        return create_customer(work, Profile(**profile), source="import")
    known = get_customer(work, CustomerId(found))
    free = {kind for kind, owner in owners.items() if owner is None}
    changes = _enriched(
        known.profile,
        None if known.profile.name else name,
        external_id if "external_id" in free and _has_no_shop_id(known, external_id) else None,
        email if "email" in free else None,
        phone if "phone" in free else None,
    )
    return update_customer(work, known.id, changes) if changes else known.id


def _has_no_shop_id(customer: Customer, external_id: str | None) -> bool:
    """Two accounts of one shop are two people until a person says otherwise."""
    shop = (external_id or "").partition(":")[0]
    return not any(one.external_id.startswith(f"{shop}:") for one in customer.profile.external_ids)


def _enriched(
    profile: Profile, name: str | None, external_id: str | None, email: str | None, phone: str | None
) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if name:
        changes["name"] = name
    if external_id:
        changes["external_ids"] = (*profile.external_ids, ExternalId(external_id))
    if email:
        changes["emails"] = (*profile.emails, Email(email))
    if phone:
        changes["phones"] = (*profile.phones, Phone(phone))
    return changes


def _clean(clean: Callable[..., str], given: str | None, parameter: str) -> str | None:
    """An address that is none is left out: the order counts more."""
    if given is None:
        return None
    try:
        return clean(given, parameter=parameter)
    except BadParameter:
        return None
