"""Simulations over HTTP: asked for, played beside the desk, kept, and gone again."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kithdesk import conversations, routing
from kithdesk.core.actors import system
from kithdesk.core.clock import HOUR, Instant, ManualClock, iso
from kithdesk.core.desk import Desk
from kithdesk.core.errors import OutcomeUnknown, Overloaded
from kithdesk.simulation import jobs, keeping, reading
from kithdesk.simulation.entities import SILENT
from kithdesk.simulation.ids import SimulationId
from kithdesk.simulation.keeping import KEPT, note_progress
from kithdesk.simulation.queries import list_simulations
from tests.routing.conftest import Browse
from tests.routing.shops import Shop

pytestmark = pytest.mark.anyio

AT = "/v1/routing/simulations"


async def a_morning(shop: Shop, clock: ManualClock) -> dict[str, str]:
    """One agent who takes one at a time, each for a minute; the third customer waits two minutes."""
    began = clock.now()
    clock.advance(seconds=1)
    ana = await shop.agent("ana")
    await shop.capacity(1)
    clock.advance(minutes=1)
    arrived = [await shop.arrive() for _ in range(3)]
    for conversation in arrived:
        clock.advance(minutes=1)
        await shop.run(routing.change, conversation, {"status": "done"}, by=ana)
    clock.advance(minutes=1)
    return {"from": iso(began), "to": iso(clock.now())}


async def played(client: httpx.AsyncClient, desk: Desk, body: dict[str, Any]) -> dict[str, Any]:
    answer = await client.post(AT, json=body)
    assert answer.status_code == 201, answer.text
    await desk.jobs.settle()
    found = await client.get(f"{AT}/{answer.json()['data']['id']}")
    attributes: dict[str, Any] = found.json()["data"]["attributes"]
    return attributes


async def test_the_past_is_played_as_it_was_and_as_it_would_have_been(
    shop: Shop, browse: Browse, clock: ManualClock, desk: Desk
) -> None:
    period = await a_morning(shop, clock)
    admin = await browse(shop, shop.admin)
    scenario = {"teams": {"": {"capacityPerAgent": 3}}}

    seen = await played(admin, desk, {**period, "name": "More at once", "scenario": scenario})

    assert (seen["status"], seen["progress"], seen["error"]) == ("done", 1, None)
    assert seen["scenario"] == scenario
    result = seen["result"]
    assert result["agreement"] == {"conversations": 3, "same": 3}
    assert result["troubles"] == []
    assert result["before"]["whole"]["wait"] == {"p50": 60_000, "p90": 120_000, "longest": 120_000}
    assert result["after"]["whole"]["wait"] == {"p50": 0, "p90": 0, "longest": 0}
    assert [agent["name"] for agent in result["after"]["agents"]] == ["Ana"]


async def test_one_that_is_under_way_says_what_is_being_done(
    shop: Shop, browse: Browse, clock: ManualClock, desk: Desk
) -> None:
    period = await a_morning(shop, clock)
    admin = await browse(shop, shop.admin)
    one = (await admin.post(AT, json={**period})).json()["data"]
    by = system(shop.id)

    async def phase(progress: int) -> object:
        await desk.run(note_progress, SimulationId(one["id"]), progress, by=by)
        return (await admin.get(f"{AT}/{one['id']}")).json()["data"]["attributes"]["phase"]

    assert one["attributes"]["phase"] is None
    assert [await phase(0), await phase(200), await phase(599), await phase(600)] == [
        "reading",
        "before",
        "before",
        "after",
    ]
    await desk.jobs.settle()
    seen = (await admin.get(f"{AT}/{one['id']}")).json()["data"]["attributes"]
    assert (seen["status"], seen["phase"]) == ("done", None)


async def test_nothing_of_it_happens(shop: Shop, browse: Browse, clock: ManualClock, desk: Desk) -> None:
    period = await a_morning(shop, clock)
    waiting = await shop.arrive()
    admin = await browse(shop, shop.admin)
    head = await desk.head(shop.id)
    scenario = {"roster": {"add": [{"name": "Kim"}]}, "load": {"factor": 2}}

    seen = await played(admin, desk, {**period, "scenario": scenario})

    assert seen["status"] == "done"
    assert seen["result"]["after"]["whole"]["arrivals"] == 6
    assert await desk.head(shop.id) == head
    assert await shop.has(waiting) != []


async def test_what_there_was_not_is_refused_with_its_place(
    shop: Shop, browse: Browse, clock: ManualClock, desk: Desk
) -> None:
    period = await a_morning(shop, clock)
    admin = await browse(shop, shop.admin)

    misspelt = await admin.post(AT, json={**period, "scenario": {"teams": {"": {"capacity": 3}}}})
    nobodys = [{"teams": {"f" * 24: {"capacityPerAgent": 3}}}, {"roster": {"add": [{"team": "f" * 24}]}}]
    unknown = [await admin.post(AT, json={**period, "scenario": one}) for one in nobodys]
    seen = await played(admin, desk, {**period, "scenario": {"queues": {"nowhere": {"priority": 1}}}})

    assert [answer.status_code for answer in unknown] == [400, 400]
    assert [answer.json()["errors"][0]["source"]["parameter"] for answer in unknown] == [
        f"scenario.teams.{'f' * 24}",
        "scenario.roster.add",
    ]
    assert misspelt.status_code == 400
    assert misspelt.json()["errors"][0]["code"] == "bad_scenario"
    assert seen["status"] == "failed"
    assert seen["error"]["code"] == "bad_scenario"
    assert seen["error"]["parameter"] == "scenario.queues.nowhere"


async def test_a_period_is_over_and_not_longer_than_a_month(
    shop: Shop, browse: Browse, clock: ManualClock
) -> None:
    admin = await browse(shop, shop.admin)
    now = clock.now()

    for begins, ends in ((now - HOUR, now + HOUR), (now, now - HOUR), (now - 32 * 24 * HOUR, now)):
        body = {"from": iso(Instant(begins)), "to": iso(Instant(ends))}
        answer = await admin.post(AT, json=body)
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["code"] == "bad_period"


async def test_a_period_that_is_too_full_is_refused_with_how_full_it_is(
    shop: Shop, browse: Browse, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waited already when it began is played too."""
    await shop.agent("ana")
    await shop.capacity(1)
    for _ in range(2):
        await shop.arrive()
    clock.advance(minutes=1)
    period = {"from": iso(clock.now()), "to": iso(clock.in_(minutes=5))}
    clock.advance(minutes=1)
    await shop.arrive()
    clock.advance(minutes=5)
    admin = await browse(shop, shop.admin)
    monkeypatch.setattr(reading, "MOST_CONVERSATIONS", 2)

    refused = await admin.post(AT, json=period)
    monkeypatch.setattr(reading, "MOST_CONVERSATIONS", 3)
    monkeypatch.setattr(reading, "MOST_FACTS", 1)
    at_length = await admin.post(AT, json=period)
    monkeypatch.setattr(reading, "MOST_FACTS", 100)
    taken = await admin.post(AT, json=period)

    error = refused.json()["errors"][0]
    assert (error["status"], error["code"]) == (400, "period_too_full")
    assert error["meta"] == {"of": "conversations", "found": 3, "limit": 2}
    assert at_length.json()["errors"][0]["meta"]["of"] == "facts"
    assert taken.status_code == 201


