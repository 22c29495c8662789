"""Parts that several pages show: a product in a grid, a price, the way to ask."""

from __future__ import annotations

from collections.abc import Iterable

from kithdesk.demo.shop.catalogue import price_text
from kithdesk.demo.shop.goods import Product
from kithdesk.demo.shop.html import icon, picture, text


def product_grid(products: Iterable[Product], *, heading: str = "h2", css: str = "grid") -> str:
    """Cards that lead to the products."""
    cards = "".join(f"<li>{_card(product, heading)}</li>" for product in products)
    return f'<ul class="{css}">{cards}</ul>'


def _card(product: Product, heading: str) -> str:
    badge = f'<span class="badge">{text(product.badge)}</span>' if product.badge else ""
    return f"""<a class="card" href="/shop/p/{product.slug}">
  <span class="tile tile--{product.tile}">{picture(product.drawing, "", css="card-art")}{badge}</span>
  <span class="card-line">
    <{heading} class="card-name">{text(product.name)}</{heading}>
    <span class="price">{price_text(product.price)}</span>
  </span>
  <span class="card-kind">{text(product.kind)}</span>
</a>"""


def ask(question: str, words: str, *, button: str = "Ask us") -> str:
    """A quiet row that opens the chat."""
    return f"""<aside class="ask">
<div><h2 class="ask-question">{text(question)}</h2><p class="ask-words">{text(words)}</p></div>
<button class="button button--plain" type="button" data-open-chat>{icon("chat")}{text(button)}</button>
</aside>"""
