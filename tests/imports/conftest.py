"""Imports are tested with the slices below them, and their files come over the real door."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from sqlalchemy import bindparam, select

from kithdesk.core.actors import system
from kithdesk.core.desk import Desk
from kithdesk.core.events import Event, Recorded
from kithdesk.core.work import Projector, Rows, Wiring, Work
from kithdesk.customers.companies.events import CompanyDeleted
from kithdesk.customers.companies.tables import companies
from kithdesk.customers.events import CustomerCreated, CustomerRemoved
from kithdesk.imports import jobs
from kithdesk.imports.ids import ImportId
from kithdesk.imports.queries import get_import
from kithdesk.imports.reading import decode_part
from kithdesk.imports.routes import router
from kithdesk.imports.taking import importer, take_chunk
from kithdesk.imports.uploading import key_of
from tests.api import Ask, Tenant, api_of, got
from tests.slices import WIRING, acme, api, foreign, globex, make, other

__all__ = ["acme", "api", "foreign", "globex", "make", "other"]

CSV = {"Content-Type": "text/csv"}


def break_sometimes(_rows: Rows, recorded: Recorded[CustomerCreated]) -> None:
    """A fault of ours that shows with one name only."""
    if recorded.event.display_name == "A row that breaks us":
        raise ZeroDivisionError


def break_when_removed(_rows: Rows, recorded: Recorded[CustomerRemoved]) -> None:
    """Another one."""
    if recorded.event.display_name == "A row that stays broken":
        raise ZeroDivisionError


def break_when_deleted(rows: Rows, recorded: Recorded[CompanyDeleted]) -> None:
    """And one that no name tells: by then the fact has only its id."""
    name = select(companies.c.name).where(companies.c.id == bindparam("id"))
    if rows.execute(name, {"id": recorded.event.company}).scalar() == "A firm that stays broken":
        raise ZeroDivisionError


@pytest.fixture
def wiring() -> Wiring:
    breaks: dict[type[Event], Projector] = {
        CustomerCreated: break_sometimes,
        CustomerRemoved: break_when_removed,
        CompanyDeleted: break_when_deleted,
    }
    broken = {event: (*WIRING.projectors[event], breaks_on) for event, breaks_on in breaks.items()}
    return Wiring(
        projectors={**WIRING.projectors, **broken},
        reactions=WIRING.reactions,
        verbs=WIRING.verbs,
        handlers={**WIRING.handlers, **jobs.HANDLERS},
    )


@pytest.fixture
async def ask(desk: Desk) -> AsyncIterator[Ask]:
    async with api_of(desk, router) as opened:
        yield opened


@dataclass(frozen=True)
class Sheet:
    """An import over HTTP."""

    api: httpx.AsyncClient
    desk: Desk
    id: str

    async def do(self, what: str) -> dict[str, Any]:
        """`start`, `stop` or `undo`, without running any job."""
        answer = await self.api.post(f"/v1/imports/{self.id}/{what}")
        assert answer.status_code == 200, answer.text
        attributes: dict[str, Any] = answer.json()["data"]["attributes"]
        return attributes

    async def run(self, what: str = "start") -> dict[str, Any]:
        """The same to its end."""
        await self.do(what)
        await self.desk.jobs.settle()
        return await self.seen()

    async def seen(self) -> dict[str, Any]:
        attributes: dict[str, Any] = (await got(self.api, f"/v1/imports/{self.id}"))["data"]["attributes"]
        return attributes

    async def rows(self, outcome: str = "failed") -> list[dict[str, Any]]:
        found = await got(self.api, f"/v1/imports/{self.id}/rows?outcome={outcome}")
        return [row["attributes"] for row in found["data"]]

    async def preview(self) -> list[dict[str, Any]]:
        found = await got(self.api, f"/v1/imports/{self.id}/preview")
        return [row["attributes"] for row in found["data"]]

    async def map(self, mapping: Mapping[int, str], **more: Any) -> httpx.Response:
        said = {str(column): target for column, target in mapping.items()}
        return await self.api.put(f"/v1/imports/{self.id}", json={"mapping": said, **more})


async def upload(api: httpx.AsyncClient, content: str | bytes) -> httpx.Response:
    raw = content.encode() if isinstance(content, str) else content
    return await api.post("/v1/imports?name=Old+tool", content=raw, headers=CSV)


async def sheet(
    api: httpx.AsyncClient, desk: Desk, content: str | bytes, mapping: Mapping[int, str], **more: Any
) -> Sheet:
    """A draft that knows which column is what."""
    answer = await upload(api, content)
    assert answer.status_code == 201, answer.text
    made = Sheet(api, desk, answer.json()["data"]["id"])
    mapped = await made.map(mapping, **more)
    assert mapped.status_code == 200, mapped.text
    return made


async def people(api: httpx.AsyncClient) -> dict[str, dict[str, Any]]:
    """All customers' attributes by name."""
    found = await got(api, "/v1/customers?pageSize=100")
    return {one["attributes"]["displayName"]: {**one["attributes"], "id": one["id"]} for one in found["data"]}


async def take(desk: Desk, acme: Tenant, id: str, first: int, count: int, *, dies: bool = False) -> None:
    """One chunk, as a job takes it."""
    of = ImportId(id)
    known = (await desk.read(get_import, of, by=system(acme.id))).value
    assert known.started_by is not None
    rows = decode_part(await desk.files.get(key_of(acme.id, of, 0)))[first : first + count]

    def chunk(work: Work) -> None:
        take_chunk(work, of, first, rows)
        if dies:
            raise ZeroDivisionError

    await desk.run(chunk, by=importer(acme.id, known.started_by))
