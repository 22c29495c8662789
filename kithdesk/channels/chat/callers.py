"""Whose a visitor token is. Judged from memory for at most a second, and sooner when something about it has changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any
from weakref import WeakKeyDictionary

import msgspec
from fastapi import Depends, Request
from fastapi.security import HTTPBearer

from kithdesk.access import Widget, find_widget
from kithdesk.channels.chat.errors import DeadVisitorToken, ForeignSite, UnknownWidget
from kithdesk.channels.chat.events import VisitorTokensEnded
from kithdesk.channels.chat.queries import Token, find_token, find_token_of
from kithdesk.channels.chat.sites import is_origin_allowed, own_origins
from kithdesk.channels.chat.tokens import RENEW_EVERY, hash_of, is_alive, renew_token
from kithdesk.conversations import as_known_now
from kithdesk.core.actors import INSTALLATION, Actor, system
from kithdesk.core.desk import Desk
from kithdesk.core.errors import Overloaded, Unauthorized
from kithdesk.core.events import Event, Recorded
from kithdesk.core.ids import OrganisationId
from kithdesk.core.remembering import Remembered
from kithdesk.core.web import desk_of
from kithdesk.core.work import Reads
from kithdesk.customers import VisitorId, find_visitor
from kithdesk.customers.events import CustomerCreated, moved_visitors

_MOST_REMEMBERED = 50_000
_visitor_token = HTTPBearer(
    auto_error=False,
    scheme_name="VisitorToken",
    description="A visitor's token, of `POST /c/v1/tracking/tokens`.",
)
_widget_key = HTTPBearer(auto_error=False, scheme_name="WidgetKey", description="The widget's public key.")


class Visitor(msgspec.Struct, frozen=True):
    """Who writes: the actor, the hash of their token, and the credential id its sockets are opened with."""

    actor: Actor
    hash: str
    credential: str

    @property
    def visitor(self) -> VisitorId:
        return VisitorId(self.actor.author or "")


class _Known(msgspec.Struct):
    visitor: Visitor
    token: Token


class Visitors:
    """The visitors one desk has seen lately."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: Remembered[_Known] = Remembered(_MOST_REMEMBERED)
        self._hashes: dict[str, str] = {}
        desk.feed.follow(self._hear)

    async def find(self, token: str) -> Visitor | None:
        """None for a token that is malformed, unknown or dead. Finding one renews it, at most once a day."""
        hashed = hash_of(token)
        if hashed is None:
            return None
        known = self._known.get(hashed)
        if known is None:
            known = await self._look_up(hashed)
        elif known.visitor.actor.id is None:  # a customer may come with any commit
            await self._learn_customer(known)
        if known is None or not is_alive(known.token, self._desk.clock.now()):
            return None
        self._renew(known)
        return known.visitor

    async def _learn_customer(self, known: _Known) -> None:
        by = system(known.token.organisation)
        actor = (await self._desk.read(_actor_of, known.token, by=by)).value
        known.visitor = msgspec.structs.replace(known.visitor, actor=actor)

    async def find_again(
        self, organisation: OrganisationId, visitor: VisitorId, credential: str
    ) -> Actor | None:
        """Who holds a credential by now, for one who has shown its token before. None when it has died."""
        by = system(organisation)
        token = (await self._desk.read(find_token_of, visitor, credential, by=by)).value
        if token is None or not is_alive(token, self._desk.clock.now()):
            return None
        return (await self._desk.read(_actor_of, token, by=by)).value

    async def _look_up(self, hash: str) -> _Known | None:
        token = (await self._desk.read(find_token, hash, by=INSTALLATION)).value
        if token is None:
            return None
        actor = (await self._desk.read(_actor_of, token, by=system(token.organisation))).value
        known = _Known(Visitor(actor, hash, token.id), token)
        self._known.put(hash, known)
        if len(self._hashes) >= _MOST_REMEMBERED:
            self._hashes.clear()
        self._hashes[token.visitor] = hash
        return known

    def _renew(self, known: _Known) -> None:
        now = self._desk.clock.now()
        if now < known.token.used_at + RENEW_EVERY:
            return
        try:
            self._desk.submit_and_forget(renew_token, known.visitor.hash, by=known.visitor.actor)
        except Overloaded:
            return  # the next request does it
        known.token = msgspec.structs.replace(known.token, used_at=now)

    def _hear(self, _organisation: OrganisationId, events: Sequence[Recorded[Event]]) -> None:
        """A first message, login or merge changes who a visitor is: known anew before the writer hears of it."""
        for fact in events:
            event = fact.event
            if isinstance(event, CustomerCreated | VisitorTokensEnded) and event.visitor is not None:
                self._known.forget(self._hashes.pop(event.visitor, ""))
            for visitor in moved_visitors(event):
                self._known.forget(self._hashes.pop(visitor, ""))


