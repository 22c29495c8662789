"""Queues, the rules that fill them, and where they overflow."""

from __future__ import annotations

import pytest

from kithdesk import conversations, routing
from kithdesk.calendar.errors import UnknownSchedule
from kithdesk.core import events
from kithdesk.core.clock import ManualClock
from kithdesk.core.errors import BadOrder, BadParameter, Forbidden, NotFound
from kithdesk.criteria import BadCriterion
from kithdesk.routing.errors import (
    DefaultQueueStays,
    QueueInUse,
    UnknownQueue,
    UnknownSkill,
)
from kithdesk.routing.events import QueueRule, QueueRuleCreated
from tests.routing.shops import Shop
from tests.spine import sql


async def test_a_queue_with_a_key_that_there_is_changes_that_one(shop: Shop) -> None:
    first = await shop.run(routing.create_queue, "Billing", "billing", {}, by=shop.admin)

    second = await shop.run(routing.create_queue, "Invoices", "billing", {"priority": 5}, by=shop.admin)

    found = (await shop.desk.read(routing.find_queue, first, by=shop.by)).value
    assert found is not None
    assert (second, found.name, found.priority, found.weight) == (first, "Invoices", 5, 1)


async def test_a_deleted_queue_leaves_what_waits_to_the_default_one(shop: Shop) -> None:
    queue = await shop.run(routing.create_queue, "Billing", "billing", {}, by=shop.admin)
    rule = await shop.rule("billing", queue)
    waits = [await shop.arrive("billing") for _ in range(25)]
    with pytest.raises(QueueInUse, match="queue rules “billing”"):
        await shop.run(routing.delete_queue, queue, by=shop.admin)
    await shop.run(routing.delete_rule, rule, by=shop.admin)

    await shop.run(routing.delete_queue, queue, by=shop.admin)
    await shop.desk.jobs.settle()

    default = (await shop.desk.read(routing.find_default_queue, by=shop.by)).value
    assert {(await shop.item(one)).queue for one in waits} == {default}
    with pytest.raises(NotFound):
        await shop.run(routing.delete_queue, queue, by=shop.admin)
    with pytest.raises(DefaultQueueStays):
        await shop.run(routing.delete_queue, default, by=shop.admin)


async def test_a_queue_that_stays_says_all_that_uses_it(shop: Shop) -> None:
    queue = await shop.run(routing.create_queue, "Billing", "billing", {}, by=shop.admin)
    for number in range(7):
        await shop.rule(f"word{number}", queue)
    await shop.run(
        routing.create_queue,
        "Returns",
        "returns",
        {"overflow": {"to_queue": queue, "after_seconds": 60}},
        by=shop.admin,
    )

    with pytest.raises(QueueInUse) as refused:
        await shop.run(routing.delete_queue, queue, by=shop.admin)

    said = "Used by queue rules “word0”, “word1”, “word2”, “word3”, “word4” and 2 more"
    assert refused.value.detail == f"{said} and the overflow of queues “Returns”."


async def test_what_comes_back_to_a_deleted_queue_goes_to_the_default_one(shop: Shop) -> None:
    queue = await shop.run(routing.create_queue, "Billing", "billing", {}, by=shop.admin)
    rule = await shop.rule("billing", queue)
    ana = await shop.agent("ana")
    conversation = await shop.arrive("billing")
    await shop.run(routing.delete_rule, rule, by=shop.admin)
    await shop.run(routing.delete_queue, queue, by=shop.admin)

    await shop.says(ana, "offline")

    default = (await shop.desk.read(routing.find_default_queue, by=shop.by)).value
    assert (await shop.item(conversation)).queue == default


async def test_the_first_enabled_rule_that_matches_decides(shop: Shop) -> None:
    queues = [
        await shop.run(routing.create_queue, name, name, {}, by=shop.admin)
        for name in ("one", "two", "three")
    ]
    off = await shop.rule("tent", queues[0], enabled=False)
    second, third = await shop.rule("tent", queues[1], priority=7), await shop.rule("tent", queues[2])

    before = await shop.item(await shop.arrive("tent"))
    await shop.run(routing.order_rules, [third, second, off], by=shop.admin)
    after = await shop.item(await shop.arrive("tent"))

    assert (before.queue, before.priority, before.rule) == (queues[1], 7, second)
    assert (after.queue, after.priority, after.rule) == (queues[2], 50, third)


