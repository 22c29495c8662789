"""A department: what stands on one shelf, or on all of them."""

from __future__ import annotations

from kithdesk.demo.shop.catalogue import PRODUCTS, SHELF_BY_SLUG, SHELVES, on_shelf
from kithdesk.demo.shop.html import text
from kithdesk.demo.shop.layout import Visit, page
from kithdesk.demo.shop.pieces import ask, product_grid

_QUESTIONS = {
    "shelter": (
        "Two of you, or two and a dog?",
        "Tell us who sleeps in it and where. We have probably been there.",
    ),
    "kitchen": (
        "Which gas fits?",
        "Canisters, altitude, frost, flights: ask before you are cold and hungry.",
    ),
    "trail": ("Between two sizes?", "Tell us what you wear now. We know how ours compare."),
}


def shelf_page(visit: Visit, slug: str) -> str | None:
    """The page of a shelf, or None for a shelf that we do not have."""
    if slug == "everything":
        return _everything(visit)
    shelf = SHELF_BY_SLUG.get(slug)
    if shelf is None:
        return None
    body = f"""<div class="band">
<header class="page-head"><h1>{text(shelf.name)}</h1><p class="page-lead">{text(shelf.line)}</p>{_others(slug)}</header>
{product_grid(on_shelf(slug))}
{ask(*_QUESTIONS[slug])}
</div>"""
    return page(visit, title=shelf.name, body=body, about=shelf.line)


def _everything(visit: Visit) -> str:
    line = "Twelve things. We would rather make one tent well than nine."
    body = f"""<div class="band">
<header class="page-head"><h1>Everything</h1><p class="page-lead">{line}</p>{_others("everything")}</header>
{product_grid(PRODUCTS)}
</div>"""
    return page(visit, title="Everything", body=body, about=line)


def _others(slug: str) -> str:
    places = [("everything", "Everything")] + [(shelf.slug, shelf.name) for shelf in SHELVES]
    links = "".join(
        f'<a class="chip" href="/shop/c/{place}"{" aria-current=true" if place == slug else ""}>{text(name)}</a>'
        for place, name in places
    )
    return f'<nav class="chips" aria-label="Departments">{links}</nav>'
