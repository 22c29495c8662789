"""One product."""

from __future__ import annotations

from kithdesk.demo.shop.catalogue import BY_SLUG, SHELF_BY_SLUG, on_shelf, price_text
from kithdesk.demo.shop.goods import Product
from kithdesk.demo.shop.html import icon, picture, text
from kithdesk.demo.shop.layout import Visit, page
from kithdesk.demo.shop.pieces import ask, product_grid
from kithdesk.demo.shop.shoppers import FREE_DELIVERY_FROM

_BEFORE_FREE = "Add {} more and delivery is free"


def product_page(visit: Visit, slug: str) -> str | None:
    """The page of a product, or None for one that we do not sell."""
    product = BY_SLUG.get(slug)
    if product is None:
        return None
    shelf = SHELF_BY_SLUG[product.shelf]
    facts = "".join(_fact(name, value) for name, value in product.facts)
    included = "".join(f"<li>{icon('tick')}{text(thing)}</li>" for thing in product.included)
    others = [other for other in on_shelf(product.shelf) if other is not product]
    words, who = product.quote
    described = f"{product.name}, {product.kind.lower()}, {product.colour.lower()}"
    body = f"""<div class="band">
<nav class="crumbs" aria-label="You are here">
  <a class="plain-link" href="/shop/c/{shelf.slug}">{text(shelf.name)}</a>
  <span aria-hidden="true">/</span>
  <span>{text(product.name)}</span>
</nav>
<div class="product">
  <figure class="tile tile--{product.tile}">
    {picture(product.drawing, described, lazy=False, css="product-drawing")}
  </figure>
  <div>
    <p class="kind">{text(product.kind)}</p>
    <h1>{text(product.name)}</h1>
    <p class="lead">{text(product.line)}</p>
    <p class="stars">
      <span class="stars-drawn" aria-hidden="true">★★★★★</span> {product.stars} from {product.reviews} reviews
    </p>
    {_buy(product)}
    <ul class="assurances">
      <li class="assurance">{icon("parcel")}{text(_delivery(product))}</li>
      <li class="assurance">{icon("back")}60 days to try it, outside too</li>
      <li class="assurance">{icon("needle")}Mended free for five years</li>
    </ul>
  </div>
</div>
<div class="product-more">
  <section class="product-story">
    <h2 class="product-head">About it</h2>
    <p>{text(product.story)}</p>
    <blockquote class="quote"><p>“{text(words)}”</p><footer class="quote-who">{text(who)}</footer></blockquote>
  </section>
  <section><h2 class="product-head">In figures</h2><dl>{facts}</dl></section>
  <section><h2 class="product-head">In the box</h2><ul class="ticks">{included}</ul></section>
</div>
{ask("Not sure about it?", "The people in the chat have slept in it, cooked on it or walked in it.")}
<section class="related">
  <h2 class="related-head">Beside it on the shelf</h2>
  {product_grid(others, heading="h3", css="grid grid--three")}
</section>
</div>"""
    return page(visit, title=f"{product.name} {product.kind.lower()}", body=body, about=product.line)


def _fact(name: str, value: str) -> str:
    return f'<div class="fact"><dt class="fact-name">{text(name)}</dt><dd class="fact-value">{text(value)}</dd></div>'


def _buy(product: Product) -> str:
    quantities = "".join(f"<option>{number}</option>" for number in range(1, 7))
    return f"""<form class="buy" data-add-to-basket="{product.slug}" data-name="{text(product.name)}">
      <p class="buy-price">
        <span class="price buy-amount">{price_text(product.price)}</span>
        <span class="colour colour--{product.colour.lower()}">{text(product.colour)}</span>
      </p>
      {_sizes(product)}
      <div class="buy-row">
        <label><span class="unseen">Quantity</span><select class="select" name="quantity">{quantities}</select></label>
        <button class="button buy-button" type="submit">Add to basket</button>
      </div>
    </form>"""


def _sizes(product: Product) -> str:
    if not product.sizes:
        return ""
    middle = product.sizes[len(product.sizes) // 2]
    options = "".join(_size(size, is_chosen=size == middle) for size in product.sizes)
    return f"""<fieldset class="sizes">
        <legend class="sizes-head">
          Size <a class="sizes-chart plain-link" href="/shop/help#sizes">Which is mine?</a>
        </legend>
        <div class="sizes-row">{options}</div>
      </fieldset>"""


def _size(size: str, *, is_chosen: bool) -> str:
    chosen = " checked" if is_chosen else ""
    return f"""<label class="size">
          <input class="size-input" type="radio" name="size" value="{text(size)}"{chosen}>
          <span class="size-face">{text(size)}</span>
        </label>"""


def _delivery(product: Product) -> str:
    if product.price >= FREE_DELIVERY_FROM:
        return "Free delivery, two working days"
    return _BEFORE_FREE.format(price_text(FREE_DELIVERY_FROM - product.price))
