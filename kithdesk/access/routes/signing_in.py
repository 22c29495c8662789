"""`/v1/auth/tokens`, `/links`, `/setup`: sessions begin, are shown, confirmed and ended here."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from kithdesk.access import schemas
from kithdesk.access.cookies import check_not_foreign, clear_session, session_cookie, set_device, set_session
from kithdesk.access.doors import AnyCaller, SessionCaller, origin_of
from kithdesk.access.gate import gate_of
from kithdesk.access.queries.credentials import find_session_by_id
from kithdesk.access.schemas import (
    ConfirmBody,
    LinkBody,
    NewPasswordBody,
    SetUpBody,
    SignInBody,
)
from kithdesk.access.sessions import end_session
from kithdesk.access.signing_in import (
    SignedIn,
    change_password,
    confirm,
    set_up,
    sign_in,
    sign_in_by_link,
)
from kithdesk.core import journal, web
from kithdesk.core.description import NOT_KEPT
from kithdesk.core.documents import OneDocument, document, resource
from kithdesk.core.errors import Unauthorized
from kithdesk.core.peers import headers_of
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import desk_of

router = APIRouter(prefix="/v1", tags=["auth"], route_class=StrictRoute)


@router.post("/auth/tokens", status_code=201, response_model=OneDocument, summary="Sign in")
async def post_token(body: SignInBody, request: Request) -> Response:
    """Signs in with e-mail and password. 409 when the address is in several organisations: say which in `domain`."""
    check_not_foreign(headers_of(request.scope))
    signed_in = await sign_in(
        desk_of(request),
        email=body.email,
        password=body.password,
        domain=body.domain,
        origin=origin_of(request),
    )
    return await _welcome(request, signed_in, cookie=body.cookie, remember=body.remember)


@router.post("/auth/links", status_code=201, response_model=OneDocument, summary="Sign in by a link")
async def post_link(body: LinkBody, request: Request) -> Response:
    """Signs in with the token of a one-time link."""
    check_not_foreign(headers_of(request.scope))
    signed_in = await sign_in_by_link(desk_of(request), body.token, origin=origin_of(request))
    return await _welcome(request, signed_in, cookie=body.cookie, remember=body.remember)


@router.post("/auth/setup", status_code=201, response_model=OneDocument, summary="Choose the first password")
async def post_setup(body: SetUpBody, request: Request) -> Response:
    """Chooses the first password with the token of a setup link, and signs in."""
    check_not_foreign(headers_of(request.scope))
    signed_in = await set_up(desk_of(request), body.token, body.password, origin=origin_of(request))
    return await _welcome(request, signed_in, cookie=body.cookie, remember=body.remember)


@router.get("/auth/tokens/current", response_model=OneDocument, summary="Get the current sign-in")
async def get_current_token(request: Request, caller: AnyCaller) -> Response:
    """The session or the key this request came with."""
    desk = desk_of(request)
    if caller.kind == "key":
        attributes = {"user": caller.actor.id, "expiresAt": None, "roles": sorted(caller.actor.roles)}
        key = resource("auth_token", caller.credential, attributes, at="/v1/auth/tokens/current")
        head = await desk.read(journal.head, caller.actor.organisation, by=caller.actor)
        return web.answer(document(key), head.position)
    done = await desk.read(find_session_by_id, caller.credential, by=caller.actor)
    if done.value is None:
        raise Unauthorized
    shown = schemas.session(done.value[0], roles=sorted(caller.actor.roles))
    return web.answer(document(shown), done.position)


@router.put(
    "/auth/tokens/current",
    response_model=OneDocument,
    summary="Confirm the password",
    openapi_extra=NOT_KEPT,
)
async def put_current_token(body: ConfirmBody, request: Request, caller: SessionCaller) -> Response:
    """Gives the password again, which roles and keys ask for after 15 minutes."""
    desk = desk_of(request)
    await confirm(desk, caller.actor, caller.credential, body.password)
    return await get_current_token(request, caller)


@router.delete("/auth/tokens/current", status_code=204, summary="Sign out", openapi_extra=NOT_KEPT)
async def delete_current_token(request: Request, caller: SessionCaller) -> Response:
    """Signs out: the session is dead and its sockets close."""
    user = caller.actor.id or ""
    done = await desk_of(request).run(end_session, user, caller.credential, by=caller.actor)
    response = web.no_content(done.position)
    clear_session(response, request)
    return response


@router.put(
    "/users/current/password",
    response_model=OneDocument,
    summary="Change one's password",
    openapi_extra=NOT_KEPT,
)
async def put_password(body: NewPasswordBody, request: Request, caller: SessionCaller) -> Response:
    """A new password. Every session ends, this one too; the answer is a new one."""
    signed_in = await change_password(
        desk_of(request),
        caller.actor,
        caller.credential,
        body.current_password,
        body.password,
        origin=origin_of(request),
    )
    return await _welcome(request, signed_in, cookie=body.cookie, status=200)


async def _welcome(
    request: Request, signed_in: SignedIn, *, cookie: bool, remember: bool = False, status: int = 201
) -> Response:
    """The new session, its token in the body or in the cookie; the session the browser brought along ends."""
    await _end_brought_along(request)
    session = signed_in.opened.session
    shown = schemas.session(session) if cookie else schemas.session(session, token=signed_in.token)
    response = web.answer(document(shown), signed_in.position, status)
    set_device(response, request, signed_in)
    if cookie:
        set_session(response, request, signed_in, remember=remember)
    return response


async def _end_brought_along(request: Request) -> None:
    """Whoever planted a cookie before the sign-in shall not share the session after it."""
    desk = desk_of(request)
    token = session_cookie(headers_of(request.scope))
    brought = await gate_of(desk).callers.find(token, None) if token else None
    if brought is not None:
        await desk.run(end_session, brought.actor.id or "", brought.credential, by=brought.actor)
