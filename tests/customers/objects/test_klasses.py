"""What kinds of records an organisation keeps."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from kithdesk import customers
from kithdesk.core.desk import where
from kithdesk.core.replay import replay
from kithdesk.core.settings import Settings
from kithdesk.core.work import Wiring
from kithdesk.customers.objects.palette import COLORS, ICONS
from kithdesk.customers.objects.queries import find_klass
from tests.api import Ask, Tenant, created, got, refusal
from tests.make import Make

pytestmark = pytest.mark.anyio


async def test_a_klass_in_kustomers_shape(api: httpx.AsyncClient, acme: Tenant, trip: dict[str, Any]) -> None:
    assert (await got(api, f"/v1/klasses/{trip['id']}"))["data"] == trip
    attributes = trip["attributes"]
    assert (trip["type"], attributes["name"], attributes["status"]) == ("klass", "trip", "enabled")
    assert (attributes["displayName"], attributes["pluralName"]) == ("Trip", "Trips")
    assert (attributes["icon"], attributes["color"]) == ("plane", "#2563ab")
    assert attributes["metadata"]["properties"]["seatsNum"]["type"] == "Num"
    assert attributes["card"] == {"fields": ["stateStr", "seatsNum"], "title": "codeStr"}
    assert trip["relationships"]["org"]["data"]["id"] == acme.id


async def test_a_name_leads_to_records_and_an_id_to_the_klass(
    api: httpx.AsyncClient, trip: dict[str, Any]
) -> None:
    made = await created(api, "/v1/klasses/trip", {"title": "Lisbon"})

    assert [one["id"] for one in (await got(api, "/v1/klasses/trip"))["data"]] == [made["id"]]
    assert (await got(api, f"/v1/klasses/{trip['id']}"))["data"]["type"] == "klass"
    listed = await got(api, "/v1/klasses?pageSize=1")
    assert ([one["id"] for one in listed["data"]], listed["meta"]["total"]) == ([trip["id"]], 1)


@pytest.mark.parametrize("key", ["name", "id"])
async def test_a_klass_is_changed_by_name_or_id(
    api: httpx.AsyncClient, trip: dict[str, Any], key: str
) -> None:
    path = f"/v1/klasses/{trip['attributes']['name'] if key == 'name' else trip['id']}"

    changed = (await api.put(path, json={"displayName": "Voyage", "color": "#AABBCC"})).json()["data"]

    attributes = changed["attributes"]
    assert (attributes["displayName"], attributes["color"], attributes["rev"]) == ("Voyage", "#aabbcc", 2)
    assert attributes["card"] == trip["attributes"]["card"]
    again = (await api.put(path, json={"displayName": "Voyage"})).json()["data"]
    assert again["attributes"]["rev"] == 2
    assert refusal(await api.put(path, json={"icon": "box", "rev": 1})) == (409, "conflict", "rev")


async def test_attributes_are_added_and_removed_with_the_klass(
    api: httpx.AsyncClient, trip: dict[str, Any]
) -> None:
    properties = {"mealStr": {"displayName": "Meal", "type": "Str"}, "codeStr": None}

    changed = await api.put("/v1/klasses/trip", json={"metadata": {"properties": properties}})

    known = changed.json()["data"]["attributes"]["metadata"]["properties"]
    assert ("mealStr" in known, "codeStr" in known, "seatsNum" in known) == (True, False, True)
    made = await created(api, "/v1/klasses/trip", {"custom": {"mealStr": "Soup"}})
    assert made["attributes"]["card"]["title"] == "Trip"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Trip",
        "1st",
        "a b",
        "a;DROP TABLE kobjects",
        "a'--",
        "a" * 65,
        "a" * 24,
        "naïve",
        "customer",
        "kObject",
        "bulk",
        "_x",
        "trip\n",
    ],
)
async def test_T38_a_klass_has_a_plain_name(api: httpx.AsyncClient, name: str) -> None:
    answer = await api.post("/v1/klasses", json={"name": name})

    assert refusal(answer) == (400, "badparam", "name")
    assert (await got(api, "/v1/klasses"))["data"] == []


@pytest.mark.parametrize("name", ["trip", "tRIP"])
async def test_names_are_taken_whatever_their_case(
    api: httpx.AsyncClient, trip: dict[str, Any], name: str
) -> None:
    assert refusal(await api.post("/v1/klasses", json={"name": name})) == (409, "klass_taken", "name")


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ({"icon": "skull"}, "icon"),
        ({"color": "mauve"}, "color"),
        ({"color": "#12345"}, "color"),
        ({"status": "gone"}, "status"),
        ({"mixins": ["flying"]}, "mixins"),
        ({"displayName": "a\u202eb"}, "displayName"),
        ({"card": {"fields": ["nothingStr"]}}, "card.fields"),
        ({"card": {"fields": ["secretStr"]}}, "card.fields"),
        ({"card": {"title": "nothingStr"}}, "card.title"),
        ({"card": {"fields": ["seatsNum"] * 101}}, "card.fields"),
        ({"rev": 1, "id": "f" * 24}, "id"),
        ({"createdAt": "2020-01-01T00:00:00Z"}, "createdAt"),
    ],
)
async def test_T24_what_a_klass_cannot_be_is_refused(
    api: httpx.AsyncClient, trip: dict[str, Any], body: dict[str, Any], parameter: str
) -> None:
    assert refusal(await api.put("/v1/klasses/trip", json=body)) == (400, "badparam", parameter)
    assert (await got(api, f"/v1/klasses/{trip['id']}"))["data"] == trip


async def test_a_refused_klass_leaves_no_attributes_behind(api: httpx.AsyncClient) -> None:
    body = {
        "name": "trip",
        "metadata": {"properties": {"aStr": {"type": "Str"}}},
        "card": {"title": "noStr"},
    }
    assert (await api.post("/v1/klasses", json=body)).status_code == 400

    made = await created(api, "/v1/klasses", {"name": "trip"})

    assert made["attributes"]["metadata"]["properties"] == {}


async def test_a_klass_with_records_stays(api: httpx.AsyncClient, trip: dict[str, Any]) -> None:
    made = await created(api, "/v1/klasses/trip", {})

    answer = await api.delete("/v1/klasses/trip")

    assert refusal(answer)[:2] == (409, "klass_in_use")
    assert "Records of this klass: 1." in answer.json()["errors"][0]["detail"]
    assert (await api.delete(f"/v1/klasses/trip/{made['id']}")).status_code == 204
    assert (await api.delete("/v1/klasses/trip")).status_code == 204
    assert (await api.get("/v1/klasses/trip")).status_code == 404
    assert (await api.get(f"/v1/klasses/{trip['id']}")).status_code == 404


async def test_a_klass_that_is_gone_takes_its_attributes_and_their_types_along(
    api: httpx.AsyncClient, trip: dict[str, Any], settings: Settings, wiring: Wiring
) -> None:
    old = set(trip["attributes"]["metadata"]["properties"])
    assert "seatsNum" in old
    await api.put("/v1/klasses/trip", json={"metadata": {"properties": {"codeStr": None}}})

    assert (await api.delete("/v1/klasses/trip")).status_code == 204
    assert (await api.get("/v1/metadata/trip")).status_code == 404
    properties = {"seatsNum": {"type": "Str"}, "codeStr": {"type": "Str", "hasSensitiveAttributes": True}}
    again = await created(api, "/v1/klasses", {"name": "trip", "metadata": {"properties": properties}})

    shown = again["attributes"]["metadata"]["properties"]
    assert {name: one["type"] for name, one in shown.items()} == {"seatsNum": "Str", "codeStr": "Str"}
    assert shown["codeStr"]["hasSensitiveAttributes"] is True
    assert replay(where(settings), wiring).agrees


async def test_a_klass_for_what_is_there_takes_nothing_new(
    api: httpx.AsyncClient, trip: dict[str, Any]
) -> None:
    made = await created(api, "/v1/klasses/trip", {"title": "Lisbon"})
    path = f"/v1/klasses/trip/{made['id']}"

    await api.put("/v1/klasses/trip", json={"status": "existing_only"})

    assert refusal(await api.post("/v1/klasses/trip", json={})) == (409, "klass_closed", "klass")
    assert (await api.patch(path, json={"title": "Porto"})).status_code == 200


async def test_a_disabled_klass_changes_nothing_and_shows_no_card(
    api: httpx.AsyncClient, trip: dict[str, Any], ana: str
) -> None:
    made = await created(api, "/v1/klasses/trip", {"title": "Lisbon", "customer": ana})
    path = f"/v1/klasses/trip/{made['id']}"
    assert (await got(api, f"/v1/customers/{ana}/kobjects"))["meta"]["total"] == 1

    await api.put("/v1/klasses/trip", json={"status": "disabled"})

    for answer in (
        await api.post("/v1/klasses/trip", json={}),
        await api.patch(path, json={"title": "Porto"}),
        await api.delete(path),
    ):
        assert refusal(answer) == (409, "klass_closed", "klass")
    assert (await got(api, path))["data"]["attributes"]["title"] == "Lisbon"
    shown = await got(api, f"/v1/customers/{ana}/kobjects")
    assert (shown["data"], shown["meta"]["total"]) == ([], 0)


async def test_T22_declaring_takes_an_administrator(ask: Ask, acme: Tenant, trip: dict[str, Any]) -> None:
    lesser = ask(acme.lesser_key)

    assert (await got(lesser, f"/v1/klasses/{trip['id']}"))["data"]["id"] == trip["id"]
    for answer in (
        await lesser.post("/v1/klasses", json={"name": "other"}),
        await lesser.put("/v1/klasses/trip", json={"displayName": "x"}),
        await lesser.delete("/v1/klasses/trip"),
    ):
        assert answer.status_code == 403


async def test_T22_another_organisations_klass_is_not_there(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient, trip: dict[str, Any]
) -> None:
    for key in ("trip", trip["id"]):
        path = f"/v1/klasses/{key}"
        for answer in (
            await foreign.get(path),
            await foreign.put(path, json={"displayName": "x"}),
            await foreign.delete(path),
            await foreign.post(path, json={}),
        ):
            assert answer.status_code == 404
    assert (await got(foreign, "/v1/klasses"))["data"] == []


def test_orders_are_declared_once_and_stay_as_they_were_changed(make: Make) -> None:
    with make.work(make.system) as work:
        first = customers.declare_order_klass(work)
        customers.declare_klass(work, "order", customers.KlassWish(display_name="Purchase"))
    with make.work(make.system) as work:
        customers.declare_order_klass(work)
        assert work.published == []
        found = find_klass(work, "order")

    assert (first.display_name, first.card_title) == ("Order", "orderNumberStr")
    assert found is not None
    assert found.display_name == "Purchase"


def test_declaring_twice_states_it_once(make: Make) -> None:
    wish = customers.KlassWish(
        display_name="Trip", properties={"seatsNum": {"type": "Num"}}, card_fields=["seatsNum"]
    )
    with make.work(make.admin()) as work:
        customers.declare_klass(work, "trip", wish)
    with make.work(make.admin()) as work:
        customers.declare_klass(work, "trip", wish)

        assert work.published == []


def test_the_page_for_administrators_lists_every_icon_and_colour() -> None:
    page = (Path(__file__).parents[3] / "docs/objects.md").read_text(encoding="utf-8")
    listed = re.search(r"^Icons: (.+?)\.$", page, re.MULTILINE | re.DOTALL)

    assert listed is not None
    assert tuple(re.split(r",\s+", listed[1])) == ICONS
    assert f"or {', '.join(COLORS)}." in page
