"""The shop over HTTP, beside the desk in one process. Pages are for anybody, signing in is for this machine only."""

from __future__ import annotations

import mimetypes
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from kithdesk.access.provisioning import sign_in_link
from kithdesk.core import json
from kithdesk.core.actors import system
from kithdesk.core.desk import Desk
from kithdesk.core.errors import BadParameter, NotFound, Unauthorized, Unsupported
from kithdesk.core.peers import host_of, is_loopback
from kithdesk.demo import shop
from kithdesk.demo.errors import OnlyHere
from kithdesk.demo.identity import vouch_for
from kithdesk.demo.links import DemoLinks
from kithdesk.demo.ordering import lines_of, place_order, placed_orders
from kithdesk.demo.shop.html import read_asset
from kithdesk.demo.shop.shoppers import BY_KEY, Order, Shopper

COOKIE = "birch-shopper"
_SIGNED_IN_SECONDS = 30 * 24 * 3600
_ASSET_FOLDERS = ("art", "assets")
_LONG = "public, max-age=31536000, immutable"

_ONE: dict[str, Callable[[shop.Visit], str]] = {
    "": shop.home_page,
    "basket": shop.basket_page,
    "account": shop.account_page,
    "help": shop.help_page,
}
_MANY: dict[str, Callable[[shop.Visit, str], str | None]] = {"c": shop.shelf_page, "p": shop.product_page}

Endpoint = Callable[[Request], Awaitable[Response]]


def shop_routes(desk: Desk, links: DemoLinks) -> APIRouter:
    """Everything under `/shop`. Not part of the API, so not in its description."""
    router = APIRouter(include_in_schema=False)

    async def page(request: Request) -> Response:
        moved = _other_site(request, links)
        if moved is not None:
            return RedirectResponse(moved, 302)
        visit = await _visit(request, desk, links)
        body = _page_at(visit, request.path_params["path"])
        status = 200
        if body is None:
            body, status = shop.lost_page(visit), 404
        return Response(body, status, _page_headers(links), "text/html; charset=utf-8")

    async def identity(request: Request) -> Response:
        """`{"shopper": KEY}` → `{"jwtToken"}`, and the shop's own cookie."""
        check_here(request)
        shopper = await _shopper_in(request)
        token = await vouch_for(desk, links.organisation, shopper)
        response = JSONResponse({"jwtToken": token}, headers={"Cache-Control": "no-store"})
        response.set_cookie(
            COOKIE, shopper.key, _SIGNED_IN_SECONDS, path="/shop", httponly=True, samesite="lax"
        )
        return response

    async def orders(request: Request) -> Response:
        """`{"lines": [{"slug", "size", "quantity"}]}` of whoever is signed in → `{"number"}`."""
        check_here(request)
        shopper = BY_KEY.get(request.cookies.get(COOKIE, ""))
        if shopper is None:
            raise Unauthorized
        lines = lines_of((await _body_of(request)).get("lines"))
        number = await place_order(desk, links.organisation, shopper, lines)
        return JSONResponse({"number": number}, 201, {"Cache-Control": "no-store"})

    async def sign_out(request: Request) -> Response:
        check_here(request)
        response = Response(status_code=204)
        response.delete_cookie(COOKIE, path="/shop", httponly=True, samesite="lax")
        return response

    async def staff(request: Request) -> Response:
        """A new sign-in link for the console, each time somebody at this machine asks."""
        check_here(request)
        url = await sign_in_link(desk, links.organisation, links.agent)
        return RedirectResponse(url, 303, {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})

    router.add_route("/shop/api/identity", identity, methods=["POST"])
    router.add_route("/shop/api/orders", orders, methods=["POST"])
    router.add_route("/shop/api/sign-out", sign_out, methods=["POST"])
    router.add_route("/shop/staff", staff, methods=["GET"])
    for folder in _ASSET_FOLDERS:
        router.add_route(f"/shop/{folder}/{{name}}", _asset_in(folder), methods=["GET"])
    router.add_route("/shop", _to_front, methods=["GET"])
    router.add_route("/shop/{path:path}", page, methods=["GET"])
    return router


