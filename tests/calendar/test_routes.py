"""`/v1/schedules`."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk, where
from kithdesk.core.replay import replay
from kithdesk.core.work import Wiring
from tests.api import Ask, Tenant, created, got, refusal

pytestmark = pytest.mark.anyio

PATH = "/v1/schedules"
WEEK = {str(day): [[540, 720], [780, 1_020]] for day in range(1, 6)}
OFFICE: dict[str, Any] = {"name": "Office", "timezone": "Europe/Berlin", "hours": WEEK}
BAVARIA = {"country": "DE", "subdivision": "BY"}
NOWHERE = "f" * 24


async def test_a_schedule_in_kustomers_shape(api: httpx.AsyncClient, acme: Tenant) -> None:
    eve = {"date": "2026-12-24", "name": "Christmas Eve", "hours": [[540, 720]]}

    answer = await api.post(PATH, json={**OFFICE, "holidays": BAVARIA, "dates": [eve]})

    assert answer.status_code == 200, answer.text
    data = answer.json()["data"]
    assert data == (await got(api, f"{PATH}/{data['id']}"))["data"]
    assert (data["type"], data["links"]["self"]) == ("schedule", f"{PATH}/{data['id']}")
    assert data["relationships"]["org"]["data"] == {"type": "org", "id": acme.id}
    assert data["attributes"] == {
        "name": "Office",
        "hours": {"0": [], **WEEK, "6": []},
        "timezone": "Europe/Berlin",
        "default": True,
        "holidays": {**BAVARIA, "categories": ["public"]},
        "dates": [eve],
        "open": False,
        "nextOpeningAt": "2026-11-30T12:00:00.000Z",
        "nextClosingAt": "2026-11-30T16:00:00.000Z",
        "rev": 1,
        "createdAt": "2026-11-30T11:00:00.000Z",
        "updatedAt": "2026-11-30T11:00:00.000Z",
    }


async def test_there_is_always_exactly_one_default(api: httpx.AsyncClient) -> None:
    assert refusal(await api.get(f"{PATH}/default")) == (404, "notfound", None)
    first = await created(api, PATH, OFFICE)
    second = await created(api, PATH, {**OFFICE, "name": "Night"})
    third = await created(api, PATH, {**OFFICE, "name": "Weekend", "default": True})

    assert await _defaults(api) == [third["id"]]
    assert (await api.patch(f"{PATH}/{second['id']}", json={"default": True})).status_code == 200
    assert await _defaults(api) == [second["id"]]
    assert (await got(api, f"{PATH}/default"))["data"]["id"] == second["id"]
    refused = await api.patch(f"{PATH}/{second['id']}", json={"default": False})
    assert refusal(refused) == (409, "default_schedule", "default")
    assert refusal(await api.delete(f"{PATH}/{second['id']}")) == (409, "default_schedule", "default")
    for one in (first, third, second):
        assert (await api.delete(f"{PATH}/{one['id']}")).status_code == 204
    assert await _defaults(api) == []


async def _defaults(api: httpx.AsyncClient) -> list[str]:
    found = (await got(api, PATH))["data"]
    return [one["id"] for one in found if one["attributes"]["default"]]


async def test_a_change_keeps_what_it_does_not_name(api: httpx.AsyncClient, clock: ManualClock) -> None:
    dates = [{"date": "2026-12-24", "name": "Christmas Eve", "hours": []}]
    made = await created(api, PATH, {**OFFICE, "holidays": BAVARIA, "dates": dates})
    path = f"{PATH}/{made['id']}"
    clock.advance(hours=1)

    renamed = (await api.put(path, json={"name": "Headquarters"})).json()["data"]["attributes"]
    same = (await api.put(path, json={"name": "Headquarters", "hours": WEEK})).json()["data"]["attributes"]
    bare = (await api.patch(path, json={"holidays": None, "dates": []})).json()["data"]["attributes"]

    moved = {"name": "Headquarters", "rev": 2, "updatedAt": "2026-11-30T12:00:00.000Z"}
    now = {"open": True, "nextOpeningAt": "2026-12-01T08:00:00.000Z"}
    assert renamed == {**made["attributes"], **moved, **now}
    assert same == renamed
    assert bare == {**renamed, "holidays": None, "dates": [], "rev": 3}


async def test_of_two_who_change_a_schedule_at_once_the_second_is_told(api: httpx.AsyncClient) -> None:
    path = f"{PATH}/{(await created(api, PATH, OFFICE))['id']}"
    christmas: dict[str, Any] = {"date": "2026-12-25", "name": "Closed", "hours": []}
    new_year: dict[str, Any] = {**christmas, "date": "2027-01-01"}

    await api.patch(path, json={"dates": [christmas], "rev": 1})
    late = await api.patch(path, json={"dates": [new_year], "rev": 1})

    assert refusal(late) == (409, "conflict", "rev")
    kept = (await got(api, path))["data"]["attributes"]
    assert (kept["dates"], kept["rev"]) == ([christmas], 2)
    anew = await api.patch(path, json={"dates": [christmas, new_year], "rev": 2})
    assert anew.json()["data"]["attributes"]["dates"] == [christmas, new_year]


async def test_hours_come_back_in_order_and_a_night_may_end_tomorrow(api: httpx.AsyncClient) -> None:
    hours = {"5": [[1_320, 120], [540, 720], [720, 780]], "6": [[0, 1_440]]}

    made = await created(api, PATH, {**OFFICE, "hours": hours})

    assert made["attributes"]["hours"]["5"] == [[540, 720], [720, 780], [1_320, 120]]
    assert made["attributes"]["hours"]["6"] == [[0, 1_440]]


@pytest.mark.parametrize(
    ("wrong", "code", "parameter"),
    [
        ({"name": ""}, "badparam", "name"),
        ({"name": "A\u202eB"}, "badparam", "name"),
        ({"timezone": "Mars/Olympus"}, "unknown_timezone", "timezone"),
        ({"timezone": "../../etc/passwd"}, "unknown_timezone", "timezone"),
        ({"timezone": "europe/berlin"}, "unknown_timezone", "timezone"),
        ({"hours": {"7": [[0, 60]]}}, "bad_hours", "hours"),
        ({"hours": {"monday": [[0, 60]]}}, "bad_hours", "hours"),
        ({"hours": {"1": [[60, 60]]}}, "bad_hours", "hours.1"),
        ({"hours": {"1": [[60, 0]]}}, "bad_hours", "hours.1"),
        ({"hours": {"1": [[1_440, 60]]}}, "bad_hours", "hours.1"),
        ({"hours": {"1": [[540, 720], [719, 800]]}}, "bad_hours", "hours.1"),
        ({"hours": {"1": [[540, 60], [600, 660]]}}, "bad_hours", "hours.1"),
        ({"hours": {"1": [[540, 1_441]]}}, "badparam", "hours.1.0.1"),
        ({"hours": {"1": [["540", 720]]}}, "badparam", "hours.1.0.0"),
        ({"hours": {"1": [[540, 720, 800]]}}, "badparam", "hours.1.0"),
        ({"hours": {"1": [[number * 10, number * 10 + 5] for number in range(25)]}}, "badparam", "hours.1"),
        ({"holidays": {"country": "XX"}}, "unknown_holidays", "holidays.country"),
        ({"holidays": {"country": "de"}}, "unknown_holidays", "holidays.country"),
        ({"holidays": {"country": "DE", "subdivision": "TX"}}, "unknown_holidays", "holidays.subdivision"),
        (
            {"holidays": {"country": "US", "categories": ["half_day"]}},
            "unknown_holidays",
            "holidays.categories",
        ),
        ({"holidays": {"country": "DE", "categories": []}}, "unknown_holidays", "holidays.categories"),
        ({"dates": [{"date": "2026-02-29", "name": "Leap"}]}, "badparam", "dates.0.date"),
        ({"dates": [{"date": "20261224", "name": "Eve"}]}, "badparam", "dates.0.date"),
        ({"dates": [{"date": "2026-12-24", "name": "\u200b"}]}, "badparam", "dates.0.name"),
        ({"dates": [{"date": "2026-12-24", "name": "Eve", "hours": [[9, 9]]}]}, "bad_hours", "dates.0.hours"),
        ({"dates": [{"date": "2026-12-24", "name": "Eve"}] * 2}, "bad_hours", "dates.1.date"),
        ({"default": "yes"}, "badparam", "default"),
        ({"colour": "red"}, "badparam", "colour"),
    ],
)
async def test_what_makes_no_sense_is_refused_with_its_place(
    api: httpx.AsyncClient, wrong: dict[str, Any], code: str, parameter: str
) -> None:
    made = await created(api, PATH, OFFICE)

    new = await api.post(PATH, json={**OFFICE, "name": "Other", **wrong})
    changed = await api.put(f"{PATH}/{made['id']}", json=wrong)
    tried = await api.post(f"{PATH}/preview", json={**OFFICE, **wrong})

    assert [refusal(answer) for answer in (new, changed)] == [(400, code, parameter)] * 2
    assert parameter == "name" or refusal(tried) == (400, code, parameter)
    assert (await got(api, f"{PATH}/{made['id']}"))["data"] == made
    assert (await got(api, PATH))["meta"]["total"] == 1


async def test_two_schedules_have_two_names(api: httpx.AsyncClient) -> None:
    first = await created(api, PATH, OFFICE)
    second = await created(api, PATH, {**OFFICE, "name": "Night"})

    again = await api.post(PATH, json={**OFFICE, "name": "  OFFICE "})
    renamed = await api.put(f"{PATH}/{second['id']}", json={"name": "ｏffice"})
    itself = await api.put(f"{PATH}/{first['id']}", json={"name": "OFFICE"})

    assert refusal(again) == refusal(renamed) == (409, "schedule_name_taken", "name")
    assert itself.json()["data"]["attributes"]["name"] == "OFFICE"


async def test_a_hundred_and_no_more(api: httpx.AsyncClient) -> None:
    for number in range(100):
        await created(api, PATH, {**OFFICE, "name": f"Office {number}"})

    assert refusal(await api.post(PATH, json=OFFICE)) == (409, "too_many_schedules", None)
    page = await got(api, f"{PATH}?page=2&pageSize=60")
    assert (len(page["data"]), page["meta"]["total"], page["links"]["next"]) == (40, 100, None)


async def test_a_preview_says_what_would_be_and_keeps_nothing(api: httpx.AsyncClient) -> None:
    dates = [{"date": "2026-12-24", "name": "Christmas Eve"}]

    tried = await created(api, f"{PATH}/preview", {**OFFICE, "holidays": BAVARIA, "dates": dates})

    attributes = tried["attributes"]
    assert (attributes["open"], attributes["nextOpeningAt"]) == (False, "2026-11-30T12:00:00.000Z")
    assert attributes["daysOff"][:2] == [
        {"date": "2026-12-24", "name": "Christmas Eve", "hours": [], "own": True},
        {"date": "2026-12-25", "name": "Christmas Day", "hours": [], "own": False},
    ]
    assert len(attributes["daysOff"]) == 10
    assert (await got(api, PATH))["data"] == []


async def test_countries_and_what_they_have(api: httpx.AsyncClient) -> None:
    countries = await got(api, f"{PATH}/countries?pageSize=500")
    germany = (await got(api, f"{PATH}/countries/DE"))["data"]

    assert {"DE", "PT", "WS"} <= {one["id"] for one in countries["data"]}
    assert countries["meta"]["total"] == len(countries["data"]) > 200
    assert {"code": "BY", "name": "Bayern"} in germany["attributes"]["subdivisions"]
    assert germany["attributes"]["categories"] == ["public", "catholic", "school"]
    assert refusal(await api.get(f"{PATH}/countries/XX")) == (404, "notfound", None)


async def test_agents_read_and_administrators_change(ask: Ask, acme: Tenant, api: httpx.AsyncClient) -> None:
    made = await created(api, PATH, OFFICE)
    lesser = ask(acme.lesser_key)
    path = f"{PATH}/{made['id']}"

    for read in (PATH, path, f"{PATH}/default", f"{PATH}/countries", f"{PATH}/countries/DE"):
        assert (await lesser.get(read)).status_code == 200
    assert (await lesser.post(f"{PATH}/preview", json=OFFICE)).status_code == 200
    for answer in (
        await lesser.post(PATH, json={**OFFICE, "name": "Mine"}),
        await lesser.put(path, json={"name": "Mine"}),
        await lesser.patch(path, json={"name": "Mine"}),
        await lesser.delete(path),
    ):
        assert refusal(answer) == (403, "forbidden", None)
    assert (await got(api, PATH))["data"] == [made]


async def test_a_stranger_is_told_nothing(ask: Ask, api: httpx.AsyncClient) -> None:
    made = await created(api, PATH, OFFICE)

    for path in (PATH, f"{PATH}/{made['id']}", f"{PATH}/default", f"{PATH}/countries"):
        assert refusal(await ask(None).get(path))[:2] == (401, "unauthorized")


async def test_T23_another_organisations_schedule_is_not_there(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient
) -> None:
    ours, theirs = await created(api, PATH, OFFICE), await created(foreign, PATH, OFFICE)

    for id in (theirs["id"], NOWHERE, "no-id"):
        path = f"{PATH}/{id}"
        for answer in (
            await api.get(path),
            await api.put(path, json={"name": "Mine"}),
            await api.patch(path, json={"default": True}),
            await api.delete(path),
        ):
            assert refusal(answer) == (404, "notfound", None)
    assert (await got(api, PATH))["data"] == [ours]
    assert (await got(foreign, PATH))["data"] == [theirs]
    await created(api, PATH, {**OFFICE, "name": "Second", "default": True})
    assert (await got(foreign, f"{PATH}/default"))["data"] == theirs


async def test_a_repeat_with_the_same_key_makes_one(api: httpx.AsyncClient) -> None:
    headers = {"Idempotency-Key": "once"}

    first = await api.post(PATH, json=OFFICE, headers=headers)
    again = await api.post(PATH, json=OFFICE, headers=headers)

    assert first.json() == again.json()
    assert (await got(api, PATH))["meta"]["total"] == 1


async def test_the_journal_alone_rebuilds_the_rows(
    api: httpx.AsyncClient, desk: Desk, wiring: Wiring
) -> None:
    first = await created(api, PATH, {**OFFICE, "holidays": BAVARIA})
    second = await created(api, PATH, {**OFFICE, "name": "Night", "default": True})
    await api.put(f"{PATH}/{first['id']}", json={"default": True, "hours": {"0": [[1_320, 60]]}})
    await api.delete(f"{PATH}/{second['id']}")

    report = await asyncio.to_thread(replay, where(desk.settings), wiring)
    assert report.agrees, report.differences
    assert report.rows["schedules"] == 1