async def test_an_order_names_each_rule_once(shop: Shop) -> None:
    queue = await shop.queue("billing")
    rule = await shop.rule("tent", queue)

    for order in ([rule], [rule, rule], [rule, "f" * 24]):
        with pytest.raises(BadOrder):
            await shop.run(routing.order_rules, order, by=shop.admin)


async def test_rules_are_asked_again_when_the_customer_comes_back_to_nobody(shop: Shop) -> None:
    queue = await shop.run(routing.create_queue, "Billing", "billing", {}, by=shop.admin)
    conversation = await shop.arrive("a tent")
    await shop.run(conversations.close, conversation, by=shop.admin)
    await shop.rule("Are you there", queue)

    await shop.writes_again(conversation)

    assert (await shop.item(conversation)).queue == queue


async def test_what_is_given_by_hand_is_not_judged(shop: Shop) -> None:
    billing = await shop.queue("billing")
    default = (await shop.desk.read(routing.find_default_queue, by=shop.by)).value
    conversation = await shop.arrive("billing")
    assert (await shop.item(conversation)).queue == billing

    await shop.run(routing.hand_off_to_queue, conversation, default, by=shop.admin)

    item = await shop.item(conversation)
    assert (item.queue, item.preferred, item.priority) == (default, None, 50)


async def test_T42_a_pattern_in_a_rule_is_only_text(shop: Shop) -> None:
    queue = await shop.run(routing.create_queue, "Evil", "evil", {}, by=shop.admin)
    await shop.rule("(a+)+$", queue)

    # Were it a pattern, nobody would live to see the first of them arrive.
    conversation = await shop.arrive("a" * 9_000 + "!")
    as_text = await shop.arrive("I mean (a+)+$ as it stands")

    assert (await shop.item(conversation)).queue != queue
    assert (await shop.item(as_text)).queue == queue


async def test_rules_that_make_no_sense_are_refused(shop: Shop, other_shop: Shop) -> None:
    queue, theirs = await shop.queue("billing"), await other_shop.queue("billing")
    ana = await shop.agent("ana")

    for problem, values in (
        (UnknownQueue, {"queue": theirs}),
        (UnknownQueue, {"queue": "f" * 24}),
        (UnknownSkill, {"skills": {"unheard": 1}}),
        (BadCriterion, {"criteria": {"and": [{"conversation_mood": {"equals": "x"}}]}}),
        (BadParameter, {"name": " "}),
    ):
        with pytest.raises(problem):
            await shop.run(routing.create_rule, {"name": "x", "queue": queue, **values}, by=shop.admin)
    with pytest.raises(Forbidden):
        await shop.run(routing.create_rule, {"name": "x", "queue": queue}, by=ana)


async def test_T23_rules_and_queues_of_another_organisation_are_not_there(
    shop: Shop, other_shop: Shop
) -> None:
    theirs = await other_shop.queue("billing")
    rule = await other_shop.rule("tent", theirs)

    for queue in (theirs, "f" * 24):
        with pytest.raises(NotFound):
            await shop.run(routing.change_queue, queue, {"name": "x"}, by=shop.admin)
        with pytest.raises(UnknownQueue):
            await shop.queue("mine", overflow={"to_queue": queue, "after_seconds": 60})
    for id in (rule, "f" * 24):
        with pytest.raises(NotFound):
            await shop.run(routing.change_rule, id, {"name": "x"}, by=shop.admin)
    with pytest.raises(UnknownSchedule):
        await shop.queue("closed", schedule="f" * 24)


async def test_what_has_waited_too_long_goes_on_into_another_queue(shop: Shop, clock: ManualClock) -> None:
    default = (await shop.desk.read(routing.find_default_queue, by=shop.by)).value
    billing = await shop.queue("billing", overflow={"to_queue": default, "after_seconds": 60})
    expert, ana = await shop.agent("expert", available=False), await shop.agent("ana")
    await shop.team("Experts", [expert], queues=(billing,))
    conversation = await shop.arrive("billing")

    clock.advance(seconds=59)
    await shop.desk.jobs.settle()
    assert (await shop.item(conversation)).queue == billing
    clock.advance(seconds=1)
    await shop.desk.jobs.settle()

    assert (await shop.item(conversation)).queue == default
    assert await shop.has(conversation) == [ana.id]


