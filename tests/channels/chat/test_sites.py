"""Which pages may carry the widget, what they may ask across origins, and what they are told."""

from __future__ import annotations

import pytest
from fastapi.routing import APIRoute

from kithdesk.app import create_api
from kithdesk.channels import chat
from kithdesk.channels.chat.privacy import STATEMENT
from kithdesk.channels.chat.sites import frame_ancestors_of, is_allowed
from kithdesk.core.headers import ON_EVERY_ANSWER
from tests.channels.chat.sites import Site, say


@pytest.mark.parametrize(
    ("origin", "domains", "allowed"),
    [
        ("https://shop.example", (), True),
        ("https://shop.example", ("shop.example",), True),
        ("https://www.shop.example", ("shop.example",), True),
        ("https://www.shop.example", ("*.shop.example",), True),
        ("https://shop.example", ("*.shop.example",), False),
        ("http://localhost:8081", ("localhost:8081",), True),
        ("http://localhost:8082", ("localhost:8081",), False),
        ("https://notshop.example", ("shop.example",), False),
        ("https://shop.example.evil.test", ("shop.example",), False),
        ("https://evil.test/shop.example", ("shop.example",), False),
        ("https://shop.example@evil.test", ("shop.example",), False),
        ("null", ("shop.example",), False),
        ("file://", ("shop.example",), False),
        ("https://[", ("shop.example",), False),
        ("https://shop.example:x", ("shop.example",), False),
        ("javascript://shop.example", ("shop.example",), False),
    ],
)
def test_a_list_of_domains_allows_them_and_what_is_under_them(
    origin: str, domains: tuple[str, ...], allowed: bool
) -> None:
    assert is_allowed(origin, domains) is allowed


@pytest.mark.parametrize(
    ("domains", "sources"),
    [
        ((), "*"),
        (("shop.example",), "'self' shop.example:* *.shop.example:*"),
        (
            ("*.shop.example", "localhost:8081", "127.0.0.1"),
            "'self' *.shop.example:* localhost:8081 127.0.0.1:*",
        ),
        (("shop.example; script-src *", "a b", "\r\nX: y"), "'self'"),
    ],
)
def test_T20_only_the_organisations_sites_may_frame_the_panel(domains: tuple[str, ...], sources: str) -> None:
    assert frame_ancestors_of(domains) == sources


async def test_T20_the_frame_follows_the_settings_and_a_made_up_key_frames_nothing(site: Site) -> None:
    assert await chat.frame_ancestors(site.desk, site.key) == "*"

    await site.allow("shop.example")

    assert await chat.frame_ancestors(site.desk, site.key) == "'self' shop.example:* *.shop.example:*"
    assert await chat.frame_ancestors(site.desk, "kdw_made_up") == "'self'"


async def test_T20_a_page_outside_the_list_gets_nothing_and_changes_nothing(site: Site) -> None:
    visitor = await site.token()
    await site.allow("shop.example")
    thief = {"Origin": "https://thief.test"}
    home = {"Origin": "https://www.shop.example"}
    browser, keyed = site.browser(visitor), site.browser(site.key)

    for headers, status in ((thief, 403), (home, 200)):
        assert (await browser.get("/c/v1/chat/sessions", headers=headers)).status_code == status
        assert (
            await browser.get(f"/c/v1/chat/settings?key={site.key}", headers=headers)
        ).status_code == status
    assert (await keyed.post("/c/v1/tracking/tokens", headers=thief)).status_code == 403
    refused = await browser.post(
        "/c/v1/chat/messages", json={"id": "m1", "newConversation": "c1", "body": "Hello"}, headers=thief
    )

    assert refused.status_code == 403
    assert refused.json()["errors"][0]["code"] == "foreign_site"
    assert await site.customers() == []
    own = {"Origin": "http://desk.test"}
    assert (await browser.get("/c/v1/chat/sessions", headers=own)).status_code == 200


async def test_live_asks_the_same_question(site: Site) -> None:
    actor, _ = await chat.resolve_visitor(site.desk, await site.token())
    await site.allow("shop.example")

    async def allowed(origin: str) -> bool:
        return (await site.desk.read(chat.is_origin_allowed, origin, by=actor)).value

    assert await allowed("https://shop.example")
    assert not await allowed("https://thief.test")


async def test_settings_are_public_cacheable_and_about_the_widget_alone(site: Site, other_site: Site) -> None:
    answer = await site.browser().get(f"/c/v1/chat/settings?key={site.key}")

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=60"
    data = answer.json()["data"]
    assert (data["type"], data["id"]) == ("chat_settings", site.id)
    assert data["attributes"]["attachments"]["maxBytes"] == 5 * 1024 * 1024
    assert data["attributes"]["colors"]["accent"].startswith("#")
    assert other_site.id not in answer.text
    assert (await site.browser().get("/c/v1/chat/settings?key=made-up")).status_code == 404
    assert (await site.browser().get("/c/v1/chat/settings")).status_code == 404


