"""What an agent has in hand, over HTTP: for a console that begins in the middle of it."""

from __future__ import annotations

from typing import Any

import pytest

from kithdesk import conversations, routing
from kithdesk.core.clock import ManualClock
from tests.routing.conftest import Browse
from tests.routing.shops import Shop


def _states(answer: Any) -> list[tuple[str, str]]:
    return [
        (one["relationships"]["conversation"]["data"]["id"], one["attributes"]["status"])
        for one in answer.json()["data"]
    ]


async def test_offers_work_and_wrap_ups_are_read_newest_first(shop: Shop, browse: Browse) -> None:
    await shop.settings(wrap_up_seconds=60)
    ana = await shop.agent("ana")
    winding, having, snoozed = [await shop.arrive() for _ in range(3)]
    await shop.run(conversations.close, winding, by=ana)
    await shop.run(conversations.snooze, snoozed, until=shop.desk.clock.now() + 3_600_000, by=ana)
    await shop.settings(acceptance="manual")
    offered = await shop.arrive()
    hers = await browse(shop, ana)
    at = f"/v1/routing/users/{ana.id}/work-items"

    everything = await hers.get(at)
    some = await hers.get(f"{at}?status=wrap_up,offered")
    second = await hers.get(f"{at}?page=2&pageSize=1")

    assert _states(everything) == [(offered, "offered"), (having, "assigned"), (winding, "wrap_up")]
    assert _states(some) == [(offered, "offered"), (winding, "wrap_up")]
    assert (_states(second), second.json()["meta"]["total"]) == ([(having, "assigned")], 3)


async def test_what_is_left_of_an_offer_and_a_wrap_up_is_told_by_the_servers_clock(
    shop: Shop, browse: Browse, clock: ManualClock
) -> None:
    await shop.settings(wrap_up_seconds=90)
    ana = await shop.agent("ana")
    winding, _ = await shop.arrive(), await shop.arrive()
    await shop.run(conversations.close, winding, by=ana)
    await shop.settings(acceptance="manual", accept_timeout_seconds=30)
    await shop.arrive()
    clock.advance(seconds=12)
    hers = await browse(shop, ana)

    shown = (await hers.get(f"/v1/routing/users/{ana.id}/work-items")).json()["data"]

    assert [one["attributes"]["remaining"] for one in shown] == [18_000, None, 78_000]


async def test_what_was_answered_or_let_pass_is_not_among_it(
    shop: Shop, browse: Browse, clock: ManualClock
) -> None:
    await shop.settings(acceptance="manual", accept_timeout_seconds=30)
    ana = await shop.agent("ana")
    accepted, declined, missed = [await shop.arrive() for _ in range(3)]
    await shop.run(routing.accept, (await shop.item(accepted)).id, by=ana)
    await shop.run(routing.decline, (await shop.item(declined)).id, by=ana)
    hers = await browse(shop, ana)
    at = f"/v1/routing/users/{ana.id}/work-items?status=offered"
    assert _states(await hers.get(at)) == [(missed, "offered")]

    clock.advance(seconds=30)
    await shop.desk.jobs.settle()

    assert _states(await hers.get(at)) == []


async def test_a_colleague_may_not_read_it_and_an_administrator_may(shop: Shop, browse: Browse) -> None:
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    ben = await shop.agent("ben")
    his, admin = await browse(shop, ben), await browse(shop, shop.admin)
    at = f"/v1/routing/users/{ana.id}/work-items"

    assert (await his.get(at)).status_code == 403
    assert _states(await admin.get(at)) == [(conversation, "assigned")]


async def test_another_organisations_agent_answers_like_none(
    shop: Shop, other_shop: Shop, browse: Browse
) -> None:
    ana = await shop.agent("ana")
    await shop.arrive()
    mallory = await browse(other_shop, other_shop.admin)

    answers = [await mallory.get(f"/v1/routing/users/{id}/work-items") for id in (ana.id, "f" * 24, "no id")]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert answers[0].json()["errors"][0]["code"] == answers[1].json()["errors"][0]["code"]


@pytest.mark.parametrize("states", ["", "completed", "offered,", "offered,queued", "Offered"])
async def test_states_that_nobody_has_in_hand_are_refused(shop: Shop, browse: Browse, states: str) -> None:
    ana = await shop.agent("ana")
    hers = await browse(shop, ana)

    answer = await hers.get(f"/v1/routing/users/{ana.id}/work-items?status={states}")

    assert (answer.status_code, answer.json()["errors"][0]["source"]) == (400, {"parameter": "status"})
