"""`/v1/metadata`, and what the records that keep attributes make of it."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from kithdesk import conversations
from kithdesk.conversations import ConversationId
from kithdesk.core import journal
from kithdesk.core.actors import system
from kithdesk.core.desk import Desk, where
from kithdesk.core.ids import OrganisationId
from kithdesk.core.replay import replay
from tests.api import Ask, Tenant, created, declare, got, refusal
from tests.slices import WIRING

pytestmark = pytest.mark.anyio

COLOUR = {
    "displayName": "Favourite colour",
    "type": "Str",
    "enumeration": ["red", "blue"],
    "description": "What they like.",
    "default": "blue",
}
TREE = {
    "type": "Tree",
    "tree": [{"name": "returns", "children": [{"name": "late", "displayName": "Too late"}]}],
}
MASK = {"isMasked": True, "maskedPresentation": "***"}


async def test_attributes_in_kustomers_shape(api: httpx.AsyncClient, acme: Tenant, clock: Any) -> None:
    said = {"favouriteColorStr": COLOUR, "whyTree": TREE, "friendsId": {"type": "Id", "multi": True}}

    answer = await api.put("/v1/metadata/customer", json={"properties": said})

    assert answer.status_code == 200, answer.text
    data = answer.json()["data"]
    assert data == (await got(api, "/v1/metadata/customer"))["data"]
    assert (data["type"], data["id"], data["attributes"]["rev"]) == ("metadata", "customer", 1)
    shown = data["attributes"]["properties"]
    colour = shown["favouriteColorStr"]
    assert {name: colour[name] for name in COLOUR} == COLOUR
    assert (colour["required"], colour["hasSensitiveAttributes"], colour["array"]) == (False, False, False)
    assert colour["modifiedAt"].endswith("Z")
    assert len(colour["modifiedBy"]) == 24
    assert shown["whyTree"]["tree"] == [
        {
            "name": "returns",
            "displayName": "returns",
            "children": [{"name": "late", "displayName": "Too late"}],
        }
    ]
    assert (shown["friendsId"]["multi"], shown["friendsId"]["array"]) == (True, True)


async def test_a_number_says_whether_it_is_written_with_separators(
    api: httpx.AsyncClient, acme: Tenant
) -> None:
    await declare(api, "customer", yearNum={"type": "Num", "display": "plain"}, spentNum="Num")

    shown = (await got(api, "/v1/metadata/customer"))["data"]["attributes"]["properties"]
    assert (shown["yearNum"]["display"], shown["spentNum"]["display"]) == ("plain", "grouped")

    body = {"properties": {"planStr": {"type": "Str", "display": "plain"}}}
    answer = await api.put("/v1/metadata/customer", json=body)
    assert refusal(answer) == (400, "badparam", "properties.planStr.display")


async def test_a_date_is_shown_as_it_was_written(api: httpx.AsyncClient, acme: Tenant) -> None:
    await declare(api, "customer", bornDate="Date")

    ana = await created(api, "/v1/customers", {"name": "Ana", "custom": {"bornDate": "1990-03-04"}})

    assert ana["attributes"]["custom"] == {"bornDate": "1990-03-04"}


async def test_what_was_read_may_be_sent_back(api: httpx.AsyncClient) -> None:
    await declare(
        api, "company", favouriteColorStr=COLOUR, whyTree=TREE, friendsId={"type": "Id", "multi": True}
    )
    read = (await got(api, "/v1/metadata/company"))["data"]["attributes"]

    for replace in ("false", "true"):
        answer = await api.put(f"/v1/metadata/company?replace={replace}", json=read)
        assert answer.status_code == 200, answer.text
        assert answer.json()["data"]["attributes"] == read


async def test_null_removes_and_replace_removes_the_rest(api: httpx.AsyncClient) -> None:
    await declare(api, "user", aNum="Num", bNum="Num", cNum="Num")

    without = await api.put("/v1/metadata/user", json={"properties": {"bNum": None}})
    only = await api.put("/v1/metadata/user?replace=true", json={"properties": {"cNum": {"type": "Num"}}})

    assert list(without.json()["data"]["attributes"]["properties"]) == ["aNum", "cNum"]
    assert list(only.json()["data"]["attributes"]["properties"]) == ["cNum"]


async def test_T22_agents_read_and_administrators_declare(ask: Ask, acme: Tenant) -> None:
    lesser = ask(acme.lesser_key)

    assert (await got(lesser, "/v1/metadata/message"))["data"]["attributes"]["properties"] == {}
    answer = await lesser.put("/v1/metadata/message", json={"properties": {"aNum": {"type": "Num"}}})
    assert refusal(answer)[:2] == (403, "forbidden")
    for record in ("customer", "nothing"):
        assert (await ask().get(f"/v1/metadata/{record}")).status_code == 401
        assert (await ask().put(f"/v1/metadata/{record}", json={})).status_code == 401


async def test_T23_another_organisations_attributes_are_not_there(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient
) -> None:
    await declare(api, "customer", aNum="Num")

    assert (await got(foreign, "/v1/metadata/customer"))["data"]["attributes"] == {"properties": {}, "rev": 0}
    refused = await foreign.post("/v1/customers", json={"custom": {"aNum": 1}})
    assert refusal(refused) == (400, "badparam", "aNum")


@pytest.mark.parametrize("record", ["nothing", "kobject.order", "f" * 24, "kobject", "Customer", "a'--"])
async def test_there_are_no_attributes_of_what_is_not_there(api: httpx.AsyncClient, record: str) -> None:
    assert (await api.get(f"/v1/metadata/{record}")).status_code == 404
    assert (await api.put(f"/v1/metadata/{record}", json={"properties": {}})).status_code == 404


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ({}, "properties"),
        ({"properties": []}, "properties"),
        ({"properties": {}, "org": "x"}, "org"),
        ({"properties": {"aStr": {"type": "Str", "modifiedBy": "x", "id": "y"}}}, "properties.aStr.id"),
        ({"properties": {"a-b": {"type": "Str"}}}, "properties.a-b"),
        ({"properties": {"aStr": {"type": "Str", "enumeration": [1]}}}, "properties.aStr.enumeration"),
        ({"properties": {"aStr": {"type": "Str", "default": {"$ne": 1}}}}, "properties.aStr.default"),
    ],
)
async def test_T24_a_body_names_only_what_it_may(api: httpx.AsyncClient, body: Any, parameter: str) -> None:
    assert refusal(await api.put("/v1/metadata/customer", json=body)) == (400, "badparam", parameter)
    assert (await got(api, "/v1/metadata/customer"))["data"]["attributes"]["rev"] == 0


async def test_a_change_of_older_declarations_is_refused(api: httpx.AsyncClient) -> None:
    await declare(api, "customer", aNum="Num")

    answer = await api.put("/v1/metadata/customer", json={"properties": {}, "rev": 0})
    fixed = await api.put("/v1/metadata/customer", json={"properties": {"aNum": {"type": "Str"}}})

    assert refusal(answer) == (409, "conflict", "rev")
    assert refusal(fixed) == (409, "attribute_is_fixed", "properties.aNum.type")


async def test_T38_records_refuse_what_was_not_declared_as_kustomer_does(api: httpx.AsyncClient) -> None:
    ana = (await created(api, "/v1/customers", {"name": "Ana"}))["id"]
    said = {"customer": ana, "message": {"body": "Hello"}}
    opened = (await created(api, "/v1/conversations", said))["id"]
    custom = {"custom": {"planStr": "gold"}}

    for method, path, body in (
        ("POST", "/v1/customers", custom),
        ("PATCH", f"/v1/customers/{ana}", custom),
        ("PUT", f"/v1/customers/{ana}?replace=true", custom),
        ("POST", "/v1/conversations", {**said, **custom}),
        ("PATCH", f"/v1/conversations/{opened}", custom),
    ):
        answer = await api.request(method, path, json=body)
        if answer.status_code == 405:  # changing a conversation is routing's door
            continue
        assert answer.json()["errors"] == [
            {
                "status": 400,
                "code": "badparam",
                "title": "Additional properties not allowed",
                "detail": "/properties/custom/additionalProperties",
                "source": {"parameter": "planStr"},
            }
        ], f"{method} {path}"


async def test_a_new_record_begins_with_the_defaults(api: httpx.AsyncClient) -> None:
    required = {"type": "Num", "required": True}
    await declare(api, "customer", planStr={"type": "Str", "default": "basic"}, sizeNum=required)
    await declare(api, "conversation", levelStr={"type": "Str", "default": "low"}, sizeNum=required)

    assert refusal(await api.post("/v1/customers", json={"name": "Ana"})) == (
        400,
        "badparam",
        "custom.sizeNum",
    )
    ana = await created(api, "/v1/customers", {"name": "Ana", "custom": {"sizeNum": 1}})
    sent = await created(api, f"/v1/customers/{ana['id']}/messages", {"body": "Hello", "channel": "chat"})
    conversation = sent["relationships"]["conversation"]["data"]["id"]

    assert ana["attributes"]["custom"] == {"planStr": "basic", "sizeNum": 1}
    opened = (await got(api, f"/v1/conversations/{conversation}"))["data"]
    assert opened["attributes"]["custom"] == {"levelStr": "low"}


async def test_T25_a_sensitive_value_is_masked_wherever_an_agent_looks(
    ask: Ask, api: httpx.AsyncClient, acme: Tenant, desk: Desk
) -> None:
    sensitive = {"type": "Str", "hasSensitiveAttributes": True}
    await declare(api, "customer", taxStr=sensitive, planStr="Str")
    await declare(api, "conversation", taxStr=sensitive)
    ana = (await created(api, "/v1/customers", {"custom": {"taxStr": "SECRET-1", "planStr": "gold"}}))["id"]
    opened = (
        await created(
            api,
            "/v1/conversations",
            {"customer": ana, "custom": {"taxStr": "SECRET-2"}, "message": {"body": "Hello"}},
        )
    )["id"]
    await api.patch(f"/v1/customers/{ana}", json={"custom": {"taxStr": "SECRET-3"}})
    lesser = ask(acme.lesser_key)

    for path in (
        f"/v1/customers/{ana}",
        f"/v1/customers/{ana},{ana}",
        "/v1/customers",
        "/v1/conversations",
        f"/v1/conversations/{opened}",
        f"/v1/customers/{ana}/conversations",
        f"/v1/customers/{ana}/timeline",
    ):
        answer = await lesser.get(path)
        assert answer.status_code == 200, f"{path} {answer.text}"
        assert "SECRET" not in answer.text, path
    shown = (await got(lesser, f"/v1/customers/{ana}"))["data"]["attributes"]["custom"]
    assert shown == {"taxStr": MASK, "planStr": "gold"}
    assert (await got(api, f"/v1/customers/{ana}"))["data"]["attributes"]["custom"]["taxStr"] == "SECRET-3"
    assert (await got(api, f"/v1/conversations/{opened}"))["data"]["attributes"]["custom"] == {
        "taxStr": "SECRET-2"
    }
    organisation = OrganisationId(acme.id)
    stated = await desk.read(journal.read_all, organisation, after=0, limit=100, by=system(organisation))
    for recorded in stated.value:
        assert "SECRET" not in str(recorded.event.for_agents(recorded))
        assert "SECRET" not in str(recorded.event.for_visitors(recorded))


async def test_T25_an_agent_cannot_find_a_sensitive_value_by_writing(
    ask: Ask, api: httpx.AsyncClient, acme: Tenant
) -> None:
    await declare(api, "customer", taxStr={"type": "Str", "hasSensitiveAttributes": True})
    ana = (await created(api, "/v1/customers", {"custom": {"taxStr": "1"}}))["id"]
    lesser = ask(acme.lesser_key)

    answers = [
        await lesser.patch(f"/v1/customers/{ana}", json={"custom": {"taxStr": guess}})
        for guess in ("1", "2", None)
    ]

    assert {refusal(answer) for answer in answers} == {(403, "sensitive_attribute", "custom.taxStr")}
    assert len({str(answer.json()["errors"]) for answer in answers}) == 1
    same = await lesser.put(f"/v1/customers/{ana}", json={"name": "Ana", "custom": {"taxStr": MASK}})
    assert same.status_code == 200
    assert (await got(api, f"/v1/customers/{ana}"))["data"]["attributes"]["custom"] == {"taxStr": "1"}


async def test_the_values_of_a_removed_attribute_are_hidden_and_come_back(api: httpx.AsyncClient) -> None:
    await declare(api, "customer", planStr="Str", sizeNum="Num")
    ana = (await created(api, "/v1/customers", {"custom": {"planStr": "gold", "sizeNum": 1}}))["id"]
    path = f"/v1/customers/{ana}"

    await api.put("/v1/metadata/customer", json={"properties": {"planStr": None}})
    hidden = (await got(api, path))["data"]["attributes"]["custom"]
    refused = await api.patch(path, json={"custom": {"planStr": "basic"}})
    await api.put(f"{path}?replace=true", json={"name": "Ana"})
    await declare(api, "customer", planStr="Str")

    assert hidden == {"sizeNum": 1}
    assert refusal(refused) == (400, "badparam", "planStr")
    assert (await got(api, path))["data"]["attributes"]["custom"] == {"planStr": "gold"}


async def test_replay_finds_the_same(api: httpx.AsyncClient, acme: Tenant, desk: Desk) -> None:
    await declare(api, "customer", planStr="Str", whyTree=TREE, favouriteColorStr=COLOUR)
    await api.put("/v1/metadata/customer", json={"properties": {"planStr": None}})
    await api.put("/v1/metadata/customer?replace=true", json={"properties": {"favouriteColorStr": COLOUR}})
    ana = (await created(api, "/v1/customers", {"name": "Ana"}))["id"]
    await api.patch(f"/v1/customers/{ana}", json={"custom": {"favouriteColorStr": "red"}})
    for record in ("conversation", "message", "user"):
        await declare(api, record, aNum="Num", secretNum={"type": "Num", "hasSensitiveAttributes": True})
    custom = {"custom": {"aNum": 1, "secretNum": 2}}
    opened = await created(
        api, "/v1/conversations", {"customer": ana, "message": {"body": "Hello", **custom}, **custom}
    )
    await desk.run(
        conversations.change,
        ConversationId(opened["id"]),
        {"custom": {"aNum": 3, "secretNum": 4}},
        by=system(OrganisationId(acme.id)),
    )
    await api.patch(f"/v1/users/{acme.admin}", json=custom)
    shown = (await got(api, f"/v1/conversations/{opened['id']}"))["data"]["attributes"]["custom"]
    assert shown == {"aNum": 3, "secretNum": 4}

    report = await asyncio.to_thread(replay, where(desk.settings), WIRING)

    assert report.agrees, report.differences


async def test_users_have_attributes_too(ask: Ask, api: httpx.AsyncClient, acme: Tenant) -> None:
    sensitive = {"type": "Num", "hasSensitiveAttributes": True}
    await declare(api, "user", siteStr={"type": "Str", "default": "London"}, salaryNum=sensitive)
    said = {"email": "eve@acme.test", "displayName": "Eve", "custom": {"salaryNum": 1}}

    eve = await created(api, "/v1/users", said)
    moved = await api.patch(f"/v1/users/{eve['id']}", json={"custom": {"siteStr": "Leeds"}})

    assert eve["attributes"]["custom"] == {"siteStr": "London", "salaryNum": 1}
    assert moved.json()["data"]["attributes"]["custom"] == {"siteStr": "Leeds", "salaryNum": 1}
    lesser = ask(acme.lesser_key)
    seen = (await got(lesser, f"/v1/users/{eve['id']}"))["data"]["attributes"]["custom"]
    assert seen == {"siteStr": "Leeds", "salaryNum": MASK}
    refused = await lesser.patch(f"/v1/users/{eve['id']}", json={"custom": {"siteStr": "York"}})
    assert refusal(refused)[:2] == (403, "forbidden")
    unknown = await api.patch(f"/v1/users/{eve['id']}", json={"custom": {"roleStr": "admin"}})
    assert refusal(unknown) == (400, "badparam", "roleStr")


async def test_messages_have_attributes_too(ask: Ask, api: httpx.AsyncClient, acme: Tenant) -> None:
    sensitive = {"type": "Str", "hasSensitiveAttributes": True}
    await declare(api, "message", campaignStr="Str", cardStr=sensitive)
    ana = (await created(api, "/v1/customers", {"name": "Ana"}))["id"]
    custom = {"campaignStr": "spring", "cardStr": "SECRET"}

    sent = await created(api, f"/v1/customers/{ana}/messages", {"body": "Hello", "custom": custom})
    plain = await created(api, f"/v1/customers/{ana}/messages", {"body": "Bye", "direction": "in"})

    assert (sent["attributes"]["custom"], plain["attributes"]["custom"]) == (custom, {})
    listed = await ask(acme.lesser_key).get("/v1/messages")
    assert "SECRET" not in listed.text
    assert [one["attributes"]["custom"] for one in listed.json()["data"]] == [
        {},
        {"campaignStr": "spring", "cardStr": MASK},
    ]
    refused = await api.post(f"/v1/customers/{ana}/messages", json={"body": "x", "custom": {"xStr": "y"}})
    assert refusal(refused) == (400, "badparam", "xStr")
    for said in ({"type": "Str", "required": True}, {"type": "Str", "default": "x"}):
        answer = await api.put("/v1/metadata/message", json={"properties": {"moreStr": said}})
        assert answer.status_code == 400


async def test_a_klass_has_attributes_by_its_name_and_by_its_id(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient
) -> None:
    klass = (await created(api, "/v1/klasses", {"name": "trip", "displayName": "Trip"}))["id"]

    await declare(api, "trip", seatsNum="Num")
    await declare(api, klass, placeStr="Str")

    for record in ("trip", klass):
        read = (await got(api, f"/v1/metadata/{record}"))["data"]
        assert (read["id"], list(read["attributes"]["properties"])) == (record, ["seatsNum", "placeStr"])
        assert (await foreign.get(f"/v1/metadata/{record}")).status_code == 404
        assert (await foreign.put(f"/v1/metadata/{record}", json={"properties": {}})).status_code == 404