def check_here(request: Request) -> None:
    """Somebody at this machine, in a page of this shop. Raises `OnlyHere`.

    The peer's address alone would admit what a proxy on this machine brings from outside, and pages of other sites that
    are open in the same browser, under a name of their own that they point here.
    """
    peer = request.client.host if request.client is not None else ""
    name = host_of(f"//{request.headers.get('host', '')}")
    has_come_far = "x-forwarded-for" in request.headers or "forwarded" in request.headers
    is_own_page = request.headers.get("sec-fetch-site", "none") in ("same-origin", "none")
    if (
        not (is_loopback(peer) and (name == "localhost" or (name and is_loopback(name))) and is_own_page)
        or has_come_far
    ):
        raise OnlyHere


def _page_at(visit: shop.Visit, path: str) -> str | None:
    """The page, or None where there is none."""
    folder, _, name = path.partition("/")
    if folder in _MANY:
        return _MANY[folder](visit, name)
    return _ONE[path](visit) if path in _ONE else None


async def _visit(request: Request, desk: Desk, links: DemoLinks) -> shop.Visit:
    shopper = BY_KEY.get(request.cookies.get(COOKIE, ""))
    placed: tuple[Order, ...] = ()
    if shopper is not None and request.url.path == "/shop/account":
        placed = (await desk.read(placed_orders, shopper, by=system(links.organisation))).value
    return shop.Visit(
        chat_origin=links.base_url,
        chat_key=links.widget_key,
        path=request.url.path,
        shopper=shopper,
        now=desk.clock.now(),
        placed=placed,
    )


def _other_site(request: Request, links: DemoLinks) -> str | None:
    """On the chat's own site the shop would not show what a real one does; this is where it lives instead."""
    ours, theirs = urlsplit(links.base_url), urlsplit(links.shop)
    if ours.netloc == theirs.netloc or request.headers.get("host") != ours.netloc:
        return None
    return f"{theirs.scheme}://{theirs.netloc}{request.url.path}"


def _page_headers(links: DemoLinks) -> dict[str, str]:
    """What a shop of this size would send: its own files, and the chat's script, frame and calls."""
    chat = links.base_url
    policy = (
        f"default-src 'self'; script-src 'self' {chat}; connect-src 'self' {chat}; frame-src {chat}; "
        f"img-src 'self' {chat} data: blob:; object-src 'none'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'self'"
    )
    return {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Cache-Control": "private, no-cache",
        "Vary": "Cookie",
    }


def _asset_in(folder: str) -> Endpoint:
    async def asset(request: Request) -> Response:
        name = request.path_params["name"]
        media_type, _ = mimetypes.guess_type(name)
        if media_type not in ("image/svg+xml", "text/css", "text/javascript"):
            raise NotFound
        try:
            body = read_asset(f"{folder}/{name}")
        except (FileNotFoundError, ValueError):
            raise NotFound from None
        # Drawings carry their own styles; opened by themselves they may do nothing else.
        policy = "default-src 'none'; style-src 'unsafe-inline'"
        keep = _LONG if "v" in request.query_params else "no-cache"
        return Response(
            body, headers={"Content-Security-Policy": policy, "Cache-Control": keep}, media_type=media_type
        )

    return asset


async def _to_front(_request: Request) -> Response:
    return RedirectResponse("/shop/", 308)


async def _shopper_in(request: Request) -> Shopper:
    key = (await _body_of(request)).get("shopper")
    shopper = BY_KEY.get(key) if isinstance(key, str) else None
    if shopper is None:
        raise BadParameter("There is no such shopper.", parameter="shopper")
    return shopper


async def _body_of(request: Request) -> dict[str, Any]:
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise Unsupported("JSON is expected.")
    try:
        body = json.parse(await request.body())
    except ValueError as problem:
        raise BadParameter(str(problem)) from None
    return body if isinstance(body, dict) else {}
