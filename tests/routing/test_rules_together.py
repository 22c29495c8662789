"""How much all rules of an organisation may ask for together."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from kithdesk import routing
from kithdesk.criteria import CriteriaFull
from kithdesk.criteria.keeping import MAX_TOGETHER
from tests.routing.conftest import Browse
from tests.routing.shops import Shop


def long_criteria(values: int = 100) -> dict[str, Any]:
    """Nearly as long as one rule's may be, with 100 values."""
    return {"and": [{"customer_name": {"in": [f"{place:0150}" for place in range(values)]}}]}


async def fill(shop: Shop) -> list[str]:
    """As many long rules as there is room for."""
    queue = await shop.run(routing.create_queue, "Billing", "billing", {}, by=shop.admin)
    there_may_be = MAX_TOGETHER // len(msgspec.json.encode(long_criteria()))
    return [await shop.rule("long", queue, criteria=long_criteria()) for _ in range(there_may_be)]


async def test_all_rules_of_an_organisation_together_have_an_end(
    shop: Shop, other_shop: Shop, browse: Browse
) -> None:
    await fill(shop)
    admin = await browse(shop, shop.admin)
    queue = (await admin.get("/v1/routing/queues")).json()["data"][0]["id"]

    refused = await admin.post(
        "/v1/routing/queue-rules", json={"name": "x", "queue": queue, "criteria": long_criteria()}
    )

    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "criteria_full")
    # Of another organisation nothing is counted.
    assert await other_shop.queue("billing")


async def test_where_there_is_no_room_a_rule_may_become_shorter_and_makes_room(shop: Shop) -> None:
    first, second, *_ = await fill(shop)

    await shop.run(routing.change_rule, first, {"name": "Renamed", "enabled": False}, by=shop.admin)
    await shop.run(routing.change_rule, first, {"criteria": long_criteria(1)}, by=shop.admin)
    await shop.run(routing.change_rule, second, {"criteria": long_criteria(99)}, by=shop.admin)

    await shop.run(routing.change_rule, first, {"criteria": long_criteria(99)}, by=shop.admin)
    await shop.run(routing.delete_rule, second, by=shop.admin)
    queue = str((await shop.desk.read(routing.find_default_queue, by=shop.by)).value)
    await shop.rule("again", queue, criteria=long_criteria())
    with pytest.raises(CriteriaFull):
        await shop.rule("once more", queue, criteria=long_criteria())
