"""The timelines of two records that were merged by mistake and parted again."""

from __future__ import annotations

from typing import Any

import httpx
import msgspec
import pytest

from kithdesk import conversations, customers
from kithdesk.conversations.events import MessageCreated
from kithdesk.core.actors import Actor, system
from kithdesk.core.desk import Desk
from kithdesk.core.replay import replay
from kithdesk.customers import CustomerId, VisitorId
from kithdesk.timeline import read_events
from tests.api import Tenant, created, got, refusal
from tests.slices import WIRING
from tests.spine import file_of
from tests.timeline.test_timeline import bodies, kinds, talk

pytestmark = pytest.mark.anyio


async def say(api: httpx.AsyncClient, conversation: str, body: str) -> None:
    await created(api, f"/v1/conversations/{conversation}/messages", {"body": body, "direction": "in"})


async def begin(api: httpx.AsyncClient, customer: str, body: str) -> str:
    first = await created(api, f"/v1/customers/{customer}/messages", {"body": body, "direction": "in"})
    return str(first["relationships"]["conversation"]["data"]["id"])


async def customer(api: httpx.AsyncClient, name: str) -> str:
    return str((await created(api, "/v1/customers", {"name": name}))["id"])


async def merged(api: httpx.AsyncClient, source: str, target: str) -> str:
    return str((await created(api, "/v1/customers/merges", {"source": source, "target": target}))["id"])


async def undo(api: httpx.AsyncClient, merge: str) -> dict[str, Any]:
    answer = await api.post(f"/v1/customers/merges/{merge}/undo", json={})
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["data"])


async def timeline(api: httpx.AsyncClient, customer: str) -> dict[str, Any]:
    return dict(await got(api, f"/v1/customers/{customer}/timeline"))


async def test_a_merged_timeline_holds_both(api: httpx.AsyncClient) -> None:
    ana, ben = await customer(api, "Ana"), await customer(api, "Ben")
    await begin(api, ana, "a1")
    await begin(api, ben, "b1")

    await merged(api, ana, ben)

    assert bodies(await timeline(api, ben)) == ["a1", "b1"]
    assert kinds(await timeline(api, ana))[-2:] == ["customer.merged", "conversation.moved"]


async def test_after_the_undoing_each_has_their_own(api: httpx.AsyncClient) -> None:
    ana, ben = await customer(api, "Ana"), await customer(api, "Ben")
    of_ana, of_ben = await begin(api, ana, "a1"), await begin(api, ben, "b1")
    merge = await merged(api, ana, ben)
    await say(api, of_ana, "a2")
    await say(api, of_ben, "b2")
    stays = await begin(api, ben, "b3")

    await undo(api, merge)
    await say(api, of_ana, "a3")
    await say(api, stays, "b4")

    first, second = await timeline(api, ana), await timeline(api, ben)
    assert bodies(first) == ["a1", "a2", "a3"]
    assert bodies(second) == ["b1", "b2", "b3", "b4"]
    assert [kind for kind in kinds(first) if "merged" in kind or "moved" in kind] == [
        "conversation.moved",
        "customer.unmerged",
        "conversation.moved",
    ]
    assert [kind for kind in kinds(second) if kind.startswith("customer.")] == [
        "customer.created",
        "customer.merged",
        "customer.parted",
    ]
    assert "conversation.moved" not in kinds(second)


async def test_parted_timelines_page_both_ways(api: httpx.AsyncClient) -> None:
    ana, ben = await customer(api, "Ana"), await customer(api, "Ben")
    of_ana, of_ben = await begin(api, ana, "a0"), await begin(api, ben, "b0")
    merge = await merged(api, ana, ben)
    for number in range(1, 6):
        await say(api, of_ana, f"a{number}")
        await say(api, of_ben, f"b{number}")
    await undo(api, merge)

    for id, letter in ((ana, "a"), (ben, "b")):
        back: list[str] = []
        path: str | None = f"/v1/customers/{id}/timeline?pageSize=3"
        while path is not None:
            document = await got(api, path)
            back = [entry["id"] for entry in document["data"]] + back
            path = document["links"]["prev"]
        path, forth = f"/v1/customers/{id}/timeline?after=0&pageSize=3", list[str]()
        while path is not None:
            document = await got(api, path)
            forth += [entry["id"] for entry in document["data"]]
            path = document["links"]["next"]
        whole = await timeline(api, id)
        assert back == forth == [entry["id"] for entry in whole["data"]]
        assert bodies(whole) == [f"{letter}{number}" for number in range(6)]


async def test_a_chain_that_parted_gives_each_what_was_theirs(api: httpx.AsyncClient) -> None:
    ana, ben, cem = [await customer(api, name) for name in ("Ana", "Ben", "Cem")]
    of_ana, of_ben = await begin(api, ana, "a1"), await begin(api, ben, "b1")
    first = await merged(api, ana, ben)
    await say(api, of_ana, "a2")
    second = await merged(api, ben, cem)
    await say(api, of_ana, "a3")
    await say(api, of_ben, "b3")
    await undo(api, second)
    assert bodies(await timeline(api, ana)) == ["a1", "b1", "a2", "a3", "b3"]
    assert bodies(await timeline(api, cem)) == []
    await undo(api, first)

    assert bodies(await timeline(api, ana)) == ["a1", "a2", "a3"]
    assert bodies(await timeline(api, ben)) == ["b1", "b3"]
    assert bodies(await timeline(api, cem)) == []


