from __future__ import annotations

from typing import Any

import httpx
import pytest

from kithdesk.core import events
from kithdesk.core.actors import system
from kithdesk.core.clock import ManualClock, iso
from kithdesk.core.desk import Desk, where
from kithdesk.core.replay import replay
from kithdesk.core.settings import Settings
from kithdesk.core.work import Wiring, Work
from kithdesk.sla import Target, Wish, create_policy
from kithdesk.sla.events import PolicyCreated
from kithdesk.sla.policies import MOST
from kithdesk.sla.promises import Promise
from tests.api import Ask, Tenant, created, declare, got, refusal
from tests.spine import sql

pytestmark = pytest.mark.anyio

SLA: dict[str, Any] = {
    "name": "Gold",
    "metrics": {"firstResponse": {"seconds": 3600, "byPriority": {"5": 300}}},
    "criteria": {"and": [{"customer_name": {"prefix": "Ana"}}]},
    "warnBefore": 600,
}


async def write(api: httpx.AsyncClient, name: str = "Ana") -> str:
    """A customer's first message, recorded by a program as it arrives."""
    customer = (await created(api, "/v1/customers", {"name": name}))["id"]
    message = {"body": "Where is it?", "direction": "in"}
    opened = await created(api, "/v1/conversations", {"customer": customer, "message": message})
    return str(opened["id"])


async def test_an_sla_is_as_it_was_made(api: httpx.AsyncClient, acme: Tenant, clock: ManualClock) -> None:
    made = await created(api, "/v1/slas", SLA)

    assert made["type"] == "sla"
    assert made["attributes"] == {
        **SLA,
        "description": "",
        "schedule": None,
        "pauseOnSnooze": True,
        "currentVersion": 1,
        "enabled": True,
        "position": 0,
        "createdAt": iso(clock.now()),
        "updatedAt": iso(clock.now()),
        "rev": 1,
    }
    assert made["relationships"]["org"]["data"]["id"] == acme.id
    assert (await got(api, made["links"]["self"]))["data"] == made
    assert (await got(api, "/v1/slas"))["data"] == [made]


async def test_a_conversation_shows_its_sla(api: httpx.AsyncClient, clock: ManualClock) -> None:
    sla = await created(api, "/v1/slas", SLA)

    shown = (await got(api, f"/v1/conversations/{await write(api)}"))["data"]
    other = (await got(api, f"/v1/conversations/{await write(api, 'Ben')}"))["data"]

    assert shown["attributes"]["sla"] == {
        "id": sla["id"],
        "versionId": sla["relationships"]["currentVersion"]["data"]["id"],
        "name": "Gold",
        "version": 1,
        "matchedAt": iso(clock.now()),
        "status": "pending",
        "breached": False,
        "breach": None,
        "dueAt": iso(clock.in_(hours=1)),
        "metrics": {
            "firstResponse": {
                "status": "pending",
                "startedAt": iso(clock.now()),
                "breachAt": iso(clock.in_(hours=1)),
                "breached": False,
                "warned": False,
                "satisfiedAt": None,
            }
        },
        "summary": {"satisfiedAt": None, "firstBreachAt": None},
    }
    assert shown["relationships"]["sla"]["data"] == {"type": "sla", "id": sla["id"]}
    assert shown["relationships"]["slaVersion"]["data"]["type"] == "sla_version"
    assert other["attributes"]["sla"] is None
    assert "sla" not in other["relationships"]


async def test_a_breach_is_on_the_timeline(api: httpx.AsyncClient, clock: ManualClock, desk: Desk) -> None:
    await created(api, "/v1/slas", SLA)
    conversation = await write(api)
    customer = (await got(api, f"/v1/conversations/{conversation}"))["data"]["relationships"]["customer"][
        "data"
    ]

    clock.advance(hours=2)
    await desk.jobs.settle()

    timeline = (await got(api, f"/v1/customers/{customer['id']}/timeline"))["data"]
    kinds = [entry["attributes"]["kind"] for entry in timeline]
    assert {"sla.matched", "sla.breached"} <= set(kinds)
    assert "sla.warned" not in kinds


async def test_changing_what_is_promised_makes_a_version_and_the_rest_makes_none(
    api: httpx.AsyncClient,
) -> None:
    path = (await created(api, "/v1/slas", SLA))["links"]["self"]

    same = (await api.put(path, json={"name": "Gold", "pauseOnSnooze": True})).json()["data"]["attributes"]
    off = (await api.patch(path, json={"enabled": False})).json()["data"]["attributes"]
    changed = (await api.patch(path, json={"warnBefore": None, "description": "Best"})).json()["data"][
        "attributes"
    ]

    assert (same["rev"], same["currentVersion"]) == (1, 1)
    assert (off["rev"], off["currentVersion"], off["enabled"]) == (2, 1, False)
    assert (changed["currentVersion"], changed["warnBefore"], changed["metrics"]) == (2, None, SLA["metrics"])


