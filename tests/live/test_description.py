"""What `/openapi.json` promises of every route, held to the server that serves it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from inspect import iscoroutinefunction
from typing import Any

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from fastapi.security.base import SecurityBase

from kithdesk.app import create_api
from tests.live.conftest import World, opened

pytestmark = pytest.mark.anyio

READ_FROM_A_PLACE = {"/v1/customers/{id}/timeline", "/c/v1/chat/sessions/{id}/messages"}


def operations(world: World) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in world.openapi["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def lists(world: World) -> Iterator[tuple[str, set[str]]]:
    """Paths that answer with a list, and the parameters they declare."""
    schemas = world.openapi["components"]["schemas"]
    for method, path, operation in operations(world):
        content = operation["responses"].get("200", {}).get("content", {}).get("application/json", {})
        name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
        data = schemas.get(name, {}).get("properties", {}).get("data", {})
        if method == "get" and data.get("type") == "array":
            yield path, {one["name"] for one in operation.get("parameters", []) if one["in"] == "query"}


async def test_every_operation_says_in_a_phrase_what_it_does(world: World) -> None:
    said = {f"{method} {path}": operation["summary"] for method, path, operation in operations(world)}

    assert {
        route: text for route, text in said.items() if not re.fullmatch(r"[A-Z][a-zA-Z', -]{2,59}", text)
    } == {}
    # The framework makes a title of the function's name where nothing was said.
    titles = [text for text in said.values() if len(re.findall(r"\b(?!Shopify|Woo)[A-Z][a-z]", text)) > 1]
    assert titles == []


async def test_every_list_pages(world: World) -> None:
    found = dict(lists(world))

    assert len(found) > 15
    for path, parameters in found.items():
        wanted = {"pageSize"} if path in READ_FROM_A_PLACE else {"page", "pageSize"}
        assert wanted <= parameters, path


async def test_every_list_refuses_filters_it_does_not_have(world: World) -> None:
    visitor = await world.visitor_token()
    conversation = await opened(await world.visitor(visitor))
    customer = (await world.get("/v1/customers"))["data"][0]["id"]
    session = (await world.get(f"/v1/customers/{customer}/sessions"))["data"][0]["id"]
    user = (await world.get("/v1/users/current"))["data"]["id"]
    team = await world.http.post(
        "/v1/teams", json={"name": "Tents"}, headers={"Authorization": f"Bearer {world.api_key}"}
    )
    company = await world.http.post(
        "/v1/companies", json={"name": "Tents"}, headers={"Authorization": f"Bearer {world.api_key}"}
    )
    shop = await world.http.post(
        "/v1/integrations",
        json={"provider": "shopify", "name": "Tents", "secret": "signs what it sends"},
        headers={"Authorization": f"Bearer {world.api_key}"},
    )
    table = await world.http.post(
        "/v1/imports",
        content=b"Name\nAna\n",
        headers={"Authorization": f"Bearer {world.api_key}", "Content-Type": "text/csv"},
    )
    imported = table.json()["data"]["id"]
    await world.http.put(
        f"/v1/imports/{imported}",
        json={"mapping": {"0": "name"}},
        headers={"Authorization": f"Bearer {world.api_key}"},
    )
    items = (await world.get(f"/v1/routing/conversations/{conversation}/work-items"))["data"]
    ids = {
        "/v1/customers/": customer,
        "/v1/imports/": imported,
        "/v1/integrations/": shop.json()["data"]["id"],
        "/v1/companies/": company.json()["data"]["id"],
        "/v1/users/": user,
        "/v1/routing/users/": user,
        "/v1/routing/work-items/": items[0]["id"],
        "/v1/teams/": team.json()["data"]["id"],
    }
    for path, _ in lists(world):
        id = next((id for prefix, id in ids.items() if path.startswith(prefix)), conversation)
        named = path.replace("{klass}", "order").replace("{session}", session)
        address = re.sub(r"\{[^}]+\}", id, named)
        token = visitor if path.startswith("/c/") else world.api_key

        async def ask(query: str, address: str = address, token: str = token) -> Any:
            return await world.http.get(f"{address}?{query}", headers={"Authorization": f"Bearer {token}"})

        assert (await ask("pageSize=1&include=customer")).status_code == 200, path
        for query, parameter in (("colour=red", "colour"), ("pageSize=0", "pageSize")):
            answer = await ask(query)
            error = answer.json()["errors"][0]
            assert (answer.status_code, error["code"]) == (400, "badparam"), (path, query)
            assert error["source"] == {"parameter": parameter}, (path, query)


async def test_a_method_that_is_not_there_names_those_that_are(world: World) -> None:
    answer = await world.http.delete("/v1/messages/" + "f" * 24)

    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert answer.json()["errors"] == [
        {"status": 405, "code": "methodnotallowed", "title": "Method Not Allowed"}
    ]


@pytest.mark.parametrize(
    "path", ["/v1/conversations", "/v1/users/current", "/healthz", "/openapi.json", "/widget.js"]
)
async def test_whoever_asks_for_the_head_gets_that_of_the_whole_answer(world: World, path: str) -> None:
    headers = {"Authorization": f"Bearer {world.api_key}"}

    whole, head = await world.http.get(path, headers=headers), await world.http.head(path, headers=headers)

    assert (head.status_code, head.content) == (whole.status_code, b"")
    for name in ("content-type", "content-length", "cache-control", "x-kithdesk-position"):
        assert head.headers.get(name) == whole.headers.get(name), name


async def test_the_head_of_a_stream_or_a_write_is_not_there(world: World) -> None:
    headers = {"Authorization": f"Bearer {world.api_key}"}

    stream = await world.http.head("/c/v1/live/events", headers=headers)
    write = await world.http.head("/v1/conversations/" + "f" * 24 + "/tags", headers=headers)

    assert (stream.status_code, write.status_code) == (404, 405)


async def test_every_route_and_what_it_depends_on_runs_on_the_loop(world: World) -> None:
    """A plain function would run in a thread, beside the lane whose thread the loop is."""

    def calls(dependant: Dependant) -> Iterator[Any]:
        if dependant.call is not None:
            yield dependant.call
        for deeper in dependant.dependencies:
            yield from calls(deeper)

    def routes(router: Any) -> Iterator[APIRoute]:
        for route in router.routes:
            if isinstance(route, APIRoute):
                yield route
            elif hasattr(route, "original_router"):  # how FastAPI keeps an included one
                yield from routes(route.original_router)

    ours = list(routes(create_api(world.desk)))
    plain = {
        call.__qualname__
        for route in ours
        for call in calls(route.dependant)
        if not (iscoroutinefunction(call) or isinstance(call, SecurityBase))
    }

    assert len(ours) > 50
    assert plain == set()
