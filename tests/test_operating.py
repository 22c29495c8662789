"""What probes are told, and what it costs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from kithdesk import operating
from kithdesk.core import web
from kithdesk.core.desk import Desk

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
    look = desk.why_not_ready

    async def counted() -> str | None:
        looks.append("once")
        await asyncio.sleep(0.05)
        return await look()

    monkeypatch.setattr(desk, "why_not_ready", counted)

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