async def test_one_at_a_time(shop: Shop, browse: Browse, clock: ManualClock, desk: Desk) -> None:
    period = await a_morning(shop, clock)
    admin = await browse(shop, shop.admin)
    first = (await admin.post(AT, json=period)).json()["data"]["id"]

    second = await admin.post(AT, json=period)
    stopped = await admin.post(f"{AT}/{first}/stop")
    await desk.jobs.settle()
    third = await admin.post(AT, json=period)

    assert second.json()["errors"][0]["code"] == "simulation_running"
    assert stopped.json()["data"]["attributes"]["status"] == "stopped"
    assert third.status_code == 201
    assert (await admin.get(f"{AT}/{first}")).json()["data"]["attributes"]["result"] is None


async def test_one_that_must_wait_counts_nothing(
    shop: Shop, browse: Browse, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A period may be long to count, and there is room for few who do."""
    period = await a_morning(shop, clock)
    admin = await browse(shop, shop.admin)
    counted: list[float | None] = []
    read_long = Desk.read_long

    async def noted(self: Desk, *args: Any, seconds: float | None = None, **named: Any) -> Any:
        counted.append(seconds)
        return await read_long(self, *args, seconds=seconds, **named)

    monkeypatch.setattr(Desk, "read_long", noted)
    answers = [await admin.post(AT, json=period) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 409]
    assert counted == [2]


async def test_what_takes_long_to_count_is_asked_for_nevertheless(
    shop: Shop, browse: Browse, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    period = await a_morning(shop, clock)
    admin = await browse(shop, shop.admin)

    async def takes_too_long(*_: Any, **__: Any) -> Any:
        raise Overloaded("It takes too long to find out.", retry_after=2)

    monkeypatch.setattr(Desk, "read_long", takes_too_long)

    assert (await admin.post(AT, json=period)).status_code == 201


async def test_one_whose_server_is_gone_is_in_nobodys_way(
    shop: Shop, browse: Browse, clock: ManualClock
) -> None:
    period = await a_morning(shop, clock)
    admin = await browse(shop, shop.admin)
    first = (await admin.post(AT, json=period)).json()["data"]["id"]

    clock.advance(seconds=SILENT / 1_000)

    seen = (await admin.get(f"{AT}/{first}")).json()["data"]["attributes"]
    assert (seen["status"], seen["error"]["code"]) == ("failed", "interrupted")
    assert (await admin.post(AT, json=period)).status_code == 201


@pytest.mark.parametrize("passing", [Overloaded(), OutcomeUnknown("The connection was lost.")])
async def test_what_passes_by_itself_ends_none(
    shop: Shop,
    browse: Browse,
    clock: ManualClock,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    passing: Exception,
) -> None:
    """A database that restarts says nothing of what was asked for."""
    period = await a_morning(shop, clock)
    admin = await browse(shop, shop.admin)
    away = iter([passing])

    def finish(*said: Any) -> None:
        for problem in away:
            raise problem
        keeping.finish(*said)

    monkeypatch.setattr(jobs, "finish", finish)

    seen = await played(admin, desk, period)
    assert seen["status"] == "running"
    clock.advance(seconds=5)
    await desk.jobs.settle()

    [again] = (await admin.get(AT)).json()["data"]
    assert again["attributes"]["status"] == "done"


async def test_each_is_forgotten_after_thirty_days(
    shop: Shop, browse: Browse, clock: ManualClock, desk: Desk
) -> None:
    period = await a_morning(shop, clock)
    for _ in range(2):
        await played(await browse(shop, shop.admin), desk, period)
        clock.advance(days=10)

    left = []
    for _ in range(3):
        clock.advance(days=10)
        await desk.jobs.settle()
        left.append((await desk.read(list_simulations, limit=5, offset=0, by=shop.admin)).value[1])

    assert left == [1, 0, 0]


async def test_the_newest_are_kept(shop: Shop, browse: Browse, clock: ManualClock) -> None:
    period = await a_morning(shop, clock)
    admin = await browse(shop, shop.admin)

    made = ""
    for _ in range(KEPT + 2):
        made = (await admin.post(AT, json=period)).json()["data"]["id"]
        await admin.post(f"{AT}/{made}/stop")

    listed = (await admin.get(AT, params={"pageSize": 5})).json()
    assert listed["meta"]["total"] == KEPT
    assert listed["data"][0]["id"] == made
    assert (await admin.delete(f"{AT}/{made}")).status_code == 204
    assert (await admin.get(f"{AT}/{made}")).status_code == 404


async def test_T23_only_administrators_of_the_organisation_have_any(
    shop: Shop, other_shop: Shop, browse: Browse, clock: ManualClock
) -> None:
    period = await a_morning(shop, clock)
    admin = await browse(shop, shop.admin)
    made = (await admin.post(AT, json=period)).json()["data"]["id"]
    agent, stranger = await browse(shop, await shop.agent("ben")), await browse(other_shop, other_shop.admin)

    assert (await agent.get(AT)).status_code == 403
    assert (await agent.post(AT, json=period)).status_code == 403
    assert (await stranger.get(AT)).json()["data"] == []
    for ask in (stranger.get, stranger.delete):
        assert (await ask(f"{AT}/{made}")).status_code == 404
    assert (await stranger.post(f"{AT}/{made}/stop")).status_code == 404


async def test_what_an_agent_said_of_a_customer_is_in_no_result(
    shop: Shop, browse: Browse, clock: ManualClock, desk: Desk
) -> None:
    """Results outlive the words they were made of, so they hold none."""
    ana = await shop.agent("ana")
    began = clock.now()
    clock.advance(seconds=1)
    conversation = await shop.arrive("A very secret word")
    await shop.run(conversations.reply, conversation, client_id="1", body="Another secret word", by=ana)
    clock.advance(minutes=2)
    admin = await browse(shop, shop.admin)

    await played(admin, desk, {"from": iso(began), "to": iso(clock.now())})

    made = (await admin.get(AT)).json()["data"][0]["id"]
    assert "secret" not in (await admin.get(f"{AT}/{made}")).text
