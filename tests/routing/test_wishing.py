"""Wishes: whom somebody asks for by hand, and what is asked of whoever serves a conversation beside the rules."""

from __future__ import annotations

from kithdesk import conversations, routing
from kithdesk.core.clock import ManualClock
from tests.routing.conftest import Browse
from tests.routing.shops import Shop


async def test_whom_a_rule_prefers_goes_first_while_they_may(shop: Shop, browse: Browse) -> None:
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    queue = await shop.run(routing.create_queue, "Billing", "billing", {}, by=shop.admin)
    await shop.rule("billing", queue, preferred=ben.id)
    await shop.arrive("billing")
    await shop.settings(capacity_per_agent=2)

    second, third = await shop.arrive("billing"), await shop.arrive("billing")

    assert await shop.has(second) == [ben.id]
    assert await shop.has(third) == [ana.id]
    hers = await browse(shop, ana)
    item = await shop.item(second)
    (why,) = (await hers.get(f"/v1/routing/work-items/{item.id}/decisions")).json()["data"]
    assert (why["attributes"]["because"], why["attributes"]["preferredAs"]) == ("preferred", "rule")


async def test_a_wish_by_hand_goes_before_a_rules_and_before_the_last_agent(
    shop: Shop, browse: Browse
) -> None:
    ana, ben, cleo = await shop.agent("ana"), await shop.agent("ben"), await shop.agent("cleo")
    queue = await shop.run(routing.create_queue, "Billing", "billing", {}, by=shop.admin)
    await shop.rule("billing", queue, preferred=ana.id)
    conversation = await shop.arrive("billing")
    assert await shop.has(conversation) == [ana.id]
    hers = await browse(shop, ana)
    path = f"/v1/conversations/{conversation}"

    answer = await hers.patch(path, json={"preferredUser": cleo.id})
    await shop.run(conversations.close, conversation, by=ana)
    await shop.writes_again(conversation)

    assert answer.json()["data"]["relationships"]["preferredUser"]["data"] == {"type": "user", "id": cleo.id}
    assert await shop.has(conversation) == [cleo.id]
    item = await shop.item(conversation)
    why = (await hers.get(f"/v1/routing/work-items/{item.id}/decisions")).json()["data"][0]
    assert why["attributes"]["preferredAs"] == "by_hand"
    await hers.patch(path, json={"preferredUser": ben.id})
    await shop.says(ben, "busy")
    await shop.run(conversations.close, conversation, by=cleo)
    await shop.writes_again(conversation)
    assert await shop.has(conversation) == [cleo.id]


async def test_a_wish_that_is_taken_back_counts_no_longer(shop: Shop, browse: Browse) -> None:
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    conversation = await shop.arrive()
    (has,) = await shop.has(conversation)
    other = ben if has == ana.id else ana
    hers = await browse(shop, ana)
    path = f"/v1/conversations/{conversation}"
    await hers.patch(path, json={"preferredUser": other.id})

    answer = await hers.patch(path, json={"preferredUser": None})
    await shop.run(conversations.close, conversation, by=shop.admin)
    await shop.writes_again(conversation)

    assert "preferredUser" not in answer.json()["data"]["relationships"]
    assert await shop.has(conversation) == [has]


async def test_skills_are_asked_by_hand_beside_those_of_the_rules(shop: Shop, browse: Browse) -> None:
    for key in ("refunds", "tents"):
        await shop.run(routing.declare_skill, key.title(), key, by=shop.admin)
    queue = await shop.run(routing.create_queue, "Billing", "billing", {}, by=shop.admin)
    await shop.rule("billing", queue, skills={"refunds": 3})
    conversation = await shop.arrive("billing")
    admin = await browse(shop, shop.admin)
    path = f"/v1/conversations/{conversation}"

    answer = await admin.patch(path, json={"skills": ["tents", "refunds"]})
    item = await shop.item(conversation)
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    await shop.run(routing.set_skills, ana.id, {"refunds": 5}, by=shop.admin)
    unskilled = await shop.has(conversation)
    await shop.run(routing.set_skills, ben.id, {"refunds": 3, "tents": 1}, by=shop.admin)

    assert answer.json()["data"]["attributes"]["skills"] == ["refunds", "tents"]
    assert item.traits.skills == (("refunds", 3), ("tents", 1))
    assert unskilled == []
    assert await shop.has(conversation) == [ben.id]


async def test_what_waits_is_given_out_once_less_is_asked(shop: Shop, browse: Browse) -> None:
    await shop.run(routing.declare_skill, "Tents", "tents", by=shop.admin)
    conversation = await shop.arrive()
    admin = await browse(shop, shop.admin)
    await admin.patch(f"/v1/conversations/{conversation}", json={"skills": ["tents"]})
    ana = await shop.agent("ana")
    waits = await shop.has(conversation)

    await admin.patch(f"/v1/conversations/{conversation}", json={"skills": []})

    assert (waits, await shop.has(conversation)) == ([], [ana.id])


async def test_what_is_asked_by_hand_is_asked_in_every_queue_and_at_every_turn(
    shop: Shop, browse: Browse
) -> None:
    await shop.run(routing.declare_skill, "Tents", "tents", by=shop.admin)
    queue = await shop.queue("billing")
    conversation = await shop.arrive()
    await shop.run(routing.change, conversation, {"skills": ["tents"]}, by=shop.admin)
    await shop.run(routing.hand_off_to_queue, conversation, queue, by=shop.admin)
    moved = await shop.item(conversation)
    await shop.run(conversations.close, conversation, by=shop.admin)
    await shop.agent("ana")

    await shop.writes_again(conversation)

    again = await shop.item(conversation)
    assert (moved.queue, moved.traits.skills) == (queue, (("tents", 1),))
    assert (again.number, again.state, again.traits.skills) == (2, "queued", (("tents", 1),))


async def test_a_skill_that_goes_is_asked_by_hand_no_longer(shop: Shop, clock: ManualClock) -> None:
    skill = await shop.run(routing.declare_skill, "Tents", "tents", by=shop.admin)
    waits, done = await shop.arrive(), await shop.arrive()
    for one in (waits, done):
        await shop.run(routing.change, one, {"skills": ["tents"]}, by=shop.admin)
    await shop.run(conversations.close, done, by=shop.admin)
    ana = await shop.agent("ana")

    await shop.run(routing.remove_skill, skill, by=shop.admin)
    await shop.writes_again(done)

    assert [await shop.has(one) for one in (waits, done)] == [[ana.id], [ana.id]]


async def test_wishes_that_make_no_sense_are_refused(shop: Shop, other_shop: Shop, browse: Browse) -> None:
    mallory = await other_shop.agent("mallory")
    queue = await shop.run(routing.create_queue, "Billing", "billing", {}, by=shop.admin)
    conversation = await shop.arrive()
    admin = await browse(shop, shop.admin)
    rule = {"name": "One", "queue": queue}

    refused = [
        await admin.patch(f"/v1/conversations/{conversation}", json=body)
        for body in (
            {"preferredUser": mallory.id},
            {"preferredUser": "f" * 24},
            {"skills": ["nothing"]},
            {"skills": ["x"] * 6},
        )
    ]
    refused += [
        await admin.post("/v1/routing/queue-rules", json={**rule, "preferred": user})
        for user in (mallory.id, "f" * 24)
    ]

    assert [answer.status_code for answer in refused] == [400] * 6
    assert refused[0].json() == {**refused[1].json()}
