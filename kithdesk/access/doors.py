"""How a request proves who sends it: a Bearer token (session or API key), or the console's cookie. Never the URL.

Routes ask with `caller: AgentCaller` and its stricter sisters. The live gateway asks `resolve_agent`, then `recheck`.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPBearer

from kithdesk.access import audit
from kithdesk.access.callers import Resolved
from kithdesk.access.cookies import check_same_origin, device_cookie, session_cookie
from kithdesk.access.errors import ConfirmationNeeded, ForeignOrigin
from kithdesk.access.gate import gate_of
from kithdesk.access.roles import ADMIN, TRACKING, USER
from kithdesk.access.signing_in import From
from kithdesk.core.actors import Actor
from kithdesk.core.clock import MINUTE, SECOND
from kithdesk.core.desk import Desk
from kithdesk.core.errors import Forbidden, RateLimited, Unauthorized
from kithdesk.core.limits import Rate
from kithdesk.core.peers import address_of, headers_of, network_of
from kithdesk.core.web import desk_of

CONFIRMED_FOR = 15 * MINUTE
KEYS_PER_ORGANISATION = Rate(1_000, 60)
"""And once more for those of its keys that only tell events: what they do, or try, keeps no other program waiting."""
_SAFE = {"GET", "HEAD", "OPTIONS"}
_WORKING = frozenset({ADMIN, USER})

_bearer = HTTPBearer(auto_error=False, description="A session token or an API key.")


async def resolve_agent(desk: Desk, token: str, address: str | None = None) -> tuple[Actor, str]:
    """Who holds this token, and the id of the credential, by which an event will say that it has ended.

    `address` is where they are: a key that is good in some networks only needs it. Judged from memory for at most a
    second. Raises `Unauthorized`, and `Forbidden` for someone without any role.
    """
    resolved = _with_a_role(await gate_of(desk).callers.find(token, address))
    return resolved.actor, resolved.credential


async def recheck(desk: Desk, credential: str) -> Actor:
    """Who the holder of a credential is by now. Raises `Unauthorized` when it has died, `Forbidden` without a role."""
    return _with_a_role(await gate_of(desk).callers.find_again(credential)).actor


def origin_of(request: Request) -> From:
    """Where a sign-in comes from."""
    address = address_of(request.scope, desk_of(request).settings.trusted_proxies)
    return From(
        network=network_of(address),
        agent=request.headers.get("user-agent", ""),
        device=device_cookie(headers_of(request.scope)),
    )


async def any_caller(request: Request, _: Annotated[Any, Depends(_bearer)]) -> Resolved:
    """Anyone on the company's side, with the credential they came by.

    Raises `Unauthorized`, `ForeignOrigin`, `Forbidden`, `RateLimited`.
    """
    return _with_a_role(await _resolve(request))


async def tracking_caller(request: Request, _: Annotated[Any, Depends(_bearer)]) -> Actor:
    """The same, and a program whose key may tell events of customers and do nothing else. Raises the same."""
    return _with_a_role(await _resolve(request), {ADMIN, USER, TRACKING}).actor


async def _resolve(request: Request) -> Resolved | None:
    desk = desk_of(request)
    token = _token_of(request)
    address = address_of(request.scope, desk.settings.trusted_proxies)
    resolved = None if not token else await gate_of(desk).callers.find(token, address)
    if resolved is not None and resolved.kind == "key":
        await _count(desk, request, resolved.actor)
    return resolved


async def agent_caller(resolved: Annotated[Resolved, Depends(any_caller)]) -> Actor:
    """An agent, or a program with an API key."""
    return resolved.actor


async def admin_caller(resolved: Annotated[Resolved, Depends(any_caller)]) -> Actor:
    """One with `org.admin`. Raises `Forbidden`."""
    if not resolved.actor.is_admin:
        audit.note("request.forbidden", actor=resolved.actor)
        raise Forbidden("This takes an administrator.")
    return resolved.actor


async def confirmed_admin_caller(
    request: Request, resolved: Annotated[Resolved, Depends(any_caller)]
) -> Actor:
    """One with `org.admin` who gave their password within 15 minutes; a key is its own proof.

    For what a thief with an open laptop would do first. Raises `Forbidden`, `ConfirmationNeeded`.
    """
    actor = await admin_caller(resolved)
    check_confirmed(request, resolved)
    return actor


def check_confirmed(request: Request, resolved: Resolved) -> None:
    """Raises `ConfirmationNeeded` for a session whose password was given too long ago."""
    if resolved.kind == "session":
        confirmed_at = resolved.confirmed_at or 0
        if desk_of(request).clock.now() > confirmed_at + CONFIRMED_FOR:
            raise ConfirmationNeeded


async def session_caller(resolved: Annotated[Resolved, Depends(any_caller)]) -> Resolved:
    """An agent who is signed in. Raises `Forbidden` for a program."""
    if resolved.kind != "session":
        raise Forbidden("This takes a person who is signed in.")
    return resolved


AgentCaller = Annotated[Actor, Depends(agent_caller)]
AdminCaller = Annotated[Actor, Depends(admin_caller)]
ConfirmedAdminCaller = Annotated[Actor, Depends(confirmed_admin_caller)]
SessionCaller = Annotated[Resolved, Depends(session_caller)]
AnyCaller = Annotated[Resolved, Depends(any_caller)]
TrackingCaller = Annotated[Actor, Depends(tracking_caller)]


def _with_a_role(resolved: Resolved | None, roles: AbstractSet[str] = _WORKING) -> Resolved:
    if resolved is None:
        raise Unauthorized
    if not resolved.actor.roles & roles:
        raise Forbidden
    return resolved


def _token_of(request: Request) -> str | None:
    """A header decides; only without one does the cookie count, and then only for the console's own pages."""
    header = request.headers.get("authorization")
    if header is not None:
        scheme, _, bearer = header.partition(" ")
        return bearer.strip() if scheme.lower() == "bearer" else None
    headers = headers_of(request.scope)
    token = session_cookie(headers)
    if token is not None and request.method not in _SAFE:
        try:
            check_same_origin(headers)
        except ForeignOrigin:
            audit.note("request.foreign_origin", path=request.url.path)
            raise
    return token


async def _count(desk: Desk, request: Request, actor: Actor) -> None:
    """An organisation's programs share a limit; the console never counts. What is left goes into `answer_headers`."""
    name = "api" if actor.roles & _WORKING else "api tracking"
    rate = KEYS_PER_ORGANISATION
    left, problem = 0.0, None
    try:
        left = await desk.allowances.take(name, actor.organisation, rate)
    except RateLimited as refusal:
        problem = refusal
    full_at = desk.clock.now() / SECOND + (rate.size - left) / rate.per_second
    request.state.answer_headers = {
        "X-RateLimit-Limit": f"{rate.count:.0f}",
        "X-RateLimit-Remaining": f"{int(left)}",
        "X-RateLimit-Reset": f"{full_at:.0f}",
    }
    if problem is not None:
        raise problem
