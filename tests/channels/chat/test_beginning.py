"""Chats that a browser begins before its visitor has said anything."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

from kithdesk.access import provisioning
from kithdesk.channels.chat.limits import BEGINNERS
from kithdesk.core.clock import ManualClock
from tests.channels.chat.sites import Site, say

SESSIONS = "/c/v1/chat/sessions"


async def begin(browser: httpx.AsyncClient, status: int = 201, **body: Any) -> dict[str, Any]:
    answer = await browser.post(SESSIONS, json=body)
    assert answer.status_code == status, answer.text
    return dict(answer.json()["data"])


async def listed(browser: httpx.AsyncClient) -> list[str]:
    return [one["id"] for one in (await browser.get(SESSIONS)).json()["data"]]


async def test_a_visitor_begins_a_chat_and_writes_in_it(site: Site) -> None:
    browser = await site.visitor()

    begun = await begin(browser, title="Lamp", brand="f" * 24)
    said = await browser.post("/c/v1/chat/messages", json={"session": begun["id"], "body": "Hello"})

    assert (begun["type"], begun["attributes"]["status"], begun["attributes"]["preview"]) == (
        "chat_session",
        "open",
        None,
    )
    assert said.status_code == 201
    assert said.json()["data"]["attributes"]["conversation"] == begun["id"]
    assert await listed(browser) == [begun["id"]]
    assert len(await site.customers()) == 1


async def test_what_is_said_first_in_it_is_the_first(site: Site) -> None:
    browser = await site.visitor()
    begun = await begin(browser)

    await say(browser, conversation=begun["id"])

    admin = await agents(site)
    (message,) = (await admin.get(f"/v1/conversations/{begun['id']}/messages")).json()["data"]
    assert message["attributes"]["directionType"] == "initial-in"
    shown = (await admin.get(f"/v1/conversations/{begun['id']}")).json()["data"]["attributes"]
    assert (shown["direction"], shown["signedIn"], shown["messageCount"]) == ("in", False, 1)


async def agents(site: Site) -> httpx.AsyncClient:
    """What an administrator's program sees."""
    made = await provisioning.create_api_key(site.desk, "test", "admin", "Outdoor")
    return site.browser(made["apiKey"])


async def test_an_empty_one_is_answered_again(site: Site, clock: ManualClock) -> None:
    browser = await site.visitor()
    first = await begin(browser)

    again = [(await begin(browser, 200))["id"] for _ in range(10)]
    await say(browser, conversation=first["id"])
    second = await begin(browser)

    assert set(again) == {first["id"]}
    assert second["id"] != first["id"]
    assert sorted(await listed(browser)) == sorted([first["id"], second["id"]])


async def test_two_at_once_begin_one(site: Site) -> None:
    browser = await site.visitor()

    answers = await asyncio.gather(*(browser.post(SESSIONS, json={}) for _ in range(4)))

    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len({answer.json()["data"]["id"] for answer in answers}) == 1


async def test_a_key_makes_it_safe_to_repeat(site: Site) -> None:
    browser = await site.visitor()
    headers = {"Idempotency-Key": "b-1"}
    first = await browser.post(SESSIONS, json={}, headers=headers)
    await say(browser, conversation=first.json()["data"]["id"])

    again = await browser.post(SESSIONS, json={}, headers=headers)

    assert (again.status_code, again.json()) == (201, first.json())
    assert len(await listed(browser)) == 1


async def test_an_empty_one_that_was_ended_makes_room_five_times_an_hour(
    site: Site, clock: ManualClock
) -> None:
    browser, neighbour = await site.visitor(), await site.visitor()
    for _ in range(5):
        begun = await begin(browser)
        await browser.put(f"{SESSIONS}/{begun['id']}", json={"ended": True})

    refused = await browser.post(SESSIONS, json={})

    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (429, "ratelimited")
    assert (await say(browser, newConversation="c9")).status_code == 429
    await begin(neighbour)
    clock.advance(minutes=15)
    await begin(browser)


async def test_asking_again_and_again_is_slowed(site: Site) -> None:
    browser = await site.visitor()

    statuses = [(await browser.post(SESSIONS, json={})).status_code for _ in range(31)]

    assert statuses == [201] + [200] * 29 + [429]


async def test_T17_an_empty_chat_is_its_browsers_alone(site: Site, other_site: Site) -> None:
    ada, eve, stranger = await site.visitor(), await site.visitor(), await other_site.visitor()
    begun = (await begin(ada))["id"]
    await begin(eve)

    for browser in (eve, stranger):
        assert begun not in await listed(browser)
        assert (await browser.get(f"{SESSIONS}/{begun}")).status_code == 404
        assert (await say(browser, conversation=begun)).status_code == 404
        assert (await browser.put(f"{SESSIONS}/{begun}", json={"ended": True})).status_code == 404
    assert (await site.browser("kdv_forged").post(SESSIONS, json={})).status_code == 401
    assert (await site.browser(site.key).post(SESSIONS, json={})).status_code == 401
    assert (await begin(ada, 200))["id"] == begun


async def test_those_who_become_customers_without_a_word_are_counted_by_their_network(site: Site) -> None:
    for _ in range(int(BEGINNERS.count)):
        await begin(await site.visitor())
    late = await site.visitor()

    refused = await late.post(SESSIONS, json={})

    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (429, "ratelimited")
    assert (await say(late, newConversation="c1")).status_code == 201
    await begin(late)


async def test_T18_it_follows_its_visitor_into_their_login(site: Site) -> None:
    browser = await site.visitor()
    begun = (await begin(browser))["id"]
    body = {"externalToken": site.signed(email="ada@shop.test")}
    signed_in = (await browser.post("/c/v1/identity", json=body)).json()["data"]["attributes"]
    ada = site.browser(signed_in["token"])

    said = await say(ada, conversation=begun)

    assert said.status_code == 201
    assert said.json()["message"]["customer"] == signed_in["customerId"]
    admin = await agents(site)
    shown = (await admin.get(f"/v1/conversations/{begun}")).json()["data"]["attributes"]
    assert shown["signedIn"] is True


async def test_what_it_cannot_be_is_refused(site: Site) -> None:
    browser = await site.visitor()

    for body in ({"customer": "f" * 24}, {"title": 3}, {"context": {"pages": 3}}, {"id": "f" * 24}):
        assert (await browser.post(SESSIONS, json=body)).status_code == 400
    assert await site.customers() == []
