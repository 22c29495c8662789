"""WooCommerce's words in ours: the bodies of its `order.…` and `customer.…` topics.

Fields: the Order and Customer resources of its REST API, https://woocommerce.github.io/woocommerce-rest-api-docs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kithdesk.integrations import wording
from kithdesk.integrations.entities import Gone, News, Order, Shopper
from kithdesk.integrations.errors import NotUnderstood

_ORDERS = frozenset({"order.created", "order.updated", "order.restored"})
_CUSTOMERS = frozenset({"customer.created", "customer.updated"})
_STATUS = {
    "pending": "Pending",
    "on-hold": "On hold",
    "processing": "Being packed",
    "completed": "Sent",
    "cancelled": "Cancelled",
    "trash": "Cancelled",
    "refunded": "Refunded",
    "failed": "Failed",
    # Of the tracking plugin that most shops have.
    "shipped": "Sent",
    "partial-shipped": "Partly sent",
    "delivered": "Delivered",
}
_BASKETS = frozenset({"checkout-draft", "auto-draft"})
"""What nobody has ordered yet."""


def read(topic: str, body: Mapping[str, Any], handle: str) -> News | None:
    """What it tells us, or None when we keep nothing of it. Raises `NotUnderstood`."""
    if topic in _ORDERS:
        wording.check_kind(body, is_order=True)
        return None if wording.text(body, "status") in _BASKETS else _order(body, handle)
    if topic == "order.deleted":
        wording.check_kind(body)
        return Gone(_id(body, handle))
    if topic in _CUSTOMERS:
        wording.check_kind(body, is_account=True)
        return _shopper(body, handle)
    return None


def _order(body: Mapping[str, Any], handle: str) -> Order:
    changed_at = wording.moment(body, "date_modified_gmt", "date_created_gmt")
    if changed_at is None:
        raise NotUnderstood("It does not say when it changed.")
    return Order(
        external_id=_id(body, handle),
        occurred_at=changed_at,
        number=wording.text(body, "number", "id"),
        status=_status(body),
        total=wording.number(body, "total"),
        currency=wording.text(body, "currency"),
        items=wording.items(wording.parts(body, "line_items"), "name"),
        placed_at=wording.moment(body, "date_created_gmt"),
        sent_at=wording.moment(body, "date_completed_gmt"),
        shopper=_shopper_of_order(body, handle),
    )


def _status(body: Mapping[str, Any]) -> str | None:
    """A shop's plugins bring statuses of their own: such a word counts where the klass `order` has it."""
    word = wording.text(body, "status")
    if word in ("processing", "completed") and wording.parts(body, "refunds"):
        return "Partly refunded"
    return None if word is None else _STATUS.get(word) or word.replace("-", " ").capitalize()


def _shopper_of_order(body: Mapping[str, Any], handle: str) -> Shopper | None:
    """A guest's order says `customer_id` 0. Whoever has an account may still have typed another's address."""
    billing = wording.part(body, "billing")
    number = wording.whole(body, "customer_id")
    found = Shopper(
        external_id=None if number in (None, "0") else f"{handle}:{number}",
        name=wording.full_name(billing),
        typed_email=wording.whole(billing, "email"),
        typed_phone=wording.whole(billing, "phone"),
        country=wording.text(billing, "country"),
    )
    return found if found != Shopper() else None


def _shopper(body: Mapping[str, Any], handle: str) -> Shopper:
    billing = wording.part(body, "billing")
    return Shopper(
        external_id=_id(body, handle),
        name=wording.full_name(body) or wording.full_name(billing),
        email=wording.whole(body, "email"),
        phone=wording.whole(billing, "phone"),
        country=wording.text(billing, "country"),
    )


def _id(body: Mapping[str, Any], handle: str) -> str:
    number = wording.whole(body, "id")
    if number is None:
        raise NotUnderstood("It has no id.")
    return f"{handle}:{number}"
