"""Routing over HTTP."""

from __future__ import annotations

import httpx

from kithdesk import access
from kithdesk.app import create_api
from tests.routing.conftest import Browse
from tests.routing.shops import Shop


async def test_settings_start_at_the_default_and_are_set_by_administrators(
    shop: Shop, browse: Browse
) -> None:
    ana = await shop.agent("ana", available=False)
    admin, agent = await browse(shop, shop.admin), await browse(shop, ana)

    before = await agent.get("/v1/routing/settings")
    refused = await agent.put("/v1/routing/settings", json={"capacityPerAgent": 9})
    done = await admin.put("/v1/routing/settings", json={"capacityPerAgent": 9})

    assert before.json()["data"]["attributes"]["capacityPerAgent"] == 4
    assert refused.status_code == 403
    assert done.status_code == 200
    assert done.json()["data"]["type"] == "routing_settings"
    after = (await agent.get("/v1/routing/settings")).json()["data"]["attributes"]
    assert (after["capacityPerAgent"], after["requeueWhenOffline"]) == (9, True)


async def test_a_capacity_is_a_whole_number_from_1_to_1000(shop: Shop, browse: Browse) -> None:
    admin = await browse(shop, shop.admin)

    for capacity in (0, -1, 1_001, 2.5, "4", True, [4]):
        answer = await admin.put("/v1/routing/settings", json={"capacityPerAgent": capacity})
        assert answer.status_code == 400, capacity
        assert answer.json()["errors"][0]["source"] == {"parameter": "capacityPerAgent"}
    assert (await admin.get("/v1/routing/settings")).json()["data"]["attributes"]["capacityPerAgent"] == 4

    for capacity in (1, 1_000):
        answer = await admin.put("/v1/routing/settings", json={"capacityPerAgent": capacity})
        assert answer.json()["data"]["attributes"]["capacityPerAgent"] == capacity


async def test_the_settings_of_all_teams_are_one_list(shop: Shop, browse: Browse) -> None:
    admin = await browse(shop, shop.admin)
    teams = [
        (await admin.post("/v1/teams", json={"name": name})).json()["data"]["id"]
        for name in ("Orders", "Returns")
    ]
    await admin.put(f"/v1/routing/settings?team={teams[0]}", json={"capacityPerAgent": 7, "enabled": True})

    listed = (await admin.get("/v1/routing/team-settings")).json()
    one = [(await admin.get(f"/v1/routing/settings?team={team}")).json()["data"] for team in teams]

    assert sorted(listed["data"], key=lambda each: each["id"]) == sorted(one, key=lambda each: each["id"])
    assert {each["id"]: each["attributes"]["capacityPerAgent"] for each in one} == {teams[0]: 7, teams[1]: 4}


async def test_T22_settings_of_another_organisations_teams_are_not_listed(
    shop: Shop, other_shop: Shop, browse: Browse
) -> None:
    theirs = await browse(other_shop, other_shop.admin)
    await theirs.post("/v1/teams", json={"name": "Orders"})

    mine = await (await browse(shop, shop.admin)).get("/v1/routing/team-settings")

    assert mine.json()["data"] == []


async def test_T24_what_settings_do_not_list_is_refused(shop: Shop, browse: Browse) -> None:
    admin = await browse(shop, shop.admin)

    answer = await admin.put("/v1/routing/settings", json={"capacityPerAgent": 5, "org": "f" * 24})

    assert answer.status_code == 400
    assert (await admin.get("/v1/routing/settings")).json()["data"]["attributes"]["capacityPerAgent"] == 4


