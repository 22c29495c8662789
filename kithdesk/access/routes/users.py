"""`/v1/users` and `/v1/role-groups`: agents and machine users."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import schemas
from kithdesk.access.callers import Resolved
from kithdesk.access.doors import AgentCaller, AnyCaller, ConfirmedAdminCaller, check_confirmed
from kithdesk.access.entities import User
from kithdesk.access.names import email_key
from kithdesk.access.queries.agents import find_users, get_user, list_teams_of, list_users
from kithdesk.access.roles import ROLE_GROUPS, role_group_id, role_group_named_by
from kithdesk.access.routes.paths import flag_of, ids_of, whose
from kithdesk.access.schemas import ListDocument, NewUserBody, OneDocument, SeveralDocument, UserBody
from kithdesk.access.users import change_user, create_user, deactivate_user, reactivate_user
from kithdesk.core import web
from kithdesk.core.actors import Actor
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.core.web import StrictRoute
from kithdesk.core.work import Reads, Work

router = APIRouter(prefix="/v1", tags=["users"], route_class=StrictRoute)


@router.get("/users", response_model=ListDocument)
async def get_users(request: Request, caller: AgentCaller) -> Response:
    """Users, oldest first. `email`: one address; `userType`: user or machine; `deleted`, `pending`: true or false."""
    page = web.page_of(request, maximum=500)
    type = request.query_params.get("userType", "")
    if type not in ("", "user", "machine"):
        raise BadParameter("userType is user or machine.", parameter="userType")
    email = request.query_params.get("email", "")
    is_deleted, is_pending = flag_of(request, "deleted") or False, flag_of(request, "pending")

    def listed(reads: Reads) -> dict[str, Any]:
        users, total = list_users(
            reads,
            offset=page.offset,
            limit=page.size,
            type=type,
            email_key=email_key(email),
            is_deleted=is_deleted,
            is_pending=is_pending,
        )
        return web.paged(request, page, total, [schemas.user(reads.organisation, one) for one in users])

    return await web.query(request, caller, listed)


@router.post("/users", status_code=201, response_model=OneDocument)
async def post_user(body: NewUserBody, request: Request, caller: ConfirmedAdminCaller) -> Response:
    """A new agent. They choose a password through a setup link."""
    return await web.command(
        request,
        caller,
        create_user,
        email=body.email,
        display_name=body.display_name,
        role_groups=_named(caller, body.role_groups),
        answer=_shown,
        status=201,
    )


@router.get("/users/{ids}", response_model=OneDocument | SeveralDocument)
async def get_one_or_more(ids: str, request: Request, caller: AgentCaller) -> Response:
    """`current`, one id, or up to 100 with commas, which answers a list of those that exist."""
    if "," not in ids:
        return await web.query(request, caller, _one, whose(caller, ids))

    def several(reads: Reads, wanted: list[str]) -> dict[str, Any]:
        return {"data": [schemas.user(reads.organisation, one) for one in find_users(reads, wanted)]}

    return await web.query(request, caller, several, ids_of(ids))


@router.get("/users/{user}/teams", response_model=SeveralDocument)
async def get_teams_of_user(user: str, request: Request, caller: AgentCaller) -> Response:
    """The teams an agent is a member of."""

    def listed(reads: Reads, user: str) -> dict[str, Any]:
        get_user(reads, user)
        return {"data": [schemas.team(reads.organisation, one) for one in list_teams_of(reads, user)]}

    return await web.query(request, caller, listed, whose(caller, user))


@router.put("/users/{user}", status_code=201, response_model=OneDocument)
async def put_user(user: str, body: UserBody, request: Request, caller: AnyCaller) -> Response:
    """Changes what is sent. Agents change their own name, administrators everything."""
    return await _change(user, body, request, caller, status=201)


@router.patch("/users/{user}", response_model=OneDocument)
async def patch_user(user: str, body: UserBody, request: Request, caller: AnyCaller) -> Response:
    """The same, answered with 200."""
    return await _change(user, body, request, caller, status=200)


@router.delete("/users/{user}", status_code=204)
async def delete_user(user: str, request: Request, caller: AnyCaller) -> Response:
    """The agent leaves: sessions and sockets end, what they wrote stays."""
    check_confirmed(request, caller)

    def nothing(_work: Work, _value: None) -> None:
        return None

    return await web.command(
        request, caller.actor, deactivate_user, whose(caller.actor, user), answer=nothing
    )


@router.get("/role-groups", response_model=ListDocument)
async def get_role_groups(request: Request, caller: AgentCaller) -> Response:
    """The sets of permissions an agent can hold."""
    page = web.page_of(request)
    names = sorted(ROLE_GROUPS)

    def listed(reads: Reads) -> dict[str, Any]:
        shown = [schemas.role_group(reads.organisation, name) for name in names]
        return web.paged(request, page, len(names), shown[page.offset : page.offset + page.size])

    return await web.query(request, caller, listed)


@router.get("/role-groups/{id}", response_model=OneDocument)
async def get_role_group(id: str, request: Request, caller: AgentCaller) -> Response:
    """One of them."""

    def found(reads: Reads) -> dict[str, Any]:
        for name in ROLE_GROUPS:
            if role_group_id(reads.organisation, name) == id:
                return schemas.one(schemas.role_group(reads.organisation, name))
        raise NotFound

    return await web.query(request, caller, found)


def change(work: Work, user: str, body: UserBody, role_groups: list[str] | None) -> User:
    """All of the change, or nothing."""
    if body.deleted is True:
        deactivate_user(work, user)
    elif body.deleted is False:
        reactivate_user(work, user)
    return change_user(work, user, display_name=body.display_name, email=body.email, role_groups=role_groups)


async def _change(user: str, body: UserBody, request: Request, caller: Resolved, *, status: int) -> Response:
    actor = caller.actor
    if body.role_groups is not None or body.email is not None or body.deleted is not None:
        check_confirmed(request, caller)
    groups = None if body.role_groups is None else _named(actor, body.role_groups)
    return await web.command(
        request, actor, change, whose(actor, user), body, groups, answer=_shown, status=status
    )


def _named(caller: Actor, groups: list[str]) -> list[str]:
    return [role_group_named_by(caller.organisation, text) for text in groups]


def _one(reads: Reads, user: str) -> dict[str, Any]:
    return schemas.one(schemas.user(reads.organisation, get_user(reads, user)))


def _shown(work: Work, user: User) -> dict[str, Any]:
    return schemas.one(schemas.user(work.organisation, user))
