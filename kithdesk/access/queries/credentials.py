"""Keys, sessions, passwords and links: what an organisation has, and whose a given one is."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import bindparam, func, select

from kithdesk.access.entities import ApiKey, Purpose, Session
from kithdesk.access.tables import (
    api_key_hashes,
    api_keys,
    links,
    organisations,
    password_hashes,
    sessions,
    users,
)
from kithdesk.core.clock import Instant
from kithdesk.core.ids import OrganisationId
from kithdesk.core.sql import Executes
from kithdesk.core.work import Reads

_decode = msgspec.json.Decoder(tuple[str, ...]).decode

_KEYS = select(api_keys).where(
    api_keys.c.organisation == bindparam("organisation"), api_keys.c.revoked_at.is_(None)
)
_ONE_KEY = _KEYS.where(api_keys.c.id == bindparam("id"))
_LIST_KEYS = _KEYS.order_by(api_keys.c.id).limit(bindparam("limit")).offset(bindparam("offset"))
_COUNT_KEYS = (
    select(func.count())
    .select_from(api_keys)
    .where(api_keys.c.organisation == bindparam("organisation"), api_keys.c.revoked_at.is_(None))
)
_KEYS_NAMED = _KEYS.where(api_keys.c.name == bindparam("name"))
_SESSIONS_OF = (
    select(sessions)
    .where(sessions.c.organisation == bindparam("organisation"), sessions.c.user == bindparam("user"))
    .order_by(sessions.c.id)
)
_PASSWORD = select(password_hashes.c.hash).where(
    password_hashes.c.organisation == bindparam("organisation"), password_hashes.c.user == bindparam("user")
)


def find_api_key(reads: Reads, api_key: str) -> ApiKey | None:
    """One that was not revoked."""
    row = reads.execute(_ONE_KEY, {"organisation": reads.organisation, "id": api_key}).first()
    return None if row is None else _api_key(row)


def list_api_keys(reads: Reads, *, offset: int, limit: int) -> tuple[list[ApiKey], int]:
    """One page of the keys that were not revoked, and how many there are."""
    mine = {"organisation": reads.organisation}
    rows = reads.execute(_LIST_KEYS, {**mine, "limit": limit, "offset": offset})
    return [_api_key(row) for row in rows], reads.execute(_COUNT_KEYS, mine).scalar()


def list_api_keys_named(reads: Reads, name: str) -> list[ApiKey]:
    return [
        _api_key(row)
        for row in reads.execute(_KEYS_NAMED, {"organisation": reads.organisation, "name": name})
    ]


def list_sessions_of(reads: Reads, user: str) -> list[Session]:
    """Also those that are too old; the oldest first."""
    return [
        _session(row)
        for row in reads.execute(_SESSIONS_OF, {"organisation": reads.organisation, "user": user})
    ]


def find_password_hash(reads: Reads, user: str) -> str | None:
    found: str | None = reads.execute(_PASSWORD, {"organisation": reads.organisation, "user": user}).scalar()
    return found


def _api_key(row: Any) -> ApiKey:
    return ApiKey(
        id=row.id,
        user=row.user,
        name=row.name,
        roles=_decode(row.roles),
        last_four=row.last_four,
        networks=_decode(row.networks),
        expires_at=row.expires_at,
        created_at=row.created_at,
        revoked_at=row.revoked_at,
    )


def _session(row: Any) -> Session:
    return Session(
        id=row.id,
        organisation=row.organisation,
        user=row.user,
        method=row.method,
        agent=row.agent,
        created_at=row.created_at,
        seen_at=row.seen_at,
        confirmed_at=row.confirmed_at,
        expires_at=row.expires_at,
    )


# A credential comes alone: its hash tells the organisation. One look gives all there is to judge.


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """The user behind a credential, as far as judging needs."""

    organisation: OrganisationId
    user: str
    type: str
    display_name: str
    role_groups: tuple[str, ...]
    is_active: bool


_HOLDER = (
    users.c.organisation,
    users.c.id.label("user"),
    users.c.type,
    users.c.display_name,
    users.c.role_groups,
    users.c.deactivated_at,
)
_HELD_SESSION = select(
    *_HOLDER,
    sessions.c.id,
    sessions.c.method,
    sessions.c.agent,
    sessions.c.created_at,
    sessions.c.seen_at,
    sessions.c.confirmed_at,
    sessions.c.expires_at,
).select_from(
    sessions.join(users, (users.c.organisation == sessions.c.organisation) & (users.c.id == sessions.c.user))
)
_SESSION_BY_HASH = _HELD_SESSION.where(sessions.c.hash == bindparam("hash"))
_SESSION_BY_ID = _HELD_SESSION.where(sessions.c.id == bindparam("id"))
_HELD_KEY = select(
    *_HOLDER,
    api_keys.c.id,
    api_keys.c.name,
    api_keys.c.roles,
    api_keys.c.last_four,
    api_keys.c.networks,
    api_keys.c.expires_at,
    api_keys.c.created_at,
    api_keys.c.revoked_at,
).select_from(
    api_key_hashes.join(
        api_keys,
        (api_keys.c.organisation == api_key_hashes.c.organisation)
        & (api_keys.c.id == api_key_hashes.c.api_key),
    ).join(users, (users.c.organisation == api_keys.c.organisation) & (users.c.id == api_keys.c.user))
)
_KEY_BY_HASH = _HELD_KEY.where(api_key_hashes.c.hash == bindparam("hash"))
_KEY_BY_ID = _HELD_KEY.where(api_key_hashes.c.api_key == bindparam("id"))
_LINK_BY_HASH = select(links).where(links.c.hash == bindparam("hash"))
_LIVING_LINK = select(links).where(
    links.c.organisation == bindparam("organisation"),
    links.c.user == bindparam("user"),
    links.c.purpose == bindparam("purpose"),
    links.c.expires_at > bindparam("now"),
)
_CANDIDATES = (
    select(
        users.c.organisation,
        users.c.id.label("user"),
        users.c.display_name,
        organisations.c.name_key,
        password_hashes.c.hash,
    )
    .select_from(
        users.join(organisations, organisations.c.organisation == users.c.organisation).outerjoin(
            password_hashes,
            (password_hashes.c.organisation == users.c.organisation) & (password_hashes.c.user == users.c.id),
        )
    )
    .where(
        users.c.email_key == bindparam("email_key"), users.c.email_key != "", users.c.deactivated_at.is_(None)
    )
    .order_by(users.c.organisation)
    .limit(bindparam("limit"))
)


class Link(msgspec.Struct, frozen=True, kw_only=True):
    organisation: OrganisationId
    user: str
    purpose: Purpose
    expires_at: Instant
    sealed: str | None


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """Someone an address could mean at sign-in. `hash` is None before the first password."""

    organisation: OrganisationId
    organisation_key: str
    user: str
    display_name: str
    hash: str | None


def find_session_by_hash(reads: Executes, hash: str) -> tuple[Session, Holder] | None:
    row = reads.execute(_SESSION_BY_HASH, {"hash": hash}).first()
    return None if row is None else (_session(row), _holder(row))


def find_session_by_id(reads: Executes, id: str) -> tuple[Session, Holder] | None:
    row = reads.execute(_SESSION_BY_ID, {"id": id}).first()
    return None if row is None else (_session(row), _holder(row))


def find_key_by_hash(reads: Executes, hash: str) -> tuple[ApiKey, Holder] | None:
    """Also a revoked one."""
    row = reads.execute(_KEY_BY_HASH, {"hash": hash}).first()
    return None if row is None else (_api_key(row), _holder(row))


def find_key_by_id(reads: Executes, id: str) -> tuple[ApiKey, Holder] | None:
    row = reads.execute(_KEY_BY_ID, {"id": id}).first()
    return None if row is None else (_api_key(row), _holder(row))


def find_link_by_hash(reads: Executes, hash: str) -> Link | None:
    row = reads.execute(_LINK_BY_HASH, {"hash": hash}).first()
    return None if row is None else _link(row)


def find_living_link(reads: Reads, user: str, purpose: Purpose) -> Link | None:
    """The one that was not used yet and still works."""
    mine = {"organisation": reads.organisation, "user": user, "purpose": purpose, "now": reads.now}
    row = reads.execute(_LIVING_LINK, mine).first()
    return None if row is None else _link(row)


def list_candidates(reads: Executes, email_key: str, *, limit: int) -> list[Candidate]:
    """Active users of this address, in any organisation."""
    return [
        Candidate(
            organisation=row.organisation,
            organisation_key=row.name_key,
            user=row.user,
            display_name=row.display_name,
            hash=row.hash,
        )
        for row in reads.execute(_CANDIDATES, {"email_key": email_key, "limit": limit})
    ]


def _link(row: Any) -> Link:
    return Link(
        organisation=row.organisation,
        user=row.user,
        purpose=row.purpose,
        expires_at=row.expires_at,
        sealed=row.sealed,
    )


def _holder(row: Any) -> Holder:
    return Holder(
        organisation=row.organisation,
        user=row.user,
        type=row.type,
        display_name=row.display_name,
        role_groups=_decode(row.role_groups),
        is_active=row.deactivated_at is None,
    )
