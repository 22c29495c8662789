"""Skills: what work asks of whoever takes it."""

from __future__ import annotations

import pytest

from kithdesk import access, conversations, customers, routing
from kithdesk.conversations import get_conversation
from kithdesk.core.clock import ManualClock
from kithdesk.core.errors import BadParameter, Forbidden, NotFound
from kithdesk.routing.desk_floor import PAGE
from kithdesk.routing.errors import KeyTaken, SkillInUse, UnknownSkill
from kithdesk.routing.profiles import ORGANISATION
from kithdesk.routing.queries import stretches
from kithdesk.routing.queries.agents import best_skilled
from tests.routing.shops import Shop


async def test_work_goes_only_to_whoever_is_skilled_enough(shop: Shop) -> None:
    await shop.run(routing.declare_skill, "Refunds", "refunds", by=shop.admin)
    queue = await shop.run(routing.create_queue, "Returns", "returns", {}, by=shop.admin)
    await shop.rule("refund", queue, skills={"refunds": 3})
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    await shop.run(routing.set_skills, ana.id, {"refunds": 2}, by=shop.admin)

    first = await shop.arrive("refund")
    assert await shop.has(first) == []
    await shop.run(routing.set_skills, ben.id, {"refunds": 3}, by=shop.admin)

    assert await shop.has(first) == [ben.id]


async def test_somebody_skilled_is_found_behind_many_who_are_not(shop: Shop) -> None:
    await shop.run(routing.declare_skill, "Refunds", "refunds", by=shop.admin)
    queue = await shop.run(routing.create_queue, "Returns", "returns", {}, by=shop.admin)
    await shop.rule("refund", queue, skills={"refunds": 1})
    for number in range(14):
        await shop.agent(f"agent{number}")
    ana = await shop.agent("ana")
    await shop.run(routing.set_skills, ana.id, {"refunds": 1}, by=shop.admin)
    await shop.arrive()

    conversation = await shop.arrive("refund")

    assert await shop.has(conversation) == [ana.id]


async def test_who_has_all_skills_is_found_without_reading_all_who_have_one(shop: Shop) -> None:
    for key in ("lang:en", "refunds"):
        await shop.run(routing.declare_skill, key, key, by=shop.admin)
    agents = [await shop.agent(f"agent{number}") for number in range(4)]
    for agent in agents:
        await shop.run(routing.set_skills, agent.id, {"lang:en": 3}, by=shop.admin)
    ana = agents[-1]
    await shop.run(routing.set_skills, ana.id, {"lang:en": 1, "refunds": 1}, by=shop.admin)

    async def best(skills: dict[str, int], offset: int = 0) -> list[str]:
        found = await shop.desk.read(best_skilled, ORGANISATION, skills, 2, offset, by=shop.by)
        return [row.user for row in found.value]

    assert await best({"lang:en": 1, "refunds": 1}) == [ana.id]
    assert await best({"lang:en": 2, "refunds": 1}) == []
    first, second = await best({"lang:en": 1}), await best({"lang:en": 1}, 2)
    assert (len(first), len(second)) == (2, 2)
    assert {*first, *second} == {agent.id for agent in agents}


async def test_somebody_skilled_enough_is_found_on_a_later_page(shop: Shop) -> None:
    for key in ("lang:en", "refunds"):
        await shop.run(routing.declare_skill, key, key, by=shop.admin)
    queue = await shop.run(routing.create_queue, "Returns", "returns", {}, by=shop.admin)
    await shop.rule("refund", queue, skills={"lang:en": 1, "refunds": 2})
    for number in range(PAGE + 1):
        agent = await shop.agent(f"agent{number}")
        await shop.run(routing.set_skills, agent.id, {"lang:en": 1, "refunds": 1}, by=shop.admin)
    ana = await shop.agent("ana")
    await shop.run(routing.set_skills, ana.id, {"lang:en": 1, "refunds": 2}, by=shop.admin)

    conversation = await shop.arrive("refund")

    assert await shop.has(conversation) == [ana.id]


async def test_somebody_who_may_is_found_behind_many_who_may_not(shop: Shop) -> None:
    queue = await shop.queue("billing")
    agents = [await shop.agent(f"agent{number}", available=False) for number in range(13)]
    conversation = await shop.arrive("billing")
    for agent in agents[:-1]:
        await shop.run(routing.assign, conversation, users=[agent.id], by=shop.admin)
    for agent in agents:
        await shop.says(agent, "available")
    await shop.settings(acceptance="manual")
    await shop.run(routing.hand_off_to_queue, conversation, queue, by=shop.admin)
    last = None
    while (item := await shop.item(conversation)).state == "offered":
        last = item.offered_to
        by = next(agent for agent in agents if agent.id == last)
        await shop.run(routing.decline, item.id, by=by)

    assert item.state == "queued"
    assert {*item.not_for, *item.declined} == {agent.id for agent in agents}


async def test_a_customers_language_is_asked_for_where_an_agent_speaks_it(shop: Shop) -> None:
    await shop.run(routing.declare_skill, "German", "lang:de", by=shop.admin)
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    conversation = await shop.arrive()
    customer = (await shop.desk.read(get_conversation, conversation, by=shop.by)).value.customer
    await shop.run(customers.update_customer, customer, {"locale": "de-AT"}, by=shop.admin)
    unspoken = (await shop.item(conversation)).skills
    await shop.run(routing.set_skills, ben.id, {"lang:de": 1}, by=shop.admin)
    await shop.says(ana, "offline")
    await shop.says(ben, "busy")
    await shop.run(routing.change, conversation, {"status": "done"}, by=shop.admin)
    await shop.says(ana, "available")

    await shop.writes_again(conversation)
    waits = await shop.item(conversation)
    await shop.says(ben, "available")

    assert unspoken == ()
    assert (waits.state, waits.language) == ("queued", "lang:de")
    assert await shop.has(conversation) == [ben.id]


