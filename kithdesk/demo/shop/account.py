"""The account page: who you are in this shop, and what you have ordered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kithdesk.demo.shop.catalogue import price_text
from kithdesk.demo.shop.html import icon, picture, text
from kithdesk.demo.shop.layout import Visit, page
from kithdesk.demo.shop.shoppers import SHOPPERS, Line, Order, OrderState, Shopper

_STATES: dict[OrderState, str] = {
    "packing": "Being packed",
    "on_its_way": "On its way",
    "delivered": "Delivered",
    "returning": "Coming back to us",
    "mending": "On the bench",
}


def account_page(visit: Visit) -> str:
    if visit.shopper is None:
        return page(visit, title="Sign in", body=_signed_out())
    return page(visit, title="Account and orders", body=_signed_in(visit.shopper, visit.placed, visit.now))


def _signed_out() -> str:
    people = "".join(f"<li>{_person(shopper)}</li>" for shopper in SHOPPERS)
    return f"""<div class="band band--narrow">
<header class="page-head">
  <h1>Sign in as</h1>
  <p class="page-lead">In a real shop you would be yourself. Here you may be one of three people, or nobody.</p>
</header>
<ul class="people">{people}</ul>
<div class="guest">
  <p class="guest-words">You are browsing as a guest. The chat knows no more of you than the pages you look at,
    and not even those before you write.</p>
  <a class="button button--plain" href="/shop/">Go on as a guest</a>
</div>
</div>"""


def _person(shopper: Shopper) -> str:
    return f"""<button class="person" type="button" data-sign-in="{shopper.key}">
  {_face(shopper)}
  <span class="person-words">
    <b class="person-name">{text(shopper.name)}</b>
    <span class="person-mail">{_mail(shopper.email)}</span>
    <small class="small">{text(shopper.about)}</small>
  </span>
  <span class="person-arrow">{icon("arrow")}</span>
</button>"""


def _signed_in(shopper: Shopper, placed: tuple[Order, ...], now: int) -> str:
    today = datetime.fromtimestamp(now / 1000, UTC)
    orders = "".join(_order(order, today) for order in (*placed, *shopper.orders))
    others = "".join(_other_person(other) for other in SHOPPERS if other is not shopper)
    return f"""<div class="band account">
<div>
  <header class="page-head"><h1>Hello, {text(shopper.first_name)}</h1></header>
  <section aria-label="Orders">
    <h2 class="small-head">Orders</h2>
    {orders}
  </section>
</div>
<aside class="account-side">
  <section class="panel">
    <div class="panel-who">
      {_face(shopper)}
      <div class="panel-words">
        <b class="person-name">{text(shopper.name)}</b>
        <span class="panel-mail">{_mail(shopper.email)}</span>
      </div>
    </div>
    <dl class="panel-facts">
      {_fact("Customer number", shopper.external_id)}
      {_fact("With us since", str(today.year - shopper.years_ago))}
    </dl>
    <button class="button button--plain panel-button" type="button" data-sign-out>Sign out</button>
  </section>
  <section class="panel">
    <h2 class="small-head">Be someone else</h2>
    {others}
  </section>
</aside>
</div>"""


def _other_person(shopper: Shopper) -> str:
    return f"""<button class="person person--small person--quiet" type="button" data-sign-in="{shopper.key}">
  {_face(shopper, "face--small")}
  <span class="person-words"><b class="person-name">{text(shopper.name)}</b></span>
</button>"""


def _mail(address: str) -> str:
    """Where it does not fit on a line, it breaks before the `@`."""
    mailbox, _, domain = address.partition("@")
    return f"{text(mailbox)}<wbr>@{text(domain)}"


def _face(shopper: Shopper, css: str = "") -> str:
    return f'<span class="face face--{shopper.key} {css}" aria-hidden="true">{text(shopper.initials)}</span>'


def _fact(name: str, value: str) -> str:
    return f'<div class="fact"><dt class="fact-name">{text(name)}</dt><dd class="fact-value">{text(value)}</dd></div>'


def _order(order: Order, today: datetime) -> str:
    placed = today - timedelta(days=order.days_ago)
    lines = "".join(_line(line) for line in order.lines)
    return f"""<article class="order">
  <header class="order-head">
    <div>
      <h3>Order {order.number}</h3>
      <p class="order-when">
        <time datetime="{placed:%Y-%m-%d}">{placed.day} {placed:%B %Y}</time>
        <span aria-hidden="true">·</span> {price_text(order.total)}
      </p>
    </div>
    <span class="state state--{order.state}">{_STATES[order.state]}</span>
  </header>
  <p class="order-news">{text(order.news)}</p>
  <ul class="order-lines">{lines}</ul>
  <button class="text-button" type="button" data-open-chat="Order {order.number}: ">
    {icon("chat")}Ask about this order
  </button>
</article>"""


def _line(line: Line) -> str:
    product = line.product
    size = [f"size {line.size}"] if line.size else []
    pieces = [f"{line.quantity} pieces"] if line.quantity > 1 else []
    return f"""<li><a class="order-line" href="/shop/p/{product.slug}">
  <span class="tile tile--{product.tile} order-tile">{picture(product.drawing, "")}</span>
  <span>
    <b class="order-name">{text(product.name)}</b>
    <small class="small">{text(", ".join([product.kind, *size, *pieces]))}</small>
  </span>
  <span class="price">{price_text(product.price * line.quantity)}</span>
</a></li>"""
