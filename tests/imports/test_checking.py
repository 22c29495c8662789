"""The whole file is looked through before anything happens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from kithdesk.core.desk import Desk
from kithdesk.core.errors import Overloaded
from kithdesk.imports import checking, reading
from kithdesk.imports.entities import Import
from tests.api import created, got
from tests.imports.conftest import Sheet, people, sheet

pytestmark = pytest.mark.anyio

ROWS = [f"{number},Person {number},p{number}@acme.test" for number in range(30)]
FILE = "\n".join(["Id,Name,Mail", *ROWS, "5,Person 5,again@acme.test", "31,Bad,not an address", ""])
WHO = {0: "externalId", 1: "name", 2: "emails"}


async def checked(one: Sheet) -> dict[str, Any]:
    await one.desk.jobs.settle()
    check: dict[str, Any] = (await one.seen())["check"]
    return check


def counts(check: dict[str, Any]) -> tuple[int, int, int, int]:
    return check["create"], check["update"], check["skip"], check["error"]


async def test_all_rows_are_counted_beyond_the_preview(
    api: httpx.AsyncClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PART_ROWS", 8)
    monkeypatch.setattr(checking, "_CHUNK", 3)
    await created(api, "/v1/customers", {"name": "Old", "externalId": "7"})
    await created(
        api, "/v1/customers", {"name": "Person 9", "externalId": "9", "emails": [{"email": "p9@acme.test"}]}
    )
    one = await sheet(api, desk, FILE, WHO)
    assert (await one.seen())["check"] is None

    check = await checked(one)

    assert counts(check) == (28, 2, 1, 1)
    assert (check["done"], check["isOver"]) == (32, True)
    (refused,) = check["refused"]
    assert (refused["row"], refused["name"], refused["errors"][0]["value"]) == (33, "Bad", "not an address")
    assert len(await people(api)) == 2, "nothing was stored"


async def test_the_import_does_what_was_counted(api: httpx.AsyncClient, desk: Desk) -> None:
    await created(api, "/v1/customers", {"name": "Old", "externalId": "7"})
    one = await sheet(api, desk, FILE, WHO)
    check = await checked(one)

    seen = await one.run()

    progress = seen["progress"]
    assert counts(check) == tuple(progress[name] for name in ("created", "updated", "skipped", "failed"))


async def test_other_columns_are_another_count(api: httpx.AsyncClient, desk: Desk) -> None:
    one = await sheet(api, desk, FILE, WHO)
    await checked(one)

    await one.map({1: "name"})

    assert (await one.seen())["check"] is None
    assert counts(await checked(one)) == (32, 0, 0, 0)


async def test_what_began_meanwhile_is_not_counted_any_more(api: httpx.AsyncClient, desk: Desk) -> None:
    one = await sheet(api, desk, FILE, WHO)

    await one.run()

    assert (await one.seen())["check"] is None
    assert (await got(api, f"/v1/imports/{one.id}"))["data"]["attributes"]["status"] == "done"


async def test_where_there_is_no_room_just_now_it_waits_and_goes_on_from_there(
    api: httpx.AsyncClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_long, asked = Desk.read_long, 0

    async def is_full_at_times(self: Desk, *args: Any, **named: Any) -> Any:
        nonlocal asked
        asked += 1
        if asked % 2:
            raise Overloaded("Too much is being looked up just now.", retry_after=0.001)
        return await read_long(self, *args, **named)

    monkeypatch.setattr(checking, "_CHUNK", 10)
    one = await sheet(api, desk, FILE, WHO)
    with monkeypatch.context() as crowded:
        crowded.setattr(Desk, "read_long", is_full_at_times)
        await desk.jobs.settle()

    assert counts(await checked(one)) == (30, 1, 0, 1)
    assert asked > 2


async def test_what_takes_too_long_each_time_is_given_up(
    api: httpx.AsyncClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = never_answers(monkeypatch)
    one = await sheet(api, desk, FILE, WHO)

    await desk.jobs.settle()

    assert (await one.seen())["check"] is None
    assert len(asked) == 5


async def test_what_was_said_otherwise_meanwhile_is_not_asked_again(
    api: httpx.AsyncClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = await sheet(api, desk, FILE, WHO)

    async def is_mapped_anew() -> None:
        await one.map({1: "name"})

    asked = never_answers(monkeypatch, is_mapped_anew)
    await desk.jobs.settle()

    assert asked[0] != asked[1]


def never_answers(
    monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], Awaitable[None]] | None = None
) -> list[Any]:
    """The columns for which it was asked, each time."""
    asked: list[Any] = []

    async def takes_too_long(_: Desk, _query: Any, known: Import, *__: Any, **___: Any) -> Any:
        asked.append(known.mapping)
        if meanwhile is not None and len(asked) == 1:
            await meanwhile()
        raise Overloaded("It takes too long to find out.", retry_after=0.001)

    monkeypatch.setattr(Desk, "read_long", takes_too_long)
    return asked


async def test_what_is_asked_again_is_counted_the_same(
    api: httpx.AsyncClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_long = Desk.read_long

    async def asks_twice(self: Desk, *args: Any, **named: Any) -> Any:
        await read_long(self, *args, **named)
        return await read_long(self, *args, **named)

    monkeypatch.setattr(Desk, "read_long", asks_twice)
    one = await sheet(api, desk, FILE, WHO)

    check = await checked(one)

    assert counts(check) == (30, 1, 0, 1)
