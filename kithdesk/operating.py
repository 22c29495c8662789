"""What operators and probes ask: alive, ready, metrics, dead letters; and, in test mode, the clock."""

from __future__ import annotations

import hmac
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from kithdesk.access import admin_caller
from kithdesk.core import json, metrics, web
from kithdesk.core.actors import INSTALLATION, Actor
from kithdesk.core.clock import SystemClock, iso
from kithdesk.core.errors import NotFound
from kithdesk.core.ids import JobId
from kithdesk.core.jobrunner import list_dead, revive
from kithdesk.core.testclock import advance
from kithdesk.core.web import StrictRoute, desk_of
from kithdesk.core.work import Reads, Work

router = APIRouter(route_class=StrictRoute)
test_router = APIRouter(route_class=StrictRoute, include_in_schema=False)


@router.get("/healthz", tags=["operating"])
async def healthz() -> dict[str, str]:
    """The process is alive."""
    return {"status": "alive"}


@router.get("/readyz", tags=["operating"])
async def readyz(request: Request) -> Response:
    """Ready: the database answers and is writable, the schema is current, the lane runs. Else 503 with the reason."""
    reason = await desk_of(request).why_not_ready()
    body = {"status": "ready"} if reason is None else {"status": "not ready", "reason": reason}
    return Response(json.encode(body), 200 if reason is None else 503, media_type="application/json")


@router.get("/metrics", include_in_schema=False)
async def read_metrics(request: Request) -> Response:
    """Prometheus text, for this machine or with `Authorization: Bearer` and the metrics token."""
    token = desk_of(request).settings.metrics_token
    is_local = (
        web.is_loopback(request.client.host if request.client else "")
        and "x-forwarded-for" not in request.headers
    )
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    with_token = token is not None and hmac.compare_digest(given.encode(), token.get_secret_value().encode())
    if not (is_local or with_token):
        raise NotFound
    return Response(metrics.render(), media_type="text/plain; version=0.0.4")


@router.get("/v1/jobs/dead", tags=["operating"])
async def read_dead_letters(request: Request, caller: Annotated[Actor, Depends(admin_caller)]) -> Response:
    """Jobs that were given up, oldest first, at most 100; attributes `kind, attempts, deaths, lastError, createdAt`."""

    def listed(reads: Reads) -> dict[str, Any]:
        return {
            "data": [
                {
                    "type": "job",
                    "id": row.id,
                    "attributes": {
                        "kind": row.kind,
                        "attempts": row.attempts,
                        "deaths": row.deaths,
                        "lastError": row.last_error,
                        "createdAt": iso(row.created_at),
                    },
                }
                for row in list_dead(reads)
            ]
        }

    return await web.query(request, caller, listed)


@router.post("/v1/jobs/{job}/retries", status_code=204, tags=["operating"])
async def retry_dead_letter(
    job: str, request: Request, caller: Annotated[Actor, Depends(admin_caller)]
) -> Response:
    """Gives a dead letter its tries again."""

    def nothing(_work: Work, _value: None) -> None:
        return None

    return await web.command(request, caller, revive, JobId(job), answer=nothing)


class Advance(BaseModel):
    """How far to move the wall clock."""

    model_config = ConfigDict(extra="forbid")
    advance: float = Field(ge=0, le=10 * 366 * 24 * 3600, description="Seconds.")


@test_router.post("/test/clock")
async def move_clock(body: Advance, request: Request) -> dict[str, str]:
    """Moves the wall clock ahead and returns when the timers that became due have run."""
    desk = desk_of(request)
    assert isinstance(desk.clock, SystemClock)
    await desk.run(advance, desk.clock, round(body.advance * 1000), by=INSTALLATION)
    await desk.jobs.settle()
    return {"now": iso(desk.clock.now())}