async def test_versions_come_in_included(api: httpx.AsyncClient) -> None:
    path = (await created(api, "/v1/slas", SLA))["links"]["self"]
    await api.patch(path, json={"name": "Platinum"})
    await created(api, "/v1/slas", {**SLA, "name": "Other"})

    everything = await got(api, f"{path}?versions=all")
    active = await got(api, "/v1/slas?versions=active")

    assert [one["attributes"]["name"] for one in everything["included"]] == ["Platinum", "Gold"]
    assert [one["attributes"]["version"] for one in everything["included"]] == [2, 1]
    assert [one["attributes"]["name"] for one in active["included"]] == ["Platinum", "Other"]
    assert "included" not in await got(api, path)


async def test_they_are_asked_in_their_order(api: httpx.AsyncClient) -> None:
    ids = [(await created(api, "/v1/slas", {**SLA, "name": name}))["id"] for name in ("A", "B", "C")]
    await api.delete(f"/v1/slas/{ids[1]}")

    answer = await api.put("/v1/slas/order", json={"slas": [ids[2], ids[0]]})

    assert answer.status_code == 200
    assert [one["attributes"]["name"] for one in answer.json()["data"]] == ["C", "A"]
    conversation = await write(api)
    assert (await got(api, f"/v1/conversations/{conversation}"))["data"]["attributes"]["sla"]["name"] == "C"
    for wrong in ([ids[0]], [ids[0], ids[0]], [*ids], [ids[0], "f" * 24]):
        assert refusal(await api.put("/v1/slas/order", json={"slas": wrong})) == (400, "bad_order", "slas")


@pytest.mark.parametrize(
    ("wrong", "code", "parameter"),
    [
        ({"name": " "}, "badparam", "name"),
        ({"name": "x" * 300}, "badparam", "name"),
        ({"name": "a\u202eb"}, "badparam", "name"),
        ({"metrics": {}}, "bad_target", "metrics"),
        ({"metrics": {"firstResponse": {}}}, "bad_target", "metrics.firstResponse"),
        ({"metrics": {"resolution": {"seconds": 60}}}, "bad_target", "metrics.resolution"),
        ({"metrics": {"firstResponse": {"seconds": 0}}}, "badparam", "metrics.firstResponse.seconds"),
        ({"metrics": {"firstResponse": {"seconds": 10**12}}}, "badparam", "metrics.firstResponse.seconds"),
        (
            {"metrics": {"firstResponse": {"byPriority": {"9": 60}}}},
            "bad_target",
            "metrics.firstResponse.byPriority",
        ),
        ({"criteria": {"and": [{"org": {"equals": "x"}}]}}, "bad_criterion", "and[0].org"),
        (
            {"criteria": {"and": [{"customer_custom_x": {"set": ""}}]}},
            "bad_criterion",
            "and[0].customer_custom_x",
        ),
        ({"criteria": {"and": [{"message_body": {"matches": "(a+)+$"}}]}}, "bad_criterion", None),
        ({"criteria": {"and": [{"customer_name": {"contains": "x" * 300}}]}}, "too_many_criteria", None),
        ({"schedule": "f" * 24}, "unknown_schedule", "schedule"),
        ({"schedule": "nine to five"}, "unknown_schedule", "schedule"),
        ({"warnBefore": 0}, "badparam", "warnBefore"),
        ({"org": "x"}, "badparam", "org"),
    ],
)
async def test_what_makes_no_sense_is_refused(
    api: httpx.AsyncClient, wrong: dict[str, Any], code: str, parameter: str | None
) -> None:
    answer = await api.post("/v1/slas", json={**SLA, **wrong})

    assert refusal(answer)[:2] == (400, code)
    assert parameter is None or refusal(answer)[2] == parameter
    assert (await got(api, "/v1/slas"))["data"] == []


async def test_a_change_of_what_has_changed_is_refused(api: httpx.AsyncClient) -> None:
    path = (await created(api, "/v1/slas", SLA))["links"]["self"]
    await api.patch(path, json={"name": "Platinum", "rev": 1})

    assert refusal(await api.patch(path, json={"name": "Tin", "rev": 1})) == (409, "conflict", "rev")


async def test_there_is_an_end_to_how_many_there_may_be(
    api: httpx.AsyncClient, acme: Tenant, desk: Desk
) -> None:
    def make_many(work: Work) -> None:
        for number in range(MOST):
            create_policy(work, Wish(name=f"No. {number}", metrics={"nextReply": Target(seconds=60)}))

    await desk.run(make_many, by=system(acme.id))

    assert refusal(await api.post("/v1/slas", json=SLA))[:2] == (409, "too_many_policies")


async def test_why_a_conversation_has_its_sla_can_be_read(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient
) -> None:
    criteria = {"and": [{"customer_name": {"prefix": "Ben"}}, {"conversation_status": {"equals": "open"}}]}
    await created(api, "/v1/slas", {**SLA, "name": "For Ben", "criteria": criteria})
    await created(api, "/v1/slas", SLA)
    path = f"/v1/conversations/{await write(api)}/slas"

    found = [one["attributes"] for one in (await got(api, path))["data"]]

    assert [(one["name"], one["matches"]) for one in found] == [("For Ben", False), ("Gold", True)]
    assert found[0]["failed"] == [
        {"at": "and[0].customer_name", "attribute": "customer_name", "operator": "prefix", "value": "Ben"}
    ]
    assert refusal(await foreign.get(path))[:2] == (404, "notfound")


