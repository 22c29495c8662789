"""What a hand-off would change of what its customer is promised, asked before it is done."""

from __future__ import annotations

from typing import Any

import pytest

from kithdesk import attributes, conversations, routing
from kithdesk.conversations import ConversationId
from kithdesk.core.clock import HOUR, MINUTE, Instant, ManualClock, iso
from kithdesk.core.deadlines import Deadline
from kithdesk.core.work import Reads
from kithdesk.criteria import allowance
from kithdesk.insights.handing_off import Handoffs, draw_handoffs
from kithdesk.sla import Metric, Target, Wish, create_policy
from tests.api import refusal
from tests.routing.conftest import Browse
from tests.routing.shops import Shop

FIRST: Metric = "firstResponse"


async def policy(shop: Shop, name: str, criteria: dict[str, Any], **seconds: int) -> None:
    metrics: Any = {metric: Target(seconds=length) for metric, length in seconds.items()}
    await shop.run(create_policy, Wish(name=name, criteria=criteria, metrics=metrics), by=shop.admin)


def within(queue: str) -> dict[str, Any]:
    return {"and": [{"conversation_queue": {"equals": queue}}]}


async def handoffs(shop: Shop, browse: Browse, conversation: str, asked: str = "") -> dict[str, Any]:
    """By the name of the place, what is foretold."""
    client = await browse(shop, shop.admin)
    answer = await client.get(f"/v1/conversations/{conversation}/slas/handoffs{asked}")
    assert answer.status_code == 200, answer.text
    assert answer.json()["meta"]["isCut"] is False
    return {one["id"]: one["attributes"] for one in answer.json()["data"]}


async def test_a_slower_queue_is_told_before_work_is_handed_to_it(
    shop: Shop, browse: Browse, clock: ManualClock
) -> None:
    sales, returns = await shop.queue("sales"), await shop.queue("returns")
    await policy(shop, "Quick", within(sales), firstResponse=1_800)
    await policy(shop, "Slow", {}, firstResponse=7_200)
    conversation = await shop.arrive("sales")
    began = clock.now()
    clock.advance(minutes=5)

    found = await handoffs(shop, browse, conversation)

    assert found[returns] == {
        "place": "queue",
        "sla": "Slow",
        "slaBefore": "Quick",
        "mayChange": False,
        "promises": [
            {
                "metric": FIRST,
                "seconds": 7_200,
                "secondsBefore": 1_800,
                "dueAt": iso(Instant(began + 2 * HOUR)),
                "dueAtBefore": iso(Instant(began + 30 * MINUTE)),
            }
        ],
    }
    assert sales not in found


async def test_what_is_foretold_is_what_comes(shop: Shop, browse: Browse, clock: ManualClock) -> None:
    sales, returns = await shop.queue("sales"), await shop.queue("returns")
    await policy(shop, "Quick", within(sales), firstResponse=1_800)
    await policy(shop, "Slow", within(returns), firstResponse=7_200)
    ana = await shop.agent("ana", available=False)
    team = await shop.team("Experts", [ana], queues=(returns,))
    conversation = await shop.arrive("sales")
    clock.advance(minutes=5)
    foretold = (await handoffs(shop, browse, conversation))[team]

    await shop.run(routing.hand_off_to_teams, conversation, [team], by=shop.admin)

    client = await browse(shop, shop.admin)
    shown = (await client.get(f"/v1/conversations/{conversation}")).json()["data"]["attributes"]["sla"]
    (promise,) = foretold["promises"]
    assert (shown["name"], shown["metrics"][FIRST]["breachAt"]) == (foretold["sla"], promise["dueAt"])


async def test_where_nothing_is_promised_any_more_that_is_told(shop: Shop, browse: Browse) -> None:
    sales, returns = await shop.queue("sales"), await shop.queue("returns")
    await policy(shop, "Quick", within(sales), firstResponse=1_800)
    conversation = await shop.arrive("sales")

    found = await handoffs(shop, browse, conversation)

    assert found[returns]["sla"] is None
    assert [one["seconds"] for one in found[returns]["promises"]] == [None]


