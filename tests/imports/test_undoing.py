"""An import was a mistake: what it made goes, what it changed is as it was, and nobody's later work is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import httpx
import pytest

from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.errors import InternalError
from kithdesk.core.work import Work
from kithdesk.imports.entities import Who
from kithdesk.imports.ids import ImportId
from kithdesk.imports.taking import importer
from kithdesk.imports.undoing import CHUNK, take_back_chunk
from tests.api import Tenant, created, declare, got, refusal
from tests.imports.conftest import Sheet, people, sheet, take

pytestmark = pytest.mark.anyio

FILE = "Id,Name,Email\n1,Ana,ana@acme.test\n2,Ben,ben@acme.test\n"
COLUMNS = {0: "externalId", 1: "name", 2: "emails"}


async def imported(api: httpx.AsyncClient, desk: Desk, file: str = FILE, **more: Any) -> Sheet:
    one = await sheet(api, desk, file, more.pop("columns", COLUMNS), **more)
    await one.run()
    return one


def undone(seen: dict[str, Any]) -> Sequence[int]:
    return [seen["undo"][name] for name in ("removed", "reversed", "kept")]


async def test_customers_it_made_are_as_if_they_never_were(api: httpx.AsyncClient, desk: Desk) -> None:
    one = await imported(api, desk)
    ana = (await people(api))["Ana"]["id"]

    seen = await one.run("undo")

    assert (seen["status"], undone(seen)) == ("undone", [2, 0, 0])
    assert (await got(api, "/v1/customers"))["meta"]["total"] == 0
    for path in (
        f"/v1/customers/{ana}",
        "/v1/customers/email=ana@acme.test",
        f"/v1/customers/{ana}/timeline",
    ):
        assert (await api.get(path)).status_code == 404
    await created(api, "/v1/customers", {"name": "Ana again", "emails": [{"email": "ana@acme.test"}]})


async def test_who_was_touched_or_has_a_past_stays(api: httpx.AsyncClient, desk: Desk) -> None:
    file = FILE + "3,Cy,cy@acme.test\n4,Di,di@acme.test\n5,Eve,eve@acme.test\n"
    one = await imported(api, desk, file)
    found = await people(api)
    await api.post("/v1/tracking/event", json={"customer": found["Eve"]["id"], "name": "plan changed"})
    await api.patch(f"/v1/customers/{found['Ana']['id']}", json={"tags": ["vip"]})
    await created(api, "/v1/conversations", {"customer": found["Ben"]["id"], "message": {"body": "Hello"}})
    await created(api, "/v1/klasses", {"name": "bike"})
    await created(api, f"/v1/customers/{found['Cy']['id']}/klasses/bike", {"title": "A bike"})

    seen = await one.run("undo")

    assert undone(seen) == [1, 0, 4]
    assert set(await people(api)) == {"Ana", "Ben", "Cy", "Eve"}
    assert [row["row"] for row in await one.rows("kept")] == [2, 3, 4, 6]


async def test_what_it_changed_is_as_it_was_where_nobody_changed_it_since(
    api: httpx.AsyncClient, desk: Desk
) -> None:
    await declare(api, "customer", plan="Str", city="Str")
    body = {"name": "A.", "externalId": "1", "tags": ["old"], "custom": {"plan": "free"}}
    ana = (await created(api, "/v1/customers", body))["id"]
    file = "Id,Name,Tag,Mail,Plan,City\n1,Ana,new,ana@acme.test,pro,Oslo\n"
    targets = ["externalId", "name", "tags", "emails", "custom.plan", "custom.city"]
    one = await imported(api, desk, file, columns=dict(enumerate(targets)))
    await api.patch(f"/v1/customers/{ana}", json={"name": "Ana Lind", "custom": {"city": "Bergen"}})

    seen = await one.run("undo")

    assert undone(seen) == [0, 1, 0]
    now = (await people(api))["Ana Lind"]
    assert (now["tags"], now["emails"]) == (["old"], [])
    assert now["custom"] == {"plan": "free", "city": "Bergen"}


async def test_the_timeline_tells_what_it_changed_from_the_taking_back(
    api: httpx.AsyncClient, desk: Desk
) -> None:
    ana = (await created(api, "/v1/customers", {"name": "A.", "externalId": "1"}))["id"]
    one = await imported(api, desk)

    await one.run("undo")

    entries = (await got(api, f"/v1/customers/{ana}/timeline"))["data"]
    told = [entry["attributes"] for entry in entries if entry["attributes"]["kind"] == "customer.updated"]
    assert [entry["data"].get("isUndo", False) for entry in told] == [False, True]


async def test_a_customer_of_two_rows_goes_with_the_first(api: httpx.AsyncClient, desk: Desk) -> None:
    one = await imported(api, desk, FILE + "1,Ana Lind,ana@home.test\n")

    assert undone(await one.run("undo")) == [2, 0, 0]
    assert await people(api) == {}


async def test_what_an_agent_did_between_two_rows_is_not_lost(
    api: httpx.AsyncClient, desk: Desk, acme: Tenant
) -> None:
    rows = "".join(f"{number},P{number},\n" for number in range(10, 19))
    one = await sheet(api, desk, f"{FILE}{rows}1,Ana Lind,ana@home.test\n", COLUMNS)
    await one.do("start")
    await take(desk, acme, one.id, 0, 10)
    ana = (await people(api))["Ana"]["id"]
    await api.patch(f"/v1/customers/{ana}", json={"tags": ["vip"]})
    await desk.jobs.settle()

    await one.run("undo")

    assert list(await people(api)) == ["Ana Lind"]


async def test_companies_it_made_go_when_nobody_is_left_in_them(api: httpx.AsyncClient, desk: Desk) -> None:
    await created(api, "/v1/companies", {"name": "Initech"})
    file = "Id,Name,Firm\n1,Ana,Acme\n1,Ana,Globex\n2,Ben,Hooli\n3,Cy,Initech\n"
    one = await imported(api, desk, file, columns={0: "externalId", 1: "name", 2: "company"})
    ben = (await people(api))["Ben"]["id"]
    await api.patch(f"/v1/customers/{ben}", json={"tags": ["vip"]})

    await one.run("undo")

    left = [company["attributes"]["name"] for company in (await got(api, "/v1/companies"))["data"]]
    assert sorted(left) == ["Hooli", "Initech"]


async def test_a_company_that_has_records_stays(api: httpx.AsyncClient, desk: Desk) -> None:
    file = "Id,Name,Firm\n1,Ana,Acme\n2,Ben,Globex\n"
    one = await imported(api, desk, file, columns={0: "externalId", 1: "name", 2: "company"})
    companies = (await got(api, "/v1/companies"))["data"]
    acme = next(company["id"] for company in companies if company["attributes"]["name"] == "Acme")
    await created(api, "/v1/klasses", {"name": "trip"})
    await created(api, f"/v1/companies/{acme}/klasses/trip", {"title": "Fair"})

    await one.run("undo")

    found = await got(api, "/v1/companies")
    assert ([company["id"] for company in found["data"]], found["meta"]["total"]) == ([acme], 1)


async def test_a_customer_who_was_merged_since_stays(api: httpx.AsyncClient, desk: Desk) -> None:
    one = await imported(api, desk)
    found = await people(api)
    pair = {"source": found["Ana"]["id"], "target": found["Ben"]["id"]}
    await created(api, "/v1/customers/merges", pair)

    assert undone(await one.run("undo")) == [0, 0, 2]


async def test_it_stops_and_goes_on_and_is_never_twice(
    api: httpx.AsyncClient, desk: Desk, acme: Tenant
) -> None:
    file = "Id,Name\n" + "".join(f"{number},P{number}\n" for number in range(25))
    one = await imported(api, desk, file, columns={0: "externalId", 1: "name"})
    await one.do("undo")
    await back(desk, acme, one.id)
    with pytest.raises(InternalError):
        await back(desk, acme, one.id, dies=True)

    stopped = await one.do("stop")
    await desk.jobs.settle()

    assert (stopped["status"], (await one.seen())["undo"]["removed"]) == ("undo_stopped", CHUNK)
    assert undone(await one.run("undo")) == [25, 0, 0]
    assert refusal(await api.post(f"/v1/imports/{one.id}/undo"))[:2] == (409, "cannot_undo_import")


async def back(desk: Desk, acme: Tenant, id: str, *, dies: bool = False) -> None:
    """One chunk, as a job takes it back."""

    def chunk(work: Work) -> None:
        take_back_chunk(work, ImportId(id), is_last=False)
        if dies:
            raise ZeroDivisionError

    await desk.run(chunk, by=importer(acme.id, Who(acme.admin, "Ada")))


async def test_a_row_on_which_something_of_ours_breaks_stays_and_keeps_no_other(
    api: httpx.AsyncClient, desk: Desk
) -> None:
    rows = "".join(f"{number},P{number}\n" for number in range(8))
    file = f"Id,Name\n{rows}8,A row that stays broken\n9,Last\n"
    one = await imported(api, desk, file, columns={0: "externalId", 1: "name"})

    seen = await one.run("undo")

    assert (seen["status"], undone(seen)) == ("undone", [9, 0, 1])
    assert list(await people(api)) == ["A row that stays broken"]
    assert await one.rows("kept") != []


async def test_a_company_that_cannot_be_taken_back_stays_and_ends_the_undoing(
    api: httpx.AsyncClient, desk: Desk
) -> None:
    file = "Id,Name,Firm\n1,Ana,Acme\n2,Ben,A firm that stays broken\n"
    one = await imported(api, desk, file, columns={0: "externalId", 1: "name", 2: "company"})

    seen = await one.run("undo")

    left = [company["attributes"]["name"] for company in (await got(api, "/v1/companies"))["data"]]
    assert (seen["status"], undone(seen), left) == ("undone", [2, 0, 0], ["A firm that stays broken"])


async def test_half_an_import_can_be_taken_back(api: httpx.AsyncClient, desk: Desk, acme: Tenant) -> None:
    file = "Id,Name\n" + "".join(f"{number},P{number}\n" for number in range(25))
    one = await sheet(api, desk, file, {0: "externalId", 1: "name"})
    await one.do("start")
    await take(desk, acme, one.id, 0, 10)
    assert refusal(await api.post(f"/v1/imports/{one.id}/undo"))[:2] == (409, "cannot_undo_import")
    await one.do("stop")

    assert undone(await one.run("undo")) == [10, 0, 0]
    assert refusal(await api.post(f"/v1/imports/{one.id}/start"))[:2] == (409, "import_begun")


async def test_after_thirty_days_file_and_rows_are_gone_and_numbers_stay(
    api: httpx.AsyncClient, desk: Desk, clock: ManualClock
) -> None:
    one = await imported(api, desk)
    clock.advance(days=29)
    await desk.jobs.settle()
    assert len(await one.rows("created")) == 2

    clock.advance(days=1, seconds=1)
    await desk.jobs.settle()

    assert refusal(await api.post(f"/v1/imports/{one.id}/undo"))[:2] == (409, "cannot_undo_import")
    assert await one.rows("created") == []
    assert (await one.seen())["progress"]["created"] == 2
    assert (await api.get(f"/v1/imports/{one.id}/errors.csv")).status_code == 404
    assert set(await people(api)) == {"Ana", "Ben"}


async def test_what_was_stopped_goes_on_while_its_file_is_kept_and_not_after(
    api: httpx.AsyncClient, desk: Desk, clock: ManualClock
) -> None:
    one = await sheet(api, desk, FILE, COLUMNS)
    await one.do("start")
    await one.do("stop")
    clock.advance(days=30, seconds=1)
    await desk.jobs.settle()

    answer = await api.post(f"/v1/imports/{one.id}/start")

    assert refusal(answer)[:2] == (409, "import_forgotten")
    assert (await one.seen())["status"] == "stopped"


async def test_a_draft_is_gone_after_a_week(api: httpx.AsyncClient, desk: Desk, clock: ManualClock) -> None:
    one = await sheet(api, desk, FILE, COLUMNS)
    clock.advance(days=6)
    await desk.jobs.settle()
    await one.preview()

    clock.advance(days=1, seconds=1)
    await desk.jobs.settle()

    assert (await api.get(f"/v1/imports/{one.id}")).status_code == 404
