"""Visitor tokens: what a browser keeps so that its visitor finds their chats again.

    issued (anonymous) ──first message──▶ has a customer ──login──▶ replaced by a new one; the old is dead
         └───────────── unused for 90 days, or logged out ────────▶ dead

A token is 256 random bits, kept as its SHA-256 and bound to one organisation and one visitor. All that a visitor names
is looked up through it. Issuing one writes no customer. One that a login gave is kept sealed besides, for as long as
that login may be repeated.
"""

from __future__ import annotations

import hashlib
import secrets

import msgspec
from sqlalchemy import bindparam, delete, insert, select, update

from kithdesk.channels.chat.errors import DeadVisitorToken
from kithdesk.channels.chat.events import VisitorTokensEnded
from kithdesk.channels.chat.queries import Token, find_token, list_tokens_of
from kithdesk.channels.chat.tables import visitor_tokens
from kithdesk.core.clock import DAY, MINUTE
from kithdesk.core.work import Reads, Work
from kithdesk.customers import VisitorId

LIFE = 90 * DAY
RENEW_EVERY = DAY
REPEATABLE = 20 * MINUTE
"""A login may be repeated while its signed token is fresh; so long, and a little more, the token it gave is kept."""

_PREFIX = "kdv_"
_RANDOM = 43
_CHECK = 6
_LENGTH = len(_PREFIX) + _RANDOM + _CHECK
_SWEEP = 50

_ISSUE = insert(visitor_tokens)
_RENEW = (
    update(visitor_tokens)
    .where(visitor_tokens.c.hash == bindparam("token_hash"), visitor_tokens.c.used_at <= bindparam("before"))
    .values(used_at=bindparam("at"))
)
_old = visitor_tokens.alias()
_FORGET_OLD = delete(visitor_tokens).where(
    visitor_tokens.c.hash.in_(
        select(_old.c.hash)
        .where(_old.c.organisation == bindparam("organisation"), _old.c.used_at <= bindparam("before"))
        .limit(_SWEEP)
    )
)
_FORGET_SEALED = (
    update(visitor_tokens)
    .where(
        visitor_tokens.c.organisation == bindparam("of"),
        visitor_tokens.c.login.is_not(None),
        visitor_tokens.c.created_at <= bindparam("before"),
    )
    .values(login=None, sealed=None)
)
_END = delete(visitor_tokens).where(
    visitor_tokens.c.organisation == bindparam("organisation"),
    visitor_tokens.c.visitor == bindparam("visitor"),
)


class Issued(msgspec.Struct, frozen=True):
    """A token that its holder will use, the visitor it is for, and the id by which others may speak of it."""

    token: str
    visitor: VisitorId
    credential: str


def new_token() -> str:
    """`kdv_…`, 53 characters of the URL-safe alphabet, the last six a checksum."""
    body = _PREFIX + secrets.token_urlsafe(32)
    return body + _check_of(body)


def hash_of(token: str) -> str | None:
    """How a token is kept, or None when it cannot be one: a made-up token never reaches the database."""
    if len(token) != _LENGTH or not token.isascii() or not token.startswith(_PREFIX):
        return None
    if _check_of(token[:-_CHECK]) != token[-_CHECK:]:
        return None
    return hashlib.sha256(token.encode()).hexdigest()


def is_alive(token: Token, now: int) -> bool:
    return now < token.used_at + LIFE


def issue_token(
    work: Work,
    token: str,
    visitor: VisitorId | None = None,
    *,
    login: str | None = None,
    sealed: str | None = None,
    is_another: bool = False,
) -> Issued:
    """Keeps a token made at the edge, for a visitor, or for a new one. States nothing: nobody has come yet.

    `login` and `sealed`: which login it answers, and the token as it can be given again to whoever repeats that;
    `is_another`: that login made the browser somebody else's. A few
    tokens that died of age are forgotten on the way.
    """
    hashed = hash_of(token)
    assert hashed is not None, "not made by new_token"
    work.execute(_FORGET_OLD, {"organisation": work.organisation, "before": work.now - LIFE})
    work.execute(_FORGET_SEALED, {"of": work.organisation, "before": work.now - REPEATABLE})
    issued = Issued(token, visitor or VisitorId(work.new_id()), work.new_id())
    work.execute(
        _ISSUE,
        {
            "hash": hashed,
            "organisation": work.organisation,
            "id": issued.credential,
            "visitor": issued.visitor,
            "created_at": work.now,
            "used_at": work.now,
            "login": login,
            "sealed": sealed,
            "is_another": is_another,
        },
    )
    return issued


def get_token(reads: Reads, hash: str) -> Token:
    """The living token, judged inside the transaction. Raises `DeadVisitorToken`."""
    found = find_token(reads, hash)
    if found is None or not is_alive(found, reads.now):
        raise DeadVisitorToken
    return found


def renew_token(work: Work, hash: str) -> None:
    """Counts as used now, at most once a day."""
    work.execute(_RENEW, {"token_hash": hash, "before": work.now - RENEW_EVERY, "at": work.now})


def end_tokens(work: Work, visitor: VisitorId) -> None:
    """All tokens of a visitor are dead from now on."""
    ended = list_tokens_of(work, visitor)
    work.execute(_END, {"organisation": work.organisation, "visitor": visitor})
    if ended:
        work.publish(VisitorTokensEnded(visitor=visitor, tokens=ended))


def log_out(work: Work, hash: str) -> None:
    """The visitor leaves this browser: their tokens die. Raises `DeadVisitorToken`."""
    end_tokens(work, get_token(work, hash).visitor)


def _check_of(body: str) -> str:
    return hashlib.sha256(b"kithdesk visitor\0" + body.encode()).hexdigest()[:_CHECK]