async def test_where_too_much_waits_the_next_goes_into_another_queue(shop: Shop) -> None:
    default = (await shop.desk.read(routing.find_default_queue, by=shop.by)).value
    billing = await shop.queue("billing", overflow={"to_queue": default, "over_waiting": 2})

    waits = [await shop.arrive("billing") for _ in range(4)]

    assert [(await shop.item(one)).queue for one in waits] == [billing, billing, default, default]


async def test_what_has_waited_too_long_goes_on_also_when_somebody_was_asked_meanwhile(
    shop: Shop, clock: ManualClock
) -> None:
    default = (await shop.desk.read(routing.find_default_queue, by=shop.by)).value
    overflow = {"to_queue": default, "after_seconds": 60}
    billing = await shop.queue("billing", acceptance="manual", overflow=overflow)
    expert, ana = await shop.agent("expert"), await shop.agent("ana")
    await shop.team("Experts", [expert], queues=(billing,))
    conversation = await shop.arrive("billing")

    clock.advance(seconds=20)
    await shop.run(routing.decline, (await shop.item(conversation)).id, by=expert)
    assert (await shop.item(conversation)).state == "queued"
    clock.advance(seconds=40)
    await shop.desk.jobs.settle()

    assert await shop.has(conversation) == [ana.id]


async def test_what_is_asked_when_its_wait_is_over_goes_on_if_nobody_takes_it(
    shop: Shop, clock: ManualClock
) -> None:
    default = (await shop.desk.read(routing.find_default_queue, by=shop.by)).value
    overflow = {"to_queue": default, "after_seconds": 20}
    billing = await shop.queue("billing", acceptance="manual", overflow=overflow)
    expert, ana = await shop.agent("expert"), await shop.agent("ana")
    await shop.team("Experts", [expert], queues=(billing,))
    conversation = await shop.arrive("billing")

    clock.advance(seconds=20)
    await shop.desk.jobs.settle()
    assert (await shop.item(conversation)).offered_to == expert.id
    for seconds in (10, 1):
        clock.advance(seconds=seconds)
        await shop.desk.jobs.settle()

    assert await shop.has(conversation) == [ana.id]


async def test_what_is_asked_out_of_a_queue_that_is_deleted_goes_to_the_default_one(shop: Shop) -> None:
    default = (await shop.desk.read(routing.find_default_queue, by=shop.by)).value
    terms = {"acceptance": "manual"}
    billing = await shop.run(routing.create_queue, "Billing", "billing", terms, by=shop.admin)
    rule = await shop.rule("billing", billing)
    ana = await shop.agent("ana")
    conversation = await shop.arrive("billing")
    assert (await shop.item(conversation)).state == "offered"
    await shop.run(routing.delete_rule, rule, by=shop.admin)

    await shop.run(routing.delete_queue, billing, by=shop.admin)

    assert (await shop.item(conversation)).queue == default
    assert await shop.has(conversation) == [ana.id]


async def test_T82_whom_a_rule_names_stands_where_it_can_be_erased(shop: Shop) -> None:
    default = str((await shop.desk.read(routing.find_default_queue, by=shop.by)).value)
    named = {"and": [{"customer_email": {"equals": "ana@acme.test"}}]}
    rule = await shop.rule("ana", default, criteria=named)
    await shop.run(routing.change_rule, rule, {"criteria": {"and": []}}, by=shop.admin)

    kept = str(await sql(shop.desk, "SELECT payload FROM journal"))
    apart = str(await sql(shop.desk, "SELECT payload FROM journal_personal WHERE payload IS NOT NULL"))

    assert "ana@acme.test" not in kept
    assert apart.count("ana@acme.test") == 2


def test_a_rule_whose_criteria_were_erased_decides_nothing() -> None:
    facts, apart = events.encode(
        QueueRuleCreated(queue_rule="r", place=0, rule=QueueRule(name="VIP", queue="q"), criteria={})
    )

    whole = events.decode(QueueRuleCreated.kind, facts, apart)
    erased = events.decode(QueueRuleCreated.kind, facts, None)

    assert isinstance(whole, QueueRuleCreated)
    assert isinstance(erased, QueueRuleCreated)
    assert (whole.whole.enabled, erased.whole.enabled, erased.whole.queue) == (True, False, "q")
