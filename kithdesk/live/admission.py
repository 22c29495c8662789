"""What every live door asks before it reads a frame or looks anything up."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from kithdesk import access
from kithdesk.channels import chat
from kithdesk.core.actors import Actor
from kithdesk.core.desk import Desk
from kithdesk.core.errors import Forbidden
from kithdesk.core.peers import client_address, is_loopback, is_secure, netloc_of
from kithdesk.live.connection import Connection

Scope = MutableMapping[str, Any]
Headers = Mapping[str, str]


def address_of(desk: Desk, scope: Scope, headers: Headers) -> str:
    """The client's address, as far as proxies may be believed."""
    return client_address(_peer(scope), headers.get("x-forwarded-for"), desk.settings.trusted_proxies)


def check_transport(desk: Desk, scope: Scope, headers: Headers) -> None:
    """Plain text only from this machine, and no token in an address. Raises `Forbidden`."""
    peer = _peer(scope)
    if not is_loopback(peer) and not is_secure(scope, headers, peer, desk.settings.trusted_proxies):
        raise Forbidden("Encrypted connections only.")
    if b"token=" in scope.get("query_string", b""):
        raise Forbidden("A token does not belong in an address.")


async def check_site(desk: Desk, actor: Actor, headers: Headers) -> None:
    """Visitors come from our own frame or from a page of the organisation's sites. Raises `Forbidden`."""
    origin = headers.get("origin")
    if origin is None or is_own_origin(headers, desk.settings.base_url):
        return
    if not (await desk.read(chat.is_origin_allowed, origin, by=actor)).value:
        raise Forbidden("This site may not use the chat.")


async def judge_again(desk: Desk, connection: Connection) -> None:
    """Who it is by now, once it hears what changes that.

    It was judged from memory, and another node may have said something else before anybody here listened. Raises
    `Unauthorized`, `Forbidden`.
    """
    while True:
        judged = connection.actor
        if connection.audience == "visitors":
            actor = await chat.recheck_visitor(desk, judged, connection.credential)
        else:
            actor = await access.recheck(desk, connection.credential)
        if connection.actor is judged:  # else the hub has been told of something meanwhile
            connection.actor = actor
            return


def is_own_origin(headers: Headers, base_url: str | None) -> bool:
    """Whether the page that connects was served by us."""
    origin = headers.get("origin")
    if origin is None:
        return False
    if base_url is not None and origin == "{0.scheme}://{0.netloc}".format(urlsplit(base_url)):
        return True
    return netloc_of(origin) == headers.get("host")


def _peer(scope: Scope) -> str:
    client = scope.get("client")
    return "" if client is None else str(client[0])
