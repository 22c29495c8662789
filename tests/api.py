"""The API of the slices up to the timeline, and opening conversations, for two organisations that look alike."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from fastapi import APIRouter, FastAPI

from kithdesk.access import provisioning
from kithdesk.access.routes import router as access
from kithdesk.conversations.routes import router as conversations
from kithdesk.core import web
from kithdesk.core.desk import Desk
from kithdesk.core.headers import Gate
from kithdesk.core.ids import OrganisationId
from kithdesk.core.strict import add_routes
from kithdesk.customers.objects.routes import router as objects
from kithdesk.customers.routes import router as customers
from kithdesk.routing.routes.beginning import router as beginning
from kithdesk.routing.routes.bulk import router as bulk
from kithdesk.timeline.routes import router as timeline

HOME = "http://127.0.0.1:8080"

Ask = Callable[..., httpx.AsyncClient]


@dataclass(frozen=True)
class Tenant:
    """An organisation, its administrator's API key, and one of a lesser program."""

    id: OrganisationId
    admin: str
    key: str
    lesser_key: str


async def settle(desk: Desk, name: str) -> Tenant:
    """Founds it. Nobody in it has a password: hashing one costs more than most tests."""
    made = await provisioning.init(desk, name, f"admin@{name.lower()}.test")
    lesser = await provisioning.create_api_key(desk, "lesser", "agent", name)
    return Tenant(made["org"]["id"], made["admin"]["id"], made["apiKey"], lesser["apiKey"])


@asynccontextmanager
async def api_of(desk: Desk, *more: APIRouter) -> AsyncIterator[Ask]:
    """`ask(token)` opens a client that shows this token. `more`: routes of slices above the timeline."""
    app = FastAPI()
    app.state.desk = desk
    web.install(app)
    # As the product does: each app that includes a router builds its routes anew, which costs more than most tests.
    add_routes(app.router, access, customers, objects, conversations, timeline, beginning, bulk, *more)
    transport = httpx.ASGITransport(Gate(app, ""), client=("203.0.113.7", 40_000), raise_app_exceptions=False)
    clients: list[httpx.AsyncClient] = []

    def ask(token: str | None = None) -> httpx.AsyncClient:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        clients.append(httpx.AsyncClient(transport=transport, base_url=HOME, headers=headers))
        return clients[-1]

    yield ask
    for client in clients:
        await client.aclose()


async def created(client: httpx.AsyncClient, path: str, body: dict[str, Any] | list[Any]) -> dict[str, Any]:
    """What a POST that must succeed gave as `data`."""
    answer = await client.post(path, json=body)
    assert answer.status_code in (200, 201), answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data


async def declare(client: httpx.AsyncClient, record: str, **declared: str | dict[str, Any]) -> None:
    """Attributes of a kind of record: `planStr="Str"`, or with all that is said of it. Takes an administrator."""
    said = {name: {"type": one} if isinstance(one, str) else one for name, one in declared.items()}
    answer = await client.put(f"/v1/metadata/{record}", json={"properties": said})
    assert answer.status_code == 200, answer.text


async def got(client: httpx.AsyncClient, path: str) -> Any:
    """The document of a GET that must succeed."""
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def refusal(answer: httpx.Response) -> tuple[int, str, str | None]:
    """Status, code and parameter of the first error."""
    error = answer.json()["errors"][0]
    assert error["status"] == answer.status_code
    return answer.status_code, error["code"], error.get("source", {}).get("parameter")
