"""Teams that are routed to: which queues they serve, and on what terms."""

from __future__ import annotations

import pytest

from kithdesk import access, conversations, routing
from kithdesk.core.errors import BadParameter, Forbidden
from kithdesk.core.sql import Statement
from kithdesk.routing.errors import NotTheirTeam, UnknownQueue, UnknownTeam
from kithdesk.routing.queries import agents
from tests.routing.conftest import Browse
from tests.routing.shops import Shop


async def test_a_queue_goes_to_the_team_that_serves_it_and_to_nobody_else(shop: Shop) -> None:
    billing = await shop.queue("billing")
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    await shop.team("Experts", [ana], queues=(billing,))

    invoices = [await shop.arrive("billing") for _ in range(2)]
    other = await shop.arrive("a tent")

    assert [await shop.has(one) for one in invoices] == [[ana.id], [ana.id]]
    assert await shop.has(other) == [ben.id]


async def test_what_no_team_serves_waits_while_all_agents_work_as_teams(shop: Shop) -> None:
    billing = await shop.queue("billing")
    ana = await shop.agent("ana")
    await shop.team("Experts", [ana], queues=(billing,))

    conversation = await shop.arrive("a tent")

    assert await shop.has(conversation) == []


async def test_an_agent_of_several_teams_works_as_the_first_by_name_until_they_choose(shop: Shop) -> None:
    billing, sales = await shop.queue("billing"), await shop.queue("sales")
    ana = await shop.agent("ana")
    await shop.team("Billing", [ana], queues=(billing,))
    seller = await shop.team("Sales", [ana], queues=(sales,))
    waits = await shop.arrive("sales")
    assert await shop.has(waits) == []

    await shop.run(routing.set_status, ana.id, "available", team=seller, by=ana)

    assert await shop.has(waits) == [ana.id]
    assert await shop.has(await shop.arrive("billing")) == []


async def test_nobody_works_as_a_team_that_is_not_theirs_or_not_routed_to(
    shop: Shop, other_shop: Shop
) -> None:
    billing = await shop.queue("billing")
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    not_hers = await shop.team("Experts", [ben], queues=(billing,))
    not_routed = await shop.team("Choir", [ana])
    foreign = await other_shop.team("Theirs", [])

    for team in (not_hers, not_routed, foreign, "f" * 24):
        with pytest.raises(NotTheirTeam):
            await shop.run(routing.set_status, ana.id, "available", team=team, by=ana)


async def test_who_joins_a_team_is_given_what_waits_for_it(shop: Shop) -> None:
    billing = await shop.queue("billing")
    ana = await shop.agent("ana")
    team = await shop.team("Experts", [], queues=(billing,))
    conversation = await shop.arrive("billing")
    assert await shop.has(conversation) == []

    await shop.run(access.change_members, team, [ana.id], by=shop.admin)

    assert await shop.has(conversation) == [ana.id]


async def test_a_team_that_is_deleted_leaves_its_queue_to_all(shop: Shop) -> None:
    billing = await shop.queue("billing")
    await shop.agent("ana")
    team = await shop.team("Experts", [], queues=(billing,))
    conversation = await shop.arrive("billing")

    await shop.run(access.delete_team, team, by=shop.admin)

    assert await shop.has(conversation) != []


async def test_a_higher_priority_is_served_before_a_longer_wait(shop: Shop) -> None:
    await shop.queue("urgent", priority=1)
    late = [await shop.arrive("a tent"), await shop.arrive("urgent")]
    await shop.capacity(1)

    ana = await shop.agent("ana")

    assert [await shop.has(one) for one in late] == [[], [ana.id]]


async def test_weights_of_queue_and_channel_count_to_the_load(shop: Shop) -> None:
    await shop.queue("heavy", weight=2)
    await shop.settings(channel_weights={"chat": 2})
    ana = await shop.agent("ana")

    first = await shop.arrive("heavy")

    assert (await shop.has(first), await shop.load(ana)) == ([ana.id], 4)
    assert await shop.has(await shop.arrive("a tent")) == []


async def test_what_weighs_more_than_a_capacity_goes_to_who_has_nothing_else(shop: Shop) -> None:
    await shop.queue("heavy", weight=9)
    ana = await shop.agent("ana")
    light = await shop.arrive("a tent")
    heavy = await shop.arrive("heavy")
    assert await shop.has(heavy) == []

    await shop.run(conversations.close, light, by=ana)

    assert (await shop.has(heavy), await shop.load(ana)) == ([ana.id], 4)


async def test_a_priority_has_a_capacity_of_its_own(shop: Shop) -> None:
    await shop.queue("urgent", priority=1)
    await shop.settings(capacity_by_priority={50: 1})
    ana = await shop.agent("ana")

    slow = [await shop.arrive("a tent") for _ in range(2)]
    urgent = [await shop.arrive("urgent") for _ in range(2)]

    assert [await shop.has(one) for one in (*slow, *urgent)] == [[ana.id], [], [ana.id], [ana.id]]


async def test_whoever_has_something_urgent_is_given_nothing_else(shop: Shop) -> None:
    await shop.queue("urgent", priority=1)
    await shop.settings(pause_lower_priority=True)
    ana = await shop.agent("ana")
    urgent, slow = await shop.arrive("urgent"), await shop.arrive("a tent")
    assert await shop.has(slow) == []

    await shop.run(conversations.close, urgent, by=ana)

    assert await shop.has(slow) == [ana.id]


