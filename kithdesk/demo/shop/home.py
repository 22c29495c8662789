"""The front page."""

from __future__ import annotations

from kithdesk.demo.shop.catalogue import BY_SLUG, SHELVES
from kithdesk.demo.shop.goods import Shelf
from kithdesk.demo.shop.html import Icon, arrow, asset_url, icon, picture, text
from kithdesk.demo.shop.layout import NAME, Visit, page
from kithdesk.demo.shop.pieces import product_grid

_WORKSHOP = "A green sewing machine on a workbench, with a rust-coloured tent under its needle"
_START = '<button class="text-button" type="button" data-open-chat>Start a chat</button>'
_LOVED = ("alder-2", "kettle", "fell-boot", "glow-worm")


def home_page(visit: Visit) -> str:
    shelves = "".join(f"<li>{_shelf(shelf)}</li>" for shelf in SHELVES)
    loved = product_grid((BY_SLUG[slug] for slug in _LOVED), heading="h3")
    body = f"""<section class="hero">
<picture>
  <source media="(max-width: 44rem)" srcset="{asset_url("art/morning.svg")}#low">
  {picture("morning.svg", "", size=(1440, 640), lazy=False, css="hero-art")}
</picture>
<div class="hero-words">
  <h1 class="hero-title">Nights out,<br>done simply.</h1>
  <p class="hero-lead">Tents, stoves and boots that we use ourselves, in the weather we have, and mend for as long as
    you keep them.</p>
  <p class="hero-row"><a class="button" href="/shop/c/shelter">See the tents</a></p>
</div>
</section>
<section class="band" aria-label="Departments"><ul class="shelves">{shelves}</ul></section>
<section class="band">
<div class="band-head">
  <h2>Most loved this season</h2>
  <a class="quiet-link" href="/shop/c/everything">Everything we make {arrow()}</a>
</div>
{loved}
</section>
<section class="mended" id="mended">
{picture("workshop.svg", _WORKSHOP, size=(720, 480), css="mended-art")}
<div class="mended-words">
  <h2>Made to be mended</h2>
  <p>Zips wear out before tents do. Ours are sewn so that a zip, a pole or a sole can be changed, and for five years we
    change it for nothing.</p>
  <ul class="ticks">
    <li>{icon("tick")}2,316 things mended last year</li>
    <li>{icon("tick")}Spare parts for everything we ever made</li>
    <li>{icon("tick")}A label inside says who sewed it</li>
  </ul>
  <p><a class="button button--plain" href="/shop/help#mending">How mending works</a></p>
</div>
</section>
<section class="band" aria-label="What you can count on">
<ul class="promises-list">
  {_promise("parcel", "Two working days", "Free from £60, to every island too.")}
  {_promise("back", "60 days", "Sleep in it. Send it back if it was wrong.")}
  {_promise("chat", "People who camp", f"Ask the ones who tested it. {_START}")}
</ul>
</section>"""
    about = "Tents, stoves, boots and everything between, made to be mended."
    return page(visit, title=f"{NAME}: nights out, done simply", body=body, about=about)


def _shelf(shelf: Shelf) -> str:
    front, back = (BY_SLUG[slug].drawing for slug in shelf.cover)
    return f"""<a class="shelf tile--{shelf.tile}" href="/shop/c/{shelf.slug}">
  <span class="shelf-words">
    <span class="shelf-name">{text(shelf.name)}</span>
    <span class="quiet-link">Look inside {arrow()}</span>
  </span>
  <span aria-hidden="true">
    {picture(back, "", css="shelf-thing shelf-thing--back")}
    {picture(front, "", css="shelf-thing shelf-thing--front")}
  </span>
</a>"""


def _promise(sign: Icon, words: str, more: str) -> str:
    """`more` is HTML."""
    return f"""<li class="promise">
    <span class="promise-sign">{icon(sign)}</span>
    <div><h3>{text(words)}</h3><p class="promise-words">{more}</p></div>
  </li>"""
