"""The live board over HTTP: who waits, where, and who can help."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from kithdesk import calendar, conversations, routing
from kithdesk.core.clock import DAY, Instant, ManualClock, iso, parse_iso
from kithdesk.insights import board as boards
from kithdesk.insights.board import median_of
from kithdesk.sla import Target, Wish, create_policy
from tests.routing.conftest import Browse
from tests.routing.shops import Shop

BOARD = "/v1/insights/board"


async def board_of(browse: Browse, shop: Shop, asked: str = "") -> dict[str, Any]:
    """As an administrator reads it."""
    client = await browse(shop, shop.admin)
    answer = await client.get(f"{BOARD}{asked}")
    assert answer.status_code == 200, answer.text
    attributes: dict[str, Any] = answer.json()["data"]["attributes"]
    return attributes


def queue_in(board: dict[str, Any], key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(queue for queue in board["queues"] if queue["key"] == key)
    return found


async def test_what_waits_is_counted_in_its_queue_and_since_when(
    shop: Shop, browse: Browse, clock: ManualClock
) -> None:
    await shop.queue("billing")
    began = clock.now()
    await shop.arrive("billing")
    clock.advance(minutes=3)
    await shop.arrive("billing")
    await shop.arrive("something else")

    board = await board_of(browse, shop)

    billing = queue_in(board, "billing")
    assert (billing["waiting"], billing["longestWaitSince"]) == (2, iso(began))
    assert (board["totals"]["waiting"], board["totals"]["longestWaitSince"]) == (3, iso(began))
    assert (billing["arrived"], billing["assigned"], billing["medianWait"]) == (2, 0, None)
    assert board["at"] == iso(clock.now())


async def test_what_all_have_declined_is_counted_and_since_when(
    shop: Shop, browse: Browse, clock: ManualClock
) -> None:
    await shop.settings(acceptance="manual")
    ana = await shop.agent("ana")
    await shop.queue("billing")
    for _ in range(2):
        item = await shop.item(await shop.arrive("billing"))
        clock.advance(seconds=10)
        await shop.run(routing.decline, item.id, by=ana)
    since = iso(Instant(clock.now() - 10_000))

    board = await board_of(browse, shop)

    billing = queue_in(board, "billing")
    assert (billing["waiting"], billing["declined"], billing["declinedSince"]) == (2, 2, since)
    assert (board["totals"]["declined"], board["totals"]["declinedSince"]) == (2, since)


async def test_what_an_agent_is_asked_to_take_still_waits(shop: Shop, browse: Browse) -> None:
    await shop.queue("advice", acceptance="manual")
    ana = await shop.agent("ana")
    conversation = await shop.arrive("advice")

    asked = queue_in(await board_of(browse, shop), "advice")
    await shop.run(routing.accept, (await shop.item(conversation)).id, by=ana)
    accepted = queue_in(await board_of(browse, shop), "advice")

    assert (asked["waiting"], asked["offered"], asked["inHand"]) == (1, 1, 0)
    assert asked["longestWaitSince"] is not None
    assert (accepted["waiting"], accepted["offered"], accepted["inHand"]) == (0, 0, 1)
    assert accepted["longestWaitSince"] is None


async def test_a_queue_foretells_no_wait_while_nobody_is_available_and_none_while_somebody_has_room(
    shop: Shop, browse: Browse
) -> None:
    billing = await shop.queue("billing")
    ana = await shop.agent("ana")
    await shop.team("Billing", [ana], queues=(billing,))
    await shop.arrive("billing")

    free = queue_in(await board_of(browse, shop), "billing")
    await shop.says(ana, "busy")
    away = queue_in(await board_of(browse, shop), "billing")

    assert (free["expectedWait"], free["available"]) == (0, 1)
    assert (away["expectedWait"], away["available"]) == (None, 0)


async def test_a_queue_that_is_closed_promises_no_wait_and_says_when_it_opens(
    shop: Shop, browse: Browse, clock: ManualClock
) -> None:
    draft = calendar.Draft(name="Never on this day", timezone="UTC", hours=_only_tomorrow(clock))
    schedule = await shop.run(calendar.create_schedule, draft, by=shop.admin)
    await shop.queue("billing", schedule=schedule.id)
    await shop.arrive("billing")

    board = await board_of(browse, shop)

    billing, default = queue_in(board, "billing"), queue_in(board, "DEFAULT_QUEUE")
    assert (billing["open"], billing["expectedWait"], billing["waiting"]) == (False, None, 1)
    assert parse_iso(billing["opensAt"]) % DAY == 0
    assert 0 < parse_iso(billing["opensAt"]) - clock.now() <= DAY
    assert (default["open"], default["opensAt"]) == (True, None)


def _only_tomorrow(clock: ManualClock) -> dict[str, list[tuple[int, int]]]:
    tomorrow = datetime.fromtimestamp(clock.in_(days=1) / 1_000, UTC)
    return {str(tomorrow.isoweekday() % 7): [(0, 24 * 60)]}


async def test_the_hour_shows_what_came_was_taken_and_done(
    shop: Shop, browse: Browse, clock: ManualClock
) -> None:
    ana = await shop.agent("ana", available=False)
    first = await shop.arrive()
    clock.advance(seconds=100)
    await shop.says(ana, "available")
    clock.advance(minutes=10)
    await shop.run(routing.change, first, {"status": "done"}, by=ana)

    queue = (await board_of(browse, shop))["queues"][0]

    assert (queue["arrived"], queue["assigned"], queue["completed"]) == (1, 1, 1)
    assert queue["medianWait"] == pytest.approx(100_000, rel=0.02)
    assert [bucket["completed"] for bucket in queue["buckets"]] == [0] * 11 + [1]
    assert sum(bucket["arrived"] for bucket in queue["buckets"][:-1]) == 1
    clock.advance(minutes=61)
    later = (await board_of(browse, shop))["queues"][0]
    assert (later["arrived"], later["assigned"], later["completed"], later["medianWait"]) == (0, 0, 0, None)


async def test_a_promise_is_at_risk_then_late_then_kept(
    shop: Shop, browse: Browse, clock: ManualClock
) -> None:
    wish = Wish(name="All", metrics={"firstResponse": Target(seconds=600)}, warn_before=120)
    await shop.run(create_policy, wish, by=shop.admin)
    ana = await shop.agent("ana")
    conversation = await shop.arrive()

    async def risks() -> tuple[int, int]:
        await shop.desk.jobs.settle()
        totals = (await board_of(browse, shop))["totals"]
        return totals["slaAtRisk"], totals["slaLate"]

    assert await risks() == (0, 0)
    clock.advance(seconds=480)
    assert await risks() == (1, 0)
    clock.advance(seconds=120)
    assert await risks() == (0, 1)
    await shop.run(conversations.reply, conversation, client_id="1", body="Sorry", by=ana)
    assert await risks() == (0, 0)


async def test_agents_are_counted_and_those_who_are_here_are_named(
    shop: Shop, browse: Browse, clock: ManualClock
) -> None:
    ana, ben = await shop.agent("ana"), await shop.agent("ben", available=False)
    cleo = await shop.agent("cleo")
    team = await shop.team("Experts", [ana], queues=(await shop.run(routing.find_default_queue),))
    await shop.arrive()
    clock.advance(minutes=1)
    await shop.says(cleo, "unavailable", "Lunch")

    agents = (await board_of(browse, shop))["agents"]

    assert agents["byStatus"] == {"available": 1, "busy": 0, "unavailable": 1, "offline": 2}
    assert [row["name"] for row in agents["rows"]] == ["Ana", "Cleo"]
    first, second = agents["rows"]
    assert (first["load"], first["capacity"], first["items"]) == (1, 4, 1)
    assert first["team"] == {"id": team, "name": "Experts"}
    assert (second["reason"], second["since"]) == ("Lunch", iso(clock.now()))
    assert str(ben.id) not in str(agents["rows"])


async def test_who_left_with_work_in_hand_is_still_named(shop: Shop, browse: Browse) -> None:
    ana = await shop.agent("ana", available=False)
    conversation = await shop.arrive()
    await shop.run(routing.assign, conversation, users=[str(ana.id)], by=shop.admin)

    (row,) = (await board_of(browse, shop))["agents"]["rows"]

    assert (row["name"], row["status"], row["items"]) == ("Ana", "offline", 1)


async def test_a_board_of_some_queues_and_of_one_team(shop: Shop, browse: Browse) -> None:
    billing = await shop.queue("billing")
    ana = await shop.agent("ana", available=False)
    await shop.agent("ben")
    team = await shop.team("Experts", [ana], queues=(billing,))
    await shop.says(ana, "available")
    await shop.settings(capacity_per_agent=1)
    for about in ("billing", "billing", "other", "other", "other"):
        await shop.arrive(about)

    board = await board_of(browse, shop, f"?queues={billing}&team={team}")

    assert [queue["id"] for queue in board["queues"]] == [billing]
    assert (board["totals"]["waiting"], board["totals"]["inHand"]) == (1, 1)
    assert [row["name"] for row in board["agents"]["rows"]] == ["Ana"]
    assert board["agents"]["byStatus"] == {"available": 1, "busy": 0, "unavailable": 0, "offline": 0}


async def test_what_is_in_no_queue_is_in_the_totals(shop: Shop, browse: Browse, clock: ManualClock) -> None:
    wish = Wish(name="All", metrics={"firstResponse": Target(seconds=60)})
    await shop.run(create_policy, wish, by=shop.admin)
    queue = await shop.run(routing.create_queue, "Billing", "billing", {}, by=shop.admin)
    rule = await shop.rule("billing", queue)
    ana = await shop.agent("ana")
    await shop.arrive("billing")
    await shop.run(routing.delete_rule, rule, by=shop.admin)
    await shop.run(routing.delete_queue, queue, by=shop.admin)
    clock.advance(seconds=61)

    board = await board_of(browse, shop)

    assert board["totals"]["inHand"] == 1 == await shop.load(ana)
    assert board["totals"]["slaLate"] == 1
    assert [(queue["inHand"], queue["slaLate"]) for queue in board["queues"]] == [(0, 0)]


async def test_T23_two_shops_do_not_see_each_other(shop: Shop, other_shop: Shop, browse: Browse) -> None:
    theirs = await other_shop.queue("secret")
    await other_shop.agent("zoe")
    await other_shop.arrive("secret")
    await other_shop.arrive("secret")

    client = await browse(shop, shop.admin)
    text = (await client.get(BOARD)).text
    asked = await board_of(browse, shop, f"?queues={theirs}")

    assert "secret" not in text
    assert "Zoe" not in text
    assert (await board_of(browse, shop))["totals"]["waiting"] == 0
    assert asked["queues"] == []
    assert asked["totals"]["waiting"] == 0
    assert (await board_of(browse, other_shop))["totals"]["arrived"] == 2


async def test_an_agent_reads_it_and_nobody_without_a_session(shop: Shop, browse: Browse) -> None:
    client = await browse(shop, await shop.agent("ana"))
    assert (await client.get(BOARD)).status_code == 200

    for token in ({"Authorization": ""}, {"Authorization": "Bearer visitor"}):
        refused = await client.get(BOARD, headers=token)
        assert refused.status_code == 401
        assert "attributes" not in refused.text


async def test_only_so_many_agents_and_risks_are_looked_at(
    shop: Shop, browse: Browse, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boards, "MOST_AGENTS", 2)
    monkeypatch.setattr(boards, "MOST_RISKY", 2)
    wish = Wish(name="All", metrics={"firstResponse": Target(seconds=60)})
    await shop.run(create_policy, wish, by=shop.admin)
    for number in range(3):
        await shop.agent(f"agent{number}")
        await shop.arrive()
    clock.advance(seconds=61)

    board = await board_of(browse, shop)

    assert (board["agents"]["total"], board["agents"]["isCapped"], len(board["agents"]["rows"])) == (
        3,
        True,
        2,
    )
    assert board["agents"]["byStatus"]["available"] == 3
    assert (board["totals"]["slaLate"], board["totals"]["slaIsCapped"]) == (2, True)


@pytest.mark.parametrize(
    ("counted", "median"), [({}, None), ({5: 1}, 5), ({9: 1, 1: 1}, 1), ({1: 2, 7: 3}, 7), ({1: 3, 7: 3}, 1)]
)
def test_the_median_is_the_one_in_the_middle(counted: dict[int, int], median: int | None) -> None:
    assert median_of(counted) == median
