"""Writing and reading over HTTP, each visitor their own."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from kithdesk import conversations
from kithdesk.channels import chat
from kithdesk.core import journal
from kithdesk.core.actors import Actor
from kithdesk.core.errors import NotFound
from tests.channels.chat.sites import Site, say
from tests.spine import sql


async def test_the_first_message_makes_the_customer_and_opens_the_conversation(site: Site) -> None:
    browser = await site.visitor()

    answer = await say(browser, "Where is my tent?")

    assert answer.status_code == 201
    ack = answer.json()
    assert (ack["op"], ack["id"], ack["message"]["body"]) == ("ack", "m1", "Where is my tent?")
    assert ack["message"]["conversation"] == ack["conversation"]
    assert answer.headers["x-kithdesk-position"] == str(ack["position"])
    customer = ack["message"]["customer"]
    assert ack["message"]["sentBy"] == {
        "type": "customer",
        "id": customer,
        "displayName": f"Visitor {customer[-4:].upper()}",
    }
    assert len(await site.customers()) == 1


async def test_T70_the_same_message_again_is_the_same_answer_and_another_body_a_conflict(site: Site) -> None:
    browser = await site.visitor()
    first = await say(browser)

    again = [await say(browser) for _ in range(5)]
    other = await say(browser, "Something else")

    assert {answer.status_code for answer in again} == {200}
    assert all(answer.json() == first.json() for answer in again)
    assert other.status_code == 409
    assert other.json()["errors"][0]["code"] == "message_id_reused"
    listed = await browser.get(f"/c/v1/chat/sessions/{first.json()['conversation']}/messages")
    assert len(listed.json()["data"]) == 1


async def test_T70_a_storm_of_retries_is_one_message(site: Site) -> None:
    token = await site.token()
    browser = site.browser(token)

    answers = await asyncio.gather(*(say(browser) for _ in range(25)))

    assert sorted(answer.status_code for answer in answers) == [200] * 24 + [201]
    assert len({answer.json()["message"]["id"] for answer in answers}) == 1
    assert len(await site.customers()) == 1


async def test_two_tabs_that_open_at_once_are_one_customer(site: Site) -> None:
    token = await site.token()

    one, two = await asyncio.gather(
        say(site.browser(token), newConversation="c1"), say(site.browser(token), newConversation="c2")
    )

    assert one.json()["conversation"] != two.json()["conversation"]
    assert one.json()["message"]["customer"] == two.json()["message"]["customer"]
    assert len(await site.customers()) == 1


async def test_an_ended_conversation_takes_no_more_and_a_done_one_opens_again(site: Site) -> None:
    browser = await site.visitor()
    conversation = (await say(browser)).json()["conversation"]
    await site.desk.run(conversations.close, conversation, by=site.admin)

    assert (await say(browser, id="m2", conversation=conversation)).status_code == 201
    session = (await browser.get(f"/c/v1/chat/sessions/{conversation}")).json()["data"]["attributes"]
    assert session["status"] == "open"
    ended = await browser.put(f"/c/v1/chat/sessions/{conversation}", json={"ended": True})
    refused = await say(browser, id="m3", conversation=conversation)

    assert ended.json()["data"]["attributes"]["ended"] is True
    assert refused.status_code == 409
    assert refused.json()["errors"][0]["code"] == "conversation_ended"


async def test_a_visitor_who_ends_an_answered_chat_is_done_with_it(site: Site) -> None:
    browser = await site.visitor()
    conversation = (await say(browser)).json()["conversation"]
    await site.desk.run(conversations.reply, conversation, client_id="a1", body="Yes", by=site.admin)

    ended = await browser.put(f"/c/v1/chat/sessions/{conversation}", json={"ended": True})

    shown = ended.json()["data"]["attributes"]
    assert (shown["ended"], shown["status"]) == (True, "done")


async def test_kustomers_shape_opens_and_adds_and_an_idempotency_key_repeats(site: Site) -> None:
    browser = await site.visitor()
    key = {"Idempotency-Key": "k1"}

    first = await browser.post("/c/v1/chat/messages", json={"body": "Hello"}, headers=key)
    again = await browser.post("/c/v1/chat/messages", json={"body": "Hello"}, headers=key)
    conversation = first.json()["data"]["attributes"]["conversation"]
    added = await browser.post("/c/v1/chat/messages", json={"session": conversation, "body": "More"})

    assert (first.status_code, again.status_code, added.status_code) == (201, 201, 201)
    assert again.json() == first.json()
    assert added.json()["data"]["type"] == "message"
    listed = (await browser.get(f"/c/v1/chat/sessions/{conversation}/messages")).json()["data"]
    assert [one["attributes"]["body"] for one in listed] == ["Hello", "More"]


async def test_an_idempotency_key_beside_a_messages_own_id_changes_nothing(site: Site) -> None:
    browser = await site.visitor()
    browser.headers["Idempotency-Key"] = "k1"

    first, again, other = await say(browser), await say(browser), await say(browser, "Bye")

    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 409)
    assert again.json() == first.json()
    assert other.json()["errors"][0]["code"] == "message_id_reused"


WRONG_SHAPES: list[tuple[dict[str, Any], int]] = [
    ({"id": "m1", "newConversation": "c1", "body": ""}, 400),
    ({"id": "m1", "newConversation": "c1", "body": " \n"}, 400),
    ({"id": "m1", "body": "Hello"}, 400),
    ({"id": "", "newConversation": "c1", "body": "Hello"}, 400),
    ({"id": "m" * 65, "newConversation": "c1", "body": "Hello"}, 400),
    ({"id": "m1", "newConversation": "c" * 65, "body": "Hello"}, 400),
    ({"op": "send", "newConversation": "c1", "body": "Hello"}, 400),
    ({"op": "presence", "id": "m1", "status": "available"}, 400),
    ({"id": "m1", "newConversation": "c1", "body": "Hello", "kind": "note"}, 400),
    ({"id": "m1", "newConversation": "c1", "body": "Hello", "sentBy": {"type": "user"}}, 400),
    ({"id": "m1", "newConversation": "c1", "body": "a\0b"}, 400),
    ({"id": "m1", "newConversation": "c1", "body": "ü" * 16_385}, 413),
    ({"id": "m1", "conversation": "f" * 24, "body": "Hello"}, 404),
    ({"id": "m1", "conversation": "no id", "body": "Hello"}, 404),
]


async def test_a_message_of_the_wrong_shape_changes_nothing(site: Site) -> None:
    browser = await site.visitor()

    for frame, status in WRONG_SHAPES:
        answer = await browser.post("/c/v1/chat/messages", json=frame)
        assert answer.status_code == status, (frame, answer.text)

    assert await site.customers() == []


async def test_the_largest_body_fits(site: Site) -> None:
    assert (await say(await site.visitor(), "ü" * 16_384)).status_code == 201


async def test_context_is_kept_with_the_conversation_without_queries_and_fragments(site: Site) -> None:
    """T81, and what the agent sees of the browser."""
    browser = await site.visitor()
    context = {
        "pages": [
            {
                "url": "https://shop.example/tents?token=s3cret#access_token=abc",
                "title": "Tents for ada@example.com",
            },
            {"url": "javascript:alert(1)", "title": "no page"},
        ],
        "referrer": "https://search.example/?q=ada@example.com",
        "language": "de-DE",
        "languages": ["de-DE", "en"],
        "timeZone": "Europe/Berlin",
        "screen": {"width": 390, "height": 844},
        "clientHints": {"platform": "Windows", "platformVersion": "15.0.0"},
    }

    conversation = (await say(browser, context=context)).json()["conversation"]

    events = (
        await site.desk.read(journal.read_conversation, site.id, conversation, after=0, limit=10, by=site.by)
    ).value
    live = events[0].event.for_agents(events[0])["conversation"]["context"]  # type: ignore[index]
    assert [page["url"] for page in live["pages"]] == ["https://shop.example/tents"]
    assert live["referrer"] == "https://search.example/"
    assert (live["browser"], live["os"], live["language"]) == ("Firefox 140", "Windows 11", "de-DE")
    whole = str(await sql(site.desk, "SELECT payload FROM journal_personal"))
    assert "s3cret" not in whole
    assert "access_token" not in whole
    assert "ada@example.com" not in whole


async def test_T81_pages_looked_at_later_lose_their_query_too(site: Site) -> None:
    browser = await site.visitor()
    token = browser.headers["authorization"].removeprefix("Bearer ")
    await say(browser)
    actor, _ = await chat.resolve_visitor(site.desk, token)

    await site.desk.run(
        chat.visit, url="https://shop.example/basket?session=s3cret#x", title="Basket", by=actor
    )

    events = (await site.desk.read(journal.read_all, site.id, after=0, limit=100, by=site.by)).value
    viewed = [fact.event for fact in events if fact.event.kind == "page.viewed"]
    assert [event.url for event in viewed] == ["https://shop.example/basket"]  # type: ignore[attr-defined]


async def test_the_customers_own_name_for_a_visitor_is_shown_with_later_messages(site: Site) -> None:
    browser = await site.visitor()
    first = (await say(browser)).json()
    second = (await say(browser, id="m2", conversation=first["conversation"])).json()

    assert second["message"]["sentBy"] == first["message"]["sentBy"]


async def test_a_visit_before_any_conversation_is_refused(site: Site) -> None:
    nobody_yet = Actor(organisation=site.id, type="customer", author="f" * 24)

    with pytest.raises(NotFound):
        await site.desk.run(chat.visit, url="https://shop.example/", by=nobody_yet)
