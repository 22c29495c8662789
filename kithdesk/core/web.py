"""HTTP without a product: requests in, one kind of answer and one kind of refusal out.

A route parses, calls one verb or query through `command` or `query`, and is done.
"""

from __future__ import annotations

import ipaddress
import math
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from kithdesk.core import idempotency, journal, json, logs, metrics
from kithdesk.core.actors import Actor
from kithdesk.core.desk import Desk
from kithdesk.core.errors import (
    BadParameter,
    Conflict,
    Forbidden,
    InternalError,
    NotAllowedMethod,
    NotFound,
    Refusal,
    TooLarge,
    Unauthorized,
    Unsupported,
)
from kithdesk.core.idempotency import Answer, Claim
from kithdesk.core.ids import EventId
from kithdesk.core.work import Reads, Work

log = structlog.get_logger(__name__)

POSITION = "X-Kithdesk-Position"
_BY_STATUS: dict[int, type[Refusal]] = {
    400: BadParameter,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    405: NotAllowedMethod,
    409: Conflict,
    413: TooLarge,
    415: Unsupported,
    422: BadParameter,
}


class StrictRequest(Request):
    """Reads JSON bodies with our parser."""

    async def json(self) -> Any:
        try:
            return json.parse(await self.body())
        except ValueError as problem:
            raise BadParameter(str(problem)) from None


