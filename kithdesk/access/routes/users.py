"""`/v1/users` and `/v1/role-groups`: agents and machine users."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from kithdesk.access import audit, schemas
from kithdesk.access.callers import Resolved
from kithdesk.access.credentials import hash_of, new_token
from kithdesk.access.doors import AgentCaller, AnyCaller, ConfirmedAdminCaller, check_confirmed
from kithdesk.access.entities import User
from kithdesk.access.inviting import Invited, invite_agent
from kithdesk.access.provisioning import SETUP_SEALED_FOR, shown_setup
from kithdesk.access.queries.agents import find_users, get_user, list_teams_of, list_users
from kithdesk.access.roles import ROLE_GROUPS, role_group_id, role_group_named_by
from kithdesk.access.routes.paths import whose
from kithdesk.access.schemas import NewUserBody, UserBody
from kithdesk.access.users import change_user, deactivate_user, reactivate_user
from kithdesk.core import web
from kithdesk.core.actors import Actor
from kithdesk.core.documents import ListDocument, OneDocument, SeveralDocument, document
from kithdesk.core.errors import NotFound
from kithdesk.core.names import sign_in_key
from kithdesk.core.paging import Paged, PagedLong, paged
from kithdesk.core.paths import ids_of
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads, Work

router = APIRouter(prefix="/v1", tags=["users"], route_class=StrictRoute)

Flag = Literal["true", "false"]


@router.get("/users", response_model=ListDocument, summary="List users")
async def get_users(
    request: Request,
    caller: AgentCaller,
    page: PagedLong,
    email: str = "",
    user_type: Annotated[Literal["", "user", "machine"], Query(alias="userType")] = "",
    deleted: Flag = "false",
    pending: Flag | None = None,
) -> Response:
    """Users, oldest first. `email`: one address; `deleted`: those who left; `pending`: those who never signed in."""

    def listed(reads: Reads) -> dict[str, Any]:
        users, total = list_users(
            reads,
            offset=page.offset,
            limit=page.size,
            type=user_type,
            email_key=sign_in_key(email),
            is_deleted=deleted == "true",
            is_pending=None if pending is None else pending == "true",
        )
        return paged(request, page, total, schemas.users(reads, users))

    return await web.query(request, caller, listed)


@router.post("/users", status_code=201, response_model=OneDocument, summary="Create a user")
async def post_user(body: NewUserBody, request: Request, caller: ConfirmedAdminCaller) -> Response:
    """A new agent. They choose a password through `attributes.setupUrl`, which works once and until
    `setupUrlExpiresAt`, and is never seen again but by a repeat with the same `Idempotency-Key`."""
    desk = web.desk_of(request)
    token = new_token("link")
    created: list[User] = []

    def shown(work: Work, invited: Invited) -> dict[str, Any]:
        created[:] = [invited.user]
        return document(schemas.user(work, invited.user, **shown_setup(desk, token, invited.expires_at)))

    response = await web.command(
        request,
        caller,
        invite_agent,
        email=body.email,
        display_name=body.display_name,
        role_groups=_named(caller, body.role_groups),
        custom=body.custom,
        token_hash=hash_of(token),
        sealed=desk.sealer.seal(token.encode(), SETUP_SEALED_FOR),
        answer=shown,
        status=201,
        is_secret=True,
    )
    for user in created:  # a repeat creates none
        audit.note("user.invited", actor=caller, user=user.id, role_groups=user.role_groups)
    return response


@router.get("/users/{ids}", response_model=OneDocument | SeveralDocument, summary="Get one or more users")
async def get_one_or_more(ids: str, request: Request, caller: AgentCaller) -> Response:
    """`current`, one id, or up to 100 with commas, which answers a list of those that exist."""
    if "," not in ids:
        return await web.query(request, caller, _one, whose(caller, ids))

    def several(reads: Reads, wanted: list[str]) -> dict[str, Any]:
        return document(schemas.users(reads, find_users(reads, wanted)))

    return await web.query(request, caller, several, ids_of(ids))


@router.get("/users/{user}/teams", response_model=ListDocument, summary="List a user's teams")
async def get_teams_of_user(user: str, request: Request, caller: AgentCaller, page: Paged) -> Response:
    """The teams an agent is a member of, oldest first."""

    def listed(reads: Reads, user: str) -> dict[str, Any]:
        get_user(reads, user)
        teams, total = list_teams_of(reads, user, offset=page.offset, limit=page.size)
        return paged(request, page, total, [schemas.team(reads.organisation, one) for one in teams])

    return await web.query(request, caller, listed, whose(caller, user))


@router.put("/users/{user}", status_code=201, response_model=OneDocument, summary="Change a user")
async def put_user(user: str, body: UserBody, request: Request, caller: AnyCaller) -> Response:
    """Changes what is sent. Agents change their own name, administrators everything."""
    return await _change(user, body, request, caller, status=201)


@router.patch("/users/{user}", response_model=OneDocument, summary="Change a user")
async def patch_user(user: str, body: UserBody, request: Request, caller: AnyCaller) -> Response:
    """The same, answered with 200."""
    return await _change(user, body, request, caller, status=200)


@router.delete("/users/{user}", status_code=204, summary="Deactivate a user")
async def delete_user(user: str, request: Request, caller: AnyCaller) -> Response:
    """The agent leaves: sessions and sockets end, what they wrote stays."""
    check_confirmed(request, caller)
    return await web.command(request, caller.actor, deactivate_user, whose(caller.actor, user))


@router.get("/role-groups", response_model=ListDocument, summary="List role groups")
async def get_role_groups(request: Request, caller: AgentCaller, page: Paged) -> Response:
    """The sets of permissions an agent can hold."""
    names = sorted(ROLE_GROUPS)

    def listed(reads: Reads) -> dict[str, Any]:
        shown = [schemas.role_group(reads.organisation, name) for name in page.of(names)]
        return paged(request, page, len(names), shown)

    return await web.query(request, caller, listed)


@router.get("/role-groups/{id}", response_model=OneDocument, summary="Get a role group")
async def get_role_group(id: str, request: Request, caller: AgentCaller) -> Response:
    """One of them."""

    def found(reads: Reads) -> dict[str, Any]:
        for name in ROLE_GROUPS:
            if role_group_id(reads.organisation, name) == id:
                return document(schemas.role_group(reads.organisation, name))
        raise NotFound

    return await web.query(request, caller, found)


def change(work: Work, user: str, body: UserBody, role_groups: list[str] | None) -> User:
    """All of the change, or nothing."""
    if body.deleted is True:
        deactivate_user(work, user)
    elif body.deleted is False:
        reactivate_user(work, user)
    return change_user(
        work,
        user,
        display_name=body.display_name,
        email=body.email,
        role_groups=role_groups,
        custom=body.custom,
    )


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
    return document(schemas.user(reads, get_user(reads, user)))


def _shown(work: Work, user: User) -> dict[str, Any]:
    return document(schemas.user(work, user))
