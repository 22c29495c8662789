"""The three people whom the demo shop knows, and what they have ordered.

Ages of orders are days before today, so that the shop looks lived in whenever it is started.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kithdesk.demo.shop.catalogue import BY_SLUG
from kithdesk.demo.shop.goods import Product

FREE_DELIVERY_FROM = 6_000
DELIVERY = 450

OrderState = Literal["packing", "on_its_way", "delivered", "returning", "mending"]


@dataclass(frozen=True, slots=True)
class Line:
    slug: str
    quantity: int = 1
    size: str = ""

    @property
    def product(self) -> Product:
        return BY_SLUG[self.slug]


@dataclass(frozen=True, slots=True)
class Order:
    number: str
    days_ago: int
    state: OrderState
    news: str
    """One sentence on where it is."""
    lines: Sequence[Line]

    @property
    def goods(self) -> int:
        return sum(line.product.price * line.quantity for line in self.lines)

    @property
    def delivery(self) -> int:
        return 0 if self.goods >= FREE_DELIVERY_FROM else DELIVERY

    @property
    def total(self) -> int:
        """In pence, delivery included."""
        return self.goods + self.delivery


@dataclass(frozen=True, slots=True)
class Shopper:
    key: str
    name: str
    email: str
    external_id: str
    phone: str
    years_ago: int
    """When they first ordered."""
    about: str
    orders: Sequence[Order]

    @property
    def first_name(self) -> str:
        return self.name.partition(" ")[0]

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.split()[:2])


SHOPPERS = (
    Shopper(
        key="maya",
        name="Maya Lindqvist",
        email="maya.lindqvist@example.com",
        external_id="BB-1042",
        phone="+442079460142",
        years_ago=3,
        about="Has a tent on its way, and a trip on Saturday.",
        orders=(
            Order(
                "20931",
                2,
                "on_its_way",
                "Left our warehouse yesterday. Expected tomorrow before six.",
                (Line("alder-2"), Line("mug", 2)),
            ),
            Order(
                "18877",
                71,
                "delivered",
                "Left with a neighbour at number 14.",
                (Line("fell-boot", size="39"),),
            ),
            Order("14210", 402, "delivered", "Signed for by Maya.", (Line("flask"), Line("ember"))),
        ),
    ),
    Shopper(
        key="tom",
        name="Tom Okafor",
        email="tom.okafor@example.net",
        external_id="BB-2210",
        phone="+442079460221",
        years_ago=2,
        about="Is sending a jacket back, and waits for his mended pack.",
        orders=(
            Order(
                "20644",
                12,
                "returning",
                "Your parcel is with us. The refund follows within three days.",
                (Line("drizzle", size="M"),),
            ),
            Order("19345", 48, "mending", "On Jonah’s bench: a new zip for the lid.", (Line("burrow-38"),)),
            Order(
                "17702",
                133,
                "delivered",
                "Put through the letterbox.",
                (Line("moss-mat", size="Wide"), Line("mug")),
            ),
        ),
    ),
    Shopper(
        key="hana",
        name="Hana Kobayashi",
        email="hana.kobayashi@example.org",
        external_id="BB-3307",
        phone="+442079460330",
        years_ago=0,
        about="Ordered for the first time this morning.",
        orders=(
            Order(
                "20988",
                0,
                "packing",
                "Being packed. It leaves today if nothing falls off a shelf.",
                (Line("kettle"), Line("mug", 2)),
            ),
        ),
    ),
)

BY_KEY = {shopper.key: shopper for shopper in SHOPPERS}
