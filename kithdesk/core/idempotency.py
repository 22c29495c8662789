"""`Idempotency-Key`: a repeated write gets the first one's answer and changes nothing.

One key per credential, method and path, for 24 hours. The answer is stored in the transaction that made it true, and
commands of one organisation run one at a time, so a concurrent repeat simply finds it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    Text,
    bindparam,
    delete,
    select,
    tuple_,
)

from kithdesk.core import journal
from kithdesk.core.clock import DAY
from kithdesk.core.errors import Conflict
from kithdesk.core.sql import Upsert
from kithdesk.core.tables import record
from kithdesk.core.work import Work

MAX_KEY = 255
_FORGOTTEN_AT_ONCE = 20
"""With each command that stores one: so there are fewer and fewer."""

stored_answers = record(
    "stored_answers",
    Column("organisation", Text, nullable=False),
    Column("credential", Text, nullable=False),
    Column("route", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("status", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("event", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "credential", "route", "key"),
)
Index("ix_stored_answers_age", stored_answers.c.organisation, stored_answers.c.created_at)

_FIND = select(
    stored_answers.c.fingerprint, stored_answers.c.status, stored_answers.c.body, stored_answers.c.event
).where(
    stored_answers.c.organisation == bindparam("organisation"),
    stored_answers.c.credential == bindparam("credential"),
    stored_answers.c.route == bindparam("route"),
    stored_answers.c.key == bindparam("key"),
    stored_answers.c.created_at > bindparam("before"),
)
_KEY = (stored_answers.c.credential, stored_answers.c.route, stored_answers.c.key)
_OLDEST = (
    select(*_KEY)
    .where(
        stored_answers.c.organisation == bindparam("organisation"),
        stored_answers.c.created_at <= bindparam("before"),
    )
    .order_by(stored_answers.c.created_at)
    .limit(_FORGOTTEN_AT_ONCE)
    .correlate(None)
)
_FORGET = delete(stored_answers).where(
    stored_answers.c.organisation == bindparam("organisation"), tuple_(*_KEY).in_(_OLDEST)
)
_STORE = Upsert(stored_answers, ["organisation", "credential", "route", "key"])
"""In the place of one that is too old and not forgotten yet."""


class KeyReused(Conflict):
    """The same Idempotency-Key came with another body."""

    code = "idempotency_key_reused"


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished answer: status and JSON.

    `event` is set on a repeat: the last fact of the command that was answered so, and with it the position the answer
    covers. It is empty when nothing had been stated yet.
    """

    status: int
    body: bytes
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Who repeats what. `route` is method and path; `fingerprint` is of the body."""

    credential: str
    route: str
    key: str
    fingerprint: str


def fingerprint(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def find(work: Work, claim: Claim) -> Answer | None:
    """The first answer, if it is there. Raises `KeyReused`."""
    old = {"organisation": work.organisation, "before": work.now - DAY}
    work.execute(_FORGET, old)
    row = work.execute(
        _FIND,
        {
            **old,
            "credential": claim.credential,
            "route": claim.route,
            "key": claim.key,
        },
    ).first()
    if row is None:
        return None
    if row.fingerprint != claim.fingerprint:
        raise KeyReused("This Idempotency-Key was used with another body.", parameter="Idempotency-Key")
    return Answer(row.status, row.body, row.event)


def store(work: Work, claim: Claim, answer: Answer) -> None:
    work.execute(
        _STORE,
        {
            "organisation": work.organisation,
            "credential": claim.credential,
            "route": claim.route,
            "key": claim.key,
            "fingerprint": claim.fingerprint,
            "status": answer.status,
            "body": answer.body,
            "event": _covered_by(work),
            "created_at": work.now,
        },
    )


def _covered_by(work: Work) -> str:
    """The command's last fact; of one that stated nothing, the last that was there before. Empty before the first."""
    if work.published:
        return work.published[-1].id
    return journal.end(work, work.organisation)[1] or ""