async def test_what_waits_for_a_language_asks_no_longer_when_its_last_speaker_leaves(shop: Shop) -> None:
    await shop.run(routing.declare_skill, "German", "lang:de", by=shop.admin)
    ana, ben = await shop.agent("ana", available=False), await shop.agent("ben", available=False)
    await shop.run(routing.set_skills, ben.id, {"lang:de": 1}, by=shop.admin)
    await shop.says(ben, "busy")
    conversation = await shop.arrive()
    customer = (await shop.desk.read(get_conversation, conversation, by=shop.by)).value.customer
    await shop.run(customers.update_customer, customer, {"locale": "de"}, by=shop.admin)
    await shop.run(routing.change, conversation, {"status": "done"}, by=shop.admin)
    await shop.writes_again(conversation)
    await shop.says(ana, "available")
    assert await shop.has(conversation) == []

    await shop.run(access.deactivate_user, ben.id, by=shop.admin)

    assert await shop.has(conversation) == [ana.id]


async def test_what_waits_asks_no_longer_for_a_skill_that_is_gone(shop: Shop) -> None:
    skill = await shop.run(routing.declare_skill, "Refunds", "refunds", by=shop.admin)
    queue = await shop.run(routing.create_queue, "Returns", "returns", {}, by=shop.admin)
    rule = await shop.rule("refund", queue, skills={"refunds": 1})
    ana = await shop.agent("ana")
    conversation = await shop.arrive("refund")
    with pytest.raises(SkillInUse, match="queue rules “refund”"):
        await shop.run(routing.remove_skill, skill, by=shop.admin)
    await shop.run(routing.delete_rule, rule, by=shop.admin)

    await shop.run(routing.remove_skill, skill, by=shop.admin)

    assert await shop.has(conversation) == [ana.id]


async def test_T23_skills_are_this_organisations_agents_and_its_own(shop: Shop, other_shop: Shop) -> None:
    ana, mallory = await shop.agent("ana"), await other_shop.agent("mallory")
    theirs = await other_shop.run(routing.declare_skill, "Refunds", "refunds", by=other_shop.admin)

    with pytest.raises(UnknownSkill):
        await shop.run(routing.set_skills, ana.id, {"refunds": 1}, by=shop.admin)
    for user in (mallory.id, "f" * 24):
        with pytest.raises(NotFound):
            await shop.run(routing.set_skills, user, {}, by=shop.admin)
    for skill in (theirs, "f" * 24):
        with pytest.raises(NotFound):
            await shop.run(routing.remove_skill, skill, by=shop.admin)


async def test_skills_that_make_no_sense_are_refused(shop: Shop) -> None:
    ana = await shop.agent("ana")
    await shop.run(routing.declare_skill, "Refunds", "refunds", by=shop.admin)

    with pytest.raises(KeyTaken):
        await shop.run(routing.declare_skill, "Again", "refunds", by=shop.admin)
    for key in ("", "Ä", "a b", "x" * 65, "lang:"):
        with pytest.raises(BadParameter):
            await shop.run(routing.declare_skill, "Odd", key, by=shop.admin)
    for level in (0, 6):
        with pytest.raises(BadParameter):
            await shop.run(routing.set_skills, ana.id, {"refunds": level}, by=shop.admin)
    with pytest.raises(Forbidden):
        await shop.run(routing.set_skills, ana.id, {"refunds": 5}, by=ana)


async def test_what_is_asked_or_asleep_asks_no_longer_for_a_skill_that_is_gone(
    shop: Shop, clock: ManualClock
) -> None:
    await shop.settings(acceptance="manual", capacity_per_agent=1)
    skill = await shop.run(routing.declare_skill, "Refunds", "refunds", by=shop.admin)
    queue = await shop.run(routing.create_queue, "Returns", "returns", {}, by=shop.admin)
    rule = await shop.rule("refund", queue, skills={"refunds": 1})
    ana = await shop.agent("ana")
    await shop.run(routing.set_skills, ana.id, {"refunds": 1}, by=shop.admin)
    asked, asleep = await shop.arrive("refund"), await shop.arrive("refund")
    assert (await shop.item(asked)).offered_to == ana.id
    await shop.run(conversations.snooze, asleep, until=clock.in_(minutes=5), by=shop.admin)
    await shop.run(routing.delete_rule, rule, by=shop.admin)

    await shop.run(routing.remove_skill, skill, by=shop.admin)

    assert [(await shop.item(one)).skills for one in (asked, asleep)] == [(), ()]
    assert (await shop.item(asked)).offered_to == ana.id


async def test_a_skill_is_dropped_however_far_down_what_asks_for_it_stands(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    skill = await shop.run(routing.declare_skill, "Spanish", "spanish", by=shop.admin)
    plain = [await shop.arrive() for _ in range(5)]
    asking = await shop.arrive()
    await shop.run(routing.change, asking, {"skills": ["spanish"]}, by=shop.admin)
    monkeypatch.setattr(stretches, "STRETCH", 2)

    await shop.run(routing.remove_skill, skill, by=shop.admin)
    at_once = (await shop.item(asking)).own_skills
    await shop.desk.jobs.settle()

    assert (at_once, (await shop.item(asking)).own_skills) == (("spanish",), ())
    assert {(await shop.item(one)).state for one in plain} == {"queued"}
