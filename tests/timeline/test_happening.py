"""What happened to a customer or a conversation, beside what was said."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kithdesk import conversations
from kithdesk.core.actors import Actor, system
from kithdesk.core.desk import Desk
from tests.api import Tenant, created, got, refusal
from tests.timeline.test_parted import begin, customer, merged, undo
from tests.timeline.test_timeline import BROWSER, talk, write_as_nobody

pytestmark = pytest.mark.anyio

WHEN = "2026-05-01T10:00:00.000Z"


@pytest.fixture
async def ana(api: httpx.AsyncClient) -> str:
    return await customer(api, "Ana")


async def track(api: httpx.AsyncClient, customer: str, name: str, **more: Any) -> None:
    answer = await api.post("/v1/tracking/event", json={"customer": customer, "name": name, **more})
    assert answer.status_code == 204, answer.text


def names(document: dict[str, Any]) -> list[str]:
    return [one["attributes"]["name"] for one in document["data"]]


async def test_a_customers_events_are_what_was_told_of_them_and_their_changes(
    api: httpx.AsyncClient, ana: str
) -> None:
    await talk(api, ana, 1)
    await track(api, ana, "basket left", meta={"items": 3}, at=WHEN)
    await api.patch(f"/v1/customers/{ana}", json={"name": "Ana Lee"})

    document = await got(api, f"/v1/customers/{ana}/events")

    assert names(document) == ["customer.updated", "basket left", "customer.created"]
    told = document["data"][1]
    assert (told["type"], told["attributes"]["kind"]) == ("customer_event", "customer.tracked")
    assert (told["attributes"]["meta"], told["attributes"]["createdAt"]) == ({"items": 3}, WHEN)
    assert told["attributes"]["actor"]["type"] == "machine"
    assert told["relationships"]["customer"]["data"] == {"type": "customer", "id": ana}
    assert (document["meta"]["total"], document["links"]["next"]) == (3, None)
    assert (await got(api, f"/v1/customers/{ana}/events/{told['id']}"))["data"] == told


async def test_pages_looked_at_are_events_of_both(desk: Desk, acme: Tenant, api: httpx.AsyncClient) -> None:
    customer, sent = await write_as_nobody(desk, acme)
    visitor = Actor(organisation=acme.id, type="customer", id=customer, author=BROWSER)
    url = "https://shop.test/lamps"
    await desk.run(conversations.view_page, customer, url=url, title="Lamps", by=visitor)

    of_customer = (await got(api, f"/v1/customers/{customer}/events"))["data"][0]
    of_conversation = (await got(api, f"/v1/conversations/{sent.conversation}/events"))["data"]

    seen = {"url": url, "title": "Lamps"}
    assert (of_customer["attributes"]["name"], of_customer["attributes"]["meta"]) == ("page_view", seen)
    session = of_customer["relationships"]["session"]
    assert (await got(api, session["links"]["self"]))["data"]["id"] == session["data"]["id"]
    assert [one["attributes"]["name"] for one in of_conversation] == ["page_view", "conversation.opened"]
    assert of_conversation[0]["type"] == "conversation_event"


async def test_a_conversations_events_are_without_what_was_said(
    desk: Desk, acme: Tenant, api: httpx.AsyncClient, ana: str
) -> None:
    conversation = await talk(api, ana, 3)
    await created(api, f"/v1/conversations/{conversation}/notes", {"body": "Careful"})
    await desk.run(conversations.change, conversation, {"priority": 5}, by=system(acme.id))

    document = await got(api, f"/v1/conversations/{conversation}/events")

    assert names(document) == ["conversation.updated", "conversation.opened"]
    changes = document["data"][0]["attributes"]["meta"]["changes"]
    assert changes == {"priority": {"before": 3, "after": 5}}


async def test_they_page_to_the_end(api: httpx.AsyncClient, ana: str) -> None:
    for number in range(5):
        await track(api, ana, f"e{number}")
    pages = [await got(api, f"/v1/customers/{ana}/events?page=1&pageSize=2")]

    while (path := pages[-1]["links"]["next"]) is not None:
        pages.append(await got(api, path))

    seen = [name for page in pages for name in names(page)]
    assert seen == ["e4", "e3", "e2", "e1", "e0", "customer.created"]
    assert pages[-1]["meta"] == {"page": 3, "pageSize": 2, "total": 6, "totalPages": 3}
    assert refusal(await api.get(f"/v1/customers/{ana}/events?page=101"))[1] == "search_too_costly"


async def test_a_merged_record_brings_its_events_and_takes_them_back(
    api: httpx.AsyncClient, ana: str
) -> None:
    ben = await customer(api, "Ben")
    await begin(api, ana, "a1")
    await track(api, ana, "of ana")
    await track(api, ben, "of ben")
    of_ana = (await got(api, f"/v1/customers/{ana}/events"))["data"][0]["id"]

    merge = await merged(api, ana, ben)
    together = names(await got(api, f"/v1/customers/{ben}/events"))
    await undo(api, merge)

    assert together == ["customer.merged", "of ben", "of ana", "customer.created", "customer.created"]
    alone = await got(api, f"/v1/customers/{ben}/events?pageSize=2")
    assert names(alone) == ["customer.parted", "customer.merged"]
    assert (alone["meta"]["total"], alone["meta"]["totalPages"]) == (4, 2)
    assert "of ana" in names(await got(api, f"/v1/customers/{ana}/events"))
    assert refusal(await api.get(f"/v1/customers/{ben}/events/{of_ana}"))[0] == 404
    assert (await got(api, f"/v1/customers/{ana}/events/{of_ana}"))["data"]["id"] == of_ana


async def test_T22_T23_only_ones_own(api: httpx.AsyncClient, foreign: httpx.AsyncClient, ana: str) -> None:
    conversation = await talk(api, ana, 1)
    await track(api, ana, "basket left")
    event = (await got(api, f"/v1/customers/{ana}/events"))["data"][0]["id"]
    opening = (await got(api, f"/v1/conversations/{conversation}/events"))["data"][0]["id"]
    ben = await customer(api, "Ben")

    for client, path in (
        (foreign, f"/v1/customers/{ana}/events"),
        (foreign, f"/v1/customers/{ana}/events/{event}"),
        (foreign, f"/v1/conversations/{conversation}/events"),
        (foreign, f"/v1/conversations/{conversation}/times"),
        (api, f"/v1/customers/{'f' * 24}/events"),
        (api, f"/v1/customers/{ben}/events/{event}"),
        (api, f"/v1/customers/{ana}/events/{opening}"),
        (api, f"/v1/customers/{ana}/events/{'f' * 24}"),
        (api, "/v1/customers/x/events"),
        (api, f"/v1/conversations/{'f' * 24}/events"),
        (api, f"/v1/conversations/{'f' * 24}/times"),
    ):
        assert refusal(await client.get(path)) == (404, "notfound", None), path
