"""What a search may cost: its seconds, its number a minute, and what others notice of it."""

from __future__ import annotations

import threading
import time
from typing import Any

import httpx
import pytest
from sqlalchemy import func, literal_column, select

from kithdesk.core.deadlines import Deadline
from kithdesk.core.desk import Desk
from kithdesk.core.errors import Overloaded
from kithdesk.core.limits import Rate
from kithdesk.core.work import Reads
from kithdesk.views import counting, searching, slips, snippets, words
from kithdesk.views.queries import count_found
from kithdesk.views.routes import search
from tests.access.houses import open_session_of
from tests.api import Ask, Tenant, created, got, refusal
from tests.core.words import BY

pytestmark = pytest.mark.anyio

_NUMBERS = select(literal_column("1").label("n")).cte("numbers", recursive=True)
_NUMBERS = _NUMBERS.union_all(select(_NUMBERS.c.n + 1).where(_NUMBERS.c.n < 100_000_000))
ENDLESS = select(func.count()).select_from(_NUMBERS)


async def fill(api: httpx.AsyncClient) -> str:
    ana: str = (await created(api, "/v1/customers", {"name": "Ana Kettle"}))["id"]
    message = {"body": "The kettle leaks", "direction": "in"}
    await created(api, "/v1/conversations", {"customer": ana, "message": message})
    return ana


async def test_T39_a_question_with_less_time_than_others_is_stopped_after_it(desk: Desk) -> None:
    def count(reads: Reads) -> Any:
        return reads.execute(ENDLESS).scalar()

    begun = time.monotonic()
    with pytest.raises(Overloaded):
        await desk.read_long(count, by=BY, seconds=0.2)
    assert time.monotonic() - begun < 10
    assert (await desk.read_long(lambda _: 1, by=BY)).value == 1


async def test_T39_looking_through_what_was_found_ends_with_the_time(
    api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = await fill(api)
    monkeypatch.setattr(search, "Deadline", lambda _: Deadline(-1))

    by_word, by_slip, drawn = [await api.get(f"/v1/search?q={asked}") for asked in ("kettle", "kettel", ana)]

    assert refusal(by_word)[:2] == (503, "overloaded")
    assert refusal(by_slip)[:2] == (503, "overloaded")
    assert refusal(drawn)[:2] == (503, "overloaded")
    assert (await api.get("/v1/search?q=toaster")).status_code == 200


async def test_T39_what_was_found_is_looked_through_away_from_the_loop(
    api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(api)
    threads = set()

    def noted(of: Any) -> Any:
        def call(*args: Any) -> Any:
            threads.add(threading.current_thread())
            return of(*args)

        return call

    monkeypatch.setattr(searching, "_ranked", noted(searching._ranked))
    monkeypatch.setattr(searching, "is_slip", noted(slips.is_slip))
    monkeypatch.setattr(snippets, "spans_of", noted(words.spans_of))
    for asked in ("kettle", "kettel"):
        assert (await api.get(f"/v1/search?q={asked}")).json()["data"] != []

    assert threads
    assert threading.main_thread() not in threads


async def test_T39_a_view_that_takes_too_long_to_count_says_so_and_costs_the_others_nothing(
    api: httpx.AsyncClient, acme: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(api)
    for name in ("fast", "slow", "next"):
        await created(api, "/v1/views", {"name": name, "query": {}})
    begun: list[float] = []

    def count(reads: Reads, search: Any, *, most: int) -> Any:
        begun.append(time.monotonic())
        return reads.execute(ENDLESS).scalar() if len(begun) == 2 else count_found(reads, search, most=most)

    monkeypatch.setattr(counting, "count_found", count)
    monkeypatch.setattr(counting, "SECONDS_OF_ONE", 0.1)
    answer = await api.get("/v1/views/counts")

    shown = [one["attributes"] for one in answer.json()["data"]]
    assert [(one["count"], one["isFinished"]) for one in shown] == [(1, True), (None, False), (1, True)]
    assert (
        answer.headers["X-Kithdesk-Position"] == (await api.get("/v1/views")).headers["X-Kithdesk-Position"]
    )
    monkeypatch.setattr(counting, "SECONDS_OF_ALL", 0)
    late = [one["attributes"] for one in (await api.get("/v1/views/counts")).json()["data"]]
    assert [(one["count"], one["isFinished"]) for one in late] == [(None, False)] * 3


async def test_T39_counts_for_which_there_is_no_room_are_refused_and_no_view_is_to_blame(
    api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await created(api, "/v1/views", {"name": "fast", "query": {}})

    async def is_full(*_: Any, **__: Any) -> Any:
        raise Overloaded("Too much is being looked up just now.", retry_after=2)

    with monkeypatch.context() as crowded:
        crowded.setattr(Desk, "read_long", is_full)
        crowd = await api.get("/v1/views/counts")

    assert refusal(crowd)[:2] == (503, "overloaded")
    assert (await got(api, "/v1/views/counts"))["data"][0]["attributes"]["isFinished"]


async def test_T39_people_search_as_they_type_and_not_without_end(
    desk: Desk, ask: Ask, acme: Tenant, api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "SEARCHES_OF_A_PERSON", Rate(3, 60))
    admin = ask(await open_session_of(desk, "admin@acme.test"))

    statuses = [(await admin.get("/v1/search?q=kettle")).status_code for _ in range(4)]
    statuses.append((await admin.post("/v1/customers/search", json={})).status_code)

    assert statuses == [200, 200, 200, 429, 429]
    assert (await admin.get("/v1/customers")).status_code == 200
    assert (await api.get("/v1/search?q=kettle")).status_code == 200