async def test_T23_a_profile_names_only_what_is_of_this_organisation(shop: Shop, other_shop: Shop) -> None:
    theirs = await other_shop.queue("billing")
    their_team = await other_shop.team("Theirs", [])
    team = await shop.team("Experts", [])

    for queue in (theirs, "f" * 24):
        with pytest.raises(UnknownQueue):
            await shop.settings(team=team, enabled=True, queues=(queue,))
    for unknown in (their_team, "f" * 24):
        with pytest.raises(UnknownTeam):
            await shop.settings(team=unknown, enabled=True)


async def test_what_is_a_teams_is_not_the_organisations_and_the_other_way_round(shop: Shop) -> None:
    team = await shop.team("Experts", [])

    with pytest.raises(BadParameter):
        await shop.settings(enabled=True)
    with pytest.raises(BadParameter):
        await shop.settings(team=team, unavailable_reasons=("Lunch",))
    with pytest.raises(BadParameter):
        await shop.settings(channel_weights={"chat": 0})
    with pytest.raises(BadParameter):
        await shop.settings(capacity_by_priority={101: 1})


async def test_what_changes_its_weight_in_hand_counts_anew(shop: Shop) -> None:
    heavy = await shop.queue("heavy", weight=3)
    ana = await shop.agent("ana")
    conversation = await shop.arrive("a tent")
    assert await shop.load(ana) == 1

    change = {"assignedUsers": [ana.id], "queue": heavy}
    await shop.run(routing.change, conversation, change, by=shop.admin)

    assert await shop.load(ana) == 3


async def test_T24_settings_are_administrators_to_change_whatever_the_way_in(shop: Shop) -> None:
    ana = await shop.agent("ana")

    with pytest.raises(Forbidden):
        await shop.run(routing.change_settings, routing.SettingsChange(capacity_per_agent=9), by=ana)


async def test_the_first_of_their_teams_is_the_first_by_the_bytes_of_its_name(shop: Shop) -> None:
    """Whatever order of letters the database has: by its own rules, Zebra-a might stand before zebra a."""
    one, two, three = [await shop.queue(name) for name in ("one", "two", "three")]
    ana = await shop.agent("ana")
    await shop.team("Äpfel", [ana], queues=(one,))
    await shop.team("co-op", [ana], queues=(two,))
    await shop.team("coon", [ana], queues=(three,))

    waits = [await shop.arrive(name) for name in ("one", "two", "three")]

    assert [await shop.has(item) for item in waits] == [[], [ana.id], []]


async def test_what_somebody_has_is_counted_again_when_weights_change(shop: Shop) -> None:
    ana = await shop.agent("ana")
    await shop.capacity(4)
    first, second = await shop.arrive(), await shop.arrive()
    assert await shop.load(ana) == 2

    await shop.settings(channel_weights={"chat": 2})
    heavier = await shop.load(ana)
    waits = await shop.arrive()
    while_full = await shop.has(waits)
    await shop.settings(channel_weights=None)

    assert (heavier, while_full) == (4, [])
    assert (await shop.load(ana), await shop.has(waits)) == (3, [ana.id])
    assert [await shop.has(one) for one in (first, second)] == [[ana.id], [ana.id]]


async def test_what_somebody_has_is_counted_again_when_they_work_as_another_team(shop: Shop) -> None:
    default = (await shop.desk.read(routing.find_default_queue, by=shop.by)).value
    ana = await shop.agent("ana")
    await shop.arrive()

    heavy = await shop.team("Heavy", [ana], queues=(default,), channel_weights={"chat": 3})
    as_heavy = await shop.load(ana)
    await shop.run(access.change_members, heavy, [], by=shop.admin)

    assert (as_heavy, await shop.load(ana)) == (3, 1)


async def test_a_teams_external_queue_is_kept_for_programs_and_there_is_one_at_most(
    shop: Shop, browse: Browse
) -> None:
    team = await shop.team("Experts", [])
    admin = await browse(shop, shop.admin)
    at = f"/v1/routing/settings?team={team}"

    kept = await admin.put(at, json={"externalQueues": ["Phone 1"]})
    refused = [
        await admin.put(where, json={"externalQueues": queues})
        for where, queues in ((at, ["a", "b"]), ("/v1/routing/settings", ["a"]))
    ]

    assert kept.json()["data"]["attributes"]["externalQueues"] == ["Phone 1"]
    assert [answer.status_code for answer in refused] == [400, 400]


async def test_once_settings_weigh_everybodys_work_anew_all_loads_are_read_at_once(
    shop: Shop, statements: list[Statement]
) -> None:
    ana, ben, cem = [await shop.agent(name) for name in ("ana", "ben", "cem")]
    for _ in range(6):
        await shop.arrive()
    statements.clear()

    await shop.settings(channel_weights={"chat": 2})

    assert sum(one is agents._HELD_BY_ALL for one in statements) == 1
    assert not any(one is agents._HELD for one in statements)
    assert [await shop.load(agent) for agent in (ana, ben, cem)] == [4, 4, 4]
