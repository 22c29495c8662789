"""Who has written to the shop, as the shop's own systems know them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from kithdesk import customers
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId, Email, ExternalId, Phone, Profile, VisitorId
from kithdesk.demo.shop.shoppers import BY_KEY, Order
from kithdesk.demo.story import Person

_LOCALES = {"en": "en_gb", "de": "de_de"}
_ZONES = {"en": "Europe/London", "de": "Europe/Berlin"}


def find_or_create(work: Work, person: Person) -> CustomerId:
    """The customer, known by their external id; a visitor by their browser."""
    if not person.external_id:
        return customers.customer_of_visitor(work, VisitorId(author_of(person.key)))
    found = customers.find_by_external_id(work, person.external_id)
    return found or customers.create_customer(work, _profile(person), source="import")


def keep_old_list(work: Work) -> None:
    """Somebody of a list that was kept by hand once, who is there again under his whole name, with
    the same telephone number: for an administrator to find."""
    tom = BY_KEY["tom"]
    profile = Profile(name="T. Okafor", shared_phones=(Phone(tom.phone),))
    customers.create_customer(work, profile, source="import")


def author_of(key: str) -> str:
    """The same browser each time, with an id like any other."""
    return hashlib.sha256(f"demo visitor {key}".encode()).hexdigest()[:24]


def _profile(person: Person) -> Profile:
    shopper = BY_KEY.get(person.key)
    return Profile(
        name=person.name,
        emails=(Email(person.email, verified=True),),
        phones=(Phone(person.phone, verified=True),) if person.phone else (),
        external_ids=(ExternalId(person.external_id, verified=True),),
        locale=_LOCALES[person.language],
        time_zone=_ZONES[person.language],
        custom=_bought(person) if shopper is None else bought_by(shopper.orders),
    )


def _bought(person: Person) -> dict[str, Any]:
    return {"spentNum": person.spent} if person.spent else {}


def bought_by(orders: Sequence[Order]) -> dict[str, Any]:
    """What the shop's own systems would keep on a customer: `staff.ATTRIBUTES`. The newest order is the first."""
    last = orders[0]
    things = ", ".join(
        f"{line.product.name}{f' × {line.quantity}' if line.quantity > 1 else ''}" for line in last.lines
    )
    return {
        "ordersNum": len(orders),
        "lastOrderStr": f"{last.number}: {things}",
        "lastOrderStatusStr": last.state.replace("_", " "),
        "spentNum": sum(order.total for order in orders) / 100,
    }
