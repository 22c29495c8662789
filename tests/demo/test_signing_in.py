"""The shop vouches for its shoppers, and opens the console, for people at this machine and nobody else."""

from __future__ import annotations

import httpx
import jwt
import pytest
from fastapi import FastAPI

from kithdesk.access import list_identity_secrets
from kithdesk.access.routes import router as access_routes
from kithdesk.channels.chat.errors import IdentityRefused
from kithdesk.channels.chat.identity import LoggedIn, log_in, new_login
from kithdesk.channels.chat.proving import read_identity
from kithdesk.core import web
from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.work import Reads
from kithdesk.customers import find_by_external_id, find_customer
from kithdesk.demo import DemoLinks
from kithdesk.demo.shop.shoppers import SHOPPERS, Shopper
from tests.demo.conftest import Browse

FROM_AFAR = [
    {"address": "203.0.113.7"},
    {"address": "192.168.1.20"},
    {"site": "http://shop.example"},
    {"site": "http://192.168.1.10:8080"},
    {"x_forwarded_for": "203.0.113.7"},
    {"forwarded": "for=203.0.113.7"},
    {"sec_fetch_site": "cross-site"},
    {"sec_fetch_site": "same-site"},
]


async def vouched(shop: httpx.AsyncClient, shopper: str) -> str:
    answer = await shop.post("/shop/api/identity", json={"shopper": shopper})
    assert answer.status_code == 200, answer.text
    token: str = answer.json()["jwtToken"]
    return token


async def read_proof(desk: Desk, links: DemoLinks, token: str) -> object:
    secrets = await list_identity_secrets(desk, links.organisation)
    return read_identity(token, secrets, desk.clock.now()).identity.value


@pytest.mark.parametrize("shopper", SHOPPERS, ids=lambda shopper: shopper.key)
async def test_the_chat_takes_the_shops_word(
    desk: Desk, links: DemoLinks, shop: httpx.AsyncClient, shopper: Shopper
) -> None:
    token = await vouched(shop, shopper.key)

    assert await read_proof(desk, links, token) == shopper.email
    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims == {
        "externalId": shopper.external_id,
        "email": shopper.email,
        "name": shopper.name,
        "iat": desk.clock.now() // 1000,
    }
    assert jwt.get_unverified_header(token) == {"alg": "HS256", "typ": "JWT"}


async def test_whoever_signs_in_is_the_customer_with_the_history(
    desk: Desk, links: DemoLinks, shop: httpx.AsyncClient
) -> None:
    secrets = await list_identity_secrets(desk, links.organisation)
    vouched_for = await vouched(shop, "tom")
    proof = read_identity(vouched_for, secrets, desk.clock.now())
    visitor = Actor(organisation=links.organisation, type="customer")

    logged_in: LoggedIn = (
        await desk.run(log_in, proof, new_login(desk, None, vouched_for), by=visitor)
    ).value

    def known(reads: Reads) -> str | None:
        return find_by_external_id(reads, "BB-2210")

    program = system(links.organisation)
    assert logged_in.customer == (await desk.read(known, by=program)).value
    customer = (await desk.read(find_customer, logged_in.customer, by=program)).value
    assert customer is not None
    assert (customer.display_name, customer.activity.conversations_open) == ("Tom Okafor", 1)


async def test_the_shops_word_is_good_for_a_quarter_of_an_hour(
    desk: Desk, links: DemoLinks, shop: httpx.AsyncClient, clock: ManualClock
) -> None:
    token = await vouched(shop, "maya")

    clock.advance(minutes=16)

    with pytest.raises(IdentityRefused):
        await read_proof(desk, links, token)


async def test_the_shop_remembers_who_is_signed_in_until_they_sign_out(shop: httpx.AsyncClient) -> None:
    await vouched(shop, "hana")
    assert "Hello, Hana" in (await shop.get("/shop/account")).text

    assert (await shop.post("/shop/api/sign-out")).status_code == 204

    assert "Sign in as" in (await shop.get("/shop/account")).text


@pytest.mark.parametrize("body", [{}, {"shopper": "mallory"}, {"shopper": ["maya"]}, ["maya"], "maya", 7])
async def test_nobody_else_can_be_signed_in(shop: httpx.AsyncClient, body: object) -> None:
    answer = await shop.post("/shop/api/identity", json=body)

    assert answer.status_code == 400
    assert "set-cookie" not in answer.headers


async def test_a_form_of_another_page_signs_nobody_in(shop: httpx.AsyncClient) -> None:
    answer = await shop.post(
        "/shop/api/identity", content=b'{"shopper":"maya"}', headers={"Content-Type": "text/plain"}
    )

    assert answer.status_code == 415


@pytest.mark.parametrize("place", FROM_AFAR, ids=str)
async def test_T87_from_elsewhere_nobody_is_signed_in(browse: Browse, place: dict[str, str]) -> None:
    far = browse(**place)

    for answer in (
        await far.post("/shop/api/identity", json={"shopper": "maya"}),
        await far.post("/shop/api/sign-out"),
        await far.get("/shop/staff"),
    ):
        assert answer.status_code == 403, answer.request.url
        assert "location" not in answer.headers
        assert "set-cookie" not in answer.headers
        assert "jwtToken" not in answer.text


@pytest.mark.parametrize(
    "place",
    [
        {},
        {"address": "::1", "site": "http://[::1]:8080"},
        {"address": "127.0.0.1", "site": "http://127.0.0.1:8080"},
        {"sec_fetch_site": "same-origin"},
        {"sec_fetch_site": "none"},
    ],
    ids=str,
)
async def test_T87_at_this_machine_one_click_opens_the_console(browse: Browse, place: dict[str, str]) -> None:
    answer = await browse(**place).get("/shop/staff")

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("http://127.0.0.1:8080/#/link/kdl_")
    assert answer.headers["cache-control"] == "no-store"


async def test_T87_a_console_link_works_once_and_a_newer_one_replaces_it(
    desk: Desk, links: DemoLinks, shop: httpx.AsyncClient
) -> None:
    newer = (await shop.get("/shop/staff")).headers["location"]

    assert await statuses_of(desk, links.console, 1) == [401]
    assert await statuses_of(desk, newer, 2) == [201, 401]


async def statuses_of(desk: Desk, link: str, times: int) -> list[int]:
    """What the console's exchange of the link gives, so many times."""
    app = FastAPI()
    app.state.desk = desk
    web.install(app)
    app.include_router(access_routes)
    transport = httpx.ASGITransport(app, client=("127.0.0.1", 40_000))
    token = link.partition("#/link/")[2]
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as console:
        return [
            (await console.post("/v1/auth/links", json={"token": token})).status_code for _ in range(times)
        ]
