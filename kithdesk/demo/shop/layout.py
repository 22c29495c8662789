"""What every page of the shop has around it: head, header, foot, and the one line that embeds the chat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kithdesk.demo.shop.catalogue import SHELVES
from kithdesk.demo.shop.html import asset_url, icon, picture, text
from kithdesk.demo.shop.shoppers import Order, Shopper

NAME = "Birch & Burrow"
_ENDING = f" · {NAME}"
_HELP = (
    ("/shop/help#delivery", "Delivery"),
    ("/shop/help#returns", "Returns"),
    ("/shop/help#mending", "Mending"),
    ("/shop/help#sizes", "Sizes"),
)
_YOU = (
    ("/shop/account", "Account and orders"),
    ("/shop/basket", "Basket"),
    ("/shop/help#contact", "Talk to us"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Who looks at a page, and where the chat on it comes from."""

    chat_origin: str
    chat_key: str
    path: str
    shopper: Shopper | None
    now: int
    """Milliseconds since 1970."""
    placed: tuple[Order, ...] = ()
    """What the shopper has ordered since the shop was opened."""


def page(visit: Visit, *, title: str, body: str, about: str = "") -> str:
    """A whole document. `body` is HTML, the rest is text."""
    whole_title = title if title.startswith(NAME) else f"{title}{_ENDING}"
    shopper = f' data-shopper="{visit.shopper.key}"' if visit.shopper else ""
    described = f'\n<meta name="description" content="{text(about)}">' if about else ""
    return f"""<!doctype html>
<html lang="en-GB"{shopper}>
<head>
<meta charset="utf-8">
<title>{text(whole_title)}</title>{described}
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<link rel="icon" type="image/svg+xml" href="{asset_url("art/mark.svg")}">
<link rel="stylesheet" href="{asset_url("assets/shop.css")}">
<script type="module" src="{asset_url("assets/shop.js")}"></script>
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
{_header(visit)}
<main id="content">
{body}
</main>
{_footer()}
<p class="toast" role="status" aria-live="polite" hidden></p>
<script src="{text(visit.chat_origin)}/widget.js" data-kithdesk-key="{text(visit.chat_key)}" async></script>
</body>
</html>
"""


def _header(visit: Visit) -> str:
    links = [(f"/shop/c/{shelf.slug}", shelf.name) for shelf in SHELVES] + [("/shop/help", "Help")]
    nav = "".join(
        f'<a class="head-link" href="{path}"{_current(visit.path == path)}>{text(name)}</a>'
        for path, name in links
    )
    who = text(visit.shopper.first_name) if visit.shopper else "Sign in"
    in_account, in_basket = (_current(visit.path == f"/shop/{place}") for place in ("account", "basket"))
    return f"""<header>
<p class="ribbon">
  Free delivery from £60 <span class="ribbon-dot" aria-hidden="true">·</span> 60 days to change your mind
</p>
<div class="head">
<a class="brand" href="/shop/">{picture("mark.svg", "", size=(34, 34), lazy=False)}<span>{text(NAME)}</span></a>
<nav class="head-nav" aria-label="Main">{nav}</nav>
<div class="head-tools">
  <a class="tool" href="/shop/account"{in_account}>{icon("person")}<span class="tool-word">{who}</span></a>
  <a class="tool" href="/shop/basket"{in_basket}>
    {icon("basket")}
    <span class="tool-word tool-word--wide">Basket</span>
    <b class="count" data-basket-count hidden></b>
  </a>
</div>
</div>
</header>"""


def _footer() -> str:
    shelves = [
        *((f"/shop/c/{shelf.slug}", shelf.name) for shelf in SHELVES),
        ("/shop/c/everything", "Everything"),
    ]
    return f"""<footer class="foot">
<div class="foot-in">
<div class="foot-brand">
<a class="brand" href="/shop/">{picture("mark.svg", "", size=(34, 34))}<span>{text(NAME)}</span></a>
<p class="foot-line">Things for sleeping outside, made to be mended.</p>
</div>
{_foot_links("Shop", shelves)}
{_foot_links("Help", _HELP)}
{_foot_links("You", _YOU)}
</div>
<p class="foot-note"><span>A made-up shop that shows what Kithdesk does. Nothing here is for sale.</span>
<a class="foot-staff plain-link" href="/shop/staff">Staff: open the console</a></p>
</footer>"""


def _foot_links(name: str, links: Iterable[tuple[str, str]]) -> str:
    entries = "".join(
        f'<li><a class="foot-link plain-link" href="{path}">{text(words)}</a></li>' for path, words in links
    )
    return f'<nav aria-label="{name}"><h2 class="foot-head">{name}</h2><ul>{entries}</ul></nav>'


def _current(is_current: bool) -> str:
    return ' aria-current="page"' if is_current else ""
