"""Which records a draft would change is told before it does."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kithdesk.core.desk import Desk
from kithdesk.imports import checking, reading
from tests.api import created, declare, got
from tests.imports.conftest import Sheet, people, sheet

pytestmark = pytest.mark.anyio

WHO = {0: "externalId", 1: "name", 2: "emails"}


def file_of(*rows: str) -> str:
    return "\n".join(["Id,Name,Mail", *rows, ""])


async def told(one: Sheet, query: str = "") -> list[dict[str, Any]]:
    await one.desk.jobs.settle()
    found = await got(one.api, f"/v1/imports/{one.id}/changes?{query}")
    return [change["attributes"] for change in found["data"]]


async def test_each_row_says_whose_record_it_changes_and_from_what_to_what(
    api: httpx.AsyncClient, desk: Desk
) -> None:
    known = await created(api, "/v1/customers", {"name": "Old", "externalId": "7"})
    await created(api, "/v1/customers", {"name": "Same", "externalId": "8"})
    one = await sheet(
        api, desk, file_of("7,Ana,ana@acme.test", "8,Same,", "9,Ben,ben@acme.test", "10,Bad,nowhere"), WHO
    )

    changed, same, new, refused = await told(one)

    assert (changed["row"], changed["change"], changed["id"], changed["name"]) == (
        2,
        "changed",
        known["id"],
        "Old",
    )
    fields = {field["name"]: (field["before"], field["after"]) for field in changed["fields"]}
    assert fields["name"] == ("Old", "Ana")
    assert fields["emails"][0] is None
    assert fields["emails"][1][0]["email"] == "ana@acme.test"
    assert set(fields) == {"name", "emails"}, "what stays is not told"
    assert (same["change"], same["name"], same["fields"]) == ("unchanged", "Same", [])
    assert (new["change"], new["id"], new["name"]) == ("new", None, "Ben")
    assert {field["name"]: field["before"] for field in new["fields"]} == dict.fromkeys(
        ("name", "emails", "externalIds")
    )
    assert (refused["change"], refused["name"], refused["fields"]) == ("refused", "Bad", [])
    assert refused["errors"][0]["value"] == "nowhere"
    assert set(await people(api)) == {"Old", "Same"}, "nothing was stored"


async def test_attributes_and_companies_are_told_by_name(api: httpx.AsyncClient, desk: Desk) -> None:
    await declare(api, "customer", plan="Str")
    company = await created(api, "/v1/companies", {"name": "Tidewater"})
    await created(
        api,
        "/v1/customers",
        {"name": "Ana", "externalId": "7", "company": company["id"], "custom": {"plan": "free"}},
    )
    one = await sheet(
        api,
        desk,
        "Id,Plan,Firm\n7,pro,Kelp & Co\n",
        {0: "externalId", 1: "custom.plan", 2: "company"},
    )

    [change] = await told(one)

    assert {field["name"]: (field["before"], field["after"]) for field in change["fields"]} == {
        "company": ("Tidewater", "Kelp & Co"),
        "custom.plan": ("free", "pro"),
    }


async def test_a_page_of_one_kind_is_cut_from_any_parts_of_the_file(
    api: httpx.AsyncClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PART_ROWS", 4)
    monkeypatch.setattr(checking, "_CHUNK", 3)
    await created(api, "/v1/customers", {"name": "Old", "externalId": "5"})
    rows = [f"{n},Person {n},{'no address' if n % 3 == 0 else ''}" for n in range(1, 20)]
    one = await sheet(api, desk, file_of(*rows), WHO)
    await one.desk.jobs.settle()

    pages = [
        await got(api, f"/v1/imports/{one.id}/changes?change=refused&pageSize=4&page={page}")
        for page in (1, 2, 3)
    ]
    seen = [[change["attributes"]["row"] for change in page["data"]] for page in pages]

    assert seen == [[4, 7, 10, 13], [16, 19], []]
    assert [page["meta"]["total"] for page in pages] == [6, 6, 6]
    assert [change["row"] for change in await told(one, "change=changed")] == [6]
    assert len(await told(one, "change=new")) == 12
    assert [change["row"] for change in await told(one, "pageSize=5&page=2")] == [7, 8, 9, 10, 11]


async def test_a_row_that_meets_whom_an_earlier_one_makes_or_changes_says_which(
    api: httpx.AsyncClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PART_ROWS", 2)
    await created(api, "/v1/customers", {"name": "Old", "externalId": "7"})
    one = await sheet(
        api,
        desk,
        file_of("7,Ana,", "9,Ben,", "9,,ben@acme.test", "7,Anna,anna@acme.test", ",Again,ben@acme.test"),
        WHO,
    )

    changes = await told(one, "change=changed")

    assert [(change["row"], change["afterRow"]) for change in changes] == [(2, None), (4, 3), (5, 2), (6, 4)]
    counts = (await one.seen())["check"]
    progress = (await one.run())["progress"]
    assert (counts["create"], counts["update"]) == (progress["created"], progress["updated"]) == (1, 4)


async def test_what_is_told_is_what_the_import_does(api: httpx.AsyncClient, desk: Desk) -> None:
    await created(api, "/v1/customers", {"name": "Old", "externalId": "7", "tags": ["a"]})
    one = await sheet(
        api,
        desk,
        "Id,Name,Born,Tags\n7,Ana,1990-05-01,b\n9,Ben,,\n",
        {0: "externalId", 1: "name", 2: "birthdayAt", 3: "tags"},
    )
    changes = await told(one)

    await one.run()

    now = await people(api)
    for change, name in zip(changes, ("Ana", "Ben"), strict=True):
        for field in change["fields"]:
            stored, said = now[name][field["name"]], field["after"]
            if field["name"] == "externalIds":
                stored, said = [[each["externalId"] for each in both] for both in (stored, said)]
            assert stored == said


async def test_records_are_told_as_they_are_by_now(api: httpx.AsyncClient, desk: Desk) -> None:
    known = await created(api, "/v1/customers", {"name": "Old", "externalId": "7"})
    one = await sheet(api, desk, file_of("7,Ana,"), WHO)
    await told(one)

    renamed = await api.patch(f"/v1/customers/{known['id']}", json={"name": "Newer"})
    assert renamed.status_code == 200

    [change] = await told(one, "change=changed")
    assert (change["fields"][0]["before"], change["name"]) == ("Newer", "Newer")


async def test_columns_that_become_something_else_are_told_anew(api: httpx.AsyncClient, desk: Desk) -> None:
    await created(api, "/v1/customers", {"name": "Old", "externalId": "7"})
    one = await sheet(api, desk, file_of("7,Ana,"), WHO)
    assert len(await told(one, "change=changed")) == 1

    await one.map({1: "name"})

    found = await got(api, f"/v1/imports/{one.id}/changes")
    assert (found["data"], found["meta"]["total"]) == ([], 0), "nobody has looked yet"
    assert [change["change"] for change in await told(one)] == ["new"]


async def test_what_began_or_says_no_column_changes_nothing_that_could_be_told(
    api: httpx.AsyncClient, desk: Desk
) -> None:
    one = await sheet(api, desk, file_of("7,Ana,"), {})
    unsaid = await api.get(f"/v1/imports/{one.id}/changes")
    await one.map(WHO)
    await one.run()
    begun = await api.get(f"/v1/imports/{one.id}/changes")

    assert (unsaid.status_code, unsaid.json()["errors"][0]["code"]) == (409, "import_not_ready")
    assert (begun.status_code, begun.json()["errors"][0]["code"]) == (409, "import_begun")


async def test_T23_another_organisations_draft_is_not_there(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient, desk: Desk
) -> None:
    one = await sheet(api, desk, file_of("7,Ana,"), WHO)

    assert (await api.get(f"/v1/imports/{one.id}/changes")).status_code == 200
    assert (await foreign.get(f"/v1/imports/{one.id}/changes")).status_code == 404
