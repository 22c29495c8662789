"""A queue's hours: outside them nothing is given out of it, and what waited is given out to the second."""

from __future__ import annotations

import pytest

from kithdesk import conversations, routing
from kithdesk.calendar import Change, Draft, change_schedule, create_schedule, delete_schedule
from kithdesk.core.clock import DAY, HOUR, MINUTE, Instant, ManualClock, iso
from kithdesk.core.sql import Statement
from kithdesk.routing.queries.items import list_decisions
from kithdesk.routing.serving import CHUNK
from kithdesk.routing.waits import draw_metrics, find_wait
from tests.routing.conftest import Browse
from tests.routing.shops import Shop

NIGHT = Instant(1_780_000_000_000 // DAY * DAY + 22 * HOUR)
OPENS = Instant(NIGHT + 11 * HOUR)
BY_DAY = {str(day): [(540, 1_020)] for day in range(7)}


@pytest.fixture
async def nine_to_five(shop: Shop, clock: ManualClock) -> str:
    """It is ten in the evening."""
    clock.advance(seconds=(NIGHT - clock.now()) / 1_000)
    draft = Draft(name="By day", timezone="UTC", hours=BY_DAY)
    return str((await shop.run(create_schedule, draft, by=shop.admin)).id)


async def test_what_comes_outside_the_hours_waits_and_is_given_out_as_the_queue_opens(
    shop: Shop, clock: ManualClock, nine_to_five: str
) -> None:
    await shop.queue("billing", schedule=nine_to_five)
    ana = await shop.agent("ana")

    at_night = await shop.arrive("billing")
    elsewhere = await shop.arrive("something else")
    clock.advance(seconds=(OPENS - 1 - clock.now()) / 1_000)
    await shop.desk.jobs.settle()
    before = await shop.has(at_night)
    clock.advance(seconds=0.001)
    await shop.desk.jobs.settle()

    assert (before, await shop.has(elsewhere)) == ([], [ana.id])
    assert await shop.has(at_night) == [ana.id]


async def test_it_is_said_why_it_waits_and_when_the_queue_opens(
    shop: Shop, clock: ManualClock, nine_to_five: str
) -> None:
    queue = await shop.queue("billing", schedule=nine_to_five)
    ana = await shop.agent("ana")
    left = await shop.arrive("billing")
    await shop.run(routing.assign, left, users=[ana.id], by=ana)  # so that a wait could be foretold

    conversation = await shop.arrive("billing")

    item = await shop.item(conversation)
    (decision,) = (await shop.desk.read(list_decisions, item.id, 10, 0, by=shop.by)).value
    wait = (await shop.desk.read(find_wait, conversation, by=shop.by)).value
    (metrics,) = (await shop.desk.read(draw_metrics, [queue], by=shop.by)).value
    assert '"because":"closed"' in decision.decision
    assert f'"opens_at":{OPENS}' in decision.decision
    assert wait is not None
    assert (wait.position, wait.expected, wait.is_open, wait.opens_at) == (1, None, False, OPENS)
    shown = metrics["attributes"]
    assert (shown["open"], shown["opensAt"], shown["expectedWait"]) == (False, iso(OPENS), None)


async def test_an_agent_with_room_gets_nothing_out_of_a_closed_queue_and_may_take_it_by_hand(
    shop: Shop, clock: ManualClock, nine_to_five: str
) -> None:
    await shop.queue("billing", schedule=nine_to_five)
    taken, answered, waits = [await shop.arrive("billing") for _ in range(3)]
    ana = await shop.agent("ana")
    assert await shop.has(waits) == []

    await shop.run(routing.assign, taken, users=[ana.id], by=ana)
    await shop.run(conversations.reply, answered, client_id="one", body="Good evening", by=ana)
    await shop.run(conversations.close, answered, by=ana)

    assert await shop.has(taken) == [ana.id]
    assert await shop.has(answered) == [ana.id]
    assert await shop.has(waits) == []


async def test_what_waits_when_the_queue_closes_is_given_out_when_it_opens_again(
    shop: Shop, clock: ManualClock, nine_to_five: str
) -> None:
    await shop.queue("billing", schedule=nine_to_five)
    clock.advance(seconds=(OPENS - clock.now()) / 1_000)
    conversation = await shop.arrive("billing")
    clock.advance(hours=10)
    await shop.desk.jobs.settle()
    ana = await shop.agent("ana")
    in_the_evening = await shop.has(conversation)

    clock.advance(hours=14)
    await shop.desk.jobs.settle()

    assert in_the_evening == []
    assert await shop.has(conversation) == [ana.id]


async def test_other_hours_count_at_once(shop: Shop, clock: ManualClock, nine_to_five: str) -> None:
    queue = await shop.queue("billing", schedule=nine_to_five)
    ana = await shop.agent("ana")
    first = await shop.arrive("billing")
    sooner = {day: [(22 * 60 + 30, 23 * 60)] for day in BY_DAY}

    await shop.run(change_schedule, nine_to_five, Change(hours=sooner), by=shop.admin)
    clock.advance(minutes=29)
    await shop.desk.jobs.settle()
    too_early = await shop.has(first)
    clock.advance(minutes=1)
    await shop.desk.jobs.settle()
    clock.advance(hours=1)
    late = await shop.arrive("billing")
    closed_again = await shop.has(late)
    await shop.run(routing.change_queue, queue, {"schedule": None}, by=shop.admin)

    assert (too_early, await shop.has(first)) == ([], [ana.id])
    assert (closed_again, await shop.has(late)) == ([], [ana.id])


async def test_a_queue_whose_schedule_is_deleted_is_always_open(
    shop: Shop, clock: ManualClock, nine_to_five: str
) -> None:
    never = await shop.run(create_schedule, Draft(name="Never", timezone="UTC", hours={}), by=shop.admin)
    await shop.queue("billing", schedule=never.id)
    ana = await shop.agent("ana")
    conversation = await shop.arrive("billing")
    assert await shop.has(conversation) == []

    await shop.run(delete_schedule, never.id, by=shop.admin)

    assert await shop.has(conversation) == [ana.id]


async def test_an_offer_made_before_closing_stands_and_once_declined_waits_for_the_opening(
    shop: Shop, clock: ManualClock, nine_to_five: str
) -> None:
    await shop.settings(acceptance="manual", accept_timeout_seconds=60)
    await shop.queue("billing", schedule=nine_to_five)
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    clock.advance(seconds=(OPENS + 8 * HOUR - MINUTE // 2 - clock.now()) / 1_000)
    first, second = await shop.arrive("billing"), await shop.arrive("billing")
    agents = {ana.id: ana, ben.id: ben}
    clock.advance(seconds=40)

    item, other = await shop.item(first), await shop.item(second)
    await shop.run(routing.accept, item.id, by=agents[item.offered_to])
    await shop.run(routing.decline, other.id, by=agents[other.offered_to])

    assert await shop.has(first) == [item.offered_to]
    waits = await shop.item(second)
    assert (waits.state, waits.declined) == ("queued", ())
    clock.advance(hours=16)
    await shop.desk.jobs.settle()
    assert (await shop.item(second)).state == "offered"


async def test_a_schedule_that_many_queues_name_changes_in_small_commands_and_all_of_them_open_to_the_second(
    shop: Shop, clock: ManualClock, nine_to_five: str, statements: list[Statement]
) -> None:
    names = [f"desk{number:02}" for number in range(2 * CHUNK + 3)]
    for name in names:
        await shop.queue(name, schedule=nine_to_five)
    await shop.capacity(100)
    ana = await shop.agent("ana")
    waiting = [await shop.arrive(name) for name in names]
    sooner = {day: [(22 * 60 + 30, 23 * 60)] for day in BY_DAY}
    statements.clear()

    await shop.run(change_schedule, nine_to_five, Change(hours=sooner), by=shop.admin)
    at_once = len(statements)
    await shop.desk.jobs.settle()
    clock.advance(seconds=30 * 60 - 0.001)
    await shop.desk.jobs.settle()
    too_early = [await shop.has(conversation) for conversation in waiting]
    clock.advance(seconds=0.001)
    await shop.desk.jobs.settle()

    assert at_once < 6 * CHUNK
    assert too_early == [[]] * len(names)
    assert [await shop.has(conversation) for conversation in waiting] == [[ana.id]] * len(names)


async def test_queues_whose_schedule_opens_them_all_at_once_are_served(
    shop: Shop, clock: ManualClock, nine_to_five: str
) -> None:
    names = [f"desk{number:02}" for number in range(CHUNK + 1)]
    for name in names:
        await shop.queue(name, schedule=nine_to_five)
    await shop.capacity(100)
    ana = await shop.agent("ana")
    waiting = [await shop.arrive(name) for name in names]
    now = {day: [(0, 24 * 60)] for day in BY_DAY}

    await shop.run(change_schedule, nine_to_five, Change(hours=now), by=shop.admin)
    await shop.desk.jobs.settle()

    assert [await shop.has(conversation) for conversation in waiting] == [[ana.id]] * len(names)


async def test_a_queue_is_told_over_http_whether_it_is_open(
    shop: Shop, browse: Browse, clock: ManualClock, nine_to_five: str
) -> None:
    queue = await shop.queue("billing", schedule=nine_to_five)
    ana = await shop.agent("ana")
    client = await browse(shop, ana)

    closed = (await client.get(f"/v1/routing/queues/{queue}")).json()["data"]["attributes"]
    item = await shop.item(await shop.arrive("billing"))
    (why,) = (await client.get(f"/v1/routing/work-items/{item.id}/decisions")).json()["data"]
    clock.advance(hours=12)
    in_the_morning = await browse(shop, ana)
    is_open = (await in_the_morning.get(f"/v1/routing/queues/{queue}")).json()["data"]["attributes"]

    assert (closed["open"], closed["opensAt"]) == (False, iso(OPENS))
    assert (why["attributes"]["because"], why["attributes"]["opensAt"]) == ("closed", iso(OPENS))
    assert (is_open["open"], is_open["opensAt"]) == (True, None)