async def test_a_team_may_have_a_capacity_of_its_own(shop: Shop, browse: Browse) -> None:
    ana = await shop.agent("ana")
    team = await shop.run(access.create_team, "Returns", by=shop.admin)
    await shop.run(access.change_members, team.id, [ana.id], by=shop.admin)
    admin = await browse(shop, shop.admin)
    at = f"/v1/routing/settings?team={team.id}"
    assert (await admin.get(at)).json()["data"]["attributes"]["isInherited"] is True

    await admin.put(at, json={"capacityPerAgent": 1})
    first, second = await shop.arrive(), await shop.arrive()
    assert (await shop.has(first), await shop.has(second)) == ([ana.id], [])
    await admin.put(at, json={"capacityPerAgent": None})

    assert await shop.has(second) == [ana.id]
    assert (await admin.get(at)).json()["data"]["attributes"]["capacityPerAgent"] == 4


async def test_another_organisations_team_is_unknown(shop: Shop, other_shop: Shop, browse: Browse) -> None:
    theirs = await other_shop.run(access.create_team, "Theirs", by=other_shop.admin)
    admin = await browse(shop, shop.admin)

    for team in (theirs.id, "f" * 24, "no-id"):
        assert (await admin.get(f"/v1/routing/settings?team={team}")).status_code == 404
        answer = await admin.put(f"/v1/routing/settings?team={team}", json={"capacityPerAgent": 1})
        assert answer.status_code == 404


async def test_queues_list_the_default_one_with_a_stable_id(shop: Shop, browse: Browse) -> None:
    admin = await browse(shop, shop.admin)

    first, again = await admin.get("/v1/routing/queues"), await admin.get("/v1/routing/queues")

    (queue,) = first.json()["data"]
    assert first.json() == again.json()
    assert queue["attributes"]["isDefault"] is True
    assert queue["attributes"]["key"] == "DEFAULT_QUEUE"
    assert first.json()["meta"] == {"page": 1, "pageSize": 50, "total": 1, "totalPages": 1}
    assert (await admin.get(f"/v1/routing/queues/{queue['id']}")).json()["data"] == queue
    assert (await admin.get("/v1/routing/queues/" + "f" * 24)).status_code == 404


async def test_an_agent_sets_their_status_and_everybody_sees_it(shop: Shop, browse: Browse) -> None:
    ana, ben = await shop.agent("ana", available=False), await shop.agent("ben", available=False)
    hers, his = await browse(shop, ana), await browse(shop, ben)

    done = await hers.put(
        f"/v1/routing/users/{ana.id}/status", json={"status": "unavailable", "reason": "Lunch"}
    )
    refused = await his.put(f"/v1/routing/users/{ana.id}/status", json={"status": "available"})
    wrong = await hers.put(f"/v1/routing/users/{ana.id}/status", json={"status": "asleep"})

    assert done.json()["data"]["attributes"]["reason"] == "Lunch"
    assert (refused.status_code, wrong.status_code) == (403, 400)
    listed = {one["id"]: one["attributes"] for one in (await his.get("/v1/routing/statuses")).json()["data"]}
    assert set(listed) == {shop.admin.id, ana.id, ben.id}
    assert listed[ana.id]["status"] == "unavailable"
    assert listed[ben.id] == {
        "displayName": "Ben",
        "status": "offline",
        "statusType": "offline",
        "reason": None,
        "changedAt": None,
        "load": 0,
        "capacity": 4,
        "online": False,
    }


async def test_available_over_http_brings_what_waits(shop: Shop, browse: Browse) -> None:
    conversation = await shop.arrive()
    ana = await shop.agent("ana", available=False)
    hers = await browse(shop, ana)

    answer = await hers.put(f"/v1/routing/users/{ana.id}/status", json={"status": "available"})

    assert answer.json()["data"]["attributes"]["load"] == 1
    assert await shop.has(conversation) == [ana.id]


