"""`/openapi.json` tells of every refusal, and of none that there is not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.live.conftest import World
from tests.live.test_every_route import OPEN_TO_ALL

pytestmark = [pytest.mark.anyio, pytest.mark.only("sqlite")]


def operations(world: World) -> dict[str, dict[str, Any]]:
    paths = world.openapi["paths"]
    return {f"{method.upper()} {path}": paths[path][method] for path in paths for method in paths[path]}


async def test_what_the_framework_would_refuse_with_is_not_told(world: World) -> None:
    assert [route for route, one in operations(world).items() if "422" in one["responses"]] == []
    assert "HTTPValidationError" not in world.openapi["components"]["schemas"]


async def test_every_route_with_a_credential_says_which_and_how_it_refuses_without(world: World) -> None:
    described = operations(world)
    by_body = {"POST /c/v1/identity"}  # with one of two

    for route in described.keys() - OPEN_TO_ALL - by_body:
        if not route.endswith("/test/clock"):
            assert described[route].get("security"), route
            assert {"401", "403", "429"} <= described[route]["responses"].keys(), route
    assert {"HTTPBearer", "VisitorToken", "WidgetKey"} <= world.openapi["components"][
        "securitySchemes"
    ].keys()


async def test_a_refusal_is_of_the_shape_that_is_described(world: World) -> None:
    schema = world.openapi["components"]["schemas"]["Refusals"]
    headers = {"Authorization": f"Bearer {world.api_key}"}

    for path, status in (("/v1/conversations?colour=red", 400), ("/v1/conversations/" + "f" * 24, 404)):
        answer = await world.http.get(path, headers=headers)

        assert (answer.status_code, answer.json().keys()) == (status, schema["properties"].keys())
        fields = schema["properties"]["errors"]["items"]
        for error in answer.json()["errors"]:
            assert set(fields["required"]) <= error.keys() <= fields["properties"].keys()


async def test_writes_of_the_api_say_that_they_can_be_repeated(world: World) -> None:
    described = operations(world)
    repeated = {"$ref": "#/components/parameters/IdempotencyKey"}

    assert repeated in described["POST /v1/conversations"]["parameters"]
    assert repeated not in described["GET /v1/conversations"]["parameters"]
    for route in (
        "PUT /v1/auth/tokens/current",
        "DELETE /v1/auth/tokens/current",
        "PUT /v1/users/current/password",
    ):
        assert repeated not in described[route].get("parameters", [])
        assert not any(name.startswith("x-") for name in described[route])


async def test_doors_without_a_credential_say_that_they_may_be_slowed_down(world: World) -> None:
    described = operations(world)

    for route in ("POST /v1/auth/tokens", "POST /v1/auth/links", "POST /v1/uploads/{slot}"):
        assert {"429", "503"} <= described[route]["responses"].keys()
        assert "401" not in described[route]["responses"]


async def test_what_is_repeated_by_an_id_of_its_own_says_that_it_answers_200(world: World) -> None:
    described = operations(world)

    for thing in ("conversations", "messages", "notes"):
        assert {"200", "201"} <= described[f"POST /v1/{thing}"]["responses"].keys()
