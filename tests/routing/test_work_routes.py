"""Queues, rules, skills and work items over HTTP."""

from __future__ import annotations

from kithdesk import conversations
from tests.routing.conftest import Browse
from tests.routing.shops import Shop


async def test_an_offer_is_accepted_over_http_and_the_other_agent_is_told(shop: Shop, browse: Browse) -> None:
    ana, ben = await shop.agent("ana"), await shop.agent("ben", available=False)
    admin, hers, his = await browse(shop, shop.admin), await browse(shop, ana), await browse(shop, ben)
    await admin.put("/v1/routing/settings", json={"acceptance": "manual", "acceptTimeoutSeconds": 60})
    conversation = await shop.arrive()
    listed = (await hers.get(f"/v1/routing/conversations/{conversation}/work-items")).json()["data"]
    at = f"/v1/routing/work-items/{listed[0]['id']}"

    shown = (await hers.get(at)).json()["data"]
    refused = await his.post(f"{at}/accept")
    accepted = await hers.post(f"{at}/accept")
    again = await hers.post(f"{at}/accept")

    assert shown["attributes"]["status"] == "offered"
    assert shown["attributes"]["offeredUntil"] is not None
    assert shown["relationships"]["offeredTo"]["data"] == {"type": "user", "id": ana.id}
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "offer_gone")
    assert (accepted.status_code, again.status_code) == (200, 200)
    assert accepted.json()["data"]["attributes"]["status"] == "assigned"


async def test_why_somebody_was_chosen_can_be_read(shop: Shop, browse: Browse) -> None:
    await shop.settings(capacity_per_agent=1)
    full, away = await shop.agent("full"), await shop.agent("away")
    await shop.arrive()
    await shop.arrive()
    await shop.says(away, "busy")
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    hers = await browse(shop, ana)
    conversation = await shop.arrive()

    item = (await hers.get(f"/v1/routing/conversations/{conversation}/work-items")).json()["data"][0]
    answer = await hers.get(f"/v1/routing/work-items/{item['id']}/decisions")

    (decision,) = answer.json()["data"]
    why = decision["attributes"]
    assert why["chosen"]["displayName"] in ("Ana", "Ben")
    assert {why["chosen"]["user"], *(one["user"] for one in why["runnersUp"])} == {ana.id, ben.id}
    assert why["others"] == {"full": 1, "away": 1}
    assert str(full.id) not in str(why)
    assert answer.json()["meta"]["total"] == 1


async def test_queues_rules_and_skills_are_made_and_read(shop: Shop, browse: Browse) -> None:
    admin, hers = await browse(shop, shop.admin), await browse(shop, await shop.agent("ana"))
    queue = {"name": "Returns", "key": "returns", "priority": 5, "weight": 2, "acceptance": "manual"}
    assert (await hers.post("/v1/routing/queues", json=queue)).status_code == 403

    made = await admin.post("/v1/routing/queues", json=queue)
    again = await admin.post("/v1/routing/queues", json={**queue, "name": "Refunds"})
    id = made.json()["data"]["id"]
    skill = await admin.post("/v1/routing/skills", json={"name": "Refunds", "key": "refunds"})
    criteria = {"and": [{"message_body": {"contains": "refund"}}]}
    rule = await admin.post(
        "/v1/routing/queue-rules",
        json={"name": "All", "queue": id, "criteria": criteria, "skills": {"refunds": 2}, "priority": 1},
    )
    changed = await admin.patch(
        f"/v1/routing/queue-rules/{rule.json()['data']['id']}", json={"priority": None}
    )

    assert (made.status_code, again.json()["data"]["id"]) == (201, id)
    assert again.json()["data"]["attributes"]["name"] == "Refunds"
    assert (skill.status_code, rule.status_code) == (201, 201)
    assert rule.json()["data"]["relationships"]["queue"]["data"]["id"] == id
    assert (changed.json()["data"]["attributes"]["priority"], changed.status_code) == (None, 200)
    assert (await admin.delete(f"/v1/routing/queues/{id}")).json()["errors"][0]["code"] == "queue_in_use"
    for path in ("queues", "queue-rules", "queue-rules-criteria", "skills"):
        listed = (await hers.get(f"/v1/routing/{path}?pageSize=1")).json()
        assert (len(listed["data"]), listed["meta"]["pageSize"]) == (1, 1)
    (found,) = (await hers.get("/v1/routing/queue-rules-criteria")).json()["data"]
    assert (found["type"], found["id"]) == ("queue_rule_criteria", rule.json()["data"]["id"])
    assert found["attributes"] == {"criteria": criteria}


async def test_an_agents_skills_and_sessions_over_http(shop: Shop, browse: Browse) -> None:
    ana = await shop.agent("ana")
    admin, hers = await browse(shop, shop.admin), await browse(shop, ana)
    await admin.post("/v1/routing/skills", json={"name": "Refunds", "key": "refunds"})
    at = f"/v1/routing/users/{ana.id}"

    refused = await hers.put(f"{at}/skills", json={"skills": {"refunds": 5}})
    wrong = await admin.put(f"{at}/skills", json={"skills": {"refunds": 6}})
    done = await admin.put(f"{at}/skills", json={"skills": {"refunds": 5}})

    assert (refused.status_code, wrong.status_code, done.status_code) == (403, 400, 200)
    assert (await hers.get(f"{at}/skills")).json()["data"]["attributes"]["skills"] == {"refunds": 5}
    (session,) = (await hers.get(f"{at}/work-sessions")).json()["data"]
    assert session["attributes"]["status"] == "available"


