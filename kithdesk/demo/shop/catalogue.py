"""What Birch & Burrow sells: twelve things on three shelves."""

from __future__ import annotations

from kithdesk.demo.shop import kitchen, shelter, trail
from kithdesk.demo.shop.goods import Product, Shelf

SHELVES = (
    Shelf(
        "shelter",
        "Shelter & sleep",
        "Tents that go up in the rain, and a warm place inside them.",
        ("alder-2", "dormouse"),
        "sage",
    ),
    Shelf(
        "kitchen",
        "Camp kitchen",
        "Hot water in three minutes, and something to drink it from.",
        ("kettle", "ember"),
        "sand",
    ),
    Shelf(
        "trail",
        "On the trail",
        "What you wear and what you carry, from the car park to the top.",
        ("fell-boot", "burrow-38"),
        "clay",
    ),
)

PRODUCTS = (*shelter.PRODUCTS, *kitchen.PRODUCTS, *trail.PRODUCTS)

BY_SLUG = {product.slug: product for product in PRODUCTS}
SHELF_BY_SLUG = {shelf.slug: shelf for shelf in SHELVES}


def on_shelf(slug: str) -> list[Product]:
    return [product for product in PRODUCTS if product.shelf == slug]


def price_text(pence: int) -> str:
    """`£340`, or `£4.50` when there are pence."""
    pounds, rest = divmod(pence, 100)
    return f"£{pounds:,}.{rest:02d}" if rest else f"£{pounds:,}"
