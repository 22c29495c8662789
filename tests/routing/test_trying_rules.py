"""Trying the rules on a conversation: which would decide, and why not the others."""

from __future__ import annotations

from typing import Any

import pytest

from kithdesk import routing
from kithdesk.core.errors import NotFound
from kithdesk.criteria import allowance
from kithdesk.routing.trying_rules import Tried, try_rules
from tests.routing.conftest import Browse
from tests.routing.shops import Shop


async def tried(shop: Shop, conversation: str) -> list[Tried]:
    return list((await shop.desk.read(try_rules, conversation, by=shop.admin)).value)


async def test_the_rule_that_decides_is_the_one_that_put_it_there(shop: Shop) -> None:
    queues = [
        await shop.run(routing.create_queue, name, name, {}, by=shop.admin)
        for name in ("one", "two", "three")
    ]
    await shop.rule("tent", queues[0], enabled=False)
    await shop.rule("kettle", queues[0])
    decides = await shop.rule("tent", queues[1])
    await shop.rule("a tent", queues[2])

    conversation = await shop.arrive("a tent")

    found = await tried(shop, conversation)
    assert [one.verdict for one in found] == ["off", "does_not_match", "decides", "matches_too"]
    assert (await shop.item(conversation)).rule == found[2].id == decides


async def test_what_does_not_hold_is_named(shop: Shop) -> None:
    queue = await shop.run(routing.create_queue, "Billing", "billing", {}, by=shop.admin)
    email = {"conversation_channel": {"equals": "email"}}
    kettle = {"message_body": {"contains": "kettle"}}
    tent = {"message_body": {"contains": "tent"}}
    rule = {"name": "x", "queue": queue, "criteria": {"and": [email, kettle, tent]}}
    await shop.run(routing.create_rule, rule, by=shop.admin)

    (found,) = await tried(shop, await shop.arrive("a tent"))

    assert [(one.name, one.operator, one.value) for one in found.failed] == [
        ("conversation_channel", "equals", "email"),
        ("message_body", "contains", "kettle"),
    ]


async def test_what_holds_and_should_not_is_named_as_such(shop: Shop) -> None:
    queue = await shop.run(routing.create_queue, "Billing", "billing", {}, by=shop.admin)
    criteria = {"not": [{"conversation_channel": {"equals": "chat"}}]}
    await shop.run(routing.create_rule, {"name": "x", "queue": queue, "criteria": criteria}, by=shop.admin)

    (found,) = await tried(shop, await shop.arrive("a tent"))

    assert [(one.name, one.holds) for one in found.failed] == [("conversation_channel", True)]


async def test_rules_that_could_not_be_judged_any_more_say_so(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue = await shop.run(routing.create_queue, "Billing", "billing", {}, by=shop.admin)
    for word in ("kettle", "tent", "a"):
        await shop.rule(word, queue)
    monkeypatch.setattr(allowance, "ALLOWANCE", 2 * allowance.COMPARING)

    conversation = await shop.arrive("a tent")

    assert [one.verdict for one in await tried(shop, conversation)] == ["not_judged"] * 3
    assert (await shop.item(conversation)).rule is None


async def test_trying_answers_over_http_and_changes_nothing(shop: Shop, browse: Browse) -> None:
    queue = await shop.queue("billing")
    conversation = await shop.arrive("a tent")
    agent = await browse(shop, await shop.agent("ana", available=False))
    before = await shop.item(conversation)

    answer = await agent.get(f"/v1/routing/conversations/{conversation}/queue-rules")

    (one,) = answer.json()["data"]
    assert (one["type"], one["relationships"]["queue"]["data"]["id"]) == ("queue_rule_judgement", queue)
    assert one["attributes"] == {
        "name": "billing",
        "verdict": "does_not_match",
        "failed": [
            {
                "at": "and[0].message_body",
                "attribute": "message_body",
                "operator": "contains",
                "value": "billing",
                "holds": False,
            }
        ],
    }
    assert await shop.item(conversation) == before


async def test_T25_what_a_rule_compares_a_sensitive_attribute_with_is_masked(
    shop: Shop, browse: Browse
) -> None:
    admin = await browse(shop, shop.admin)
    hers = await browse(shop, await shop.agent("ana", available=False))
    sensitive: dict[str, Any] = {"costNum": {"type": "Num", "hasSensitiveAttributes": True}}
    await admin.put("/v1/metadata/conversation", json={"properties": sensitive})
    queue = await shop.run(routing.create_queue, "Dear", "dear", {}, by=shop.admin)
    criteria = {"and": [{"conversation_custom_costNum": {"gt": 7_331}}]}
    await shop.run(routing.create_rule, {"name": "Dear", "queue": queue, "criteria": criteria}, by=shop.admin)
    at = f"/v1/routing/conversations/{await shop.arrive('a tent')}/queue-rules"

    assert "7331" in (await admin.get(at)).text
    assert "7331" not in (await hers.get(at)).text


async def test_T23_the_rules_are_not_tried_on_another_organisations_conversation(
    shop: Shop, other_shop: Shop, browse: Browse
) -> None:
    await shop.queue("billing")
    theirs = await other_shop.arrive("billing")
    admin = await browse(shop, shop.admin)

    for conversation in (theirs, "f" * 24, "no-id"):
        answer = await admin.get(f"/v1/routing/conversations/{conversation}/queue-rules")
        assert answer.status_code == 404
    with pytest.raises(NotFound):
        await tried(shop, theirs)
