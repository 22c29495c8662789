"""`/v1/users/{id}/sessions`: the devices an agent is signed in on, and ending them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import audit, schemas
from kithdesk.access.doors import AgentCaller
from kithdesk.access.routes.paths import whose
from kithdesk.access.sessions import end_session, end_sessions, list_living_sessions
from kithdesk.core import web
from kithdesk.core.documents import ListDocument, OneDocument, document
from kithdesk.core.errors import NotFound
from kithdesk.core.paging import Paged, paged
from kithdesk.core.paths import an_id
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads

router = APIRouter(prefix="/v1", tags=["auth"], route_class=StrictRoute)


@router.get("/users/{user}/sessions", response_model=ListDocument, summary="List a user's sessions")
async def get_sessions(user: str, request: Request, caller: AgentCaller, page: Paged) -> Response:
    """Where this agent is signed in. Their own, or as an administrator anyone's."""

    def listed(reads: Reads, user: str) -> dict[str, Any]:
        living = list_living_sessions(reads, user)
        return paged(request, page, len(living), [schemas.session(one) for one in page.of(living)])

    return await web.query(request, caller, listed, whose(caller, user))


@router.get("/users/{user}/sessions/{session}", response_model=OneDocument, summary="Get a session")
async def get_session(user: str, session: str, request: Request, caller: AgentCaller) -> Response:
    """One of them."""

    def found(reads: Reads, user: str) -> dict[str, Any]:
        for one in list_living_sessions(reads, user):
            if one.id == session:
                return document(schemas.session(one))
        raise NotFound

    return await web.query(request, caller, found, whose(caller, user))


@router.delete("/users/{user}/sessions", status_code=204, summary="End all of a user's sessions")
async def delete_sessions(user: str, request: Request, caller: AgentCaller) -> Response:
    """Signs the agent out everywhere: a laptop was stolen."""
    audit.note("sessions.end_all", actor=caller, user=user)
    return await web.command(request, caller, end_sessions, whose(caller, user))


@router.delete("/users/{user}/sessions/{session}", status_code=204, summary="End a session")
async def delete_session(user: str, session: str, request: Request, caller: AgentCaller) -> Response:
    """Signs the agent out on one device."""
    return await web.command(request, caller, end_session, whose(caller, user), an_id(session))
