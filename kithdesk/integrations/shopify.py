"""Shopify's words in ours: the bodies of its `orders/…` and `customers/…` topics.

Fields: the Order and Customer resources of the Admin REST API, https://shopify.dev/docs/api/admin-rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kithdesk.core.clock import Instant
from kithdesk.integrations import wording
from kithdesk.integrations.entities import Gone, News, Order, Shopper
from kithdesk.integrations.errors import NotUnderstood

_ORDERS = frozenset(
    f"orders/{what}"
    for what in ("create", "updated", "edited", "paid", "partially_fulfilled", "fulfilled", "cancelled")
)
_CUSTOMERS = frozenset({"customers/create", "customers/update", "customers/enable"})
_PAYMENT = {
    "paid": "Paid",
    "partially_refunded": "Partly refunded",
    "refunded": "Refunded",
    "voided": "Cancelled",
}
_SENDING = {"fulfilled": "Sent", "partial": "Partly sent"}


def read(topic: str, body: Mapping[str, Any], handle: str) -> News | None:
    """What it tells us, or None when we keep nothing of it. Raises `NotUnderstood`."""
    if topic in _ORDERS:
        wording.check_kind(body, is_order=True)
        return _order(body, handle)
    if topic == "orders/delete":
        wording.check_kind(body)
        return Gone(_id(body, handle))
    if topic in _CUSTOMERS:
        wording.check_kind(body, is_account=True)
        return _shopper(body, handle)
    return None


def _order(body: Mapping[str, Any], handle: str) -> Order:
    sendings = wording.parts(body, "fulfillments")
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


def _status(body: Mapping[str, Any]) -> str:
    """What a person would say of it: taken back counts more than sent, and sent more than paid."""
    if wording.text(body, "cancelled_at"):
        return "Cancelled"
    payment, sending = wording.text(body, "financial_status"), wording.text(body, "fulfillment_status")
    if payment in ("refunded", "voided", "partially_refunded"):
        return _PAYMENT[payment]
    return _SENDING.get(sending or "") or _PAYMENT.get(payment or "", "Pending")


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
