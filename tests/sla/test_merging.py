"""What is over keeps what it had, whoever turns out to be its customer."""

from __future__ import annotations

import pytest

from kithdesk import conversations, sla
from kithdesk.conversations.merging import merge_customers, undo_merge
from kithdesk.customers import Profile, create_customer
from kithdesk.sla import Target
from tests.sla.houses import House

pytestmark = pytest.mark.anyio

VIP = {"and": [{"customer_tags": {"contains": "vip"}}]}


async def test_a_merge_and_its_undoing_leave_what_is_done_or_ended_as_it_was(house: House) -> None:
    everybody = await house.policy("Everybody", metrics=dict.fromkeys(sla.METRICS, Target(seconds=7_200)))
    done, ended, left = [await house.arrive() for _ in range(3)]
    await house.answers(done)
    await house.changes(done, status="done")
    await house.run(conversations.end, ended)
    gold = await house.policy("Gold", criteria=VIP, metrics=dict.fromkeys(sla.METRICS, Target(seconds=1)))
    await house.run(sla.order_policies, [gold.id, everybody.id])
    vip = await house.run(create_customer, Profile(tags=("vip",)))
    sources = [
        (await house.read(conversations.get_conversation, one)).customer for one in (done, ended, left)
    ]
    known = [await house.sla(one) for one in (done, ended)]

    merges = [await house.run(merge_customers, source, vip) for source in sources]
    await house.pass_time(hours=3)
    assert (await house.sla(left))["name"] == "Gold"
    for one in (done, ended):
        await house.changes(one, name="Looked at", priority=5)
    for merge in reversed(merges):
        await house.run(undo_merge, merge.id)
    await house.pass_time(hours=3)

    assert [await house.sla(one) for one in (done, ended)] == known
    assert {one["status"] for one in known} == {"done"}
