"""`/v1/schedules`: business hours. Reading for everybody, changing for administrators."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AdminCaller, AgentCaller
from kithdesk.calendar.entities import Schedule
from kithdesk.calendar.errors import UnknownHolidays
from kithdesk.calendar.ids import ScheduleId
from kithdesk.calendar.opening import OpeningTimes
from kithdesk.calendar.public_holidays import country_codes, get_country
from kithdesk.calendar.queries import count_schedules, default_schedule, get_schedule, list_schedules
from kithdesk.calendar.scheduling import change_schedule, check_draft, create_schedule, delete_schedule
from kithdesk.calendar.schemas import (
    ScheduleBody,
    ScheduleChangeBody,
    change_of,
    draft_of,
    draw_country,
    draw_country_code,
    draw_preview,
    draw_schedule,
)
from kithdesk.core import web
from kithdesk.core.documents import ListDocument, OneDocument, document
from kithdesk.core.errors import NotFound
from kithdesk.core.paging import Paged, PagedLong, paged
from kithdesk.core.paths import an_id
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads, Work

router = APIRouter(prefix="/v1/schedules", tags=["schedules"], route_class=StrictRoute)


@router.get("", response_model=ListDocument, summary="List schedules")
async def get_schedules(request: Request, caller: AgentCaller, page: Paged) -> Response:
    """Business hours, oldest first; one of them is the default."""

    def listed(reads: Reads) -> dict[str, Any]:
        found = list_schedules(reads, limit=page.size, offset=page.offset)
        drawn = [draw_schedule(reads.organisation, one, reads.now) for one in found]
        return paged(request, page, count_schedules(reads), drawn)

    return await web.query(request, caller, listed)


@router.post("", response_model=OneDocument, summary="Create a schedule")
async def post_schedule(body: ScheduleBody, request: Request, caller: AdminCaller) -> Response:
    """New business hours. The first become the default."""
    return await web.command(request, caller, create_schedule, draft_of(body), answer=_shown)


@router.post("/preview", response_model=OneDocument, summary="Try a schedule")
async def post_preview(body: ScheduleBody, request: Request, caller: AgentCaller) -> Response:
    """Whether this schedule would be open now, when it would open and close next, and its next ten days off. Keeps
    nothing."""

    def tried(reads: Reads) -> dict[str, Any]:
        return document(draw_preview(OpeningTimes(check_draft(draft_of(body))), reads.now))

    return await web.query(request, caller, tried)


@router.get("/default", response_model=OneDocument, summary="Get the default schedule")
async def get_default(request: Request, caller: AgentCaller) -> Response:
    """What counts where nothing else is said."""

    def one(reads: Reads) -> dict[str, Any]:
        found = default_schedule(reads)
        if found is None:
            raise NotFound
        return document(draw_schedule(reads.organisation, found, reads.now))

    return await web.query(request, caller, one)


@router.get("/countries", response_model=ListDocument, summary="List countries with known holidays")
async def get_countries(request: Request, _: AgentCaller, page: PagedLong) -> Response:
    """Their codes are their ids: two letters (ISO 3166)."""

    codes = country_codes()
    drawn = [draw_country_code(code) for code in page.of(codes)]
    return web.answer(paged(request, page, len(codes), drawn), None)


@router.get("/countries/{country}", response_model=OneDocument, summary="Get what holidays a country has")
async def get_one_country(country: str, _: AgentCaller) -> Response:
    """The parts of it that have holidays of their own, and the categories that can be asked for."""

    try:
        return web.answer(document(draw_country(get_country(country))), None)
    except UnknownHolidays:
        raise NotFound from None


@router.get("/{schedule}", response_model=OneDocument, summary="Get a schedule")
async def get_one(schedule: str, request: Request, caller: AgentCaller) -> Response:
    """One of them, and whether it is open now."""

    def one(reads: Reads, id: ScheduleId) -> dict[str, Any]:
        return document(draw_schedule(reads.organisation, get_schedule(reads, id), reads.now))

    return await web.query(request, caller, one, _id(schedule))


@router.put("/{schedule}", response_model=OneDocument, summary="Change a schedule")
@router.patch("/{schedule}", response_model=OneDocument, summary="Change a schedule")
async def put_schedule(
    schedule: str, body: ScheduleChangeBody, request: Request, caller: AdminCaller
) -> Response:
    """Sets what is given and keeps the rest; null takes the public holidays away. 409 where `rev` is an older one."""
    return await web.command(
        request, caller, change_schedule, _id(schedule), change_of(body), rev=body.rev, answer=_shown
    )


@router.delete("/{schedule}", status_code=204, summary="Delete a schedule")
async def remove_schedule(schedule: str, request: Request, caller: AdminCaller) -> Response:
    """The default can be deleted last."""
    return await web.command(request, caller, delete_schedule, _id(schedule))


def _shown(work: Work, schedule: Schedule) -> dict[str, Any]:
    return document(draw_schedule(work.organisation, schedule, work.now))


def _id(text: str) -> ScheduleId:
    return ScheduleId(an_id(text))