async def test_what_was_answered_and_what_is_late_is_no_promise_any_more(
    shop: Shop, browse: Browse, clock: ManualClock
) -> None:
    sales, returns = await shop.queue("sales"), await shop.queue("returns")
    await policy(shop, "Quick", within(sales), firstResponse=1_800, nextReply=60)
    await policy(shop, "Slow", {}, firstResponse=7_200, nextReply=120)
    answered, late = await shop.arrive("sales"), await shop.arrive("sales")
    ana = await shop.agent("ana", available=False)
    await shop.run(conversations.reply, answered, client_id=None, body="Here", kind="message", by=ana)
    clock.advance(hours=1)
    await shop.desk.jobs.settle()

    of_answered = await handoffs(shop, browse, answered)
    of_late = await handoffs(shop, browse, late)

    for found in (of_answered, of_late):
        assert [one["metric"] for one in found[returns]["promises"]] == ["nextReply"]


def secret(*members: dict[str, Any]) -> dict[str, Any]:
    return {"and": [{"conversation_custom_costNum": {"gte": 100}}, *members]}


async def declare_cost(shop: Shop) -> None:
    """Which agents may not read."""
    declared: Any = {"costNum": {"type": "Num", "hasSensitiveAttributes": True}}
    await shop.run(attributes.declare, "conversation", declared, by=shop.admin)


async def of_cost(shop: Shop, cost: int | None) -> ConversationId:
    conversation = await shop.arrive("sales")
    if cost is not None:
        await shop.run(conversations.change, conversation, {"custom": {"costNum": cost}}, by=shop.admin)
    return conversation


@pytest.mark.parametrize("cost", [None, 10, 1_000])
async def test_T25_what_depends_on_what_may_not_be_read_is_not_foretold(
    shop: Shop, browse: Browse, cost: int | None
) -> None:
    sales, returns, others = [await shop.queue(name) for name in ("sales", "returns", "others")]
    await declare_cost(shop)
    await policy(shop, "Dear", secret(*within(returns)["and"]), firstResponse=60)
    await policy(shop, "Slow", {}, firstResponse=7_200)
    conversation = await of_cost(shop, cost)
    ana = await browse(shop, await shop.agent("ana", available=False))

    found = (await ana.get(f"/v1/conversations/{conversation}/slas/handoffs")).json()["data"]
    judged = (await ana.get(f"/v1/conversations/{conversation}/slas")).json()["data"]

    told = {one["id"]: one["attributes"] for one in found}
    assert (told[returns]["mayChange"], told[returns]["sla"], told[returns]["promises"]) == (True, None, [])
    assert sales not in told
    assert others not in told
    assert [one["attributes"]["matches"] for one in judged] == [False, True]
    by_admin = await handoffs(shop, browse, conversation)
    assert {one["sla"] for one in by_admin.values()} == ({"Dear"} if cost == 1_000 else set())


@pytest.mark.parametrize("cost", [10, 1_000])
async def test_T25_whether_such_a_service_level_matches_is_not_told(
    shop: Shop, browse: Browse, cost: int
) -> None:
    await shop.queue("sales")
    await declare_cost(shop)
    await policy(shop, "Dear", secret(), firstResponse=60)
    await policy(shop, "Urgent", secret({"conversation_priority": {"equals": 5}}), firstResponse=60)
    conversation = await of_cost(shop, cost)
    ana, admin = await browse(shop, await shop.agent("ana", available=False)), await browse(shop, shop.admin)

    shown = [(await one.get(f"/v1/conversations/{conversation}/slas")).json()["data"] for one in (ana, admin)]

    to_ana, to_admin = [[each["attributes"]["matches"] for each in one] for one in shown]
    assert to_ana == [None, False]
    assert to_admin == [cost == 1_000, False]


async def test_what_the_conversation_has_says_how_such_a_service_level_turned_out(
    shop: Shop, browse: Browse
) -> None:
    sales, returns = await shop.queue("sales"), await shop.queue("returns")
    await declare_cost(shop)
    await policy(shop, "Dear", secret(), firstResponse=60)
    await policy(shop, "Slow", within(sales), firstResponse=7_200)
    await policy(shop, "Slower", within(returns), firstResponse=9_000)
    conversation = await of_cost(shop, 10)
    ana = await browse(shop, await shop.agent("ana", available=False))

    found = (await ana.get(f"/v1/conversations/{conversation}/slas/handoffs")).json()["data"]

    assert {one["id"]: one["attributes"]["sla"] for one in found}[returns] == "Slower"


async def test_where_no_service_level_looks_at_who_has_it_nothing_is_told(shop: Shop, browse: Browse) -> None:
    await shop.queue("sales")
    await policy(shop, "All", {}, firstResponse=1_800)
    conversation = await shop.arrive("sales")

    assert await handoffs(shop, browse, conversation) == {}


