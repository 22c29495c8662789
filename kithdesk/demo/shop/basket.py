"""The basket lives in the browser; the page brings the catalogue with it and draws it there."""

from __future__ import annotations

import json

from kithdesk.demo.shop.catalogue import PRODUCTS
from kithdesk.demo.shop.html import asset_url, icon, picture
from kithdesk.demo.shop.layout import Visit, page
from kithdesk.demo.shop.shoppers import DELIVERY, FREE_DELIVERY_FROM

_PROMISE = "This shop is a demonstration: an order goes to the desk, and nothing is charged or sent."


def basket_page(visit: Visit) -> str:
    body = f"""<div class="band" data-basket>
<header class="page-head"><h1>Your basket</h1></header>
<div class="nothing" data-basket-empty hidden>
  <span class="tile tile--sand nothing-art">{picture("kettle.svg", "")}</span>
  <h2>Nothing in it yet</h2>
  <p class="nothing-words">Whatever you add stays here, in this browser, until you take it out.</p>
  <p class="nothing-button"><a class="button" href="/shop/c/everything">Look around</a></p>
</div>
<div class="basket-full" data-basket-full hidden>
  <ul data-basket-lines></ul>
  <section class="sum" aria-label="Sum">
    <dl>
      <div class="sum-row"><dt>Goods</dt><dd class="sum-value" data-sum-goods></dd></div>
      <div class="sum-row"><dt>Delivery</dt><dd class="sum-value" data-sum-delivery></dd></div>
      <div class="sum-row sum-row--total"><dt>Together</dt><dd class="sum-value" data-sum-total></dd></div>
    </dl>
    <p class="sum-hint" data-sum-hint></p>
    {_till(visit)}
    <button class="text-button sum-ask" type="button" data-open-chat>
      {icon("chat")}A question before you order?
    </button>
  </section>
</div>
<noscript><p>The basket needs JavaScript.</p></noscript>
<script type="application/json" id="catalogue">{_catalogue()}</script>
</div>"""
    return page(visit, title="Your basket", body=body)


def _till(visit: Visit) -> str:
    if visit.shopper is None:
        return f"""<a class="button" href="/shop/account">Sign in to order</a>
    <p class="sum-note">{_PROMISE}</p>"""
    return f"""<button class="button" type="button" data-checkout>Order and pay</button>
    <p class="sum-note">{_PROMISE}</p>"""


def _catalogue() -> str:
    """What the script needs to know; `<` is written so that no text can end the element."""
    things = {
        product.slug: {
            "name": product.name,
            "kind": product.kind,
            "price": product.price,
            "tile": product.tile,
            "picture": asset_url(f"art/{product.drawing}"),
        }
        for product in PRODUCTS
    }
    rules = {"products": things, "freeFrom": FREE_DELIVERY_FROM, "delivery": DELIVERY}
    return json.dumps(rules, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