@pytest.mark.parametrize("origin", ["https://shop.example", "https://thief.test", "null"])
async def test_T88_pages_may_ask_and_read_but_never_with_credentials(site: Site, origin: str) -> None:
    browser = await site.visitor()
    headers = {"Origin": origin}

    answers = [
        await browser.get("/c/v1/chat/sessions", headers=headers),
        await browser.get("/c/v1/chat/sessions/" + "f" * 24, headers=headers),
        await site.browser().get("/c/v1/chat/sessions", headers=headers),
        await site.browser().get("/c/v1/nothing", headers=headers),
        await browser.options(
            "/c/v1/chat/messages",
            headers={**headers, "Access-Control-Request-Method": "POST"},
        ),
    ]

    assert [answer.status_code for answer in answers] == [200, 404, 401, 404, 204]
    for answer in answers:
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers
    assert "authorization" in answers[-1].headers["access-control-allow-headers"].lower()
    assert "X-Kithdesk-Position" in answers[0].headers["access-control-expose-headers"]


async def test_a_preflights_answer_is_as_safe_as_any_other(site: Site) -> None:
    headers = {"Origin": "https://shop.example"}
    answer = await site.browser().get("/c/v1/chat/sessions", headers=headers)
    preflight = await site.browser().options("/c/v1/chat/sessions", headers=headers)

    assert preflight.status_code == 204
    for name, _ in ON_EVERY_ANSWER:
        assert preflight.headers[name.decode()] == answer.headers[name.decode()]
    assert preflight.headers["content-security-policy"] == answer.headers["content-security-policy"]
    assert preflight.headers["x-request-id"]


async def test_T88_the_agents_api_is_closed_to_other_pages(site: Site) -> None:
    headers = {"Origin": "https://shop.example", "Access-Control-Request-Method": "POST"}

    answers = [
        await site.browser().get("/v1/routing/queues", headers=headers),
        await site.browser().options("/v1/conversations", headers=headers),
    ]

    assert all("access-control-allow-origin" not in answer.headers for answer in answers)


async def test_T21_names_that_could_change_a_program_are_refused_as_attributes(site: Site) -> None:
    browser = await site.visitor()
    conversation = (await say(browser)).json()["conversation"]

    for name in ("__proto__", "<img src=x onerror=alert(1)>", "", "a" * 65, "ä"):
        customer = await browser.patch("/c/v1/customers/current", json={"custom": {name: {"polluted": True}}})
        described = await browser.patch(
            f"/c/v1/conversations/{conversation}", json={"customAttributes": {name: 1}}
        )
        assert (customer.status_code, described.status_code) == (400, 400), name
    assert "polluted" not in str(await site.customers())


async def test_what_a_page_says_is_kept_apart_as_a_claim(site: Site) -> None:
    browser = await site.visitor()
    early = await browser.patch("/c/v1/customers/current", json={"name": "Ada", "custom": {"plan": "gold"}})
    assert early.json()["data"]["attributes"]["customerId"] is None
    assert await site.customers() == []

    await say(browser)

    (row,) = await site.customers()
    assert '"plan":"gold"' in str(row)


@pytest.mark.parametrize(
    "body", [{"verified": True}, {"emails": 7}, {"custom": {"a": {"b": {"c": {"d": 1}}}}}, []]
)
async def test_T24_what_cannot_be_described_is_refused(site: Site, body: object) -> None:
    browser = await site.visitor()

    answer = await browser.patch("/c/v1/customers/current", json=body)

    assert answer.status_code == 400


@pytest.mark.parametrize(
    "path", ["/c/v1/chat/settings?key=%00", "/c/v1/chat/sessions/x/messages?before=a%00b"]
)
async def test_T24_what_no_database_keeps_is_refused_in_a_query(site: Site, path: str) -> None:
    browser = await site.visitor()

    answer = await browser.get(path)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["source"]["parameter"] in ("key", "before")


async def test_the_privacy_statement_is_served_and_true_of_the_code(site: Site) -> None:
    answer = await site.browser().get("/.well-known/kithdesk-privacy.json")

    assert answer.status_code == 200
    assert answer.json() == STATEMENT
    assert answer.headers["access-control-allow-origin"] == "*"
    kept = STATEMENT["afterTheVisitorWritesOrLogsIn"]["storage"][0]
    assert (kept["name"], kept["days"]) == ("kithdesk-identity", 90)
    assert STATEMENT["thirdParties"] == []


async def test_the_privacy_statement_names_every_door_by_which_something_is_sent(site: Site) -> None:
    doors = {
        f"{method} {route.path}"
        for route in create_api(site.desk).routes
        if isinstance(route, APIRoute) and route.path.startswith("/c/v1/")
        for method in (route.methods or set()) - {"GET", "HEAD"}
    }

    sends = STATEMENT["afterTheVisitorWritesOrLogsIn"]["sends"]
    assert sorted(door for one in sends for door in one.get("by", ())) == sorted(doors)
    assert len(doors) > 5
