"""The klass that every organisation begins with: orders."""

from __future__ import annotations

from typing import Any

from kithdesk.access.events import OrganisationCreated
from kithdesk.core.events import Event, Recorded
from kithdesk.core.work import Reaction, Work
from kithdesk.customers.objects.entities import Klass
from kithdesk.customers.objects.klasses import KlassWish, create_klass
from kithdesk.customers.objects.queries import find_klass

ORDER = "order"
ORDER_STATUSES = (
    "Pending",
    "On hold",
    "Paid",
    "Being packed",
    "Partly sent",
    "Sent",
    "Delivered",
    "Partly refunded",
    "Refunded",
    "Cancelled",
    "Failed",
)
_PROPERTIES: dict[str, dict[str, Any]] = {
    "orderNumberStr": {"displayName": "Order number", "type": "Str"},
    "statusStr": {"displayName": "Status", "type": "Str", "enumeration": list(ORDER_STATUSES)},
    "totalNum": {"displayName": "Total", "type": "Num"},
    "currencyStr": {"displayName": "Currency", "type": "Str"},
    "itemsTxt": {"displayName": "Items", "type": "Txt"},
    "placedAt": {"displayName": "Placed", "type": "At"},
    "fulfilledAt": {"displayName": "Sent", "type": "At"},
    "trackingUrl": {"displayName": "Tracking", "type": "Url"},
}
_WISH = KlassWish(
    display_name="Order",
    plural_name="Orders",
    icon="shopping-bag",
    color="green",
    properties=_PROPERTIES,
    card_fields=(
        "statusStr",
        "totalNum",
        "currencyStr",
        "itemsTxt",
        "placedAt",
        "fulfilledAt",
        "trackingUrl",
    ),
    card_title="orderNumberStr",
    mixins=(),  # shops keep them
)


def declare_order_klass(work: Work) -> Klass:
    """Makes it where it is missing; what an administrator changed of it stays. Raises `Forbidden`."""
    return find_klass(work, ORDER) or create_klass(work, ORDER, _WISH)


def begin_with_orders(work: Work, _recorded: Recorded[Any]) -> None:
    """A new organisation has a place for its orders."""
    declare_order_klass(work)


REACTIONS: dict[type[Event], tuple[Reaction, ...]] = {OrganisationCreated: (begin_with_orders,)}
