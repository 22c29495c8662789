"""The shop: every page, everything a page points at, and what it sends along."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

import httpx
import pytest

from kithdesk.demo import DemoLinks
from kithdesk.demo.shop.catalogue import PRODUCTS, SHELVES, price_text
from kithdesk.demo.shop.shoppers import SHOPPERS
from tests.demo.conftest import SITE, Browse

PAGES = [
    "/shop/",
    "/shop/c/everything",
    *(f"/shop/c/{shelf.slug}" for shelf in SHELVES),
    *(f"/shop/p/{product.slug}" for product in PRODUCTS),
    "/shop/basket",
    "/shop/account",
    "/shop/help",
]
_VOID = {"meta", "link", "img", "br", "input", "source", "path", "wbr"}


class Page(HTMLParser):
    """What a page points at, what can be pointed at in it, and whether its elements close."""

    def __init__(self, body: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.ids: list[str] = []
        self.pictures_without_words = 0
        self.title = ""
        self._open: list[str] = []
        self.feed(body)
        self.close()
        assert self._open == [], self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        assert len(known) == len(attrs), attrs
        if tag not in _VOID:
            self._open.append(tag)
        self.links += [known[name] or "" for name in ("href", "src", "srcset") if name in known]
        if known.get("id"):
            self.ids.append(known["id"] or "")
        self.pictures_without_words += tag == "img" and "alt" not in known
        assert not any(name.startswith("on") or name == "style" for name in known), attrs

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self._open.pop() == tag, (tag, self.getpos())

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["title"]:
            self.title += data


async def read(shop: httpx.AsyncClient, path: str) -> Page:
    answer = await shop.get(path)
    assert answer.status_code == 200, path
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return Page(answer.text)


async def test_every_page_is_whole_and_has_its_own_title(shop: httpx.AsyncClient) -> None:
    pages = {path: await read(shop, path) for path in PAGES}

    assert len({page.title for page in pages.values()}) == len(PAGES)
    assert all(page.title.endswith("Birch & Burrow") or "Birch" in page.title for page in pages.values())
    assert sum(page.pictures_without_words for page in pages.values()) == 0
    assert all(len(page.ids) == len(set(page.ids)) for page in pages.values())


async def test_whatever_a_page_points_at_is_there(shop: httpx.AsyncClient, links: DemoLinks) -> None:
    shop.cookies.set("birch-shopper", "maya")
    signed_in = await read(shop, "/shop/account")
    shop.cookies.clear()
    pages = {**{path: await read(shop, path) for path in PAGES}, "/shop/account?maya": signed_in}
    anchors = {path: page.ids for path, page in pages.items()}

    checked = set()
    for path, page in pages.items():
        for link in page.links:
            whole, anchor = urldefrag(urljoin(f"{SITE}{path}", link))
            if whole.startswith(f"{links.base_url}/widget.js") or whole.endswith("/shop/staff"):
                continue
            assert whole.startswith(f"{SITE}/shop/"), whole
            if whole not in checked:
                assert (await shop.get(whole)).status_code == 200, (path, whole)
                checked.add(whole)
            target = whole.removeprefix(SITE)
            assert not anchor or target not in anchors or anchor in anchors[target], (path, link)
    assert len(checked) > 30


async def test_scripts_and_styles_name_only_files_that_exist(shop: httpx.AsyncClient) -> None:
    script = (await shop.get("/shop/assets/shop.js")).text

    for line in script.splitlines():
        if line.startswith("import "):
            name = line.rpartition('"./')[2].removesuffix('";')
            assert (await shop.get(f"/shop/assets/{name}")).status_code == 200, name


async def test_the_chat_comes_from_another_site_in_one_line(
    shop: httpx.AsyncClient, links: DemoLinks
) -> None:
    for path in PAGES:
        body = (await shop.get(path)).text
        line = f'<script src="http://127.0.0.1:8080/widget.js" data-kithdesk-key="{links.widget_key}" async></script>'
        assert body.count(line) == 1, path


async def test_each_product_shows_its_name_its_price_and_its_own_drawing(shop: httpx.AsyncClient) -> None:
    for product in PRODUCTS:
        body = (await shop.get(f"/shop/p/{product.slug}")).text
        assert product.name in body
        assert price_text(product.price) in body
        assert f"/shop/art/{product.slug}.svg" in body


async def test_each_shopper_sees_their_own_orders_and_nobody_elses(shop: httpx.AsyncClient) -> None:
    for shopper in SHOPPERS:
        shop.cookies.set("birch-shopper", shopper.key)
        body = (await shop.get("/shop/account")).text
        assert f"Hello, {shopper.first_name}" in body
        for other in SHOPPERS:
            shown = [f"Order {order.number}" in body for order in other.orders]
            assert all(shown) if other is shopper else not any(shown)


async def test_a_long_address_breaks_before_its_domain(shop: httpx.AsyncClient) -> None:
    shopper = SHOPPERS[0]
    shop.cookies.set("birch-shopper", shopper.key)

    body = (await shop.get("/shop/account")).text

    assert shopper.email.replace("@", "<wbr>@") in body


async def test_a_cookie_that_names_nobody_is_a_guest(shop: httpx.AsyncClient) -> None:
    shop.cookies.set("birch-shopper", "<b>nobody</b>")

    body = (await shop.get("/shop/account")).text

    assert "Sign in as" in body
    assert "nobody</b>" not in body


@pytest.mark.parametrize(
    "path",
    ["/shop/nowhere", "/shop/p/", "/shop/p/yurt", "/shop/c/cellar", "/shop/basket/x", "/shop/c/shelter/x"],
)
async def test_a_path_that_leads_nowhere_says_so(shop: httpx.AsyncClient, path: str) -> None:
    answer = await shop.get(path)

    assert answer.status_code == 404
    assert "Off the path" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/shop/art/none.svg",
        "/shop/art/..svg",
        "/shop/art/mug",
        "/shop/assets/css",
        "/shop/assets/catalogue.py",
        "/shop/art/%2e%2e%2fcatalogue.py",
        "/shop/art/shop.js",
    ],
)
async def test_no_file_but_the_shops_own_is_served(shop: httpx.AsyncClient, path: str) -> None:
    assert (await shop.get(path)).status_code in (400, 404)


async def test_pages_send_a_policy_of_their_own_that_lets_the_chat_in(shop: httpx.AsyncClient) -> None:
    headers = (await shop.get("/shop/")).headers

    policy = headers["content-security-policy"]
    assert "script-src 'self' http://127.0.0.1:8080;" in policy
    assert "frame-src http://127.0.0.1:8080;" in policy
    assert "unsafe" not in policy
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in headers


async def test_files_may_be_kept_under_their_versioned_names_only(shop: httpx.AsyncClient) -> None:
    named = await shop.get("/shop/art/mug.svg?v=1")
    bare = await shop.get("/shop/art/mug.svg")

    assert "immutable" in named.headers["cache-control"]
    assert bare.headers["cache-control"] == "no-cache"
    assert named.headers["content-type"].startswith("image/svg+xml")


async def test_on_the_chats_own_site_the_shop_moves_to_another(browse: Browse) -> None:
    answer = await browse(site="http://127.0.0.1:8080").get("/shop/p/mug")

    assert (answer.status_code, answer.headers["location"]) == (302, "http://localhost:8080/shop/p/mug")


async def test_without_its_last_slash_the_shop_is_found_too(shop: httpx.AsyncClient) -> None:
    answer = await shop.get("/shop")

    assert answer.headers["location"] == "/shop/"
