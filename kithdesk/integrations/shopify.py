"""Shopify's words in ours: the bodies of its `orders/…` and `customers/…` topics.

Fields: the Order and Customer resources of the Admin REST API, https://shopify.dev/docs/api/admin-rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kithdesk.core.clock import Instant
from kithdesk.integrations import wording
from kithdesk.integrations.entities import Gone, News, Order, Remark, Shopper
from kithdesk.integrations.errors import NotUnderstood

_ORDERS = frozenset(
    f"orders/{what}"
    for what in ("create", "updated", "edited", "paid", "partially_fulfilled", "fulfilled", "cancelled")
)
_CUSTOMERS = frozenset({"customers/create", "customers/update", "customers/enable", "customers/disable"})
_PRIVACY = frozenset({"customers/redact", "customers/data_request", "shop/redact"})
"""What the law lets a shopper ask of a shop. Shopify passes it on to whoever has an app of theirs."""
_EXAMPLES = frozenset({"820982911946154508", "706405506930370084"})
"""The order and the customer of “Send test notification”: people and things that there are not."""
_MOST_NAMED = 10
_PAYMENT = {
    "paid": "Paid",
    "partially_refunded": "Partly refunded",
    "refunded": "Refunded",
    "voided": "Cancelled",
}
_SENDING = {"fulfilled": "Sent", "partial": "Partly sent"}


def read(topic: str, body: Mapping[str, Any], handle: str) -> News | None:
    """What it tells us, or None when we keep nothing of it. Raises `NotUnderstood`."""
    if wording.whole(body, "id") in _EXAMPLES:
        return Remark("ignored", "This is Shopify's test notification: what it tells of is made up.")
    if topic in _ORDERS:
        wording.check_kind(body, is_order=True)
        return _order(body, handle)
    if topic == "orders/delete":
        wording.check_kind(body)
        return Gone(_id(body, handle))
    if topic in _CUSTOMERS:
        wording.check_kind(body, is_account=True)
        return _shopper(body, handle)
    if topic in _PRIVACY:
        wording.check_kind(body)
        return _asked(topic, body, handle)
    return None


def _asked(topic: str, body: Mapping[str, Any], handle: str) -> Remark:
    """Whom it is about in numbers: what is kept of deliveries names nobody."""
    if topic == "shop/redact":
        return Remark("asked", "The shop has left, and asks that what it told of its customers be forgotten.")
    number = wording.whole(wording.part(body, "customer"), "id")
    whom = "a customer without a number" if number is None else f"the customer {handle}:{number}"
    if topic == "customers/data_request":
        return Remark("asked", f"{whom[0].upper()}{whom[1:]} asks what is kept of them.")
    asked = f"Asks that {whom} be forgotten"
    orders = [f"{handle}:{one}" for one in wording.numbers(body, "orders_to_redact")]
    if not orders:
        return Remark("asked", f"{asked}.")
    more = f" and {len(orders) - _MOST_NAMED} more" if len(orders) > _MOST_NAMED else ""
    return Remark("asked", f"{asked}, with the orders {', '.join(orders[:_MOST_NAMED])}{more}.")


def _order(body: Mapping[str, Any], handle: str) -> Order:
    sendings = _sendings(body)
    return Order(
        external_id=_id(body, handle),
        occurred_at=_changed_at(body),
        number=wording.text(body, "name", "order_number"),
        status=_status(body),
        total=wording.number(body, "total_price"),
        currency=wording.text(body, "currency"),
        items=wording.items(wording.parts(body, "line_items"), "name", "title"),
        placed_at=wording.moment(body, "processed_at", "created_at"),
        sent_at=wording.moment(sendings[-1], "created_at") if sendings else None,
        tracking_url=next(filter(None, (wording.whole(one, "tracking_url") for one in sendings)), None),
        shopper=_shopper_of_order(body, handle),
    )


def _sendings(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Parcels that are on their way; one that was called back has sent nothing."""
    sendings = wording.parts(body, "fulfillments")
    return [one for one in sendings if wording.text(one, "status") not in ("cancelled", "error", "failure")]


def _status(body: Mapping[str, Any]) -> str:
    """What a person would say of it: taken back counts more than sent, and sent more than paid."""
    if wording.text(body, "cancelled_at"):
        return "Cancelled"
    payment, sending = wording.text(body, "financial_status"), wording.text(body, "fulfillment_status")
    if payment in ("refunded", "voided", "partially_refunded"):
        return _PAYMENT[payment]
    if sending == "fulfilled" and _is_delivered(body):
        return "Delivered"
    return _SENDING.get(sending or "") or _PAYMENT.get(payment or "", "Pending")


def _is_delivered(body: Mapping[str, Any]) -> bool:
    """Whether the carriers say so of every parcel."""
    told = [wording.text(one, "shipment_status") for one in _sendings(body)]
    return bool(told) and all(one == "delivered" for one in told)


def _shopper_of_order(body: Mapping[str, Any], handle: str) -> Shopper | None:
    account = wording.part(body, "customer")
    known = _shopper(account, handle) if account else Shopper()
    found = Shopper(
        external_id=known.external_id,
        name=known.name or wording.full_name(wording.part(body, "billing_address")),
        email=known.email,
        phone=known.phone,
        typed_email=wording.whole(body, "email", "contact_email"),
        typed_phone=wording.whole(body, "phone"),
        country=known.country or wording.text(wording.part(body, "billing_address"), "country_code"),
    )
    return found if found != Shopper() else None


def _shopper(body: Mapping[str, Any], handle: str) -> Shopper:
    return Shopper(
        external_id=_id(body, handle),
        name=wording.full_name(body),
        email=wording.whole(body, "email"),
        phone=wording.whole(body, "phone"),
        country=wording.text(wording.part(body, "default_address"), "country_code"),
    )


def _id(body: Mapping[str, Any], handle: str) -> str:
    number = wording.whole(body, "id")
    if number is None:
        raise NotUnderstood("It has no id.")
    return f"{handle}:{number}"


def _changed_at(body: Mapping[str, Any]) -> Instant:
    at = wording.moment(body, "updated_at", "created_at")
    if at is None:
        raise NotUnderstood("It does not say when it changed.")
    return at
