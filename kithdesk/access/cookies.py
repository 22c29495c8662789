"""The console's cookie, and proof that a request with it came from the console itself.

`__Host-` ties the cookie to this host over TLS. Browsers refuse that prefix on plain http, which is for loopback only;
there, and nowhere else, the name goes without.
"""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import Request, Response
from starlette.requests import cookie_parser

from kithdesk.access.credentials import kind_of
from kithdesk.access.errors import ForeignOrigin
from kithdesk.access.sessions import ABSOLUTE
from kithdesk.access.signing_in import DEVICE_LIFE, SignedIn
from kithdesk.core.clock import SECOND
from kithdesk.core.peers import headers_of, host_of, is_loopback, netloc_of
from kithdesk.core.web import desk_of

SESSION = "kithdesk-session"
DEVICE = "kithdesk-device"
_HOST_PREFIX = "__Host-"

Headers = Mapping[str, str]
"""A request's headers by their lower-case names."""


def session_cookie(headers: Headers) -> str | None:
    """The session token in the cookie of a request or a WebSocket handshake. A key has no business there."""
    token = _read(headers, SESSION)
    return token if token is not None and kind_of(token) == "session" else None


def device_cookie(headers: Headers) -> str | None:
    """The token by which a browser shows that it has signed in before."""
    return _read(headers, DEVICE)


def check_same_origin(headers: Headers) -> None:
    """Raises `ForeignOrigin` unless a page of this very origin sent it.

    Browsers say so in `Sec-Fetch-Site`, which no page can set; older ones in `Origin`. Neither: not a browser, which
    has no business with a cookie.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        is_own = site == "same-origin"
    else:
        origin = netloc_of(headers.get("origin", ""))
        is_own = bool(origin) and origin == headers.get("host")
    if not is_own:
        raise ForeignOrigin


def check_not_foreign(headers: Headers) -> None:
    """The same, but a program that sends neither header is welcome: it carries no cookie that could be abused."""
    if "sec-fetch-site" in headers or "origin" in headers:
        check_same_origin(headers)


def set_session(response: Response, request: Request, signed_in: SignedIn, *, remember: bool) -> None:
    """The session, until the browser closes or (`remember`) as long as it can live."""
    _set(response, request, SESSION, signed_in.token, ABSOLUTE // SECOND if remember else None)


def set_device(response: Response, request: Request, signed_in: SignedIn) -> None:
    _set(response, request, DEVICE, signed_in.device, DEVICE_LIFE // SECOND)


def clear_session(response: Response, request: Request) -> None:
    _set(response, request, SESSION, "", 0)


def _read(headers: Headers, name: str) -> str | None:
    jar = cookie_parser(headers.get("cookie", ""))
    found = jar.get(_HOST_PREFIX + name)
    if found is None and _is_on_loopback(headers):
        found = jar.get(name)
    return found or None


def _set(response: Response, request: Request, name: str, value: str, max_age: int | None) -> None:
    is_plain = (
        request.url.scheme == "http"
        and _is_on_loopback(headers_of(request.scope))
        and not (desk_of(request).settings.base_url or "").startswith("https://")
    )
    response.set_cookie(
        name if is_plain else _HOST_PREFIX + name,
        value,
        max_age=max_age,
        path="/",
        secure=not is_plain,
        httponly=True,
        samesite="lax",
    )


def _is_on_loopback(headers: Headers) -> bool:
    """Whether the address in the browser's bar is this machine's own."""
    host = host_of(f"//{headers.get('host', '')}")
    return host == "localhost" or host.endswith(".localhost") or (host != "" and is_loopback(host))
