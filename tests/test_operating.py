"""What probes are told, and what it costs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI, Request

from kithdesk import operating
from kithdesk.core import web
from kithdesk.core.desk import Desk
from kithdesk.core.web import desk_of

pytestmark = pytest.mark.anyio


@pytest.fixture
async def probe(desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    api = FastAPI()
    api.state.desk = desk
    web.install(api)
    api.include_router(operating.probes)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(api), base_url="http://127.0.0.1") as client:
        yield client


async def test_whoever_asks_while_somebody_looks_has_that_answer(
    desk: Desk, probe: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str] = []
    look, all_have_asked = desk.why_not_ready, asyncio.Event()
    asked = 0

    async def counted() -> str | None:
        looks.append("once")
        await all_have_asked.wait()
        return await look()

    def noted(request: Request) -> Desk:
        nonlocal asked
        asked += 1
        if asked == 50:
            all_have_asked.set()
        return desk_of(request)

    monkeypatch.setattr(desk, "why_not_ready", counted)
    monkeypatch.setattr(operating, "desk_of", noted)

    answers = await asyncio.gather(*(probe.get("/readyz") for _ in range(50)))

    assert {answer.status_code for answer in answers} == {200}
    assert looks == ["once"]
    assert (await probe.get("/readyz")).status_code == 200
    assert len(looks) == 2, "the next one looks again"


async def test_T96_a_database_that_is_not_whole_is_told_without_details(
    desk: Desk, probe: httpx.AsyncClient
) -> None:
    desk.is_whole = False

    answer = await probe.get("/readyz")

    assert answer.status_code == 200
    assert "the database is not whole: the log says where" in answer.json()["degraded"]
