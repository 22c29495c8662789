"""What operators and probes ask: alive, ready, metrics, dead letters; and, in test mode, the clock."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from fastapi import APIRouter, Request, Response
from pydantic import Field

from kithdesk.access import AdminCaller
from kithdesk.core import json, metrics, nodes, web
from kithdesk.core.actors import INSTALLATION
from kithdesk.core.clock import SystemClock, iso
from kithdesk.core.deadletters import list_dead, revive
from kithdesk.core.desk import POLL_SECONDS, Desk
from kithdesk.core.documents import Attributes, Body, Listed, resource
from kithdesk.core.errors import NotFound
from kithdesk.core.ids import JobId
from kithdesk.core.paging import Paged, paged
from kithdesk.core.peers import is_loopback
from kithdesk.core.strict import StrictRoute, add_routes
from kithdesk.core.testclock import advance
from kithdesk.core.web import desk_of
from kithdesk.core.work import Reads

probes = APIRouter(tags=["operating"])
"""Whoever asks these adds what parameters they like."""
router = APIRouter(route_class=StrictRoute, tags=["operating"])
test_router = APIRouter(route_class=StrictRoute, include_in_schema=False)


_ADDED_BY_PROXIES = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
"""Any of them says that the request came through a proxy on this machine, from who knows where."""


def readiness(reason: str | None, degraded: Sequence[str] = ()) -> Response:
    """What `/readyz` answers: 503 with the reason why not, else 200, with what is missing though chat goes on."""
    body: dict[str, Any] = (
        {"status": "ready"} if reason is None else {"status": "not ready", "reason": reason}
    )
    if degraded:
        body["degraded"] = degraded
    return Response(json.encode(body), 200 if reason is None else 503, media_type="application/json")


@probes.get("/healthz", summary="Ask whether the process is alive")
async def healthz() -> dict[str, str]:
    """The process is alive."""
    return {"status": "alive"}


@probes.get("/readyz", summary="Ask whether it is ready")
async def readyz(request: Request) -> Response:
    """Ready: the database answers and is writable, the schema is current, the lane runs. Else 503 with the reason.

    What leaves chat as it is (no worker, no bus, a damaged page) is listed as `degraded`, with 200.
    """
    desk = desk_of(request)
    asked = _asked.get(desk)
    if asked is None:
        asked = _asked[desk] = asyncio.create_task(_look(desk))
        asked.add_done_callback(lambda _: _asked.pop(desk, None))
    return readiness(*await asyncio.shield(asked))


_asked: WeakKeyDictionary[Desk, asyncio.Task[tuple[str | None, list[str]]]] = WeakKeyDictionary()
"""Anybody may ask, and each look is a commit: whoever asks during one has its answer."""


async def _look(desk: Desk) -> tuple[str | None, list[str]]:
    reason = await desk.why_not_ready()
    return reason, await _degraded(desk) if reason is None else []


async def _degraded(desk: Desk) -> list[str]:
    living = (await desk.read(nodes.list_living, by=INSTALLATION)).value
    missing = []
    if not desk.is_whole:
        missing.append("the database is not whole: the log says where")
    if not any(node.runs_effects for node in living):
        missing.append("no worker: what reaches outside waits")
    if not desk.bus.is_connected:
        missing.append("no bus: news from other servers comes late")
    return missing


@probes.get("/metrics", include_in_schema=False)
async def read_metrics(request: Request) -> Response:
    """Prometheus text, for this machine or with `Authorization: Bearer` and the metrics token."""
    token = desk_of(request).settings.metrics_token
    is_direct = not any(name in request.headers for name in _ADDED_BY_PROXIES)
    is_local = is_direct and is_loopback(request.client.host if request.client else "")
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    with_token = token is not None and hmac.compare_digest(given.encode(), token.get_secret_value().encode())
    if not (is_local or with_token):
        raise NotFound
    return Response(metrics.render(), media_type="text/plain; version=0.0.4")


class DeadLetter(Attributes):
    """A job after its last try. `deaths`: how many workers died over it."""

    kind: str
    attempts: int
    deaths: int
    last_error: str | None
    created_at: str


@router.get("/v1/jobs/dead", response_model=Listed[DeadLetter], summary="List dead letters")
async def read_dead_letters(request: Request, caller: AdminCaller, page: Paged) -> Response:
    """Jobs that were given up, oldest first."""

    def listed(reads: Reads) -> dict[str, Any]:
        found, total = list_dead(reads, offset=page.offset, limit=page.size)
        return paged(request, page, total, [_draw(row) for row in found])

    return await web.query(request, caller, listed)


@router.post("/v1/jobs/{job}/retries", status_code=204, summary="Retry a dead letter")
async def retry_dead_letter(job: str, request: Request, caller: AdminCaller) -> Response:
    """Gives a dead letter its tries again."""
    return await web.command(request, caller, revive, JobId(job))


def _draw(row: Any) -> dict[str, Any]:
    attributes = {
        "kind": row.kind,
        "attempts": row.attempts,
        "deaths": row.deaths,
        "lastError": row.last_error,
        "createdAt": iso(row.created_at),
    }
    return resource("job", row.id, attributes)


class Advance(Body):
    """How far to move the wall clock."""

    advance: float = Field(ge=0, le=10 * 366 * 24 * 3600, description="Seconds.")


@test_router.post("/test/clock")
async def move_clock(body: Advance, request: Request) -> dict[str, str]:
    """Moves the wall clock ahead, on every node, and returns when the timers that became due have run."""
    desk = desk_of(request)
    assert isinstance(desk.clock, SystemClock)
    await desk.run(advance, desk.clock, round(body.advance * 1000), by=INSTALLATION)
    if desk.database.is_shared:
        await asyncio.sleep(2 * POLL_SECONDS)  # by then every other node has looked
    await desk.jobs.settle()
    return {"now": iso(desk.clock.now())}


add_routes(router, probes)
