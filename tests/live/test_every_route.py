"""T22: every route of the API description, asked by those who may not. A route that is missing here fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from kithdesk.access import provisioning
from tests.live.conftest import World, opened

pytestmark = pytest.mark.anyio

NOBODY = "f" * 24
NOT_LOOKED_UP = pytest.mark.only("sqlite")
"""No database is asked what to think of it."""
OPEN_TO_ALL = {
    "GET /.well-known/kithdesk-privacy.json",
    "GET /c/v1/chat/settings",
    "GET /healthz",
    "GET /readyz",
    "GET /c/v1/files/{token}",
    "GET /files/{token}",
    "POST /v1/auth/links",
    "POST /v1/auth/setup",
    "POST /v1/auth/tokens",
    "POST /c/v1/uploads/{slot}",
    "POST /v1/uploads/{slot}",
    "POST /hooks/shopify/{key}",
    "POST /hooks/woocommerce/{key}",
}
"""Doors whose credential is in the path or body, or that need none."""
SAME_FOR_EVERYBODY = {
    "/v1/chat/queues/metrics/{ids}",
    "/v1/role-groups/{id}",
    "/v1/metadata/{record}",
    "/v1/schedules/countries/{country}",
}
NEEDS_ID_OF = {
    "/v1/conversations/": "conversation",
    "/c/v1/conversations/": "conversation",
    "/c/v1/chat/sessions/": "conversation",
    "/v1/routing/conversations/": "conversation",
    "/v1/customers/": "customer",
    "/v1/customers/merges/": "merge",
    "/v1/companies/": "company",
    "/v1/klasses/": "klass",
    "/v1/messages/": "message",
    "/v1/notes/": "note",
    "/v1/attachments/": "attachment",
    "/c/v1/chat/attachments/": "attachment",
    "/v1/tags/": "tag",
    "/v1/teams/": "team",
    "/v1/users/": "user",
    "/v1/routing/users/": "user",
    "/v1/routing/queues/": "queue",
    "/v1/routing/queue-staffing/": "queue",
    "/v1/routing/work-items/": "item",
    "/v1/routing/queue-rules/": "rule",
    "/v1/routing/skills/": "skill",
    "/v1/auth/api-keys/": "key",
    "/v1/auth/customer/settings/secrets/": "secret",
    "/v1/orgs/": "organisation",
    "/v1/jobs/": "job",
    "/v1/integrations/": "integration",
    "/v1/imports/": "import",
    "/v1/routing/simulations/": "simulation",
    "/v1/views/": "view",
    "/v1/slas/": "sla",
    "/v1/schedules/": "schedule",
}
BODIES: dict[str, Any] = {
    "POST /c/v1/identity": {"externalToken": "x"},
    "PATCH /v1/conversations/{id}": {"priority": 1},
    "PUT /v1/conversations/{id}": {"priority": 1},
    "POST /v1/conversations/{id}/messages": {"body": "x"},
    "POST /v1/conversations/{id}/notes": {"body": "x"},
    "POST /v1/conversations/{id}/tags": ["x"],
    "DELETE /v1/conversations/{id}/tags": ["x"],
    "PUT /v1/conversations/{id}/drafts/current": {"kind": "message", "body": "x"},
    "PATCH /v1/customers/{id}": {"name": "x"},
    "PUT /v1/customers/{id}": {"name": "x"},
    "POST /v1/customers/{id}/messages": {"body": "x", "channel": "chat"},
    "POST /v1/customers/{id}/conversations": {"name": "x"},
    "POST /v1/customers/{id}/drafts": {"body": "x"},
    "PUT /v1/klasses/{klass}/{id}": {"title": "x"},
    "PATCH /v1/klasses/{klass}/{id}": {"title": "x"},
    "POST /v1/customers/{id}/klasses/{klass}": {"title": "x"},
    "POST /v1/companies/{id}/klasses/{klass}": {"title": "x"},
    "PUT /v1/conversations/{id}/kobjects/{record}": None,
    "DELETE /v1/conversations/{id}/kobjects/{record}": None,
    "PUT /v1/routing/users/{id}/status": {"status": "busy"},
    "PUT /v1/routing/users/{id}/skills": {"skills": {}},
    "PUT /v1/routing/queues/{id}": {"name": "x"},
    "PATCH /v1/routing/queues/{id}": {"name": "x"},
    "PUT /v1/routing/queue-rules/{id}": {"name": "x"},
    "PATCH /v1/routing/queue-rules/{id}": {"name": "x"},
    "POST /v1/routing/conversations/{id}/transfers": {"user": NOBODY, "reason": "x"},
    "PUT /v1/integrations/{id}": {"name": "x"},
    "PUT /v1/views/{id}": {"name": "x"},
    "PUT /v1/slas/{sla}": {"name": "x"},
    "PUT /v1/schedules/{schedule}": {"name": "x"},
    "PATCH /v1/schedules/{schedule}": {"name": "x"},
    "PATCH /v1/slas/{sla}": {"name": "x"},
    "PUT /v1/users/{user}": {"displayName": "x"},
    "PATCH /v1/users/{user}": {"displayName": "x"},
    "PUT /v1/teams/{team}": {"name": "x"},
    "PATCH /v1/teams/{team}": {"name": "x"},
    "PUT /v1/teams/{team}/members": {"members": []},
    "PUT /c/v1/chat/sessions/{id}": {"ended": True},
    "PATCH /c/v1/conversations/{id}": {"custom": {"orderStr": "1"}},
}


def routes(world: World) -> Iterator[tuple[str, str]]:
    schema = world.openapi
    for path, methods in schema["paths"].items():
        for method in methods:
            yield method.upper(), path


def filled(path: str, value: str) -> str:
    return re.sub(r"\{[^}]+\}", value, path)


@pytest.mark.parametrize(
    "credential",
    [
        *(pytest.param(one, marks=NOT_LOOKED_UP) for one in (None, "Bearer nonsense", "Basic YTpi")),
        "Bearer kdk_" + "x" * 43,
    ],
)
async def test_T22_no_route_answers_without_a_credential(world: World, credential: str | None) -> None:
    headers = {} if credential is None else {"Authorization": credential}
    answers = {}
    for method, path in routes(world):
        if f"{method} {path}" in OPEN_TO_ALL:
            continue
        answer = await world.http.request(
            method, filled(path, NOBODY), json=BODIES.get(f"{method} {path}", {}), headers=headers
        )
        answers[f"{method} {path}"] = (answer.status_code, answer.json()["errors"][0]["code"])

    assert {route: found for route, found in answers.items() if found != (401, "unauthorized")} == {}


async def test_T22_a_visitor_token_opens_nothing_of_the_api(world: World) -> None:
    headers = {"Authorization": f"Bearer {await world.visitor_token()}"}
    statuses = {}
    for method, path in routes(world):
        if path.startswith("/v1/") and f"{method} {path}" not in OPEN_TO_ALL:
            answer = await world.http.request(method, filled(path, NOBODY), json={}, headers=headers)
            statuses[f"{method} {path}"] = answer.status_code

    assert set(statuses.values()) == {401}


async def test_T22_an_agent_key_opens_nothing_of_the_visitors(world: World) -> None:
    headers = {"Authorization": f"Bearer {world.api_key}"}
    for method, path in routes(world):
        if path.startswith("/c/v1/") and f"{method} {path}" not in OPEN_TO_ALL:
            answer = await world.http.request(
                method, filled(path, NOBODY), json=BODIES.get(f"{method} {path}", {}), headers=headers
            )
            assert answer.status_code == 401, (method, path)


async def test_T22_T17_ids_of_another_organisation_answer_like_ids_that_never_were(world: World) -> None:
    ids = await _one_of_everything(world)
    theirs = await provisioning.init(
        world.desk, org="Mirror", email="a@mirror.test", password=None, rotate=False
    )
    their_visitor = await world.visitor_token(theirs["widget"]["key"])
    head = await world.desk.head(ids["organisation"])
    tried = 0
    for method, path in routes(world):
        kind = next((kind for prefix, kind in NEEDS_ID_OF.items() if path.startswith(prefix + "{")), None)
        if kind is None:
            is_harmless = "={" in path or f"{method} {path}" in OPEN_TO_ALL or path in SAME_FOR_EVERYBODY
            assert "{" not in path or is_harmless, f"who tries {method} {path}?"
            continue
        token = their_visitor if path.startswith("/c/") else theirs["apiKey"]
        answers = []
        for value in (ids[kind], NOBODY):
            answer = await world.http.request(
                method,
                filled(path, value),
                json=BODIES.get(f"{method} {path}", {}),
                headers={"Authorization": f"Bearer {token}"},
            )
            answers.append((answer.status_code, answer.json()["errors"] if answer.content else None))
        tried += 1
        assert answers[0] == answers[1], (method, path)
        assert answers[0][0] in (400, 403, 404), (method, path, answers)
        if f"{method} {path}" in BODIES or method == "GET":
            assert answers[0][0] in (403, 404), (method, path, answers)
    assert tried > 30
    assert await world.desk.head(ids["organisation"]) == head


async def _one_of_everything(world: World) -> dict[str, Any]:
    made = await provisioning.init(
        world.desk, org="Acme", email="admin@acme.test", password=None, rotate=False
    )
    visitor = await world.visitor()
    conversation = await opened(visitor)
    said = (await visitor.until(op="ack"))["message"]
    key = await provisioning.create_api_key(world.desk, name="k", role="agent", org="Acme")

    async def post(path: str, body: Any) -> Any:
        answer = await world.http.post(path, json=body, headers={"Authorization": f"Bearer {world.api_key}"})
        assert answer.status_code in (200, 201), answer.text
        return answer.json()["data"]

    tag = await post("/v1/tags", {"name": "vip"})
    note = await post("/v1/notes", {"conversation": conversation, "body": "Be nice"})
    attachment = await post(
        "/v1/attachments", {"name": "a.txt", "contentType": "text/plain", "contentLength": 3}
    )
    queue = (await world.get("/v1/routing/queues"))["data"][0]["id"]
    admin = await world.agent_token("boss@acme.test", "Boss")
    assert admin
    users = (await world.get("/v1/users"))["data"]
    team = await post("/v1/teams", {"name": "Tents"})
    klass = await post("/v1/klasses", {"name": "trip"})
    shop = {"provider": "shopify", "name": "Shop", "secret": "signs what it sends"}
    integration = await post("/v1/integrations", shop)
    view = await post("/v1/views", {"name": "Open", "query": {}, "isShared": True})
    company = await post("/v1/companies", {"name": "Acme Outdoors"})
    parts = [(await post("/v1/customers", {"name": name}))["id"] for name in ("Ana", "Ben")]
    merge = await post("/v1/customers/merges", {"source": parts[0], "target": parts[1]})
    secrets = (await world.get("/v1/auth/customer/settings"))["data"]["attributes"]["secrets"]
    table = await world.http.post(
        "/v1/imports",
        content=b"Name\nAna\n",
        headers={"Authorization": f"Bearer {world.api_key}", "Content-Type": "text/csv"},
    )
    rule = await post("/v1/routing/queue-rules", {"name": "All", "queue": queue})
    skill = await post("/v1/routing/skills", {"name": "Refunds", "key": "refunds"})
    items = (await world.get(f"/v1/routing/conversations/{conversation}/work-items"))["data"]
    sla = await post("/v1/slas", {"name": "Gold", "metrics": {"firstResponse": {"seconds": 60}}})
    schedule = await post("/v1/schedules", {"name": "Office", "timezone": "UTC", "hours": {}})
    past = await post("/v1/routing/simulations", {"from": "2020-01-01T00:00Z", "to": "2020-01-02T00:00Z"})
    return {
        "simulation": past["id"],
        "sla": sla["id"],
        "schedule": schedule["id"],
        "item": items[0]["id"],
        "rule": rule["id"],
        "skill": skill["id"],
        "import": table.json()["data"]["id"],
        "secret": secrets[0]["id"],
        "organisation": made["org"]["id"],
        "conversation": conversation,
        "customer": said["customer"],
        "merge": merge["id"],
        "company": company["id"],
        "message": said["id"],
        "note": note["id"],
        "attachment": attachment["id"],
        "tag": tag["id"],
        "team": team["id"],
        "user": users[0]["id"],
        "queue": queue,
        "key": key["id"],
        "klass": klass["id"],
        "integration": integration["id"],
        "view": view["id"],
        "job": NOBODY[:-1] + "0",
    }
