"""What can be searched, one document each: written by projectors, with its words made as it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec
from sqlalchemy import bindparam, delete, insert, update

from kithdesk.core.work import Rows
from kithdesk.views.asking import mark_of, tokens
from kithdesk.views.tables import search_documents
from kithdesk.views.words import language_of, words_of

Kind = Literal["message", "note", "conversation", "customer", "claim", "kobject", "company"]
"""A claim is what a page or a visitor says of a customer, unproven: found, and marked."""

KINDS: Mapping[Kind, str] = {
    "message": "m",
    "note": "n",
    "conversation": "s",
    "customer": "c",
    "claim": "q",
    "kobject": "o",
    "company": "f",
}
"""The letter of each, in rows and in words."""

MAX_SHOWN = 500
MAX_SHORT_WORDS = 100
"""Of what forgives slips: each of its words is kept once for every letter it has."""

_OF_WHAT_IS_SAID = {"by", "direction", "channel", "subject"}
_OF_OTHERS = {"customer", "klass", "created_at", "title", "text"}


def _insert_without(names: set[str]) -> Any:
    return insert(search_documents).values(
        {column.name: bindparam(column.name) for column in search_documents.c if column.name not in names}
    )


_INSERT = _insert_without(_OF_WHAT_IS_SAID)
_INSERT_SAID = _insert_without(_OF_OTHERS)
_KEY = (
    search_documents.c.organisation == bindparam("organisation"),
    search_documents.c.number == bindparam("number"),
    search_documents.c.kind == bindparam("kind"),
)
_DELETE = delete(search_documents).where(*_KEY)
_MOVE = (
    update(search_documents)
    .where(
        search_documents.c.organisation == bindparam("organisation"),
        search_documents.c.customer == bindparam("source"),
    )
    .values(customer=bindparam("target"))
)


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to find, but for what is said.

    `keys` are found whole or by their beginning, `phones` by their last digits.
    """

    kind: Kind
    id: str
    at: int
    said: str
    title: str | None = None
    shown: str | None = None
    keys: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    customer: str | None = None
    conversation: str | None = None
    klass: str | None = None
    created_at: int | None = None


def number_of(id: str) -> int:
    """Grows as ids do, so that the newest documents of an index are those with the greatest numbers.

    It is the part of an id that no other of this database has, counted from a later year so that it fits.
    """
    return (int(id[:16], 16) - _FIRST) % 2**63


_FIRST = 1_577_836_800 << 32


def add(rows: Rows, document: Document) -> None:
    """Adds what is not there."""
    letter = KINDS[document.kind]
    words = words_of(document.said)
    is_short = document.title is not None
    if is_short:
        words = words[:MAX_SHORT_WORDS]
    rows.execute(
        _INSERT,
        {
            "organisation": rows.organisation,
            "number": number_of(document.id),
            "kind": letter,
            "id": document.id,
            "customer": document.customer,
            "conversation": document.conversation,
            "klass": document.klass,
            "at": document.at,
            "created_at": document.created_at,
            "title": document.title,
            "text": document.shown,
            "words": tokens(
                mark_of(rows.organisation, letter),
                words,
                language=language_of(words),
                keys=document.keys,
                phones=document.phones,
                forgives=is_short,
            ),
        },
    )


def add_said(
    rows: Rows,
    kind: Literal["message", "note"],
    id: str,
    said: str,
    *,
    conversation: str,
    at: int,
    by: str | None,
    direction: str,
    channel: str,
    subject: str | None = None,
) -> None:
    """Adds what somebody said in a conversation. `subject` is that of an e-mail, folded."""
    letter = KINDS[kind]
    words = words_of(said)
    rows.execute(
        _INSERT_SAID,
        {
            "organisation": rows.organisation,
            "number": number_of(id),
            "kind": letter,
            "id": id,
            "conversation": conversation,
            "at": at,
            "by": by,
            "direction": direction,
            "channel": channel,
            "subject": subject,
            "words": tokens(
                mark_of(rows.organisation, letter),
                words,
                language=language_of(words),
                channel=channel if kind == "message" else None,
            ),
        },
    )


def put(rows: Rows, document: Document) -> None:
    """Adds it, in place of the one with the same id and kind."""
    remove(rows, document.kind, document.id)
    add(rows, document)


def remove(rows: Rows, kind: Kind, id: str) -> None:
    rows.execute(_DELETE, {"organisation": rows.organisation, "number": number_of(id), "kind": KINDS[kind]})


def move(rows: Rows, source: str, target: str) -> None:
    """What was one customer's is another's."""
    values: dict[str, Any] = {"organisation": rows.organisation, "source": source, "target": target}
    rows.execute(_MOVE, values)


def shown_of(parts: Iterable[str | None]) -> str:
    """One line to show under a title."""
    return " · ".join(dict.fromkeys(part for part in parts if part))[:MAX_SHOWN]
