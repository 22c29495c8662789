"""A little HTML by hand: text is escaped where it enters, and pictures are files."""

from __future__ import annotations

import hashlib
from functools import cache
from html import escape
from importlib.resources import files
from typing import Literal

FOLDER = files("kithdesk.demo.shop")
_SHEETS = ("base", "around", "pages", "home", "grid", "product", "basket", "account", "help")


def text(value: str) -> str:
    """The value as it may stand between tags or inside a quoted attribute."""
    return escape(value, quote=True)


@cache
def asset_url(path: str) -> str:
    """Where the browser gets `art/mug.svg`; changes with its content, so that it may be kept for long."""
    digest = hashlib.sha256(read_asset(path)).hexdigest()[:10]
    return f"/shop/{path}?v={digest}"


@cache
def read_asset(path: str) -> bytes:
    """The file. `assets/shop.css` is written in parts and served as one. Raises `FileNotFoundError`."""
    if path == "assets/shop.css":
        return b"\n".join(read_asset(f"assets/css/{part}.css") for part in _SHEETS)
    return (FOLDER / path).read_bytes()


def picture(
    name: str, alt: str, *, size: tuple[int, int] = (400, 400), lazy: bool = True, css: str = ""
) -> str:
    """A drawing. An empty `alt` means that the words beside it say it all."""
    width, height = size
    loading = ' loading="lazy"' if lazy else ""
    kind = f' class="{css}"' if css else ""
    return (
        f'<img{kind} src="{asset_url(f"art/{name}")}" alt="{text(alt)}" width="{width}" height="{height}"{loading}'
        ' decoding="async">'
    )


Icon = Literal["basket", "person", "parcel", "back", "needle", "chat", "arrow", "ruler", "flame", "tick"]

_ICONS: dict[Icon, str] = {
    "basket": "M5 9h14l-1.3 9.2a2 2 0 0 1-2 1.8H8.3a2 2 0 0 1-2-1.8ZM9 9l2-5M15 9l-2-5M3.5 9h17",
    "person": "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.8-3.6 3.8-5.5 7.5-5.5s6.7 1.9 7.5 5.5",
    "parcel": "M12 3 20 7v10l-8 4-8-4V7ZM4 7l8 4 8-4M12 11v10M8 5l8 4.2",
    "back": "M9 6 4 11l5 5M4 11h10a5.5 5.5 0 0 1 0 9h-2",
    "needle": (
        "M19.5 4.5 8 16M19.5 4.5a2.1 2.1 0 0 0-3 0L15 6l3 3 1.5-1.5a2.1 2.1 0 0 0 0-3Z"
        "M8 16c-2.5 2.5 1 5-2.5 5M6 18l-2 2"
    ),
    "chat": (
        "M6.5 5h11A2.5 2.5 0 0 1 20 7.5v6a2.5 2.5 0 0 1-2.5 2.5H12l-4.5 4v-4h-1A2.5 2.5 0 0 1 4 13.5v-6A2.5"
        " 2.5 0 0 1 6.5 5Z"
    ),
    "arrow": "M5 12h14M13 6l6 6-6 6",
    "ruler": "M4 15.5 15.5 4 20 8.5 8.5 20ZM8 11.5l2 2M11 8.5l2 2M14 5.5l2 2",
    "flame": (
        "M12 21c-4 0-6.5-2.6-6.5-6C5.5 11 9 9.5 9.5 4c3.5 1.5 5 4 5 6.5.8-.6 1.2-1.3 1.5-2.5 1.7 2 2.5 4.3"
        " 2.5 7 0 3.4-2.5 6-6.5 6Z"
    ),
    "tick": "M5 12.5 10 17.5 19.5 7",
}


def icon(name: Icon) -> str:
    """One of the shop's line icons, as decoration beside words."""
    return f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{_ICONS[name]}"/></svg>'


def arrow() -> str:
    """Ends a link that leads on."""
    return f'<span class="quiet-arrow">{icon("arrow")}</span>'
