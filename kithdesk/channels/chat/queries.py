"""Chat's SELECTs. A token is looked up by its hash alone: only with it do we know the organisation."""

from __future__ import annotations

import msgspec
from sqlalchemy import bindparam, select

from kithdesk.channels.chat.tables import visitor_tokens
from kithdesk.core.clock import Instant
from kithdesk.core.ids import OrganisationId
from kithdesk.core.sql import Executes
from kithdesk.core.work import Reads
from kithdesk.customers import VisitorId

_TOKENS = select(
    visitor_tokens.c.organisation,
    visitor_tokens.c.id,
    visitor_tokens.c.visitor,
    visitor_tokens.c.created_at,
    visitor_tokens.c.used_at,
)
_BY_HASH = _TOKENS.where(visitor_tokens.c.hash == bindparam("hash"))
_ONE_OF_VISITOR = _TOKENS.where(
    visitor_tokens.c.organisation == bindparam("organisation"),
    visitor_tokens.c.visitor == bindparam("visitor"),
    visitor_tokens.c.id == bindparam("id"),
)
_BY_LOGIN = select(
    visitor_tokens.c.organisation,
    visitor_tokens.c.visitor,
    visitor_tokens.c.sealed,
    visitor_tokens.c.is_another,
).where(visitor_tokens.c.login == bindparam("login"))
_OF_VISITOR = select(visitor_tokens.c.id).where(
    visitor_tokens.c.organisation == bindparam("organisation"),
    visitor_tokens.c.visitor == bindparam("visitor"),
)


class Token(msgspec.Struct, frozen=True):
    """A visitor's token without what proves it. `id` is the credential that sockets are opened with."""

    organisation: OrganisationId
    id: str
    visitor: VisitorId
    created_at: Instant
    used_at: Instant


def find_token(reads: Executes, hash: str) -> Token | None:
    row = reads.execute(_BY_HASH, {"hash": hash}).first()
    return None if row is None else Token(*row)


class AnsweredLogin(msgspec.Struct, frozen=True):
    """A login whose answer may have been lost: whom it made the browser, and the sealed token it was given.

    `is_another`: the browser was somebody else's before.
    """

    organisation: OrganisationId
    visitor: VisitorId
    sealed: str
    is_another: bool


def find_login(reads: Executes, login: str) -> AnsweredLogin | None:
    """By its fingerprint, while the token it gave is alive."""
    row = reads.execute(_BY_LOGIN, {"login": login}).first()
    if row is None:
        return None
    return AnsweredLogin(row.organisation, row.visitor, row.sealed, bool(row.is_another))


def find_token_of(reads: Reads, visitor: VisitorId, credential: str) -> Token | None:
    """A visitor's token by the id that others speak of it with."""
    values = {"organisation": reads.organisation, "visitor": visitor, "id": credential}
    row = reads.execute(_ONE_OF_VISITOR, values).first()
    return None if row is None else Token(*row)


def list_tokens_of(reads: Reads, visitor: VisitorId) -> list[str]:
    """The credential ids of a visitor's tokens."""
    rows = reads.execute(_OF_VISITOR, {"organisation": reads.organisation, "visitor": visitor})
    return [row.id for row in rows]
