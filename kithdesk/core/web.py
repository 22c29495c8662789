"""HTTP without a product: requests in, one kind of answer and one kind of refusal out.

A route parses, calls one verb or query through `command` or `query`, and is done.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from kithdesk.core import idempotency, journal, json, logs, metrics
from kithdesk.core.actors import Actor
from kithdesk.core.database import Done
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
from kithdesk.core.paging import Page
from kithdesk.core.sealing import Sealer
from kithdesk.core.unfit import refusals_of
from kithdesk.core.work import Reads, Work

log = structlog.get_logger(__name__)

POSITION = "X-Kithdesk-Position"
_STORED = "stored answer"
_MOST_ERRORS = 20
_METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
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


def desk_of(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


async def command(
    request: Request,
    actor: Actor,
    verb: Callable[..., Any],
    *args: Any,
    answer: Callable[[Work, Any], Any] | None = None,
    status: int = 200,
    is_secret: bool = False,
    **kwargs: Any,
) -> Response:
    """Runs a verb and answers with what `answer(work, value)` renders, all in one transaction; without it, with 204.

    A verb that knows it repeated something may have `answer` return an `Answer` with a status of its own. What
    `Idempotency-Key` keeps of an answer that `is_secret` is sealed.
    """
    desk = desk_of(request)
    claim = await _claim(request, actor)
    rendering = _Rendering(verb, args, kwargs, answer, status if answer is not None else 204)
    sealer = desk.sealer if is_secret else None
    done = await desk.run(_answering, claim, rendering, sealer, by=actor)
    answered: Answer = done.value
    position = done.position
    if answered.event is not None:  # a repeat covers what the first answer covered, and nothing since
        position = (await desk.read(_position_of, EventId(answered.event), by=actor)).value
    return _response(answered.status, answered.body, position)


async def one_of_many(
    request: Request,
    actor: Actor,
    place: int,
    verb: Callable[..., Any],
    *args: Any,
    answer: Callable[[Work, Any], Any],
) -> Done[Answer]:
    """A command of its own for one of the things that a request asks for, which `Idempotency-Key` tells apart by place.

    Raises what the verb refuses.
    """
    claim = await _claim(request, actor)
    if claim is not None:
        claim = replace(claim, key=f"{claim.key} {place}")
    rendering = _Rendering(verb, args, {}, answer, 200)
    return await desk_of(request).run(_answering, claim, rendering, None, by=actor)


@dataclass(frozen=True, slots=True)
class _Rendering:
    """A verb with what it is given, and how its value is shown."""

    verb: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    answer: Callable[[Work, Any], Any] | None
    status: int


def _position_of(reads: Reads, event: EventId) -> int:
    return journal.position_of(reads, reads.organisation, event) if event else 0


def _answering(work: Work, claim: Claim | None, rendering: _Rendering, sealer: Sealer | None) -> Answer:
    if claim is not None:
        stored = idempotency.find(work, claim)
        if stored is not None:
            return stored if sealer is None else _unsealed(stored, sealer)
    value = rendering.verb(work, *rendering.args, **rendering.kwargs)
    work.react()  # so that the answer shows what the reactions did
    done = _rendered(work, rendering, value)
    if claim is not None:
        idempotency.store(work, claim, done if sealer is None else _sealed(done, sealer))
    return done


def _rendered(work: Work, rendering: _Rendering, value: Any) -> Answer:
    if rendering.answer is None:
        return Answer(rendering.status, b"")
    shown = rendering.answer(work, value)
    return shown if isinstance(shown, Answer) else Answer(rendering.status, json.encode(shown))


def _sealed(answer: Answer, sealer: Sealer) -> Answer:
    return replace(answer, body=sealer.seal(answer.body, _STORED).encode())


def _unsealed(answer: Answer, sealer: Sealer) -> Answer:
    return replace(answer, body=sealer.unseal(answer.body.decode(), _STORED))


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
    return answer(done.value, done.position)


async def long_query(
    request: Request, actor: Actor, fn: Callable[..., Any], *args: Any, seconds: float | None = None
) -> Response:
    """The same for what takes more than 2 ms: away from the loop."""
    done = await desk_of(request).read_long(fn, *args, by=actor, seconds=seconds)
    return answer(done.value, done.position)


async def page_query(request: Request, actor: Actor, fn: Callable[..., Any], page: Page) -> Response:
    """A page of a list that knows its length, and need not count. First pages are what everybody looks at, and none of
    them is shed; one that is deep is read away from the loop."""
    ask = long_query if page.is_deep else query
    return await ask(request, actor, fn)


def answer(document: Any, position: int | None, status: int = 200) -> Response:
    """The document and the position that covers it, made outside a transaction. Nobody may keep a copy."""
    return _response(status, json.encode(document), position)


def no_content(position: int) -> Response:
    """Done, and nothing to show."""
    return _response(204, b"", position)


def _response(status: int, body: bytes, position: int | None) -> Response:
    headers = {"Cache-Control": "no-store"}
    if position is not None:
        headers[POSITION] = str(position)
    if not body:
        return Response(status_code=status, headers=headers)
    return Response(body, status, headers, "application/json")


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
    entries = [refusal.as_error() for refusal in refusals_of(list(problem.errors())[:_MOST_ERRORS])]
    metrics.REFUSALS.labels(BadParameter.code).inc()
    body = {"errors": entries, "meta": {"requestId": logs.request_id.get()}}
    return Response(json.encode(body), 400, {"Cache-Control": "no-store"}, "application/json")


async def _on_http(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    if isinstance(problem.__cause__, Refusal):  # raised while the framework was reading the body
        return refusal_response(problem.__cause__)
    kind = _BY_STATUS.get(problem.status_code, BadParameter if problem.status_code < 500 else InternalError)
    response = refusal_response(kind())
    if kind is NotAllowedMethod:
        response.headers["Allow"] = ", ".join(method for method in _METHODS if _is_served(request, method))
    return response


def _is_served(request: Request, method: str) -> bool:
    """By any route at this path: the framework names the methods of the first one only. What can be read has a head."""
    scope = {**request.scope, "method": "GET" if method == "HEAD" else method}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)


async def _on_failure(_request: Request, problem: Exception) -> Response:
    log.error("request_failed", exc_info=problem)
    return refusal_response(InternalError())


def install(app: FastAPI) -> None:
    """Teaches an application our refusals."""
    app.add_exception_handler(Refusal, _on_refusal)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_failure)