async def test_merged_again_it_is_one_past_again(api: httpx.AsyncClient) -> None:
    ana, ben = await customer(api, "Ana"), await customer(api, "Ben")
    of_ana = await begin(api, ana, "a1")
    merge = await merged(api, ana, ben)
    await say(api, of_ana, "a2")
    await undo(api, merge)
    await say(api, of_ana, "a3")

    await merged(api, ana, ben)

    assert bodies(await timeline(api, ben)) == ["a1", "a2", "a3"]


async def test_what_a_browser_did_meanwhile_goes_back_with_it(
    api: httpx.AsyncClient, desk: Desk, acme: Tenant
) -> None:
    browser = VisitorId("e" * 24)
    visitor = Actor(organisation=acme.id, type="customer", author=browser)
    anonymous = (await desk.run(customers.customer_of_visitor, browser, by=visitor)).value
    ben = await customer(api, "Ben")
    merge = await merged(api, anonymous, ben)
    sent = await desk.run(
        conversations.receive,
        conversation=None,
        new_conversation="n1",
        customer=CustomerId(ben),
        author=browser,
        client_id="m1",
        body="meanwhile",
        by=msgspec.structs.replace(visitor, id=ben),
    )

    await undo(api, merge)

    assert bodies(await timeline(api, anonymous)) == ["meanwhile"]
    assert bodies(await timeline(api, ben)) == []
    listed = await got(api, f"/v1/customers/{anonymous}/conversations")
    assert [one["id"] for one in listed["data"]] == [sent.value.conversation]


async def test_readers_who_come_back_get_only_what_is_theirs(
    api: httpx.AsyncClient, desk: Desk, acme: Tenant
) -> None:
    ana, ben = await customer(api, "Ana"), await customer(api, "Ben")
    of_ana, of_ben = await begin(api, ana, "a1"), await begin(api, ben, "b1")
    merge = await merged(api, ana, ben)
    cursor = await desk.head(acme.id)
    await say(api, of_ana, "a2")
    await say(api, of_ben, "b2")
    await undo(api, merge)

    said = {}
    for id in (ana, ben):
        events = (
            await desk.read(read_events, CustomerId(id), after=cursor, limit=100, by=system(acme.id))
        ).value
        said[id] = [one.event.body for one in events if isinstance(one.event, MessageCreated)]

    assert said == {ana: ["a2"], ben: ["b2"]}


@pytest.mark.only("sqlite")
async def test_the_journal_alone_tells_of_merging_and_parting(api: httpx.AsyncClient, desk: Desk) -> None:
    ana, ben = await customer(api, "Ana"), await customer(api, "Ben")
    of_ana = await begin(api, ana, "a1")
    merge = await merged(api, ana, ben)
    await say(api, of_ana, "a2")
    assert replay(file_of(desk), WIRING).agrees

    await undo(api, merge)

    report = replay(file_of(desk), WIRING)
    assert report.agrees, report.differences


async def test_the_doors_of_merging(api: httpx.AsyncClient, foreign: httpx.AsyncClient) -> None:
    ana, ben = await customer(api, "Ana"), await customer(api, "Ben")
    await talk(api, ana, 1)
    pair = {"source": ana, "target": ben}

    preview = (await api.post("/v1/customers/merges/preview", json=pair)).json()["data"]
    assert preview["type"] == "customer_merge_preview"
    assert preview["attributes"]["moves"] == {"conversations": 1, "kobjects": 0, "visitors": 0}
    assert preview["attributes"]["fields"] == [
        {"name": "name", "source": "Ana", "target": "Ben", "kept": "target"}
    ]
    assert preview["attributes"]["result"]["displayName"] == "Ben"
    merge = await created(api, "/v1/customers/merges", pair)
    assert merge["type"] == "customer_merge"
    assert merge["attributes"]["status"] == "complete"
    assert merge["attributes"]["moved"]["conversations"] == 1
    assert (await got(api, f"/v1/customers/merges/{merge['id']}"))["data"] == merge
    for id in (ana, ben):
        assert (await got(api, f"/v1/customers/{id}/merges"))["data"] == [merge]
    undone = await undo(api, merge["id"])
    assert undone["attributes"]["status"] == "undone"
    assert await undo(api, merge["id"]) == undone

    for path in (f"/v1/customers/merges/{merge['id']}", f"/v1/customers/{ana}/merges"):
        assert refusal(await foreign.get(path)) == (404, "notfound", None)
    for path in ("/v1/customers/merges", "/v1/customers/merges/preview"):
        assert refusal(await foreign.post(path, json=pair)) == (404, "notfound", None)
    assert (await foreign.post(f"/v1/customers/merges/{merge['id']}/undo", json={})).status_code == 404
    same = await api.post("/v1/customers/merges", json={"source": ana, "target": ana})
    assert refusal(same) == (400, "badparam", "target")
