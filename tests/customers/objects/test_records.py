"""Records of the company's own kinds, over HTTP."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kithdesk.core.clock import ManualClock, iso
from tests.api import Ask, Tenant, created, got, refusal

pytestmark = pytest.mark.anyio

LISBON: dict[str, Any] = {
    "externalId": "shop/7",
    "title": "Lisbon",
    "description": "Two nights",
    "icon": "hotel",
    "images": ["https://shop.test/lisbon.jpg"],
    "custom": {"seatsNum": 2, "stateStr": "open", "codeStr": "L7"},
    "data": {"legs": [{"from": "BER"}]},
    "tags": ["summer", "summer"],
}


async def lisbon(api: httpx.AsyncClient, **more: Any) -> dict[str, Any]:
    return await created(api, "/v1/klasses/trip", LISBON | more)


async def test_a_record_in_kustomers_shape(
    api: httpx.AsyncClient, acme: Tenant, trip: dict[str, Any], ana: str
) -> None:
    made = await lisbon(api, customer=ana)

    path = f"/v1/klasses/trip/{made['id']}"
    assert (await got(api, path))["data"] == made
    attributes = made["attributes"]
    assert (made["type"], made["links"]["self"]) == ("kobject.trip", path)
    for name in ("externalId", "title", "description", "icon", "images", "custom", "data"):
        assert attributes[name] == LISBON[name]
    assert (attributes["tags"], attributes["rev"], attributes["importedAt"]) == (["summer"], 1, None)
    around = made["relationships"]
    assert around["klass"] == {
        "data": {"type": "klass", "id": trip["id"]},
        "link": f"/v1/klasses/{trip['id']}",
    }
    assert around["customer"]["data"] == {"type": "customer", "id": ana}
    assert around["org"]["data"]["id"] == acme.id


async def test_a_record_is_found_by_the_other_systems_id(
    api: httpx.AsyncClient, trip: dict[str, Any]
) -> None:
    made = await lisbon(api)

    assert (await got(api, "/v1/klasses/trip/externalId=shop/7"))["data"] == made
    assert (await got(api, "/v1/klasses/trip?externalId=shop/7"))["data"] == [made]
    assert (await got(api, "/v1/klasses/trip?externalId=8"))["data"] == []
    assert refusal(await api.get("/v1/klasses/trip?externalId=a%00b")) == (400, "badparam", "externalId")
    assert (await api.get("/v1/klasses/trip/externalId=8")).status_code == 404
    assert refusal(await api.post("/v1/klasses/trip", json=LISBON)) == (
        409,
        "external_id_taken",
        "externalId",
    )


async def test_patch_sets_what_is_given(api: httpx.AsyncClient, trip: dict[str, Any], ana: str) -> None:
    path = f"/v1/klasses/trip/{(await lisbon(api, customer=ana))['id']}"

    answer = await api.patch(path, json={"title": None, "custom": {"seatsNum": 3, "codeStr": None}})

    attributes = answer.json()["data"]["attributes"]
    assert (attributes["title"], attributes["custom"]) == (None, {"seatsNum": 3, "stateStr": "open"})
    assert (attributes["description"], attributes["rev"]) == ("Two nights", 2)
    same = await api.patch(path, json={"custom": {"seatsNum": 3}})
    assert same.json()["data"]["attributes"]["rev"] == 2
    assert refusal(await api.patch(path, json={"title": "x", "rev": 1})) == (409, "conflict", "rev")


async def test_replacing_clears_what_is_left_out_but_the_external_id(
    api: httpx.AsyncClient, trip: dict[str, Any], ana: str
) -> None:
    path = f"/v1/klasses/trip/{(await lisbon(api, customer=ana))['id']}"

    await api.put(path, json={"title": "Porto"})
    kept = (await got(api, path))["data"]["attributes"]
    answer = await api.put(f"{path}?replace=true", json={"title": "Porto"})

    assert kept["custom"] == LISBON["custom"]
    replaced = answer.json()["data"]
    assert replaced["attributes"]["custom"] == {}
    assert replaced["attributes"]["tags"] == []
    assert replaced["attributes"]["externalId"] == LISBON["externalId"]
    assert "customer" not in replaced["relationships"]


async def test_a_put_by_external_id_makes_and_then_changes(
    api: httpx.AsyncClient, trip: dict[str, Any], ana: str
) -> None:
    path = "/v1/klasses/trip/externalId=shop:1"
    body = {"customer": ana, "custom": {"stateStr": "open"}}

    first = await api.put(path, json=body)
    same = await api.put(path, json=body)
    changed = await api.put(path, json={"custom": {"stateStr": "booked"}})

    assert [answer.status_code for answer in (first, same, changed)] == [201, 200, 200]
    assert same.json() == first.json()
    data = changed.json()["data"]
    assert (data["id"], data["attributes"]["rev"]) == (first.json()["data"]["id"], 2)
    assert data["attributes"]["externalId"] == "shop:1"
    other = await api.put(path, json={"externalId": "shop:2"})
    assert refusal(other) == (400, "badparam", "externalId")


async def test_what_comes_late_does_not_replace_what_is_newer(
    api: httpx.AsyncClient, trip: dict[str, Any]
) -> None:
    path = "/v1/klasses/trip/externalId=shop:1"

    async def say(state: str, minute: int) -> dict[str, Any]:
        at = f"2026-05-01T10:{minute:02d}:00.000Z"
        answer = await api.put(path, json={"custom": {"stateStr": state}, "sourceUpdatedAt": at})
        attributes: dict[str, Any] = answer.json()["data"]["attributes"]
        return attributes

    await say("open", 10)
    later = await say("open", 30)  # nothing is new, but it was so at half past
    late = await say("booked", 20)
    assert (later["rev"], late["custom"]) == (1, {"stateStr": "open"})
    assert late["sourceUpdatedAt"] == "2026-05-01T10:30:00.000Z"
    newest = await say("booked", 40)
    assert (newest["rev"], newest["custom"]) == (2, {"stateStr": "booked"})


async def test_no_time_that_is_to_come_silences_the_other_system(
    api: httpx.AsyncClient, trip: dict[str, Any], clock: ManualClock
) -> None:
    path = "/v1/klasses/trip/externalId=shop:1"

    async def say(title: str, at: str) -> httpx.Response:
        return await api.put(path, json={"title": title, "sourceUpdatedAt": at})

    assert (await say("first", iso(clock.in_(minutes=4)))).status_code == 201
    for wrong in ("9999-01-01T00:00:00Z", "0001-01-01T00:00:00Z", iso(clock.in_(minutes=6))):
        assert refusal(await say("wrong", wrong)) == (400, "badparam", "sourceUpdatedAt")
    clock.advance(minutes=5)
    answer = await say("next", iso(clock.now()))

    assert answer.json()["data"]["attributes"]["title"] == "next"


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ({"custom": {"unknownStr": "x"}}, "unknownStr"),
        ({"custom": {"seatsNum": "many"}}, "custom.seatsNum"),
        ({"custom": {"stateStr": "lost"}}, "custom.stateStr"),
        ({"icon": "skull"}, "icon"),
        ({"images": ["javascript:alert(1)"]}, "images"),
        ({"images": ["https://x.test/"] * 11}, "images"),
        ({"images": ["https://bank@evil.test/"]}, "images"),
        ({"data": {"x": "y" * 33_000}}, "data"),
        ({"tags": [f"t{n}" for n in range(51)]}, "tags"),
        ({"externalId": " "}, "externalId"),
        ({"customer": "f" * 24}, "customer"),
        ({"company": "f" * 24}, "company"),
        ({"customer": "nobody"}, "customer"),
        ({"title": "x" * 256}, "title"),
        ({"rev": 4, "org": "f" * 24}, "org"),
        ({"updatedAt": "2020-01-01T00:00:00Z"}, "updatedAt"),
        ({"createdBy": "f" * 24}, "createdBy"),
        ({"klass": "other"}, "klass"),
        ({"conversation": "f" * 24}, "conversation"),
        ({"sourceUpdatedAt": "yesterday"}, "sourceUpdatedAt"),
    ],
)
async def test_T24_what_a_record_cannot_be_is_refused(
    api: httpx.AsyncClient, trip: dict[str, Any], body: dict[str, Any], parameter: str
) -> None:
    assert refusal(await api.post("/v1/klasses/trip", json=body)) == (400, "badparam", parameter)
    assert (await got(api, "/v1/klasses/trip"))["data"] == []


async def test_T24_only_administrators_date_a_record(
    api: httpx.AsyncClient, ask: Ask, acme: Tenant, trip: dict[str, Any]
) -> None:
    dates = {"createdAt": "2020-01-01T00:00:00.000Z", "importedAt": "2026-01-01T00:00:00.000Z"}
    for name, date in dates.items():
        answer = await ask(acme.lesser_key).post("/v1/klasses/trip", json={name: date})
        assert refusal(answer) == (403, "forbidden", name)

    made = await created(api, "/v1/klasses/trip", dates)

    assert dates.items() <= made["attributes"].items()


async def test_a_customers_records_come_newest_first_and_by_pages(
    api: httpx.AsyncClient, trip: dict[str, Any], ana: str
) -> None:
    await created(api, "/v1/klasses", {"name": "parcel"})
    ben = (await created(api, "/v1/customers", {"name": "Ben"}))["id"]
    years = ["2024", "2026", "2025"]
    made = {
        year: (
            await created(
                api,
                f"/v1/klasses/{'parcel' if year == '2025' else 'trip'}",
                {"customer": ana, "createdAt": f"{year}-01-01T00:00:00.000Z"},
            )
        )["id"]
        for year in years
    }
    await created(api, "/v1/klasses/trip", {"customer": ben})
    await created(api, "/v1/klasses/trip", {})

    whole = await got(api, f"/v1/customers/{ana}/kobjects")
    second = await got(api, f"/v1/customers/{ana}/kobjects?page=2&pageSize=2")
    trips = await got(api, f"/v1/customers/{ana}/klasses/trip")
    parcels = await got(api, f"/v1/customers/{ana}/kobjects?klass=parcel")

    assert [one["id"] for one in whole["data"]] == [made["2026"], made["2025"], made["2024"]]
    assert [one["type"] for one in whole["data"]] == ["kobject.trip", "kobject.parcel", "kobject.trip"]
    assert (second["meta"]["total"], [one["id"] for one in second["data"]]) == (3, [made["2024"]])
    assert (trips["meta"]["total"], parcels["meta"]["total"]) == (2, 1)
    assert (await got(api, "/v1/klasses/trip"))["meta"]["total"] == 4


async def test_a_company_has_records_of_its_own(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient, trip: dict[str, Any]
) -> None:
    company = (await created(api, "/v1/companies", {"name": "Acme Travel"}))["id"]
    made = await created(api, f"/v1/companies/{company}/klasses/trip", {"title": "Fair"})
    await created(api, "/v1/klasses/trip", {"title": "Nobody's"})

    for path in (f"/v1/companies/{company}/kobjects", f"/v1/companies/{company}/klasses/trip"):
        listed = await got(api, path)
        assert (listed["data"], listed["meta"]["total"]) == ([made], 1)
        assert (await foreign.get(path)).status_code == 404
    assert made["relationships"]["company"]["data"]["id"] == company


async def test_a_record_outlives_its_company(api: httpx.AsyncClient, trip: dict[str, Any]) -> None:
    company = (await created(api, "/v1/companies", {"name": "Acme Travel"}))["id"]
    made = await created(api, f"/v1/companies/{company}/klasses/trip", {"title": "Fair"})

    await api.delete(f"/v1/companies/{company}")

    left = (await got(api, f"/v1/klasses/trip/{made['id']}"))["data"]
    assert (left["attributes"]["title"], "company" in left["relationships"]) == ("Fair", False)


async def test_a_record_can_become_another_customers(
    api: httpx.AsyncClient, trip: dict[str, Any], ana: str
) -> None:
    ben = (await created(api, "/v1/customers", {"name": "Ben"}))["id"]
    path = f"/v1/klasses/trip/{(await lisbon(api, customer=ana))['id']}"

    await api.patch(path, json={"customer": ben})

    timeline = (await got(api, f"/v1/customers/{ana}/timeline"))["data"]
    moved = timeline[-1]["attributes"]
    assert (moved["kind"], moved["data"]["from"], moved["data"]["customer"]) == ("kobject.moved", ana, ben)
    assert (await got(api, f"/v1/customers/{ana}/kobjects"))["meta"]["total"] == 0
    assert (await got(api, f"/v1/customers/{ben}/kobjects"))["meta"]["total"] == 1


async def test_a_deleted_record_is_gone_and_its_external_id_is_free(
    api: httpx.AsyncClient, trip: dict[str, Any], ana: str
) -> None:
    path = f"/v1/klasses/trip/{(await lisbon(api, customer=ana))['id']}"

    assert (await api.delete(path)).status_code == 204

    assert (await api.get(path)).status_code == 404
    assert (await api.delete(path)).status_code == 404
    assert (await got(api, f"/v1/customers/{ana}/kobjects"))["meta"]["total"] == 0
    assert await lisbon(api)
