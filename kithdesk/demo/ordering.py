"""Orders of the demo's shop, put on the record as a shop's own program would: by their numbers, again and again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kithdesk import customers
from kithdesk.core.actors import system
from kithdesk.core.clock import DAY, Instant, iso
from kithdesk.core.desk import Desk
from kithdesk.core.errors import BadParameter
from kithdesk.core.ids import OrganisationId
from kithdesk.core.work import Reads, Work
from kithdesk.customers import CustomerId, KObject
from kithdesk.demo.people import bought_by
from kithdesk.demo.shop.catalogue import BY_SLUG
from kithdesk.demo.shop.shoppers import Line, Order, OrderState, Shopper

KLASS = "order"
_FIRST_NUMBER = 21_000
_MOST_LINES = 20
_MOST_OF_ONE = 20
_MOST_SHOWN = 20
_NEWS: dict[OrderState, str] = {
    "packing": "We have it, and are packing it.",
    "on_its_way": "It has left our house.",
    "delivered": "It has been delivered.",
    "returning": "The money is on its way back to you.",
}
_STATUS: dict[OrderState, str] = {
    "packing": "Being packed",
    "on_its_way": "Sent",
    "delivered": "Delivered",
    "returning": "Refunded",
    "mending": "Delivered",
}
_STATES: dict[Any, OrderState] = {_STATUS[state]: state for state in _NEWS}


def keep_order(
    work: Work, customer: CustomerId, order: Order, *, placed_at: Instant, state: OrderState
) -> None:
    """The order as it stands at the time of the command. Doing it again changes nothing."""
    things = ", ".join(_words(line) for line in order.lines)
    customers.upsert_object(
        work,
        KLASS,
        external_id=order.number,
        customer=customer,
        title=f"Order {order.number}",
        custom={
            "orderNumberStr": order.number,
            "statusStr": _STATUS[state],
            "totalNum": order.total / 100,
            "currencyStr": "GBP",
            "itemsTxt": things,
            "placedAt": iso(placed_at),
        },
        data={
            "lines": [
                {"slug": line.slug, "size": line.size, "quantity": line.quantity} for line in order.lines
            ]
        },
        occurred_at=work.now,
        created_at=placed_at,
    )


async def place_order(
    desk: Desk, organisation: OrganisationId, shopper: Shopper, lines: Sequence[Line]
) -> str:
    """Buys what is in the basket. Answers the order's number."""
    done = await desk.run(_place, shopper, tuple(lines), by=system(organisation))
    return done.value


def _place(work: Work, shopper: Shopper, lines: tuple[Line, ...]) -> str:
    customer = customers.find_by_external_id(work, shopper.external_id)
    if customer is None:
        raise BadParameter("The desk does not know this shopper.", parameter="shopper")
    number = _free_number(work)
    order = Order(number, 0, "packing", _NEWS["packing"], lines)
    known = customers.get_customer(work, customer).profile.custom
    keep_order(work, customer, order, placed_at=work.now, state="packing")
    customers.update_customer(work, customer, {"custom": _with_order(known, order)})
    return number


def _with_order(known: Mapping[str, Any], order: Order) -> dict[str, Any]:
    """What the shop keeps on its customer, an order later."""
    sums = {name: _number(known.get(name)) for name in ("ordersNum", "spentNum")}
    one = bought_by((order,))
    added = {name: round(before + one[name], 2) for name, before in sums.items()}
    return {**one, **added}


def _number(value: Any) -> float:
    """Agents may empty an attribute."""
    return value if isinstance(value, int | float) else 0


def _free_number(reads: Reads) -> str:
    """Other programs and agents make orders too, under whatever numbers they like."""
    number = _FIRST_NUMBER + customers.list_objects_of_klass(reads, KLASS, limit=1, offset=0)[1]
    while customers.find_object(reads, KLASS, str(number)) is not None:
        number += 1
    return str(number)


def placed_orders(reads: Reads, shopper: Shopper) -> tuple[Order, ...]:
    """What this shopper has bought here since the demo began, as it stands, the newest first."""
    customer = customers.find_by_external_id(reads, shopper.external_id)
    if customer is None:
        return ()
    found = customers.list_objects_of_customer(reads, customer, [KLASS], limit=_MOST_SHOWN, offset=0)[0]
    told = {order.number for order in shopper.orders}
    placed = (_placed(one, reads.now) for one in found if one.external_id not in told)
    return tuple(order for order in placed if order is not None)


def _placed(record: KObject, now: Instant) -> Order | None:
    """None for an order of another shop, and for a status that this one's page has no words for."""
    state = _STATES.get(record.content.custom.get("statusStr"))
    if record.external_id is None or state is None:
        return None
    try:
        lines = lines_of(record.content.data.get("lines"))
    except BadParameter:
        return None
    return Order(record.external_id, (now - record.created_at) // DAY, state, _NEWS[state], lines)


def lines_of(given: Any) -> tuple[Line, ...]:
    """A basket as the page sends it. Raises `BadParameter`."""
    if not isinstance(given, list) or not 0 < len(given) <= _MOST_LINES:
        raise BadParameter(f"A basket has 1 to {_MOST_LINES} lines.", parameter="lines")
    return tuple(_line(one) for one in given)


def _line(given: Any) -> Line:
    entry: Mapping[str, Any] = given if isinstance(given, dict) else {}
    slug, size, quantity = entry.get("slug"), entry.get("size", ""), entry.get("quantity")
    product = BY_SLUG.get(slug) if isinstance(slug, str) else None
    if product is None:
        raise BadParameter("There is no such product.", parameter="lines")
    if not isinstance(quantity, int) or isinstance(quantity, bool) or not 0 < quantity <= _MOST_OF_ONE:
        raise BadParameter(f"1 to {_MOST_OF_ONE} of one product.", parameter="lines")
    if not isinstance(size, str) or (size and size not in product.sizes):
        raise BadParameter("There is no such size.", parameter="lines")
    return Line(product.slug, quantity, size)


def _words(line: Line) -> str:
    size = f", {line.size}" if line.size else ""
    pieces = f" × {line.quantity}" if line.quantity > 1 else ""
    return f"{line.product.name}{size}{pieces}"