async def test_a_conversation_is_changed_through_one_door(shop: Shop, browse: Browse) -> None:
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    ben = await shop.agent("ben", available=False)
    hers = await browse(shop, ana)
    at = f"/v1/conversations/{conversation}"

    changed = await hers.patch(at, json={"priority": 5, "assignedUsers": [ben.id]})
    assert changed.status_code == 200, changed.text
    attributes = changed.json()["data"]["attributes"]
    assert (attributes["priority"], attributes["assignedUsers"]) == (5, [ben.id])

    queue = changed.json()["data"]["relationships"]["queue"]["data"]["id"]
    sent = await hers.put(at, json={"queue": queue})
    assert sent.json()["data"]["attributes"]["assignedUsers"] == [ana.id]

    done = await hers.patch(at, json={"status": "done"})
    assert done.json()["data"]["attributes"]["status"] == "done"
    items = (await hers.get(f"/v1/routing/conversations/{conversation}/work-items")).json()
    assert items["data"][0]["attributes"]["status"] == "completed"


async def test_T25_attributes_of_a_conversation_are_checked_and_masked_at_that_door(
    shop: Shop, browse: Browse
) -> None:
    ana = await shop.agent("ana")
    at = f"/v1/conversations/{await shop.arrive()}"
    hers, admin = await browse(shop, ana), await browse(shop, shop.admin)
    sensitive = {"type": "Num", "hasSensitiveAttributes": True}
    declared = {"orderStr": {"type": "Str"}, "costNum": sensitive}
    await admin.put("/v1/metadata/conversation", json={"properties": declared})

    given = await admin.patch(at, json={"custom": {"orderStr": "A-1", "costNum": 7}})
    changed = await hers.patch(at, json={"custom": {"orderStr": "A-2"}})
    refused = [
        await hers.patch(at, json={"custom": custom, "priority": 5})
        for custom in ({"orderStr": 1}, {"planStr": "x"}, {"costNum": 8})
    ]

    masked = {"isMasked": True, "maskedPresentation": "***"}
    assert given.json()["data"]["attributes"]["custom"] == {"orderStr": "A-1", "costNum": 7}
    assert changed.json()["data"]["attributes"]["custom"] == {"orderStr": "A-2", "costNum": masked}
    assert [answer.status_code for answer in refused] == [400, 400, 403]
    shown = (await admin.get(at)).json()["data"]["attributes"]
    assert (shown["custom"], shown["priority"]) == ({"orderStr": "A-2", "costNum": 7}, 3)


async def test_nothing_of_a_refused_change_happens(shop: Shop, browse: Browse) -> None:
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    hers = await browse(shop, ana)

    answer = await hers.patch(
        f"/v1/conversations/{conversation}", json={"priority": 1, "assignedUsers": ["f" * 24]}
    )

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["source"] == {"parameter": "assignedUsers"}
    shown = (await hers.get(f"/v1/conversations/{conversation}")).json()["data"]["attributes"]
    assert (shown["priority"], shown["assignedUsers"]) == (3, [ana.id])


async def test_another_organisations_conversation_and_agent_answer_like_none(
    shop: Shop, other_shop: Shop, browse: Browse
) -> None:
    conversation = await shop.arrive()
    ana = await shop.agent("ana")
    mallory = await browse(other_shop, other_shop.admin)

    for id in (conversation, "f" * 24):
        assert (await mallory.patch(f"/v1/conversations/{id}", json={"status": "done"})).status_code == 404
        assert (await mallory.get(f"/v1/routing/conversations/{id}/work-items")).status_code == 404
    for user in (ana.id, "f" * 24):
        path = f"/v1/routing/users/{user}/status"
        assert (await mallory.get(path)).status_code == 404
        assert (await mallory.put(path, json={"status": "offline"})).status_code == 404

    assert await shop.status(ana) == "available"


async def test_nobody_reads_routing_without_a_credential(shop: Shop) -> None:
    transport = httpx.ASGITransport(create_api(shop.desk))
    async with httpx.AsyncClient(transport=transport, base_url="http://desk.test") as nobody:
        paths = ("queues", "settings", "statuses", f"users/{shop.admin.id}/status")
        answers = [await nobody.get(f"/v1/routing/{path}") for path in paths]

    assert {answer.status_code for answer in answers} == {401}
