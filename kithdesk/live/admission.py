"""What every live door asks before it reads a frame or looks anything up, and how it lets in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from kithdesk import access
from kithdesk.channels import chat
from kithdesk.core.actors import Actor
from kithdesk.core.desk import Desk
from kithdesk.core.errors import Forbidden, Refusal
from kithdesk.core.peers import is_loopback, is_secure, netloc_of, peer_of
from kithdesk.core.web import refusal_response
from kithdesk.live import protocol
from kithdesk.live.connection import Connection
from kithdesk.live.hub import Hub

Scope = MutableMapping[str, Any]
Headers = Mapping[str, str]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
SendAsgi = Callable[[MutableMapping[str, Any]], Any]


def check_transport(desk: Desk, scope: Scope, headers: Headers) -> None:
    """Plain text only from this machine, and no token in an address. Raises `Forbidden`."""
    peer = peer_of(scope)
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


async def enter(hub: Hub, connection: Connection) -> None:
    """From here on it can follow topics, as whoever it is by now. Raises `Unauthorized`, `Forbidden`, `Overloaded`."""
    try:
        await hub.join(connection)
        await _judge_again(hub.desk, connection)
    except BaseException:
        hub.remove(connection)
        raise


async def _judge_again(desk: Desk, connection: Connection) -> None:
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


def greet(hub: Hub, connection: Connection) -> None:
    """Its first frame."""
    position = hub.position(connection)
    welcome = protocol.Welcome(session=connection.id, heartbeat=protocol.HEARTBEAT, position=position)
    connection.push(protocol.encode(welcome))


async def deny(scope: Scope, send: SendAsgi, refusal: Refusal) -> None:
    """Refuses the handshake with an HTTP status, where the server can, and our shape of error."""
    if "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": protocol.CLOSE_FORBIDDEN})
        return
    answer = refusal_response(refusal)
    await send(
        {"type": "websocket.http.response.start", "status": answer.status_code, "headers": answer.raw_headers}
    )
    await send({"type": "websocket.http.response.body", "body": answer.body})


def is_own_origin(headers: Headers, base_url: str | None) -> bool:
    """Whether the page that connects was served by us."""
    origin = headers.get("origin")
    if origin is None:
        return False
    if base_url is not None and origin == "{0.scheme}://{0.netloc}".format(urlsplit(base_url)):
        return True
    return netloc_of(origin) == headers.get("host")
