"""Putting a shop's news on the record.

A signed delivery is the company's own word of what was ordered. An order never joins two records, and one value that
does not fit is left out of it.
"""

from __future__ import annotations

from typing import Any

from kithdesk import attributes
from kithdesk.core.clock import iso
from kithdesk.core.names import MAX_NAME, cleaned_or_none
from kithdesk.core.work import Work
from kithdesk.customers import KObject, declare_order_klass, find_object, upsert_object
from kithdesk.integrations.entities import Gone, Order, Shopper
from kithdesk.integrations.shoppers import cleaned, keep_shopper, named_by

_ORDER = "order"
_DELETED_TAG = "deleted in the shop"
_MOST_TAGS = 50
"""As many as a record has."""


def keep(work: Work, news: Order | Shopper | Gone) -> None:
    """Raises what the record refuses."""
    match news:
        case Order():
            _keep_order(work, news)
        case Shopper():
            keep_shopper(work, news)
        case Gone():
            _keep_gone(work, news)


def _keep_order(work: Work, order: Order) -> None:
    declare_order_klass(work)
    known = find_object(work, _ORDER, order.external_id)
    # With its buyer: an old body adds no address again that was taken away since.
    if known is not None and known.source_at is not None and order.occurred_at < known.source_at:
        return
    customer = None if order.shopper is None else keep_shopper(work, order.shopper)
    title = None if order.number is None else f"Order {order.number}"[:MAX_NAME]
    upsert_object(
        work,
        _ORDER,
        external_id=order.external_id,
        customer=customer,
        named_by=None if order.shopper is None else named_by(work, order.shopper),
        title=cleaned(cleaned_or_none, title, "title"),
        custom=_fitting(work, known, _custom(order)),
        tags=_tags_without_deletion(known),
        occurred_at=order.occurred_at,
        created_at=order.placed_at,
    )


def _tags_without_deletion(known: KObject | None) -> tuple[str, ...] | None:
    """What the shop tells of after it was deleted was restored there."""
    if known is None or _DELETED_TAG not in known.content.tags:
        return None
    return tuple(tag for tag in known.content.tags if tag != _DELETED_TAG)


def _keep_gone(work: Work, order: Gone) -> None:
    """It was bought, and the timeline goes on saying so.

    The shop names no time, so it is now: old news stays old. A shop whose clock is ahead is heard too.
    """
    declare_order_klass(work)
    known = find_object(work, _ORDER, order.external_id)
    tags = () if known is None else known.content.tags
    if _DELETED_TAG in tags:
        return
    told_at = None if known is None else known.source_at
    upsert_object(
        work,
        _ORDER,
        external_id=order.external_id,
        custom=_fitting(work, known, {"statusStr": "Cancelled"}),
        tags=[*tags[: _MOST_TAGS - 1], _DELETED_TAG],
        occurred_at=max(work.now, told_at or work.now),
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


def _fitting(work: Work, known: KObject | None, values: dict[str, Any]) -> dict[str, Any]:
    """Those that the klass still has and the record takes: the order counts more than one of its values."""
    before = {} if known is None else known.content.custom
    return attributes.fitting(work, f"kobject.{_ORDER}", values, before=before)[0]
