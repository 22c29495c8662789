"""Languages: work holds out a while for somebody who speaks its customer's, and then goes to anybody."""

from __future__ import annotations

import pytest

from kithdesk import routing
from kithdesk.calendar import Change, Draft, change_schedule, create_schedule
from kithdesk.core.actors import Actor
from kithdesk.core.clock import ManualClock
from tests.routing.conftest import Browse
from tests.routing.shops import Shop

GERMAN = "lang:de"


@pytest.fixture
async def ben(shop: Shop) -> Actor:
    """He speaks German, and is busy."""
    await shop.run(routing.declare_skill, "German", GERMAN, by=shop.admin)
    ben = await shop.agent("ben", available=False)
    await shop.run(routing.set_skills, ben.id, {GERMAN: 1}, by=shop.admin)
    await shop.says(ben, "busy")
    return ben


async def test_it_waits_for_somebody_who_speaks_it_and_in_the_end_for_nobody_more(
    shop: Shop, clock: ManualClock, ben: Actor
) -> None:
    ana = await shop.agent("ana")
    conversation = await shop.arrive(locale="de-AT")
    clock.advance(seconds=119)
    await shop.desk.jobs.settle()
    meanwhile = await shop.item(conversation)

    clock.advance(seconds=1)
    await shop.desk.jobs.settle()

    assert (meanwhile.state, meanwhile.language, meanwhile.holds_out) == ("queued", GERMAN, True)
    assert await shop.has(conversation) == [ana.id]


async def test_who_speaks_it_gets_it_before_the_time_is_over(
    shop: Shop, clock: ManualClock, ben: Actor
) -> None:
    await shop.agent("ana")
    conversation = await shop.arrive(locale="de")
    clock.advance(seconds=60)

    await shop.says(ben, "available")

    assert await shop.has(conversation) == [ben.id]


async def test_where_nobody_who_speaks_it_is_signed_in_it_goes_to_anybody_at_once_and_the_decision_says_so(
    shop: Shop, browse: Browse, ben: Actor
) -> None:
    await shop.says(ben, "offline")
    ana = await shop.agent("ana")

    conversation = await shop.arrive(locale="de")

    assert await shop.has(conversation) == [ana.id]
    item = await shop.item(conversation)
    client = await browse(shop, ana)
    (why,) = (await client.get(f"/v1/routing/work-items/{item.id}/decisions")).json()["data"]
    shown = (await client.get(f"/v1/routing/work-items/{item.id}")).json()["data"]["attributes"]
    assert why["attributes"]["languageDropped"] == GERMAN
    assert (shown["language"], shown["holdsOutForLanguage"], shown["skills"]) == (GERMAN, False, {})


async def test_what_a_rule_asks_is_asked_for_good(shop: Shop, clock: ManualClock, ben: Actor) -> None:
    queue = await shop.run(routing.create_queue, "German", "german", {}, by=shop.admin)
    await shop.rule("Hallo", queue, skills={GERMAN: 1})
    await shop.agent("ana")
    conversation = await shop.arrive("Hallo", locale="de")

    clock.advance(hours=1)
    await shop.desk.jobs.settle()

    item = await shop.item(conversation)
    assert (item.state, item.language, item.skills) == ("queued", None, ((GERMAN, 1),))


async def test_how_long_it_holds_out_is_a_setting_and_none_is_no_wait(
    shop: Shop, clock: ManualClock, ben: Actor
) -> None:
    ana = await shop.agent("ana")
    await shop.settings(language_hold_seconds=0)

    conversation = await shop.arrive(locale="de")

    assert await shop.has(conversation) == [ana.id]


async def test_the_time_counts_by_the_hours_of_the_queue(shop: Shop, clock: ManualClock, ben: Actor) -> None:
    minute = clock.now() // 60_000 % 1_440
    opens, closes = minute + 60, minute + 61
    hours = {str(day): [(opens, closes), (closes + 60, closes + 120)] for day in range(7)}
    schedule = await shop.run(
        create_schedule, Draft(name="A minute", timezone="UTC", hours=hours), by=shop.admin
    )
    await shop.queue("billing", schedule=schedule.id)
    ana = await shop.agent("ana")
    conversation = await shop.arrive("billing", locale="de")

    clock.advance(seconds=(opens - minute) * 60)
    await shop.desk.jobs.settle()
    as_it_opens = await shop.item(conversation)
    clock.advance(seconds=120)
    await shop.desk.jobs.settle()
    closed_again = await shop.item(conversation)
    clock.advance(seconds=62 * 60)
    await shop.desk.jobs.settle()

    assert (as_it_opens.state, as_it_opens.holds_out) == ("queued", True)
    assert (closed_again.state, closed_again.holds_out) == ("queued", True)
    assert await shop.has(conversation) == [ana.id]


async def test_other_hours_of_a_shared_schedule_end_the_time_that_has_passed_by_them(
    shop: Shop, clock: ManualClock, ben: Actor
) -> None:
    schedule = await shop.run(create_schedule, Draft(name="Never", timezone="UTC", hours={}), by=shop.admin)
    for name in ("billing", "returns"):
        await shop.queue(name, schedule=schedule.id)
    ana = await shop.agent("ana")
    waiting = [await shop.arrive(name, locale="de") for name in ("billing", "returns")]
    clock.advance(seconds=600)
    await shop.desk.jobs.settle()
    still = [(await shop.item(conversation)).holds_out for conversation in waiting]
    always = {str(day): [(0, 1_440)] for day in range(7)}

    await shop.run(change_schedule, schedule.id, Change(hours=always), by=shop.admin)
    await shop.desk.jobs.settle()

    assert still == [True, True]
    assert [await shop.has(conversation) for conversation in waiting] == [[ana.id], [ana.id]]


async def test_a_time_that_ends_just_as_the_queue_closes_ends(
    shop: Shop, clock: ManualClock, ben: Actor
) -> None:
    minute = clock.now() // 60_000 % 1_440
    hours = {str(day): [(minute - 60, minute + 10)] for day in range(7)}
    schedule = await shop.run(
        create_schedule, Draft(name="Till then", timezone="UTC", hours=hours), by=shop.admin
    )
    await shop.queue("billing", schedule=schedule.id)
    clock.advance(seconds=8 * 60 - clock.now() % 60_000 / 1_000)
    conversation = await shop.arrive("billing", locale="de")

    clock.advance(seconds=120)
    await shop.desk.jobs.settle()

    item = await shop.item(conversation)
    assert (item.state, item.holds_out) == ("queued", False)


async def test_what_its_agent_leaves_holds_out_once_more(shop: Shop, clock: ManualClock, ben: Actor) -> None:
    ana = await shop.agent("ana")
    conversation = await shop.arrive(locale="de")
    clock.advance(seconds=120)
    await shop.desk.jobs.settle()
    assert await shop.has(conversation) == [ana.id]
    await shop.agent("cleo")

    await shop.says(ana, "offline")

    item = await shop.item(conversation)
    assert (item.state, item.holds_out) == ("queued", True)
    await shop.says(ben, "available")
    assert await shop.has(conversation) == [ben.id]


async def test_when_its_last_speaker_leaves_the_shop_it_asks_no_longer(
    shop: Shop, clock: ManualClock, ben: Actor
) -> None:
    ana = await shop.agent("ana")
    conversation = await shop.arrive(locale="de")

    await shop.run(routing.set_skills, ben.id, {}, by=shop.admin)

    item = await shop.item(conversation)
    assert (item.language, item.users) == (None, (ana.id,))
