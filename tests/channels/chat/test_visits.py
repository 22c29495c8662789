"""Visits: how a visitor came, what they looked at, and when one visit ends and another begins."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from kithdesk import access
from kithdesk.access import provisioning
from kithdesk.app import WIRING
from kithdesk.channels import chat
from kithdesk.conversations import Context, Device
from kithdesk.conversations.page_queries import kept_query, utm_of
from kithdesk.core import journal
from kithdesk.core.actors import Actor
from kithdesk.core.clock import MINUTE, Instant, ManualClock, iso
from kithdesk.core.replay import replay
from tests.channels.chat.sites import Site, say
from tests.spine import file_of, sql

SHOP = "https://shop.example"
SPRING = "?utm_source=news&utm_medium=mail&utm_campaign=spring&q=s3cret&ref=b7"


@pytest.fixture
async def agent(site: Site) -> httpx.AsyncClient:
    made = await provisioning.create_api_key(site.desk, "program", "agent", "Outdoor")
    return site.browser(made["apiKey"])


class Browser:
    """A visitor who writes once and then looks around."""

    def __init__(self, site: Site, token: str) -> None:
        self.site = site
        self.token = token
        self.http = site.browser(token)

    async def actor(self) -> Actor:
        return (await chat.resolve_visitor(self.site.desk, self.token))[0]

    async def writes(self, *pages: dict[str, Any], **context: Any) -> str:
        answer = await say(self.http, context={"pages": list(pages), **context})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["message"]["customer"])

    async def looks_at(self, path: str, *, referrer: str | None = None, at: Instant | None = None) -> None:
        telling = chat.context_of({"referrer": referrer}, {"user-agent": "Mozilla/5.0 (iPhone)"})
        await self.site.desk.run(
            chat.visit, url=f"{SHOP}{path}", at=at, context=telling, by=await self.actor()
        )


async def sessions(agent: httpx.AsyncClient, customer: str) -> list[dict[str, Any]]:
    answer = await agent.get(f"/v1/customers/{customer}/sessions")
    assert answer.status_code == 200, answer.text
    return list(answer.json()["data"])


async def paths(agent: httpx.AsyncClient, customer: str, session: str) -> list[str]:
    events = (await agent.get(f"/v1/customers/{customer}/sessions/{session}/events")).json()["data"]
    return [one["attributes"]["url"].removeprefix(SHOP) for one in events]


def page(site: Site, path: str, *, minutes_ago: int = 0) -> dict[str, Any]:
    at = iso(site.desk.clock.now() - minutes_ago * 60_000)  # type: ignore[arg-type]
    return {"url": f"{SHOP}{path}", "title": "A page", "at": at}


async def test_the_first_message_brings_the_visit_that_led_to_it(
    site: Site, agent: httpx.AsyncClient
) -> None:
    browser = Browser(site, await site.token())

    customer = await browser.writes(
        page(site, f"/{SPRING}", minutes_ago=9),
        page(site, "/tents?utm_source=own", minutes_ago=4),
        referrer="https://search.example/find?q=tents",
        timeZone="Europe/Madrid",
    )

    [visit] = await sessions(agent, customer)
    shown = visit["attributes"]
    assert shown["utm"] == {"source": "news", "medium": "mail", "campaign": "spring"}
    assert shown["referrer"] == "https://search.example/find"
    assert (shown["landingPage"]["url"], shown["lastPage"]["url"]) == (f"{SHOP}/", f"{SHOP}/tents")
    assert (shown["pageCount"], shown["isActive"], shown["timeZone"]) == (2, True, "Europe/Madrid")
    assert shown["browser"] == "Firefox 140"
    assert await paths(agent, customer, visit["id"]) == ["/tents", "/"]
    listed = (await agent.get(f"/v1/customers/{customer}/conversations")).json()["data"]
    one = (await agent.get(f"/v1/conversations/{listed[0]['id']}")).json()["data"]["attributes"]
    assert (one["context"]["landing"], one["context"]["utm"]["campaign"]) == (f"{SHOP}/", "spring")


async def test_pages_within_half_an_hour_are_one_visit_and_a_rest_begins_another(
    site: Site, agent: httpx.AsyncClient, clock: ManualClock
) -> None:
    browser = Browser(site, await site.token())
    customer = await browser.writes(page(site, "/"))
    clock.advance(minutes=29)
    await browser.looks_at("/tents")
    clock.advance(minutes=30)
    await browser.looks_at("/boots")
    clock.advance(minutes=31)

    await browser.looks_at("/boots?utm_source=app", referrer="https://mail.example/inbox?id=1")
    await browser.looks_at("/basket", referrer="https://elsewhere.example/")

    latest, first = await sessions(agent, customer)
    assert await paths(agent, customer, first["id"]) == ["/boots", "/tents", "/"]
    assert await paths(agent, customer, latest["id"]) == ["/basket", "/boots"]
    shown = latest["attributes"]
    assert (shown["utm"], shown["referrer"]) == ({"source": "app"}, "https://mail.example/inbox")
    assert shown["device"] == "iPhone"
    assert (first["attributes"]["isActive"], shown["isActive"]) == (False, True)


async def test_the_device_beside_a_conversation_is_the_one_they_look_from_now(
    site: Site, agent: httpx.AsyncClient, clock: ManualClock
) -> None:
    browser = Browser(site, await site.token())
    customer = await browser.writes(page(site, "/"), timeZone="Europe/Madrid")
    [conversation] = (await agent.get(f"/v1/customers/{customer}/conversations")).json()["data"]

    await browser.looks_at("/tents")

    shown = (await agent.get(f"/v1/conversations/{conversation['id']}")).json()["data"]["attributes"][
        "context"
    ]
    assert (shown["device"], shown["browser"]) == ("iPhone", "Mobile Safari UI/WKWebView")
    assert shown["timeZone"] == "Europe/Madrid"


KNOWN = Context(device="Computer", browser="Chrome 140", os="Windows 11")


@pytest.mark.parametrize(
    ("told", "now"),
    [
        (Device("Computer", "Chrome 140", "Windows 10"), None),
        (Device(None, None, None), None),
        (Device("Computer", "Chrome 141", "Windows 10"), Device("Computer", "Chrome 141", "Windows 11")),
        (Device("iPhone", "Mobile Safari 19", "iOS 19"), Device("iPhone", "Mobile Safari 19", "iOS 19")),
        (Device("Computer", "Firefox 140", "Windows 10"), Device("Computer", "Firefox 140", "Windows 10")),
    ],
)
def test_what_hints_knew_of_the_same_device_outlives_what_browsers_froze(
    told: Device, now: Device | None
) -> None:
    assert KNOWN.moved_to(told) == now


async def test_pages_that_come_late_are_a_visit_of_their_own(
    site: Site, agent: httpx.AsyncClient, clock: ManualClock
) -> None:
    browser = Browser(site, await site.token())
    left_at = clock.now()
    clock.advance(hours=3)
    customer = await browser.writes(page(site, "/"))

    for minutes, path in ((0, "/tents"), (5, "/boots"), (160, "/basket")):
        await browser.looks_at(path, at=Instant(left_at + minutes * MINUTE))

    latest, late = await sessions(agent, customer)
    assert await paths(agent, customer, latest["id"]) == ["/basket", "/"]
    assert await paths(agent, customer, late["id"]) == ["/boots", "/tents"]
    assert late["attributes"]["startedAt"] == iso(left_at)
    assert (late["attributes"]["isActive"], latest["attributes"]["isActive"]) == (False, True)


async def test_a_tab_that_was_open_since_yesterday_begins_its_visit_after_the_rest(
    site: Site, agent: httpx.AsyncClient
) -> None:
    browser = Browser(site, await site.token())

    customer = await browser.writes(
        page(site, "/old", minutes_ago=300), page(site, "/", minutes_ago=20), page(site, "/tents")
    )

    [visit] = await sessions(agent, customer)
    assert await paths(agent, customer, visit["id"]) == ["/tents", "/"]


async def test_a_second_conversation_on_the_same_visit_adds_only_what_is_new(
    site: Site, agent: httpx.AsyncClient, clock: ManualClock
) -> None:
    browser = Browser(site, await site.token())
    way = [page(site, "/")]
    customer = await browser.writes(*way)
    clock.advance(minutes=5)

    again = {"pages": [*way, page(site, "/tents")]}
    await say(browser.http, id="m2", newConversation="c2", context=again)

    [visit] = await sessions(agent, customer)
    assert await paths(agent, customer, visit["id"]) == ["/tents", "/"]


async def test_a_visit_follows_the_browser_when_it_logs_in(site: Site, agent: httpx.AsyncClient) -> None:
    browser = Browser(site, await site.token())
    anonymous = await browser.writes(page(site, "/"))
    [before] = await sessions(agent, anonymous)

    answer = await browser.http.post("/c/v1/identity", json={"externalToken": site.signed(externalId="42")})

    known = answer.json()["data"]["attributes"]["customerId"]
    assert [one["id"] for one in await sessions(agent, known)] == [before["id"]]
    assert (await agent.get(f"/v1/customers/{known}/sessions/{before['id']}")).status_code == 200


async def test_T15_a_login_from_another_browser_is_among_the_customers_visits(
    site: Site, agent: httpx.AsyncClient
) -> None:
    signed = site.signed(externalId="42")
    first = await site.browser(site.key).post("/c/v1/identity", json={"externalToken": signed})
    customer = first.json()["data"]["attributes"]["customerId"]

    await site.browser(site.key).post("/c/v1/identity", json={"externalToken": signed})

    visits = await sessions(agent, customer)
    assert [one["attributes"]["browser"] for one in visits] == ["Firefox 140"] * 2
    assert len({one["attributes"]["trackingId"] for one in visits}) == 2
    assert visits[0]["attributes"]["landingPage"] is None


async def test_a_visit_that_began_with_a_login_has_the_way_there_once_they_write(
    site: Site, agent: httpx.AsyncClient
) -> None:
    answer = await site.browser(site.key).post(
        "/c/v1/identity", json={"externalToken": site.signed(externalId="42")}
    )
    browser = Browser(site, answer.json()["data"]["attributes"]["token"])

    customer = await browser.writes(
        page(site, f"/{SPRING}", minutes_ago=9), page(site, "/tents"), timeZone="Europe/Madrid"
    )

    [visit] = await sessions(agent, customer)
    shown = visit["attributes"]
    assert await paths(agent, customer, visit["id"]) == ["/tents", "/"]
    assert (shown["utm"]["campaign"], shown["timeZone"]) == ("spring", "Europe/Madrid")
    assert shown["startedAt"] < shown["lastActivityAt"]


async def test_visits_and_their_pages_are_paged(
    site: Site, agent: httpx.AsyncClient, clock: ManualClock
) -> None:
    browser = Browser(site, await site.token())
    customer = await browser.writes(page(site, "/"))
    for number in range(3):
        clock.advance(hours=1)
        await browser.looks_at(f"/{number}")
    await browser.looks_at("/more")

    first = (await agent.get(f"/v1/customers/{customer}/sessions?pageSize=3")).json()
    rest = (await agent.get(f"/v1/customers/{customer}/sessions?pageSize=3&page=2")).json()
    of_last = f"/v1/customers/{customer}/sessions/{first['data'][0]['id']}/events?pageSize=1&page=2"

    assert (first["meta"]["total"], len(first["data"]), len(rest["data"])) == (4, 3, 1)
    assert [one["attributes"]["url"] for one in (await agent.get(of_last)).json()["data"]] == [f"{SHOP}/2"]


@pytest.mark.only("sqlite")
async def test_visits_are_rebuilt_from_the_journal_alone(site: Site, clock: ManualClock) -> None:
    answer = await site.browser(site.key).post(
        "/c/v1/identity", json={"externalToken": site.signed(externalId="42")}
    )
    known = Browser(site, answer.json()["data"]["attributes"]["token"])
    await known.writes(page(site, f"/{SPRING}", minutes_ago=9), page(site, "/tents"))
    clock.advance(hours=1)
    await known.looks_at("/boots?utm_source=app")
    await known.looks_at("/basket")

    report = await asyncio.to_thread(replay, file_of(site.desk), WIRING)

    assert report.agrees, report
    assert [row[0] for row in await sql(site.desk, "SELECT page_count FROM visits")] == [2, 2]


async def test_T17_T23_visits_of_others_are_not_there(
    site: Site, other_site: Site, agent: httpx.AsyncClient
) -> None:
    ada, eve = Browser(site, await site.token()), Browser(site, await site.token())
    of_ada, of_eve = await ada.writes(page(site, "/a")), await eve.writes(page(site, "/e"))
    stranger = Browser(other_site, await other_site.token())
    theirs = await stranger.writes(page(site, "/x"))
    [hers] = await sessions(agent, of_eve)

    answers = [
        await agent.get(f"/v1/customers/{theirs}/sessions"),
        await agent.get(f"/v1/customers/{of_ada}/sessions/{hers['id']}"),
        await agent.get(f"/v1/customers/{of_ada}/sessions/{hers['id']}/events"),
        await agent.get(f"/v1/customers/{of_ada}/sessions/{'0' * 24}"),
        await agent.get(f"/v1/customers/{of_ada}/sessions/../sessions/x"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert (await ada.http.get(f"/v1/customers/{of_ada}/sessions")).status_code == 401


async def test_T81_of_a_query_only_the_campaign_and_what_is_allowed_stays(
    site: Site, agent: httpx.AsyncClient
) -> None:
    kept = {"keptQuery": ["ref", "mail"]}
    await site.desk.run(access.change_settings, access.WidgetSettings, kept, by=site.admin)
    browser = Browser(site, await site.token())

    customer = await browser.writes(page(site, f"/{SPRING}&mail=ada@example.com&mail=x#t=1"))
    await browser.looks_at("/tents?ref=c9&token=s3cret&utm_term=ada%40example.com")

    [visit] = await sessions(agent, customer)
    assert await paths(agent, customer, visit["id"]) == ["/tents?ref=c9", "/?ref=b7&mail=%E2%80%A6"]
    facts = (await site.desk.read(journal.read_all, site.id, after=0, limit=100, by=site.by)).value
    assert "s3cret" not in str(facts)
    assert "ada@example" not in str(facts)
    widget = (await site.browser().get(f"/c/v1/chat/settings?key={site.key}")).json()["data"]["attributes"]
    assert widget["keptQuery"][:2] == ["utm_source", "utm_medium"]
    assert widget["keptQuery"][-2:] == ["ref", "mail"]


@pytest.mark.parametrize(
    ("url", "utm"),
    [
        (f"{SHOP}/{SPRING}", {"source": "news", "medium": "mail", "campaign": "spring"}),
        (f"{SHOP}/?utm_source=a&utm_source=b", {"source": "a"}),
        (f"{SHOP}/?UTM_SOURCE=a&utm_id=7&utm_=x", {}),
        (f"{SHOP}/?utm_source=%00&utm_medium=%E2%80%AE&utm_term=%FF", {"term": "\ufffd"}),
        (f"{SHOP}/?utm_source=" + "a" * 2_000, {"source": "a" * 255}),
        (f"{SHOP}/?" + "&".join(f"utm_source={n}" for n in range(200)), {}),
        (f"{SHOP}/#utm_source=a", {}),
        ("no address", {}),
        ("http://[::1", {}),
    ],
)
def test_a_campaign_is_read_from_an_address(url: str, utm: dict[str, str]) -> None:
    assert utm_of(url) == utm


def test_what_stays_of_a_query_is_written_anew() -> None:
    assert kept_query("b=2&a=1%26x&c=3", ["a", "b"]) == "b=2&a=1%26x"
    assert kept_query("a=%00", ["a"]) == kept_query("a=1", []) == kept_query("", ["a"]) == ""