async def test_T22_only_administrators_change_slas(ask: Ask, acme: Tenant, api: httpx.AsyncClient) -> None:
    made = await created(api, "/v1/slas", SLA)
    path, lesser = made["links"]["self"], ask(acme.lesser_key)

    assert (await lesser.get(path)).status_code == 200
    for answer in (
        await lesser.post("/v1/slas", json=SLA),
        await lesser.patch(path, json={"name": "Mine"}),
        await lesser.put("/v1/slas/order", json={"slas": [made["id"]]}),
        await lesser.delete(path),
        await ask().get("/v1/slas"),
    ):
        assert answer.status_code in (401, 403)


async def test_T23_another_organisations_sla_and_schedule_are_not_there(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient, globex: Tenant
) -> None:
    mine = await created(api, "/v1/slas", SLA)
    hours = {"name": "Office", "timezone": "UTC", "hours": {"1": [[540, 1020]]}}
    theirs = await created(foreign, "/v1/schedules", hours)
    path = mine["links"]["self"]

    for answer in (
        await foreign.get(path),
        await foreign.patch(path, json={"name": "Mine"}),
        await foreign.delete(path),
        await foreign.get("/v1/slas/" + "f" * 24),
    ):
        assert refusal(answer)[:2] == (404, "notfound")
    assert (await got(foreign, "/v1/slas"))["data"] == []
    refused = await api.post("/v1/slas", json={**SLA, "schedule": theirs["id"]})
    assert refusal(refused) == (400, "unknown_schedule", "schedule")
    assert refusal(await foreign.put("/v1/slas/order", json={"slas": [mine["id"]]}))[1] == "bad_order"
    conversation = await write(foreign)
    assert (await got(foreign, f"/v1/conversations/{conversation}"))["data"]["attributes"]["sla"] is None


async def test_the_journal_alone_tells_it_all(
    api: httpx.AsyncClient, clock: ManualClock, desk: Desk, settings: Settings, wiring: Wiring
) -> None:
    ids = [(await created(api, "/v1/slas", {**SLA, "name": name}))["id"] for name in ("A", "B")]
    conversation = await write(api)
    await api.patch(f"/v1/slas/{ids[0]}", json={"name": "A2", "enabled": False})
    await api.put("/v1/slas/order", json={"slas": ids[::-1]})
    clock.advance(hours=2)
    await desk.jobs.settle()
    await api.patch(f"/v1/conversations/{conversation}", json={"priority": 5})
    await created(api, f"/v1/conversations/{conversation}/messages", {"body": "Here"})
    await api.delete(f"/v1/slas/{ids[1]}")
    await write(api)

    report = replay(where(settings), wiring)

    assert report.differences == []
    assert report.rows["sla_policies"] == 2
    assert report.rows["sla_versions"] == 3
    assert report.rows["sla_clocks"] == 1


async def test_T25_no_sensitive_value_is_said_of_what_an_sla_asks(
    api: httpx.AsyncClient, ask: Ask, acme: Tenant
) -> None:
    await declare(api, "customer", secretStr={"type": "Str", "hasSensitiveAttributes": True})
    asked = {"and": [{"customer_custom_secretStr": {"equals": "hush"}}]}
    await created(api, "/v1/slas", {**SLA, "criteria": asked})
    conversation = await write(api)

    for path in ("/v1/slas?versions=all", f"/v1/conversations/{conversation}/slas"):
        assert "hush" in (await api.get(path)).text
        assert "hush" not in (await ask(acme.lesser_key).get(path)).text


async def test_T82_whom_an_sla_names_stands_where_it_can_be_erased(
    api: httpx.AsyncClient, desk: Desk
) -> None:
    named = {"and": [{"customer_email": {"equals": "ana@acme.test"}}]}
    made = await created(api, "/v1/slas", {**SLA, "criteria": named})
    await api.put(f"/v1/slas/{made['id']}", json={"name": "Another"})

    kept = str(await sql(desk, "SELECT payload FROM journal"))
    apart = str(await sql(desk, "SELECT payload FROM journal_personal WHERE payload IS NOT NULL"))

    assert "ana@acme.test" not in kept
    assert apart.count("ana@acme.test") == 2
    shown = (await got(api, "/v1/slas"))["data"][0]["attributes"]
    assert shown["criteria"] == named


def test_an_sla_whose_criteria_were_erased_matches_nothing() -> None:
    facts, apart = events.encode(
        PolicyCreated(policy="p", version="v", number=1, promise=Promise(name="VIP"), criteria={})
    )

    whole = events.decode(PolicyCreated.kind, facts, apart)
    erased = events.decode(PolicyCreated.kind, facts, None)

    assert isinstance(whole, PolicyCreated)
    assert isinstance(erased, PolicyCreated)
    assert (whole.is_asked, erased.is_asked, erased.whole.name) == (True, False, "VIP")
