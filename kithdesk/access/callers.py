"""Whose a credential is. Judged from memory for at most a second, and sooner when it has just died.

Sessions and keys end by events (`user.sessions_ended`, `api_key.revoked`, …): this hears of them, and forgets what it
remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from kithdesk.access.api_keys import is_within
from kithdesk.access.credentials import hash_of, kind_of
from kithdesk.access.entities import ApiKey, Session
from kithdesk.access.events import UserDeactivated, UserRolesChanged
from kithdesk.access.queries.credentials import (
    Holder,
    find_key_by_hash,
    find_key_by_id,
    find_session_by_hash,
    find_session_by_id,
)
from kithdesk.access.roles import roles_of
from kithdesk.access.sessions import RENEW_EVERY, is_alive, renew_session
from kithdesk.core.actors import INSTALLATION, Actor
from kithdesk.core.clock import Instant
from kithdesk.core.desk import Desk
from kithdesk.core.errors import Overloaded
from kithdesk.core.events import Event, Recorded
from kithdesk.core.ids import OrganisationId
from kithdesk.core.remembering import Remembered
from kithdesk.core.work import Reads

_MOST_REMEMBERED = 20_000


class Resolved(msgspec.Struct, frozen=True, kw_only=True):
    """Who acts, and by which credential: a session's or a key's id, never the token."""

    actor: Actor
    credential: str
    kind: Literal["session", "key"]
    confirmed_at: Instant | None = None
    """When a password was last given; None for a key, which has none."""


class _Known(msgspec.Struct, kw_only=True):
    """What is remembered of a credential: enough to judge it again without the database."""

    caller: Resolved
    session: Session | None = None
    networks: tuple[str, ...] = ()
    expires_at: Instant | None = None


class Callers:
    """The credentials one desk has seen lately."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: Remembered[_Known] = Remembered(_MOST_REMEMBERED)
        desk.feed.follow(self._hear)

    async def find(self, token: str, address: str | None) -> Resolved | None:
        """None for a token that is malformed, unknown, dead, or good in other networks only.

        Finding a session renews it, at most once a minute.
        """
        kind = kind_of(token)
        if kind not in ("session", "key"):
            return None
        hashed = hash_of(token)
        known = self._known.get(hashed) or await self._look_up(kind, hashed)
        if known is None or not self._is_in_time(known) or not is_within(address, known.networks):
            return None
        if known.session is not None:
            self._renew(known, known.session, hashed)
        return known.caller

    async def find_again(self, credential: str) -> Resolved | None:
        """The same by the credential's id, for one who has shown the token before, and where they are with it."""
        known = (await self._desk.read(_known_by_id, credential, by=INSTALLATION)).value
        return known.caller if known is not None and self._is_in_time(known) else None

    async def _look_up(self, kind: str, hash: str) -> _Known | None:
        known = (await self._desk.read(_known_by_hash, kind, hash, by=INSTALLATION)).value
        if known is not None:
            self._known.put(hash, known)
        return known

    def _is_in_time(self, known: _Known) -> bool:
        now = self._desk.clock.now()
        if known.session is not None:
            return is_alive(known.session, now)
        return known.expires_at is None or now < known.expires_at

    def _renew(self, known: _Known, session: Session, hash: str) -> None:
        now = self._desk.clock.now()
        if now < session.seen_at + RENEW_EVERY:
            return
        try:
            self._desk.submit_and_forget(renew_session, hash, by=known.caller.actor)
        except Overloaded:
            return  # the next request does it
        known.session = msgspec.structs.replace(session, seen_at=now)

    def _hear(self, _organisation: OrganisationId, events: Sequence[Recorded[Event]]) -> None:
        for fact in events:
            if fact.event.ended_credentials or isinstance(fact.event, UserRolesChanged | UserDeactivated):
                self.forget()

    def forget(self) -> None:
        """Something about credentials has changed. Rare, and cheap to learn again."""
        self._known.forget_all()


def _known_by_hash(reads: Reads, kind: str, hash: str) -> _Known | None:
    if kind == "session":
        session = find_session_by_hash(reads, hash)
        return None if session is None else _session(*session)
    key = find_key_by_hash(reads, hash)
    return None if key is None else _key(*key)


def _known_by_id(reads: Reads, credential: str) -> _Known | None:
    session = find_session_by_id(reads, credential)
    if session is not None:
        return _session(*session)
    key = find_key_by_id(reads, credential)
    return None if key is None else _key(*key)


def _session(session: Session, holder: Holder) -> _Known | None:
    if not holder.is_active:
        return None
    actor = Actor(
        organisation=holder.organisation,
        type="user",
        id=holder.user,
        author=holder.user,
        display_name=holder.display_name,
        roles=roles_of(holder.role_groups),
    )
    caller = Resolved(actor=actor, credential=session.id, kind="session", confirmed_at=session.confirmed_at)
    return _Known(caller=caller, session=session)


def _key(key: ApiKey, holder: Holder) -> _Known | None:
    if not holder.is_active or key.revoked_at is not None:
        return None
    actor = Actor(
        organisation=holder.organisation,
        type="machine",
        id=holder.user,
        author=holder.user,
        display_name=holder.display_name,
        roles=frozenset(key.roles),
    )
    caller = Resolved(actor=actor, credential=key.id, kind="key")
    return _Known(caller=caller, networks=key.networks, expires_at=key.expires_at)
