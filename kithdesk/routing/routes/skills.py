"""`/v1/routing/skills`, and which agents have them: reading for everybody, changing for administrators."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AdminCaller, AgentCaller
from kithdesk.core.documents import Listed, One, document
from kithdesk.core.paging import Page, PagedLong, paged
from kithdesk.core.paths import an_id
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import command, query
from kithdesk.core.work import Reads
from kithdesk.routing.routes.ids import Id
from kithdesk.routing.schemas import answers, bodies
from kithdesk.routing.skills import (
    declare_skill,
    draw_agent_skills,
    draw_skill,
    draw_skills,
    remove_skill,
    set_skills,
)

router = APIRouter(prefix="/v1/routing", tags=["routing"], route_class=StrictRoute)


@router.get("/skills", response_model=Listed[answers.Skill], summary="List skills")
async def list_skills(request: Request, caller: AgentCaller, page: PagedLong) -> Response:
    """What work may ask of agents."""
    return await query(request, caller, _page, request, page)


@router.post("/skills", status_code=201, response_model=One[answers.Skill], summary="Declare a skill")
async def post_skill(request: Request, caller: AdminCaller, body: bodies.SkillBody) -> Response:
    """A new skill. `lang:de` is asked of whoever serves a customer of that language, once an agent has it."""
    return await command(
        request,
        caller,
        declare_skill,
        body.name,
        body.key,
        answer=lambda work, id: document(draw_skill(work, id)),
        status=201,
    )


@router.get("/skills/{id}", response_model=One[answers.Skill], summary="Get a skill")
async def get_skill(request: Request, caller: AgentCaller, id: Id) -> Response:
    """One skill."""
    return await query(request, caller, lambda reads: document(draw_skill(reads, id)))


@router.delete("/skills/{id}", status_code=204, summary="Remove a skill")
async def delete_skill(request: Request, caller: AdminCaller, id: Id) -> Response:
    """Agents lose it, and what waits asks for it no longer. 409 `skill_in_use` while a rule requires it."""
    return await command(request, caller, remove_skill, an_id(id))


@router.get("/users/{id}/skills", response_model=One[answers.UserSkills], summary="Get an agent's skills")
async def get_skills(request: Request, caller: AgentCaller, id: Id) -> Response:
    """Levels from 1 to 5, by key of skill."""
    return await query(request, caller, lambda reads: document(draw_agent_skills(reads, id)))


@router.put("/users/{id}/skills", response_model=One[answers.UserSkills], summary="Set an agent's skills")
async def put_skills(request: Request, caller: AdminCaller, id: Id, body: bodies.LevelsBody) -> Response:
    """These and no others. What waits for somebody with them goes to the agent at once. 409 where `rev` is an older
    one."""
    return await command(
        request,
        caller,
        set_skills,
        id,
        body.skills,
        rev=body.rev,
        answer=lambda work, _: document(draw_agent_skills(work, id)),
    )


def _page(reads: Reads, request: Request, page: Page) -> dict[str, Any]:
    data, total = draw_skills(reads, page)
    return paged(request, page, total, data)
