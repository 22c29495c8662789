"""What a thing in the shop is, and what a shelf. Prices are in pence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tile = Literal["sand", "sage", "clay", "mist"]


@dataclass(frozen=True, slots=True)
class Shelf:
    slug: str
    name: str
    line: str
    cover: tuple[str, str]
    """The products whose drawings stand for the shelf."""
    tile: Tile


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    slug: str
    name: str
    kind: str
    shelf: str
    price: int
    colour: str
    tile: Tile
    line: str
    story: str
    facts: tuple[tuple[str, str], ...]
    included: tuple[str, ...]
    quote: tuple[str, str]
    stars: str
    reviews: int
    sizes: tuple[str, ...] = ()
    badge: str = ""

    @property
    def drawing(self) -> str:
        return f"{self.slug}.svg"
