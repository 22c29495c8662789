"""Rows become customers: once, whatever happens in between, and each for itself."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from kithdesk.core.desk import Desk, where
from kithdesk.core.errors import InternalError
from kithdesk.core.replay import replay
from kithdesk.core.work import Wiring
from tests.api import Ask, Tenant, created, declare, got, refusal
from tests.imports.conftest import people, sheet, take

pytestmark = pytest.mark.anyio

FILE = "Id,Name,Email,Plan\n1,Ana,ana@acme.test,pro\n2,Ben,ben@acme.test,free\n"
COLUMNS = {0: "externalId", 1: "name", 2: "emails"}


def many(count: int) -> str:
    return "Id,Name\n" + "".join(f"{number},Person {number}\n" for number in range(1, count + 1))


async def test_each_row_becomes_a_customer(api: httpx.AsyncClient, desk: Desk) -> None:
    one = await sheet(api, desk, FILE, COLUMNS)

    seen = await one.run()

    assert seen["status"] == "done"
    assert seen["progress"] == {"done": 2, "created": 2, "updated": 0, "skipped": 0, "failed": 0}
    ana = (await people(api))["Ana"]
    assert (ana["externalId"], ana["emails"][0]["email"]) == ("1", "ana@acme.test")
    assert ana["importedAt"] == seen["importedAt"]
    assert (await one.rows("created"))[0]["customer"] == ana["id"]


async def test_a_row_of_somebody_known_adds_to_them(api: httpx.AsyncClient, desk: Desk) -> None:
    await declare(api, "customer", plan="Str")
    body = {"name": "A.", "emails": [{"email": "ANA@acme.test", "type": "work"}], "tags": ["old"]}
    known = await created(api, "/v1/customers", body)
    file = "Name,Email,Tags,Plan\nAna,ana@acme.test; ana@home.test,new|old,pro\n"
    one = await sheet(
        api, desk, file, {0: "name", 1: "emails", 2: "tags", 3: "custom.plan"}, matchBy=["email"]
    )

    seen = await one.run()

    assert seen["progress"]["updated"] == 1
    ana = (await people(api))["Ana"]
    assert ana["id"] == known["id"]
    assert [entry["email"] for entry in ana["emails"]] == ["ANA@acme.test", "ana@home.test"]
    assert ana["emails"][0]["type"] == "work"
    assert ana["tags"] == ["old", "new"]
    assert ana["custom"] == {"plan": "pro"}
    assert ana["importedAt"] is None


@pytest.mark.parametrize(("more", "name"), [({"onMatch": "skip"}, "A."), ({"matchBy": ["email"]}, "A.")])
async def test_a_row_may_leave_somebody_known_alone(
    api: httpx.AsyncClient, desk: Desk, more: dict[str, Any], name: str
) -> None:
    await created(
        api, "/v1/customers", {"name": "A.", "externalId": "1", "emails": [{"email": "x@acme.test"}]}
    )
    one = await sheet(api, desk, FILE, COLUMNS, **more)

    seen = await one.run()

    assert name in await people(api)
    assert seen["progress"]["created"] == 1
    assert seen["progress"]["skipped"] + seen["progress"]["failed"] == 1


async def test_a_file_that_says_nothing_new_changes_nothing(api: httpx.AsyncClient, desk: Desk) -> None:
    await (await sheet(api, desk, FILE, COLUMNS)).run()
    again = await sheet(api, desk, FILE, COLUMNS)
    before = await people(api)

    seen = await again.run()

    assert seen["progress"] == {"done": 2, "created": 0, "updated": 0, "skipped": 2, "failed": 0}
    assert await people(api) == before


async def test_what_is_wrong_with_a_row_stops_no_other(api: httpx.AsyncClient, desk: Desk) -> None:
    await declare(api, "customer", visits="Num", level={"type": "Str", "enumeration": ["gold"]})
    await created(api, "/v1/customers", {"phones": [{"phone": "+442079460958"}]})
    file = (
        "Name,Email,Phone,Visits,Level\n"
        "Ana,not an address,,,\n"
        "Ben,ben@acme.test,,many,\n"
        "\n"
        "Cy,cy@acme.test,+44 20 7946 0958,,\n"
        "Di,di@acme.test,,,silver\n"
        "Ed\n"
        f"Fay,fay@acme.test,,,{'x' * 33_000}\n"
        ",,,, \n"
        "Gus,gus@acme.test,,3,gold\n"
    )
    columns = {0: "name", 1: "emails", 2: "phones", 3: "custom.visits", 4: "custom.level"}
    one = await sheet(api, desk, file, columns, matchBy=["email"])

    seen = await one.run()

    assert (seen["progress"]["created"], seen["progress"]["failed"]) == (1, 6)
    failed = [(row["row"], row["errors"][0]["column"], row["errors"][0]["code"]) for row in await one.rows()]
    assert failed == [
        (2, 1, "badparam"),
        (3, 3, "badparam"),
        (5, 2, "address_taken"),
        (6, 4, "badparam"),
        (7, None, "ragged"),
        (8, None, "cell_too_long"),
    ]
    assert (await people(api))["Gus"]["custom"] == {"visits": 3, "level": "gold"}


async def test_a_date_is_taken_as_the_file_has_it(api: httpx.AsyncClient, desk: Desk) -> None:
    await declare(api, "customer", born="Date")
    file = "Name,Born\nAna,1990-03-04\nBen,1991-12-31 00:00:00\nCy,4.3.1990\n"
    one = await sheet(api, desk, file, {0: "name", 1: "custom.born"})

    await one.run()

    found = await people(api)
    assert (found["Ana"]["custom"], found["Ben"]["custom"]) == (
        {"born": "1990-03-04"},
        {"born": "1991-12-31"},
    )
    (row,) = await one.rows("failed")
    assert (row["row"], row["errors"][0]["column"]) == (4, 1)


async def test_a_row_whose_address_is_another_customers_says_whose(
    api: httpx.AsyncClient, desk: Desk
) -> None:
    owner = await created(api, "/v1/customers", {"name": "Ana", "phones": [{"phone": "+34912345678"}]})
    file = "Name,Email,Phone\nBen,ben@acme.test,+34 912 34 56 78\n"
    one = await sheet(api, desk, file, {0: "name", 1: "emails", 2: "phones"}, matchBy=["email"])

    await one.run()

    (row,) = await one.rows()
    assert row["errors"] == [
        {
            "column": 2,
            "code": "address_taken",
            "title": "Another customer has it already.",
            "value": "+34 912 34 56 78",
            "customer": owner["id"],
        }
    ]


async def test_two_rows_of_one_person_are_one_customer(api: httpx.AsyncClient, desk: Desk) -> None:
    file = "Name,Email,Tag\nAna,ana@acme.test,a\nAna Lind,Ana@Acme.test,b\n"
    one = await sheet(api, desk, file, {0: "name", 1: "emails", 2: "tags"}, matchBy=["email"])

    seen = await one.run()

    assert (seen["progress"]["created"], seen["progress"]["updated"]) == (1, 1)
    assert (await people(api))["Ana Lind"]["tags"] == ["a", "b"]


async def test_columns_join_into_what_a_customer_has_once(api: httpx.AsyncClient, desk: Desk) -> None:
    file = (
        "First;Last;Mail 1;Mail 2;City;Company;Born;Created\n"
        "Ana;Lind;a@acme.test;b@acme.test;Oslo;Acme Ltd;1990-05-01;2020-02-03 10:00:00\n"
        "Ben;Lind;;;;ACME ltd;;\n"
    )
    targets = [
        "firstName",
        "lastName",
        "emails",
        "emails",
        "location.cityName",
        "company",
        "birthdayAt",
        "createdAt",
    ]
    one = await sheet(api, desk, file, dict(enumerate(targets)), matchBy=[])

    await one.run()

    found = await people(api)
    ana, ben = found["Ana Lind"], found["Ben Lind"]
    assert [entry["email"] for entry in ana["emails"]] == ["a@acme.test", "b@acme.test"]
    assert ana["locations"] == [{"cityName": "Oslo"}]
    assert (ana["birthdayAt"], ana["createdAt"]) == ("1990-05-01T00:00:00.000Z", "2020-02-03T10:00:00.000Z")
    assert (ana["companyName"], ben["companyName"]) == ("Acme Ltd", "Acme Ltd")
    assert (await got(api, "/v1/companies"))["meta"]["total"] == 1


async def test_a_row_that_is_refused_makes_no_company(api: httpx.AsyncClient, desk: Desk) -> None:
    await created(api, "/v1/customers", {"emails": [{"email": "ana@acme.test"}]})
    one = await sheet(api, desk, "Mail,Firm\nana@acme.test,Globex\n", {0: "emails", 1: "company"}, matchBy=[])

    assert (await one.run())["progress"]["failed"] == 1
    assert (await got(api, "/v1/companies"))["meta"]["total"] == 0


async def test_a_file_of_several_parts_is_taken_whole_and_in_order(
    api: httpx.AsyncClient, desk: Desk
) -> None:
    long = "x" * 30_000
    file = "Id,Name,Note\n" + "".join(f"{number},P{number},{long}\n" for number in range(30))
    one = await sheet(api, desk, file, {0: "externalId", 1: "name"})

    assert (await one.run())["progress"]["created"] == 30
    assert [row["row"] for row in await one.rows("created")] == list(range(2, 32))


async def test_it_stops_after_the_rows_under_way_and_goes_on_from_there(
    api: httpx.AsyncClient, desk: Desk, acme: Tenant
) -> None:
    one = await sheet(api, desk, many(25), {0: "externalId", 1: "name"})
    await one.do("start")
    await take(desk, acme, one.id, 0, 10)

    stopped = await one.do("stop")
    await desk.jobs.settle()

    assert (stopped["status"], (await one.seen())["progress"]["done"]) == ("stopped", 10)
    seen = await one.run()
    assert (seen["status"], seen["progress"]["created"]) == ("done", 25)
    assert (await got(api, "/v1/customers"))["meta"]["total"] == 25


async def test_T70_a_crash_in_the_middle_of_a_chunk_leaves_nothing_twice(
    api: httpx.AsyncClient, desk: Desk, acme: Tenant
) -> None:
    one = await sheet(api, desk, many(25), {0: "externalId", 1: "name"}, matchBy=[])
    await one.do("start")
    await take(desk, acme, one.id, 0, 10)
    with pytest.raises(InternalError):
        await take(desk, acme, one.id, 10, 10, dies=True)
    await take(desk, acme, one.id, 0, 10)  # a repeat of what was committed

    assert (await one.seen())["progress"]["done"] == 10
    seen = await one.run()

    assert seen["progress"] == {"done": 25, "created": 25, "updated": 0, "skipped": 0, "failed": 0}
    assert (await got(api, "/v1/customers"))["meta"]["total"] == 25


async def test_a_row_on_which_something_of_ours_breaks_stops_no_other(
    api: httpx.AsyncClient, desk: Desk
) -> None:
    one = await sheet(api, desk, many(8) + "9,A row that breaks us\n10,Last\n", {0: "externalId", 1: "name"})

    seen = await one.run()

    assert (seen["progress"]["created"], seen["progress"]["failed"]) == (9, 1)
    [failed] = await one.rows()
    assert (failed["row"], failed["errors"][0]["code"]) == (10, "internal")


async def test_timelines_name_who_started_it(api: httpx.AsyncClient, desk: Desk) -> None:
    await (await sheet(api, desk, FILE, COLUMNS)).run()
    ana = (await people(api))["Ana"]["id"]

    [entry] = (await got(api, f"/v1/customers/{ana}/timeline"))["data"]

    me = (await got(api, "/v1/users/current"))["data"]
    actor = {"type": "system", "id": me["id"], "displayName": me["attributes"]["displayName"]}
    assert entry["attributes"]["actor"] == actor


async def test_the_journal_alone_makes_the_same_customers(
    api: httpx.AsyncClient, desk: Desk, wiring: Wiring
) -> None:
    one = await sheet(api, desk, FILE, COLUMNS)
    await one.run()
    await one.run("undo")

    assert (await asyncio.to_thread(replay, where(desk.settings), wiring)).agrees


async def test_T23_another_organisation_has_no_such_import(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient, desk: Desk
) -> None:
    one = await sheet(api, desk, FILE, COLUMNS)
    path = f"/v1/imports/{one.id}"
    reads = ["", "/rows", "/preview", "/errors.csv"]

    answers = [await foreign.get(path + more) for more in reads]
    answers += [await foreign.post(f"{path}/{what}") for what in ("start", "stop", "undo")]
    answers.append(await foreign.put(path, json={"mapping": {}}))

    assert {answer.status_code for answer in answers} == {404}
    assert (await got(foreign, "/v1/imports"))["meta"]["total"] == 0
    assert [(await api.get(path + more)).status_code for more in reads] == [200] * 4


async def test_T24_only_administrators_import(
    ask: Ask, acme: Tenant, api: httpx.AsyncClient, desk: Desk
) -> None:
    one = await sheet(api, desk, FILE, COLUMNS)
    lesser = ask(acme.lesser_key)
    path = f"/v1/imports/{one.id}"

    answers = [await lesser.get(path), await lesser.post(f"{path}/start"), await lesser.get("/v1/imports")]
    answers.append(
        await lesser.post("/v1/imports", content=b"a,b\n1,2\n", headers={"Content-Type": "text/csv"})
    )

    assert {answer.status_code for answer in answers} == {403}


async def test_what_is_not_mapped_or_is_over_does_not_start(api: httpx.AsyncClient, desk: Desk) -> None:
    one = await sheet(api, desk, FILE, {})
    path = f"/v1/imports/{one.id}/start"
    assert refusal(await api.post(path)) == (409, "import_not_ready", "mapping")
    await one.map(COLUMNS)

    await one.run()

    assert refusal(await api.post(path))[:2] == (409, "import_begun")
    assert refusal(await one.map(COLUMNS))[:2] == (409, "import_begun")


async def test_an_address_that_is_there_under_another_type_is_the_same(
    api: httpx.AsyncClient, desk: Desk
) -> None:
    known = {"name": "Ana", "externalId": "1", "urls": [{"url": "https://acme.test", "type": "work"}]}
    await created(api, "/v1/customers", known)
    file = "Id,Page\n1,https://acme.test\n"

    one = await sheet(api, desk, file, {0: "externalId", 1: "urls"})
    seen = await one.run()

    assert seen["progress"]["skipped"] == 1
    assert (await people(api))["Ana"]["urls"] == known["urls"]