async def test_an_agent_with_a_promise_of_their_own_is_told(shop: Shop, browse: Browse) -> None:
    ana = await shop.agent("ana", available=False)
    hers = {"and": [{"conversation_assigned_users": {"contains": ana.id}}]}
    await policy(shop, "Ana's", hers, firstResponse=60)
    conversation = await shop.arrive("sales")

    found = await handoffs(shop, browse, conversation)

    assert {id: one["place"] for id, one in found.items()} == {ana.id: "user"}


async def test_of_the_places_that_are_named_it_is_told_and_of_no_other(shop: Shop, browse: Browse) -> None:
    sales, returns = await shop.queue("sales"), await shop.queue("returns")
    ana, ben = [await shop.agent(name, available=False) for name in ("ana", "ben")]
    await policy(shop, "Quick", within(sales), firstResponse=1_800)
    theirs = {"or": [{"conversation_assigned_users": {"contains": one.id}} for one in (ana, ben)]}
    await policy(shop, "Theirs", theirs, firstResponse=60)
    conversation = await shop.arrive("sales")
    await shop.run(routing.hand_off_to_queue, conversation, returns, by=shop.admin)

    found = await handoffs(shop, browse, conversation, f"?places={ben.id},{sales},{'8' * 24}")

    assert {id: one["sla"] for id, one in found.items()} == {sales: "Quick", ben.id: "Theirs"}
    client = await browse(shop, shop.admin)
    many = ",".join("8" * 24 for _ in range(101))
    refused = await client.get(f"/v1/conversations/{conversation}/slas/handoffs?places={many}")
    assert refusal(refused) == (400, "badparam", "places")


async def test_what_else_a_policy_looks_at_is_read_before_any_place_is_judged(
    shop: Shop, browse: Browse
) -> None:
    sales, returns = await shop.queue("sales"), await shop.queue("returns")
    looked_at = (
        "customer_name",
        "company_name",
        "message_subject",
        "page_title",
        "kobject_title",
        "conversation_name",
    )
    others = [{name: {"not_equals": "Nothing"}} for name in looked_at]
    await policy(shop, "Quick", {"and": [*others, *within(returns)["and"]]}, firstResponse=60)
    conversation = await shop.arrive("sales")

    found = await handoffs(shop, browse, conversation)

    assert {id: one["sla"] for id, one in found.items()} == {returns: "Quick"}
    assert sales not in found


async def test_that_some_places_could_not_be_looked_at_is_said(
    shop: Shop, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    sales = await shop.queue("sales")
    await shop.queue("returns")
    await policy(shop, "Quick", within(sales), firstResponse=1_800)
    conversation = await shop.arrive("sales")

    async def asked(seconds: float) -> Handoffs:
        def drawn(reads: Reads) -> Handoffs:
            return draw_handoffs(reads, conversation, Deadline(seconds))

        return (await shop.desk.read_long(drawn, by=shop.admin)).value

    assert await asked(-1) == Handoffs([], is_cut=True)
    whole = await asked(10)
    assert not whole.is_cut
    monkeypatch.setattr(allowance, "ALLOWANCE", 4 * allowance.COMPARING)
    cut = await asked(10)
    assert cut.is_cut
    assert len(cut.drawn) < len(whole.drawn)


async def test_T22_a_conversation_of_another_organisation_foretells_nothing(
    shop: Shop, other_shop: Shop, browse: Browse
) -> None:
    theirs: ConversationId = await other_shop.arrive("sales")
    client = await browse(shop, shop.admin)

    for id in (theirs, "8" * 24):
        assert (await client.get(f"/v1/conversations/{id}/slas/handoffs")).status_code == 404


@pytest.mark.parametrize("status", ["done", "ended"])
async def test_what_is_over_keeps_what_it_has(shop: Shop, browse: Browse, status: str) -> None:
    sales = await shop.queue("sales")
    await shop.queue("returns")
    await policy(shop, "Quick", within(sales), firstResponse=1_800)
    conversation = await shop.arrive("sales")
    if status == "ended":
        await shop.run(conversations.end, conversation, by=shop.admin)
    else:
        await shop.run(routing.change, conversation, {"status": "done"}, by=shop.admin)

    assert await handoffs(shop, browse, conversation) == {}