class StrictRoute(APIRoute):
    """`APIRouter(route_class=StrictRoute)`: every router of ours."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def strict(request: Request) -> Response:
            return await handle(StrictRequest(request.scope, request.receive))

        return strict


def desk_of(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


async def command(
    request: Request,
    actor: Actor,
    verb: Callable[..., Any],
    *args: Any,
    answer: Callable[[Work, Any], Any],
    status: int = 200,
    **kwargs: Any,
) -> Response:
    """Runs a verb and answers with what `answer(work, value)` renders, all in one transaction.

    A verb that knows it repeated something may have `answer` return an `Answer` with a status of its own.
    """
    claim = await _claim(request, actor)
    done = await desk_of(request).run(_answering, claim, verb, args, kwargs, answer, status, by=actor)
    answered: Answer = done.value
    position = done.position
    if answered.event is not None:  # a repeat covers what the first answer covered, and nothing since
        position = (await desk_of(request).read(_position_of, EventId(answered.event), by=actor)).value
    return _response(answered.status, answered.body, position)


def _position_of(reads: Reads, event: EventId) -> int:
    return journal.position_of(reads, reads.organisation, event) if event else 0


def _answering(
    work: Work, claim: Claim | None, verb: Any, args: Any, kwargs: Any, answer: Any, status: int
) -> Answer:
    if claim is not None:
        stored = idempotency.find(work, claim)
        if stored is not None:
            return stored
    value = verb(work, *args, **kwargs)
    work.react()  # so that the answer shows what the reactions did
    rendered = answer(work, value)
    done = (
        rendered
        if isinstance(rendered, Answer)
        else Answer(status, b"" if rendered is None else json.encode(rendered))
    )
    if claim is not None:
        idempotency.store(work, claim, done)
    return done


async def _claim(request: Request, actor: Actor) -> Claim | None:
    key = request.headers.get("idempotency-key")
    if key is None:
        return None
    if not 0 < len(key) <= idempotency.MAX_KEY:
        raise BadParameter("An Idempotency-Key has 1 to 255 characters.", parameter="Idempotency-Key")
    return Claim(
        credential=actor.author or actor.id or "",
        route=f"{request.method} {request.url.path}?{request.url.query}",
        key=key,
        fingerprint=idempotency.fingerprint(await request.body()),
    )


async def query(
    request: Request, actor: Actor, fn: Callable[..., Any], *args: Any, **kwargs: Any
) -> Response:
    """Answers with the JSON that `fn(reads, …)` gives, and the position that covers it."""
    done = await desk_of(request).read(fn, *args, by=actor, **kwargs)
    return _response(200, json.encode(done.value), done.position)


def _response(status: int, body: bytes, position: int) -> Response:
    headers = {POSITION: str(position), "Cache-Control": "no-store"}
    if not body:
        return Response(status_code=204 if status == 200 else status, headers=headers)
    return Response(body, status, headers, "application/json")


# Pages


@dataclass(frozen=True, slots=True)
class Page:
    """Which page, and of what size. Pages count from 1."""

    number: int
    size: int

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size


def page_of(request: Request, *, maximum: int = 100, default: int = 50) -> Page:
    """`?page=…&pageSize=…`. Raises `BadParameter`."""
    number = _whole(request, "page", 1, 1_000_000)
    return Page(number, _whole(request, "pageSize", min(default, maximum), maximum))


def _whole(request: Request, name: str, default: int, maximum: int) -> int:
    text = request.query_params.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 9) or not 1 <= int(text) <= maximum:
        raise BadParameter(f"{name} is a whole number from 1 to {maximum}.", parameter=name)
    return int(text)


def paged(request: Request, page: Page, total: int, data: list[Any]) -> dict[str, Any]:
    """`{data, meta, links}` of one page of a list. `next` and `prev` are null at the ends."""
    last = max(1, math.ceil(total / page.size))

    def link(number: int) -> str:
        parameters = {**request.query_params, "page": number, "pageSize": page.size}
        return f"{request.url.path}?{urlencode(parameters)}"

    return {
        "data": data,
        "meta": {"page": page.number, "pageSize": page.size, "total": total, "totalPages": last},
        "links": {
            "self": link(page.number),
            "first": link(1),
            "prev": link(page.number - 1) if page.number > 1 else None,
            "next": link(page.number + 1) if page.number < last else None,
            "last": link(last),
        },
    }


# Refusals


def refusal_response(refusal: Refusal) -> Response:
    """The one shape of a refusal over HTTP."""
    metrics.REFUSALS.labels(refusal.code).inc()
    body = {"errors": [refusal.as_error()], "meta": {"requestId": logs.request_id.get()}}
    headers = {"Cache-Control": "no-store"}
    if refusal.retry_after is not None:
        headers["Retry-After"] = str(max(1, math.ceil(refusal.retry_after)))
    if refusal.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(json.encode(body), refusal.status, headers, "application/json")


async def _on_refusal(_request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Refusal)
    return refusal_response(problem)


async def _on_invalid(_request: Request, problem: Exception) -> Response:
    assert isinstance(problem, RequestValidationError)
    entries = []
    for error in problem.errors():
        place = [str(part) for part in error["loc"] if part not in ("body", "query", "path", "header")]
        refusal = BadParameter(str(error["msg"])[:500], parameter=".".join(place)[:200] or None)
        entries.append(refusal.as_error())
    metrics.REFUSALS.labels(BadParameter.code).inc()
    body = {"errors": entries[:20], "meta": {"requestId": logs.request_id.get()}}
    return Response(json.encode(body), 400, {"Cache-Control": "no-store"}, "application/json")


async def _on_http(_request: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    if isinstance(problem.__cause__, Refusal):  # raised while the framework was reading the body
        return refusal_response(problem.__cause__)
    kind = _BY_STATUS.get(problem.status_code, BadParameter if problem.status_code < 500 else InternalError)
    return refusal_response(kind())


async def _on_failure(_request: Request, problem: Exception) -> Response:
    log.error("request_failed", exc_info=problem)
    return refusal_response(InternalError())


def install(app: FastAPI) -> None:
    """Teaches an application our refusals."""
    app.add_exception_handler(Refusal, _on_refusal)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_failure)


# Who is at the other end


def client_address(peer: str, forwarded: str | None, trusted: str) -> str:
    """The client's address: the peer's, or, when the peer is a trusted proxy, the nearest untrusted one it names."""
    networks = [
        ipaddress.ip_network(part.strip(), strict=False) for part in trusted.split(",") if part.strip()
    ]

    def is_trusted(address: str) -> bool:
        try:
            parsed = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(parsed in network for network in networks)

    if not networks or forwarded is None or not is_trusted(peer):
        return peer
    for hop in reversed([part.strip() for part in forwarded.split(",")]):
        try:
            ipaddress.ip_address(hop)
        except ValueError:
            return peer
        if not is_trusted(hop):
            return hop
    return peer


def is_loopback(address: str) -> bool:
    """Whether the peer is on this machine (a peer without an address is a local socket)."""
    try:
        return address == "" or ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def is_secure(scope: Mapping[str, Any], headers: Mapping[str, str], peer: str, trusted: str) -> bool:
    """Whether the client's bytes were encrypted on the way: by us, or by a trusted proxy that says so."""
    if scope["scheme"] in ("https", "wss"):
        return True
    networks = [
        ipaddress.ip_network(part.strip(), strict=False) for part in trusted.split(",") if part.strip()
    ]
    try:
        is_trusted = any(ipaddress.ip_address(peer) in network for network in networks)
    except ValueError:
        return False
    return is_trusted and headers.get("x-forwarded-proto") == "https"


def netloc_of(address: str) -> str:
    """Host and port of a URL from a stranger; empty when it is none."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def host_of(address: str) -> str:
    """The host name of a URL from a stranger, lower case; empty when it is none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def network_of(address: str) -> str:
    """The /24 or /48 an address belongs to: what one office or one line has."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{address}/{24 if parsed.version == 4 else 48}", strict=False))


def headers_of(scope: Mapping[str, Any]) -> dict[str, str]:
    """An ASGI scope's headers, lower case; the last of a repeated one wins."""
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


__all__ = [
    "POSITION",
    "Page",
    "Reads",
    "StrictRoute",
    "client_address",
    "command",
    "desk_of",
    "headers_of",
    "host_of",
    "install",
    "is_loopback",
    "is_secure",
    "netloc_of",
    "network_of",
    "page_of",
    "paged",
    "query",
    "refusal_response",
]
