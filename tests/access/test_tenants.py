"""T22 and T23: every route of this slice, tried by everyone who must not."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from kithdesk.access import create_team
from kithdesk.access.credentials import new_token
from kithdesk.access.routes import router
from kithdesk.core.desk import Desk
from tests.access.houses import PASSWORD, Browse, House, SignIn

Route = tuple[str, str]

NOBODY: set[Route] = {
    ("POST", "/v1/auth/tokens"),
    ("POST", "/v1/auth/links"),
    ("POST", "/v1/auth/setup"),
}
"""Open to anyone: they check a credential in the body."""

AGENT: set[Route] = {
    ("GET", "/v1/auth/tokens/current"),
    ("PUT", "/v1/auth/tokens/current"),
    ("DELETE", "/v1/auth/tokens/current"),
    ("PUT", "/v1/users/current/password"),
    ("GET", "/v1/users"),
    ("GET", "/v1/users/{ids}"),
    ("PUT", "/v1/users/{user}"),
    ("PATCH", "/v1/users/{user}"),
    ("DELETE", "/v1/users/{user}"),
    ("GET", "/v1/users/{user}/teams"),
    ("GET", "/v1/users/{user}/sessions"),
    ("GET", "/v1/users/{user}/sessions/{session}"),
    ("DELETE", "/v1/users/{user}/sessions"),
    ("DELETE", "/v1/users/{user}/sessions/{session}"),
    ("GET", "/v1/role-groups"),
    ("GET", "/v1/role-groups/{id}"),
    ("GET", "/v1/teams"),
    ("GET", "/v1/teams/{ids}"),
    ("GET", "/v1/teams/{team}/members"),
    ("GET", "/v1/orgs/{organisation}"),
}
"""For everyone who is signed in; what concerns somebody else takes an administrator (T30)."""

ADMIN: set[Route] = {
    ("POST", "/v1/users"),
    ("POST", "/v1/teams"),
    ("PUT", "/v1/teams/{team}"),
    ("PATCH", "/v1/teams/{team}"),
    ("DELETE", "/v1/teams/{team}"),
    ("PUT", "/v1/teams/{team}/members"),
    ("GET", "/v1/auth/api-keys"),
    ("POST", "/v1/auth/api-keys"),
    ("GET", "/v1/auth/api-keys/{key}"),
    ("DELETE", "/v1/auth/api-keys/{key}"),
    ("GET", "/v1/auth/customer/settings"),
    ("POST", "/v1/auth/customer/settings/rotate"),
    ("DELETE", "/v1/auth/customer/settings/secrets/{secret}"),
}

BODIES: dict[Route, Any] = {
    ("PUT", "/v1/auth/tokens/current"): {"password": PASSWORD},
    ("PUT", "/v1/users/current/password"): {"currentPassword": PASSWORD, "password": "another good one"},
    ("PUT", "/v1/users/{user}"): {"displayName": "Owned"},
    ("PATCH", "/v1/users/{user}"): {"displayName": "Owned"},
    ("POST", "/v1/users"): {"email": "x@y.test", "displayName": "X"},
    ("POST", "/v1/teams"): {"name": "Owned"},
    ("PUT", "/v1/teams/{team}"): {"name": "Owned"},
    ("PATCH", "/v1/teams/{team}"): {"name": "Owned"},
    ("PUT", "/v1/teams/{team}/members"): {"members": []},
    ("POST", "/v1/auth/api-keys"): {"name": "Owned", "roles": ["admin"]},
    ("POST", "/v1/auth/customer/settings/rotate"): {"overlapHours": 24},
}


def routes() -> list[Route]:
    api = FastAPI()
    api.include_router(router)
    paths = api.openapi()["paths"]
    return sorted((method.upper(), path) for path, methods in paths.items() for method in methods)


def test_T22_every_route_says_who_may() -> None:
    assert set(routes()) == NOBODY | AGENT | ADMIN


def ids_of(house: House, team: str, key: str, session: str) -> dict[str, str]:
    return {
        "user": house.agent,
        "ids": house.agent,
        "team": team,
        "key": key,
        "session": session,
        "organisation": house.id,
        "secret": house.admin,
        "id": "0" * 24,
    }


async def ask(client: httpx.AsyncClient, route: Route, ids: dict[str, str]) -> httpx.Response:
    method, template = route
    path = template
    if template == "/v1/teams/{ids}":
        path = template.format(ids=ids["team"])
    return await client.request(method, path.format(**ids), json=BODIES.get(route))


@pytest.fixture
async def theirs(desk: Desk, globex: House, browse: Browse, sign_in: SignIn) -> dict[str, str]:
    """Ids of everything Globex has."""
    team = (await desk.run(create_team, "Their team", members=[globex.agent], by=globex.by)).value.id
    admin = await sign_in(globex.admin_email)
    made = await admin.post("/v1/auth/api-keys", json={"name": "Theirs", "roles": ["admin"]})
    await sign_in(globex.agent_email)
    sessions = await admin.get(f"/v1/users/{globex.agent}/sessions")
    return ids_of(globex, team, made.json()["data"]["id"], sessions.json()["data"][0]["id"])


async def test_T22_nobody_gets_in_without_a_living_credential(
    desk: Desk, globex: House, theirs: dict[str, str], browse: Browse
) -> None:
    head = await desk.head(globex.id)
    strangers = [None, new_token("key"), new_token("session"), globex.widget_key, "kdv_" + "x" * 49, ""]
    for token in strangers:
        for route in AGENT | ADMIN:
            answer = await ask(browse(token), route, theirs)
            assert answer.status_code == 401, (token, route)
            assert answer.json()["errors"][0]["code"] == "unauthorized"
    assert await desk.head(globex.id) == head


async def test_T22_an_agent_gets_no_administrators_route(
    desk: Desk, globex: House, theirs: dict[str, str], sign_in: SignIn
) -> None:
    agent = await sign_in(globex.agent_email)
    head = await desk.head(globex.id)
    for route in ADMIN:
        assert (await ask(agent, route, theirs)).status_code == 403, route
    assert await desk.head(globex.id) == head


async def test_T22_the_other_tenant_sees_ids_that_never_were(
    desk: Desk, acme: House, globex: House, theirs: dict[str, str], browse: Browse, sign_in: SignIn
) -> None:
    never = dict.fromkeys(theirs, "0" * 24)
    head = await desk.head(globex.id)
    tried = 0
    for route in AGENT | ADMIN:
        if "{" not in route[1] or route[1].endswith("{id}"):
            continue
        for client in (await sign_in(acme.admin_email), browse(acme.key)):
            foreign, unknown = await ask(client, route, theirs), await ask(client, route, never)
            assert foreign.status_code == unknown.status_code == 404, route
            assert {**foreign.json(), "meta": None} == {**unknown.json(), "meta": None}
            tried += 1
    assert tried > 20
    assert await desk.head(globex.id) == head


async def test_T22_lists_hold_ones_own_only(
    desk: Desk, acme: House, globex: House, theirs: dict[str, str], browse: Browse
) -> None:
    client = browse(acme.key)
    for path in ("/v1/users", "/v1/teams", "/v1/auth/api-keys", "/v1/role-groups"):
        text = (await client.get(path, params={"pageSize": 100})).text
        assert globex.id not in text
        assert not any(theirs[name] in text for name in ("user", "team", "key"))
    several = await client.get(f"/v1/users/{acme.agent},{globex.agent},{'0' * 24}")
    assert [one["id"] for one in several.json()["data"]] == [acme.agent]
    found = await client.get("/v1/users", params={"email": globex.agent_email})
    assert found.json()["data"] == []


async def test_T09_no_get_changes_anything(
    desk: Desk, globex: House, theirs: dict[str, str], sign_in: SignIn
) -> None:
    admin = await sign_in(globex.admin_email)
    head = await desk.head(globex.id)
    for route in routes():
        if route[0] == "GET":
            assert (await ask(admin, route, theirs)).status_code in (200, 404), route
    for path in ("tokens", "links", "setup"):
        assert (await admin.get(f"/v1/auth/{path}", params={"token": new_token("link")})).status_code == 405
    assert await desk.head(globex.id) == head


async def test_T23_foreign_ids_in_bodies_change_nothing(
    desk: Desk, acme: House, globex: House, browse: Browse
) -> None:
    client = browse(acme.key)
    mine = (await client.post("/v1/teams", json={"name": "Mine"})).json()["data"]
    head = await desk.head(acme.id)

    for answer in (
        await client.put(f"/v1/teams/{mine['id']}/members", json={"members": [acme.agent, globex.agent]}),
        await client.put(f"/v1/teams/{mine['id']}", json={"name": "Renamed", "members": [globex.agent]}),
        await client.post("/v1/teams", json={"name": "New", "members": [globex.agent]}),
    ):
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["source"]["parameter"] == "members"

    assert await desk.head(acme.id) == head
    assert (await client.get(mine["links"]["self"])).json()["data"]["attributes"] == mine["attributes"]


async def test_T24_what_is_not_listed_is_not_stored(acme: House, browse: Browse) -> None:
    client = browse(acme.key)
    for field in ("id", "org", "roles", "createdAt", "createdBy", "rev", "userType", "verified", "password"):
        answer = await client.patch(f"/v1/users/{acme.agent}", json={"displayName": "Ana", field: "x"})
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["source"]["parameter"] == field
    for field in ("id", "org", "deleted", "createdAt", "roleGroups"):
        assert (await client.post("/v1/teams", json={"name": "T", field: "x"})).status_code == 400
