"""What attackers found once, and must not find again."""

from __future__ import annotations

import asyncio
import contextlib
from time import process_time

import pytest

from kithdesk import conversations
from kithdesk.core import json
from kithdesk.core.postgres import PostgresDatabase
from tests.live.conftest import World, opened

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "raw", [b'{"email":"' + b'\\"' * 500_000, b"[" + b"[]," * 300_000 + b"[]]", b'["' + b'",' * 300_000]
)
def test_T45_the_cost_of_a_body_does_not_grow_with_its_square(raw: bytes) -> None:
    started = process_time()  # not the clock on the wall, which a busy machine stretches
    with contextlib.suppress(ValueError):
        json.parse(raw)

    assert process_time() - started < 20, "the square of a megabyte would take hours"


async def test_promise_9_one_visitors_pages_stall_nobody(world: World) -> None:
    visitor = await world.visitor()
    pages = [{"url": "http://shop.test/" + "a" * 2_000, "title": "b" * 255} for _ in range(20)]
    started = process_time()
    ack = await visitor.answer(
        op="send", id="x", conversation=None, newConversation="n", body="hi", context={"pages": pages}
    )

    assert ack["op"] == "ack"
    assert process_time() - started < 20


async def test_one_client_id_for_two_customers_is_a_conflict_and_loses_nothing(world: World) -> None:
    headers = {"Authorization": f"Bearer {world.api_key}"}
    made = [
        (await world.http.post("/v1/customers", json={"name": name}, headers=headers)).json()["data"]["id"]
        for name in ("One", "Two")
    ]
    said = {"body": "W", "clientId": "w", "channel": "chat"}
    first = await world.http.post(f"/v1/customers/{made[0]}/messages", json=said, headers=headers)
    again = await world.http.post(f"/v1/customers/{made[0]}/messages", json=said, headers=headers)
    other = await world.http.post(f"/v1/customers/{made[1]}/messages", json=said, headers=headers)

    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 409)


async def test_a_repeated_answer_claims_no_more_than_it_shows(world: World) -> None:
    headers = {"Authorization": f"Bearer {world.api_key}", "Idempotency-Key": "k"}
    first = await world.http.post("/v1/customers", json={"name": "One"}, headers=headers)
    customer = first.json()["data"]["id"]
    await world.patch(f"/v1/customers/{customer}", {"name": "Two"})
    again = await world.http.post("/v1/customers", json={"name": "One"}, headers=headers)

    assert again.json() == first.json()
    assert again.headers["X-Kithdesk-Position"] == first.headers["X-Kithdesk-Position"]


async def test_an_answer_that_changed_nothing_covers_what_it_shows(world: World) -> None:
    conversation = await opened(await world.visitor())
    path = f"/v1/conversations/{conversation}"
    headers = {"Authorization": f"Bearer {world.api_key}"}
    for n in range(10):
        requests = [world.http.patch(path, json={}, headers=headers) for _ in range(6)]
        requests.insert(3, world.http.patch(path, json={"name": f"name {n}"}, headers=headers))
        answers = await asyncio.gather(*requests)
        renamed = int(answers[3].headers["X-Kithdesk-Position"])
        for answer in answers:
            shows_it = answer.json()["data"]["attributes"]["name"] == f"name {n}"
            assert shows_it == (int(answer.headers["X-Kithdesk-Position"]) >= renamed)


@pytest.mark.parametrize(
    "query",
    ["pageSize=000000000001000000", "page=00000000000199999999999999999999", "page=-1", "pageSize=1e2"],
)
async def test_a_page_has_a_limit_however_its_number_is_written(world: World, query: str) -> None:
    headers = {"Authorization": f"Bearer {world.api_key}"}

    assert (await world.http.get(f"/v1/messages?{query}", headers=headers)).status_code == 400


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"])
async def test_a_time_that_cannot_be_written_is_refused(world: World, moment: str) -> None:
    headers = {"Authorization": f"Bearer {world.api_key}"}
    answer = await world.http.post("/v1/customers", json={"name": "x", "birthdayAt": moment}, headers=headers)

    assert answer.status_code == 400


async def test_a_note_that_was_read_is_no_news_for_the_visitor(world: World) -> None:
    visitor = await world.visitor()
    conversation = await opened(visitor)
    agent = await world.agent(await world.agent_token("ana@acme.test", "Ana"))
    note = await agent.answer(op="send", id="n", conversation=conversation, body="hm", kind="note")
    await agent.answer(op="read", id="r", conversation=conversation, message=note["message"]["id"])
    last = await agent.answer(op="send", id="m", conversation=conversation, body="Hello")
    await visitor.until(op="event", topic="visitor", position=last["position"])

    assert note["message"]["id"] not in str(visitor.frames)


@pytest.mark.parametrize(("header", "value"), [("Origin", "http://[::1"), ("Host", "[::1")])
async def test_a_malformed_address_in_a_header_is_no_failure(world: World, header: str, value: str) -> None:
    headers = {header: value, "Cookie": "kithdesk-session=kds_x"}
    answer = await world.http.post("/v1/tags", json={"name": "x"}, headers=headers)

    assert answer.status_code in (400, 401, 403)


async def test_a_reader_of_a_long_conversation_is_waited_for(world: World) -> None:
    conversation = await opened(await world.visitor())
    await world.agent(await world.agent_token("ana@acme.test", "Ana"))
    by = next(c.actor for c in world.hub.connections() if c.actor.type == "user")
    for n in range(300):
        await world.desk.run(conversations.reply, conversation, client_id=f"m{n}", body="x" * 30_000, by=by)

    reader = await world.agent(topic=f"conversation:{conversation}", after=0)

    assert len(reader.bodies(f"conversation:{conversation}")) == 301


@pytest.mark.only("postgresql")
async def test_a_good_token_is_not_called_dead_while_the_database_is_away(world: World) -> None:
    """A browser told 4401 forgets who it is, and with that its visitor's conversations."""
    visitor, agent = await world.visitor_token(), world.api_key
    assert isinstance(world.desk.database, PostgresDatabase)
    await world.desk.database._readers.close()

    for path, token in (("/c/v1/live", visitor), ("/v1/live", agent)):
        client = await world.connect(path, None)
        await client.say(op="hello", token=token)
        assert await client.closed() == 1011