async def test_settings_of_a_team_show_what_holds_and_what_is_inherited(shop: Shop, browse: Browse) -> None:
    queue = await shop.queue("billing")
    team = await shop.team("Experts", [])
    admin = await browse(shop, shop.admin)
    at = f"/v1/routing/settings?team={team}"
    await admin.put("/v1/routing/settings", json={"wrapUpSeconds": 9, "unavailableReasons": ["Lunch"]})

    body = {
        "enabled": True,
        "queues": [queue],
        "capacityByPriority": {"1": 2},
        "transfers": {"toAgents": "own"},
    }
    done = await admin.put(at, json=body)
    shown = done.json()["data"]["attributes"]
    followed = (await admin.put(at, json={"transfers": None})).json()["data"]["attributes"]

    assert done.status_code == 200, done.text
    assert (shown["enabled"], shown["queues"], shown["wrapUpSeconds"]) == (True, [queue], 9)
    assert shown["capacityByPriority"] == {"1": 2}
    assert shown["transfers"] == {"toQueues": "any", "toTeams": "any", "toAgents": "own"}
    assert "transfers" not in shown["inherited"]
    assert "wrapUpSeconds" in shown["inherited"]
    assert followed["transfers"]["toAgents"] == "any"


async def test_a_status_names_a_declared_reason_and_a_team(shop: Shop, browse: Browse) -> None:
    ana = await shop.agent("ana")
    billing = await shop.queue("billing")
    team = await shop.team("Experts", [ana], queues=(billing,))
    await shop.settings(unavailable_reasons=("Lunch", "Training"))
    hers = await browse(shop, ana)
    at = f"/v1/routing/users/{ana.id}/status"

    refused = await hers.put(at, json={"status": "unavailable", "reason": "Beach"})
    away = await hers.put(at, json={"status": "unavailable", "reason": "Lunch"})
    here = await hers.put(at, json={"status": "available", "team": team})

    assert (refused.status_code, away.status_code, here.status_code) == (400, 200, 200)
    assert here.json()["data"]["relationships"]["team"]["data"]["id"] == team


async def test_a_transfer_over_http_says_why(shop: Shop, browse: Browse) -> None:
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    ben = await shop.agent("ben", available=False)
    hers = await browse(shop, ana)
    at = f"/v1/routing/conversations/{conversation}/transfers"

    both = await hers.post(at, json={"user": ben.id, "queue": "f" * 24, "reason": "x"})
    done = await hers.post(at, json={"user": ben.id, "reason": "He knows"})

    assert (both.status_code, done.status_code) == (400, 200)
    assert done.json()["data"]["relationships"]["users"]["data"] == [{"type": "user", "id": ben.id}]


async def test_another_organisations_work_answers_like_none(
    shop: Shop, other_shop: Shop, browse: Browse
) -> None:
    item = await shop.item(await shop.arrive())
    queue = await shop.queue("billing")
    mallory = await browse(other_shop, other_shop.admin)

    for id in (item.id, "f" * 24, "no id"):
        assert (await mallory.get(f"/v1/routing/work-items/{id}")).status_code == 404
        assert (await mallory.get(f"/v1/routing/work-items/{id}/decisions")).status_code == 404
        for how in ("accept", "decline", "complete"):
            assert (await mallory.post(f"/v1/routing/work-items/{id}/{how}")).status_code == 404
    for id in (queue, "f" * 24):
        assert (await mallory.delete(f"/v1/routing/queues/{id}")).status_code == 404
        assert (await mallory.get(f"/v1/chat/queues/metrics/{id}")).json()["data"] == []
    assert (await shop.item(item.conversation)).state == "queued"


async def test_what_is_done_and_comes_back_is_the_next_item(shop: Shop, browse: Browse) -> None:
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    await shop.run(conversations.close, conversation, by=ana)
    await shop.writes_again(conversation)
    hers = await browse(shop, ana)

    items = (await hers.get(f"/v1/routing/conversations/{conversation}/work-items")).json()

    assert [one["attributes"]["status"] for one in items["data"]] == ["assigned", "completed"]
    assert items["meta"]["total"] == 2


async def test_of_two_who_set_levels_of_an_agent_at_once_the_second_is_told(
    shop: Shop, browse: Browse
) -> None:
    ana = await shop.agent("ana")
    admin = await browse(shop, shop.admin)
    for key in ("refunds", "spanish"):
        await admin.post("/v1/routing/skills", json={"name": key.title(), "key": key})
    at = f"/v1/routing/users/{ana.id}/skills"
    seen = (await admin.get(at)).json()["data"]["attributes"]["rev"]

    first = await admin.put(at, json={"skills": {"refunds": 5}, "rev": seen})
    second = await admin.put(at, json={"skills": {"spanish": 2}, "rev": seen})
    kept = (await admin.get(at)).json()["data"]["attributes"]

    assert (first.status_code, second.status_code) == (200, 409)
    assert second.json()["errors"][0]["code"] == "conflict"
    assert kept == {"skills": {"refunds": 5}, "rev": seen + 1}
    anew = await admin.put(at, json={"skills": {**kept["skills"], "spanish": 2}, "rev": kept["rev"]})
    assert anew.json()["data"]["attributes"]["skills"] == {"refunds": 5, "spanish": 2}


async def test_levels_are_others_once_a_skill_of_theirs_is_removed(shop: Shop, browse: Browse) -> None:
    ana = await shop.agent("ana")
    admin = await browse(shop, shop.admin)
    skill = (await admin.post("/v1/routing/skills", json={"name": "Refunds", "key": "refunds"})).json()[
        "data"
    ]
    at = f"/v1/routing/users/{ana.id}/skills"
    rev = (await admin.put(at, json={"skills": {"refunds": 5}})).json()["data"]["attributes"]["rev"]

    await admin.delete(f"/v1/routing/skills/{skill['id']}")

    assert (await admin.put(at, json={"skills": {}, "rev": rev})).status_code == 409
