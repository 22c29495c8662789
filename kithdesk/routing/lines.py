"""Lines: those that wait, filed by all that decides who may take them.

Within a line only the wait differs, so whoever looks for work looks at the head of each line they may serve, however
many wait behind it.
"""

from __future__ import annotations

from hashlib import blake2b

from sqlalchemy import bindparam, delete, insert, literal_column, update

from kithdesk.core.work import Rows
from kithdesk.routing.choosing import Traits
from kithdesk.routing.entities import encode
from kithdesk.routing.tables import routing_lines

_LINE = (
    routing_lines.c.organisation == bindparam("of"),
    routing_lines.c.line == bindparam("at_line"),
)
_MORE = update(routing_lines).where(*_LINE).values(waiting=literal_column("waiting + 1"))
_FEWER = update(routing_lines).where(*_LINE).values(waiting=literal_column("waiting - 1"))
_OPEN = insert(routing_lines)
_CLOSE = delete(routing_lines).where(*_LINE, routing_lines.c.waiting <= 0)


def line_of(traits: Traits) -> str:
    """The name of the line for what has these traits."""
    return blake2b(encode(traits).encode(), digest_size=12).hexdigest()


def enter(rows: Rows, line: str, traits: Traits) -> None:
    at = {"of": rows.organisation, "at_line": line}
    if rows.execute(_MORE, at).rowcount == 0:
        rows.execute(
            _OPEN,
            {
                "organisation": rows.organisation,
                "line": line,
                "queue": traits.queue,
                "traits": encode(traits),
                "waiting": 1,
            },
        )


def leave(rows: Rows, line: str) -> None:
    at = {"of": rows.organisation, "at_line": line}
    rows.execute(_FEWER, at)
    rows.execute(_CLOSE, at)
