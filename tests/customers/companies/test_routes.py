"""Companies over HTTP."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from kithdesk.core.desk import Desk, where
from kithdesk.core.errors import Overloaded
from kithdesk.core.replay import replay
from tests.api import Ask, Tenant, created, declare, got, refusal
from tests.slices import WIRING

pytestmark = pytest.mark.anyio

ACME: dict[str, Any] = {
    "name": "Acme",
    "externalId": "c-1",
    "domains": ["acme.example", "Acme.Example", "acme.test"],
    "emails": [{"type": "work", "email": "office@acme.example"}],
    "phones": [{"type": "work", "phone": "+44 20 7946 0958"}],
    "whatsapps": [{"phone": "+34 612 345 678"}],
    "socials": [{"type": "twitter", "username": "acme"}],
    "urls": [{"url": "https://acme.example/"}],
    "locations": [{"city": "London"}],
    "avatarUrl": "https://acme.example/logo.png",
    "employeeCount": 12,
    "defaultLang": "en",
    "tags": ["vip", "vip"],
}
SETTINGS = "/v1/companies/settings"


async def test_the_first_companies_are_there_while_all_else_that_takes_long_must_wait(
    api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await created(api, "/v1/companies", ACME)

    async def is_full(*_: Any, **__: Any) -> Any:
        raise Overloaded("Too much is being looked up just now.", retry_after=2)

    monkeypatch.setattr(Desk, "read_long", is_full)

    assert (await got(api, "/v1/companies"))["meta"]["total"] == 1
    assert (await api.get("/v1/companies?filter=ac")).status_code == 503


async def test_a_company_in_kustomers_shape(api: httpx.AsyncClient, acme: Tenant) -> None:
    await declare(api, "company", planStr="Str")

    made = await created(api, "/v1/companies", {**ACME, "custom": {"planStr": "gold"}})

    assert (await got(api, f"/v1/companies/{made['id']}"))["data"] == made
    attributes = made["attributes"]
    assert (made["type"], attributes["name"], attributes["externalId"]) == ("company", "Acme", "c-1")
    assert attributes["domains"] == ["acme.example", "acme.test"]
    assert attributes["emails"] == [{"email": "office@acme.example", "type": "work", "verified": False}]
    assert attributes["phones"][0]["phone"] == "+442079460958"
    assert attributes["whatsapps"][0]["phone"] == "+34612345678"
    assert attributes["locations"] == [{"cityName": "London"}]
    assert (attributes["tags"], attributes["employeeCount"], attributes["rev"]) == (["vip"], 12, 1)
    assert attributes["custom"] == {"planStr": "gold"}
    assert made["relationships"]["org"]["data"] == {"type": "org", "id": acme.id}
    assert made["relationships"]["customers"]["links"]["self"] == f"/v1/companies/{made['id']}/customers"


async def test_patch_sets_what_is_given_and_put_replaces_on_request(api: httpx.AsyncClient) -> None:
    made = await created(api, "/v1/companies", ACME)
    path = f"/v1/companies/{made['id']}"

    patched = (await api.patch(path, json={"employeeCount": None, "domains": []})).json()["data"][
        "attributes"
    ]
    kept = (await api.put(path, json={"name": None, "tags": ["a"]})).json()["data"]["attributes"]
    replaced = (await api.put(f"{path}?replace=true", json={"tags": ["b"]})).json()["data"]["attributes"]

    assert (patched["employeeCount"], patched["domains"], patched["externalId"]) == (None, [], "c-1")
    assert (kept["name"], kept["tags"], kept["externalId"]) == ("Acme", ["a"], "c-1")
    assert (replaced["name"], replaced["tags"], replaced["externalId"], replaced["rev"]) == (
        "Acme",
        ["b"],
        None,
        4,
    )
    assert refusal(await api.patch(path, json={"tags": [], "rev": 1})) == (409, "conflict", "rev")
    assert (await api.put(f"{path}?replace=true", json={"tags": ["b"]})).json()["data"]["attributes"][
        "rev"
    ] == 4


async def test_a_domain_and_an_external_id_are_of_one_company(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient
) -> None:
    await created(api, "/v1/companies", ACME)
    other = await created(api, "/v1/companies", {"name": "Other"})

    taken = await api.post("/v1/companies", json={"name": "X", "domains": ["ACME.test"]})
    assert refusal(taken) == (409, "company_taken", "domains")
    answer = await api.patch(f"/v1/companies/{other['id']}", json={"externalId": "c-1"})
    assert refusal(answer) == (409, "company_taken", "externalId")
    public = await api.post("/v1/companies", json={"name": "X", "domains": ["gmail.com"]})
    assert refusal(public) == (400, "public_domain", "domains")
    assert (await got(api, "/v1/companies"))["meta"]["total"] == 2
    assert (await foreign.post("/v1/companies", json=ACME)).status_code == 201


async def test_the_list_pages_and_finds(api: httpx.AsyncClient) -> None:
    acme = await created(api, "/v1/companies", ACME)
    percent = await created(api, "/v1/companies", {"name": "A%c_e"})
    umlaut = await created(api, "/v1/companies", {"name": "Ärzte"})

    def ids(listed: Any) -> list[str]:
        return [one["id"] for one in listed["data"]]

    assert ids(await got(api, "/v1/companies?pageSize=2")) == [umlaut["id"], percent["id"]]
    assert ids(await got(api, "/v1/companies?filter=aC")) == [acme["id"]]
    assert ids(await got(api, "/v1/companies?filter=a%25")) == [percent["id"]]
    assert ids(await got(api, "/v1/companies?filter=%C3%84R")) == [umlaut["id"]]
    assert ids(await got(api, "/v1/companies?externalId=c-1")) == [acme["id"]]
    assert ids(await got(api, f"/v1/companies/{acme['id']},{'f' * 24},{umlaut['id']}")) == [
        acme["id"],
        umlaut["id"],
    ]
    nobody = await got(api, "/v1/companies?externalId=c-2")
    assert (nobody["data"], nobody["meta"]["total"]) == ([], 0)


async def test_a_list_knows_how_many_there_are(api: httpx.AsyncClient) -> None:
    names = ("Acme", "ACME Oslo", "Acme\U0001f984", "Acmf", "Acmd", "a-cme")
    made = {name: (await created(api, "/v1/companies", {"name": name}))["id"] for name in names}
    await api.delete(f"/v1/companies/{made['ACME Oslo']}")

    everybody = await got(api, "/v1/companies?pageSize=1")
    called = await got(api, "/v1/companies?filter=acme&pageSize=1")

    assert everybody["meta"]["total"] == 5
    assert (called["data"][0]["id"], called["meta"]["total"]) == (made["Acme\U0001f984"], 2)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": " "},
        {"name": None},
        {"name": "x" * 256},
        {"name": "A", "domains": ["acme"]},
        {"name": "A", "employeeCount": -1},
        {"name": "A", "avatarUrl": "javascript:alert(1)"},
        {"name": "A", "custom": {"undeclaredStr": "x"}},
        {"name": "A", "defaultLang": "x; y"},
        {"name": "A", "emails": [{"email": "a@b.test"}] * 101},
    ],
)
async def test_a_wrong_shape_is_refused(api: httpx.AsyncClient, body: dict[str, Any]) -> None:
    assert refusal(await api.post("/v1/companies", json=body))[:2] == (400, "badparam")
    assert (await got(api, "/v1/companies"))["meta"]["total"] == 0


@pytest.mark.parametrize(
    "field", ["org", "id", "createdBy", "modifiedBy", "roles", "deleted", "rev", "customers"]
)
async def test_T24_what_may_not_be_set_is_refused(api: httpx.AsyncClient, field: str) -> None:
    assert refusal(await api.post("/v1/companies", json={"name": "Eve", field: "x"})) == (
        400,
        "badparam",
        field,
    )


async def test_T24_only_administrators_say_when_a_record_was_made(
    ask: Ask, acme: Tenant, api: httpx.AsyncClient
) -> None:
    body = {"name": "Old", "createdAt": "2020-01-02T03:04:05.006Z"}

    answer = await ask(acme.lesser_key).post("/v1/companies", json=body)

    assert refusal(answer) == (403, "forbidden", "createdAt")
    assert (await created(api, "/v1/companies", body))["attributes"]["createdAt"] == body["createdAt"]


async def test_a_customer_is_of_a_company_until_it_is_left_out(api: httpx.AsyncClient, desk: Desk) -> None:
    company = (await created(api, "/v1/companies", ACME))["id"]
    made = await created(api, "/v1/customers", {"name": "Ana", "company": company})
    path = f"/v1/customers/{made['id']}"

    assert made["relationships"]["company"]["data"] == {"type": "company", "id": company}
    assert made["attributes"]["companyName"] == "Acme"
    members = await got(api, f"/v1/companies/{company}/customers")
    assert ([one["id"] for one in members["data"]], members["meta"]["total"]) == ([made["id"]], 1)
    patched = (await api.patch(path, json={"name": "Ana B."})).json()["data"]
    assert "company" in patched["relationships"]
    put = (await api.put(path, json={"name": "Ana C."})).json()["data"]
    assert "company" not in put["relationships"]
    assert put["attributes"]["companyName"] is None
    assert (await got(api, f"/v1/companies/{company}/customers"))["data"] == []
    assert (await asyncio.to_thread(replay, where(desk.settings), WIRING)).agrees


async def test_a_deleted_company_is_not_there_and_its_customers_have_none(
    api: httpx.AsyncClient, desk: Desk
) -> None:
    company = (await created(api, "/v1/companies", ACME))["id"]
    made = await created(api, "/v1/customers", {"name": "Ana", "company": company})

    assert (await api.delete(f"/v1/companies/{company}")).status_code == 204

    for path in (f"/v1/companies/{company}", f"/v1/companies/{company}/customers"):
        assert (await api.get(path)).status_code == 404
    assert (await api.delete(f"/v1/companies/{company}")).status_code == 404
    assert (await got(api, "/v1/companies"))["meta"]["total"] == 0
    ana = (await got(api, f"/v1/customers/{made['id']}"))["data"]
    assert (ana["attributes"]["companyName"], "company" in ana["relationships"]) == (None, False)
    assert (await api.patch(f"/v1/customers/{made['id']}", json={"name": "Ana B."})).status_code == 200
    ben = await api.post("/v1/customers", json={"name": "Ben", "company": company})
    assert refusal(ben) == (400, "badparam", "company")
    await created(api, "/v1/companies", ACME)
    assert (await asyncio.to_thread(replay, where(desk.settings), WIRING)).agrees


async def test_T22_T23_another_organisations_company_is_not_there(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient, ask: Ask, acme: Tenant
) -> None:
    made = await created(api, "/v1/companies", ACME)
    path = f"/v1/companies/{made['id']}"

    for answer in (
        await foreign.get(path),
        await foreign.get(f"{path}/customers"),
        await foreign.patch(path, json={"name": "Hacked"}),
        await foreign.put(path, json={}),
        await foreign.delete(path),
    ):
        assert answer.status_code == 404
    theirs = await foreign.post("/v1/customers", json={"name": "Eve", "company": made["id"]})
    assert refusal(theirs) == (400, "badparam", "company")
    assert (await ask().get(path)).status_code == 401
    assert (await ask(acme.lesser_key).delete(path)).status_code == 403
    assert (await ask(acme.lesser_key).put(SETTINGS, json={"joinByDomain": True})).status_code == 403
    assert (await got(api, path))["data"] == made


async def test_the_settings_are_what_was_set(api: httpx.AsyncClient) -> None:
    assert (await got(api, SETTINGS))["data"]["attributes"] == {"joinByDomain": False}

    answer = await api.put(SETTINGS, json={"joinByDomain": True})

    assert answer.json()["data"]["attributes"] == {"joinByDomain": True}
    assert refusal(await api.put(SETTINGS, json={"joinByDomain": "yes"})) == (400, "badparam", "joinByDomain")
    assert refusal(await api.put(SETTINGS, json={"joinByGuess": True})) == (400, "badparam", "joinByGuess")


async def test_a_change_of_something_else_leaves_the_company_as_somebody_has_set_it(
    api: httpx.AsyncClient,
) -> None:
    await api.put(SETTINGS, json={"joinByDomain": True})
    await created(api, "/v1/companies", ACME)
    globex = await created(api, "/v1/companies", {"name": "Globex"})
    of_globex = {"name": "Ana", "emails": [{"email": "ana@gmail.com"}], "company": globex["id"]}
    of_nobody = {"name": "Ben", "emails": [{"email": "ben@acme.test"}], "company": None}
    ana, ben = [(await created(api, "/v1/customers", body))["id"] for body in (of_globex, of_nobody)]
    await api.patch(f"/v1/customers/{ben}", json={"company": None})

    answers = [await api.patch(f"/v1/customers/{id}", json={"tags": ["vip"]}) for id in (ana, ben)]

    companies = [answer.json()["data"]["relationships"].get("company") for answer in answers]
    assert [one and one["data"] and one["data"]["id"] for one in companies] == [globex["id"], None]
