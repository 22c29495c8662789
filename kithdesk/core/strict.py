"""Routes that take what they declare and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from email.message import Message
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.routing import Match
from starlette.types import Scope

from kithdesk.core import json
from kithdesk.core.errors import BadParameter, Unsupported
from kithdesk.core.names import check_text

PASSED_OVER = frozenset({"include"})
"""Parameters that Kustomer's clients send with any resource, and that change nothing here."""
_MAX_SHOWN = 64


class StrictRequest(Request):
    """Reads JSON bodies with our parser."""

    async def json(self) -> Any:
        try:
            return json.parse(await self.body())
        except ValueError as problem:
            raise BadParameter(str(problem)) from None


class StrictRoute(APIRoute):
    """`APIRouter(route_class=StrictRoute)`: every router of ours.

    Reading refuses parameters that the route does not declare: a filter that is passed over answers with everything.
    Writing takes a body that says it is JSON. No database is asked for what it cannot keep.
    """

    def __init__(self, path: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(path, *args, **kwargs)
        self._literal = self.path.partition("{")[0]

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if not scope["path"].startswith(self._literal):  # most routes, for most requests
            return Match.NONE, {}
        return super().matches(scope)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()
        declared = {*_parameters_of(self.dependant), *PASSED_OVER}
        takes_json = self.body_field is not None

        # Both other checks come last, so that a stranger is told of nothing but the missing credential.
        async def strict(request: Request) -> Response:
            _check_text_of_query(request)
            try:
                response = await handle(StrictRequest(request.scope, request.receive))
            except RequestValidationError:
                if takes_json:
                    _check_is_json(request)
                raise
            if request.method == "GET":
                _check_parameters(request, declared)
            return response

        return strict


def add_routes(to: APIRouter, *routers: APIRouter) -> None:
    """Puts their routes into one flat table: a router that is included is asked twice, and so at every level."""
    for router in routers:
        to.routes.extend(router.routes)


def _parameters_of(dependant: Dependant) -> Iterator[str]:
    yield from (field.alias for field in dependant.query_params)
    for inner in dependant.dependencies:
        yield from _parameters_of(inner)


def _check_text_of_query(request: Request) -> None:
    """PostgreSQL fails at a NUL; a path with one comes no further than the gate. Raises `BadParameter`."""
    query: bytes = request.scope["query_string"]
    if b"%00" in query or b"\0" in query:
        for name, value in request.query_params.multi_items():
            shown = name.replace("\0", "")[:_MAX_SHOWN]
            check_text(name + value, parameter=shown)


def _check_parameters(request: Request, declared: set[str]) -> None:
    for name in request.query_params:
        if name not in declared:
            raise BadParameter("There is no such parameter.", parameter=name[:_MAX_SHOWN])


def _check_is_json(request: Request) -> None:
    """Raises `Unsupported` for a body of another type. Without a body there is nothing to be of one."""
    header = request.headers.get("content-type")
    if header is None and request.headers.get("content-length", "0") == "0":
        return
    message = Message()
    message["content-type"] = header or "application/octet-stream"
    type = message.get_content_type()
    if type != "application/json" and not (type.startswith("application/") and type.endswith("+json")):
        raise Unsupported("The body is JSON: application/json.")
