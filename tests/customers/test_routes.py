"""`/v1/customers` in Kustomer's shapes."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from kithdesk.core.desk import Desk
from tests.api import Ask, Tenant, created, declare, got, refusal

pytestmark = pytest.mark.anyio

ATTRIBUTES = [
    "name",
    "firstName",
    "lastName",
    "displayName",
    "displayColor",
    "displayIcon",
    "companyName",
    "username",
    "avatarUrl",
    "gender",
    "birthdayAt",
    "locale",
    "timeZone",
    "defaultLang",
    "externalId",
    "externalIds",
    "sharedExternalIds",
    "emails",
    "sharedEmails",
    "phones",
    "sharedPhones",
    "whatsapps",
    "sharedWhatsapps",
    "facebookIds",
    "instagramIds",
    "smoochIds",
    "socials",
    "sharedSocials",
    "urls",
    "locations",
    "activeUsers",
    "watchers",
    "recentLocation",
    "createdAt",
    "updatedAt",
    "modifiedAt",
    "importedAt",
    "signedUpAt",
    "lastSeenAt",
    "lastActivityAt",
    "lastCustomerActivityAt",
    "lastMessageAt",
    "lastMessageIn",
    "lastMessageOut",
    "lastMessageUnrespondedTo",
    "lastConversation",
    "conversationCounts",
    "preview",
    "tags",
    "sentiment",
    "progressiveStatus",
    "verified",
    "deleted",
    "presence",
    "rev",
    "recentItems",
    "satisfactionLevel",
    "unmaskingWindow",
    "roleGroupVersions",
    "accessOverride",
    "custom",
]

ANA: dict[str, Any] = {
    "name": "Ana Gómez",
    "emails": [{"type": "work", "email": "ana@acme.test"}],
    "phones": [{"type": "mobile", "phone": "+44 20 7946 0958"}],
    "externalId": "shop-42",
    "locale": "es_ES",
    "timeZone": "Europe/Madrid",
    "socials": [{"type": "twitter", "username": "ana"}],
    "custom": {"ordersNum": 3, "vipBool": True},
}


@pytest.fixture(autouse=True)
async def _declared(api: httpx.AsyncClient, foreign: httpx.AsyncClient) -> None:
    for client in (api, foreign):
        await declare(client, "customer", ordersNum="Num", vipBool="Bool", sizeStr="Str")


async def test_a_customer_in_kustomers_shape(api: httpx.AsyncClient, acme: Tenant) -> None:
    made = await created(api, "/v1/customers", ANA)

    read = (await got(api, f"/v1/customers/{made['id']}"))["data"]
    assert read == made
    attributes = made["attributes"]
    assert set(ATTRIBUTES) <= attributes.keys()
    assert (attributes["firstName"], attributes["lastName"]) == ("Ana", "Gómez")
    assert attributes["emails"] == [{"type": "work", "email": "ana@acme.test", "verified": False}]
    assert attributes["phones"][0]["phone"] == "+442079460958"
    assert attributes["conversationCounts"] == {"all": 0, "open": 0, "snoozed": 0, "done": 0}
    assert (attributes["rev"], attributes["custom"]) == (1, ANA["custom"])
    assert made["relationships"]["org"]["data"] == {"type": "org", "id": acme.id}
    assert made["links"]["self"] == f"/v1/customers/{made['id']}"


@pytest.mark.parametrize(
    "path", ["email=ANA@acme.test", "phone=%2B44%2020%207946%200958", "externalId=shop-42"]
)
async def test_a_customer_is_found_by_what_is_theirs(api: httpx.AsyncClient, path: str) -> None:
    made = await created(api, "/v1/customers", ANA)

    assert (await got(api, f"/v1/customers/{path}"))["data"]["id"] == made["id"]


@pytest.mark.parametrize(
    "path", ["email=ben@acme.test", "email=", "phone=x", "externalId=43", "f" * 24, "f", "counts"]
)
async def test_who_is_not_there_is_not_found(api: httpx.AsyncClient, path: str) -> None:
    answer = await api.get(f"/v1/customers/{path}")

    assert answer.status_code == 404
    assert answer.json()["errors"] == [{"status": 404, "code": "notfound", "title": "Not Found"}]


async def test_patch_sets_what_is_given(api: httpx.AsyncClient) -> None:
    made = await created(api, "/v1/customers", ANA)

    answer = await api.patch(
        f"/v1/customers/{made['id']}",
        json={"name": None, "custom": {"vipBool": None, "sizeStr": "L"}, "tags": ["vip"]},
    )

    attributes = answer.json()["data"]["attributes"]
    assert (attributes["name"], attributes["displayName"]) == (None, "ana@acme.test")
    assert attributes["custom"] == {"ordersNum": 3, "sizeStr": "L"}
    assert (attributes["tags"], attributes["rev"], attributes["externalId"]) == (["vip"], 2, "shop-42")


async def test_put_changes_the_same_and_replaces_on_request(api: httpx.AsyncClient) -> None:
    made = await created(api, "/v1/customers", ANA)
    path = f"/v1/customers/{made['id']}"

    kept = (await api.put(path, json={"username": "ana", "company": None})).json()["data"]["attributes"]
    replaced = (await api.put(f"{path}?replace=true", json={"name": "Ana"})).json()["data"]["attributes"]

    assert (kept["username"], kept["externalId"]) == ("ana", "shop-42")
    assert (replaced["name"], replaced["username"], replaced["emails"], replaced["custom"]) == (
        "Ana",
        None,
        [],
        {},
    )
    assert (await api.get("/v1/customers/externalId=shop-42")).status_code == 404


async def test_a_change_of_an_older_revision_is_refused(api: httpx.AsyncClient) -> None:
    made = await created(api, "/v1/customers", ANA)

    answer = await api.patch(f"/v1/customers/{made['id']}", json={"name": "X", "rev": 7})

    assert refusal(answer) == (409, "conflict", "rev")


async def test_a_second_owner_of_an_address_is_a_conflict(api: httpx.AsyncClient) -> None:
    await created(api, "/v1/customers", ANA)
    ben = await created(api, "/v1/customers", {"name": "Ben"})

    assert refusal(await api.post("/v1/customers", json={"emails": [{"email": "Ana@Acme.test"}]})) == (
        409,
        "address_taken",
        "emails",
    )
    answer = await api.patch(f"/v1/customers/{ben['id']}", json={"externalId": "shop-42"})
    assert refusal(answer) == (409, "address_taken", "externalId")
    assert (await got(api, "/v1/customers"))["meta"]["total"] == 2


async def test_whose_an_address_is_already_is_said_with_the_refusal(api: httpx.AsyncClient) -> None:
    ana = await created(api, "/v1/customers", ANA)
    ben = await created(api, "/v1/customers", {"name": "Ben"})

    answer = await api.patch(f"/v1/customers/{ben['id']}", json={"externalId": "shop-42"})

    (error,) = answer.json()["errors"]
    assert error["meta"] == {"customer": {"id": ana["id"], "displayName": ana["attributes"]["displayName"]}}


@pytest.mark.parametrize(
    "field",
    [
        "org",
        "id",
        "createdBy",
        "modifiedBy",
        "roles",
        "isMasked",
        "claims",
        "deleted",
        "conversationCounts",
        "nonsense",
    ],
)
async def test_T24_what_may_not_be_set_is_refused(api: httpx.AsyncClient, field: str) -> None:
    answer = await api.post("/v1/customers", json={"name": "Eve", field: "x"})

    assert refusal(answer) == (400, "badparam", field)
    assert (await got(api, "/v1/customers"))["meta"]["total"] == 0


async def test_T24_verified_is_never_taken_from_outside(api: httpx.AsyncClient) -> None:
    body = {
        "emails": [{"email": "ana@acme.test", "verified": True}],
        "externalIds": [{"externalId": "1", "verified": True}],
    }

    made = await created(api, "/v1/customers", body)

    assert not made["attributes"]["emails"][0]["verified"]
    assert not made["attributes"]["externalIds"][0]["verified"]
    assert not made["attributes"]["verified"]


async def test_T24_only_administrators_say_when_a_record_was_made(
    ask: Ask, api: httpx.AsyncClient, acme: Tenant
) -> None:
    body = {"name": "Old", "createdAt": "2020-01-02T03:04:05.006Z"}

    assert refusal(await ask(acme.lesser_key).post("/v1/customers", json=body)) == (
        403,
        "forbidden",
        "createdAt",
    )
    made = await created(api, "/v1/customers", body)

    assert made["attributes"]["createdAt"] == body["createdAt"]
    assert (await got(api, "/v1/customers"))["meta"]["total"] == 1


@pytest.mark.parametrize(
    "body",
    [
        {"emails": [{"email": "no"}]},
        {"emails": "ana@acme.test"},
        {"phones": [{"phone": "x"}]},
        {"avatarUrl": "javascript:alert(1)"},
        {"custom": {"bad-name": 1}},
        {"custom": []},
        {"birthdayAt": "soon"},
        {"emails": [{"email": f"a{n}@acme.test"} for n in range(101)]},
        {"name": "x" * 256},
        {"name": "half \ud800"},
    ],
)
async def test_a_wrong_shape_is_refused(api: httpx.AsyncClient, body: dict[str, Any]) -> None:
    answer = await api.post(
        "/v1/customers", content=json.dumps(body).encode(), headers={"Content-Type": "application/json"}
    )

    assert answer.status_code == 400, answer.text
    assert answer.json()["errors"][0]["code"] == "badparam"
    assert (await got(api, "/v1/customers"))["meta"]["total"] == 0


async def test_T70_an_idempotency_key_makes_one_record(api: httpx.AsyncClient) -> None:
    headers = {"Idempotency-Key": "k1"}

    first = await api.post("/v1/customers", json={"name": "Ana"}, headers=headers)
    again = await api.post("/v1/customers", json={"name": "Ana"}, headers=headers)
    other = await api.post("/v1/customers", json={"name": "Ben"}, headers=headers)

    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert other.status_code == 409
    assert (await got(api, "/v1/customers"))["meta"]["total"] == 1


async def test_the_list_pages_newest_first(api: httpx.AsyncClient) -> None:
    made = [await created(api, "/v1/customers", {"name": f"C{n}"}) for n in range(5)]

    first = await got(api, "/v1/customers?pageSize=2")
    last = await got(api, "/v1/customers?page=3&pageSize=2")

    assert [one["id"] for one in first["data"]] == [made[4]["id"], made[3]["id"]]
    assert first["meta"] == {"page": 1, "pageSize": 2, "total": 5, "totalPages": 3}
    assert first["links"]["next"].startswith("/v1/customers?")
    assert [one["id"] for one in last["data"]] == [made[0]["id"]]
    assert last["links"]["next"] is None
    both = await got(api, f"/v1/customers/{made[1]['id']},{made[0]['id']},{'f' * 24},x")
    assert [one["id"] for one in both["data"]] == [made[1]["id"], made[0]["id"]]
    assert refusal(await api.get("/v1/customers/" + ",".join(["f" * 24] * 101)))[0] == 400


async def test_T22_another_organisation_finds_and_changes_nothing(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient, ask: Ask
) -> None:
    mine = await created(api, "/v1/customers", ANA)
    theirs = await created(foreign, "/v1/customers", ANA)
    path = f"/v1/customers/{mine['id']}"

    never = await foreign.get(f"/v1/customers/{'f' * 24}")
    for answer in (
        await foreign.get(path),
        await foreign.patch(path, json={"name": "Hacked"}),
        await foreign.put(path, json={}),
    ):
        assert answer.status_code == 404
        assert answer.json()["errors"] == never.json()["errors"]
    assert (await got(foreign, "/v1/customers/email=ana@acme.test"))["data"]["id"] == theirs["id"]
    assert [one["id"] for one in (await got(foreign, "/v1/customers"))["data"]] == [theirs["id"]]
    assert (await got(foreign, f"/v1/customers/{mine['id']},{theirs['id']}"))["data"][0]["id"] == theirs["id"]
    assert (await got(api, path))["data"] == mine
    assert (await ask().get(path)).status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        "/v1/customers",
        "/v1/companies",
        "/v1/companies/{company}/customers",
        "/v1/klasses/trip",
        "/v1/customers/{customer}/kobjects",
        "/v1/customers/{customer}/klasses/trip",
    ],
)
async def test_a_list_without_end_has_a_hundred_pages_and_holds_nobody_up(
    api: httpx.AsyncClient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = await created(api, "/v1/companies", {"name": "Acme"})
    ana = await created(api, "/v1/customers", {"name": "Ana"})
    await created(api, "/v1/klasses", {"name": "trip"})
    list_at = path.format(company=company["id"], customer=ana["id"])
    at_once: list[str] = []
    read = Desk.read

    async def see(desk: Desk, query: Callable[..., Any], *args: Any, **values: Any) -> Any:
        at_once.append(query.__name__)
        return await read(desk, query, *args, **values)

    monkeypatch.setattr(Desk, "read", see)

    assert (await api.get(f"{list_at}?page=100")).status_code == 200
    assert refusal(await api.get(f"{list_at}?page=101")) == (400, "search_too_costly", "page")
    assert "listed" not in at_once


@pytest.mark.parametrize(
    "written", ["1990-03-04", "1990-03-04T23:30:00-05:00", "1990-03-04T00:10:00.000+02:00"]
)
async def test_a_birthday_is_the_day_that_is_written(api: httpx.AsyncClient, written: str) -> None:
    made = await created(api, "/v1/customers", {"name": "Ana", "birthdayAt": written})

    assert made["attributes"]["birthdayAt"] == "1990-03-04T00:00:00.000Z"