def _actor_of(reads: Reads, token: Token) -> Actor:
    found = find_visitor(reads, token.visitor)
    actor = Actor(organisation=token.organisation, type="customer", author=token.visitor)
    return actor if found is None else as_known_now(reads, actor, found)


_visitors: WeakKeyDictionary[Desk, Visitors] = WeakKeyDictionary()


def visitors_of(desk: Desk) -> Visitors:
    """The desk's visitors; the first call makes it."""
    found = _visitors.get(desk)
    if found is None:
        found = _visitors[desk] = Visitors(desk)
    return found


async def resolve_visitor(desk: Desk, token: str) -> tuple[Actor, str]:
    """Who holds this token, and the credential id to close its sockets by. Raises `DeadVisitorToken`."""
    found = await visitors_of(desk).find(token)
    if found is None:
        raise DeadVisitorToken
    return found.actor, found.credential


async def recheck_visitor(desk: Desk, actor: Actor, credential: str) -> Actor:
    """Who the holder of a credential is by now, not judged from memory. Raises `DeadVisitorToken`."""
    visitor = VisitorId(actor.author or "")
    found = await visitors_of(desk).find_again(actor.organisation, visitor, credential)
    if found is None:
        raise DeadVisitorToken
    return found


async def visitor_caller(request: Request, _: Annotated[Any, Depends(_visitor_token)]) -> Visitor:
    """The visitor whose token the request carries. Raises `Unauthorized`, `ForeignSite`."""
    return await get_visitor(request, bearer_of(request))


async def widget_caller(request: Request, _: Annotated[Any, Depends(_widget_key)]) -> Widget:
    """The widget whose public key the request carries. Raises `Unauthorized`, `ForeignSite`."""
    return await get_widget(request, bearer_of(request))


VisitorCaller = Annotated[Visitor, Depends(visitor_caller)]
WidgetCaller = Annotated[Widget, Depends(widget_caller)]


async def get_visitor(request: Request, token: str) -> Visitor:
    """By their token. Raises `DeadVisitorToken`, `ForeignSite`."""
    found = await visitors_of(desk_of(request)).find(token)
    if found is None:
        raise DeadVisitorToken
    await check_site(request, found.actor.organisation)
    return found


async def get_widget(request: Request, key: str) -> Widget:
    """By its public key. Raises `UnknownWidget`, `ForeignSite`."""
    found = (await desk_of(request).read(find_widget, key, by=INSTALLATION)).value
    if found is None:
        raise UnknownWidget
    await check_site(request, found.organisation)
    return found


async def check_site(request: Request, organisation: OrganisationId) -> None:
    """A nuisance filter, not a proof: a page says where it is from, any program can say anything."""
    origin = request.headers.get("origin")
    if origin is None or origin in own_origins(request):
        return
    if not (await desk_of(request).read(is_origin_allowed, origin, by=system(organisation))).value:
        raise ForeignSite


def bearer_of(request: Request) -> str:
    """The text after `Bearer`. Raises `Unauthorized`."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorized("Authorization: Bearer is needed.")
    return token.strip()
