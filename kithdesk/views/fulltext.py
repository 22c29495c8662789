"""The databases' own index over the words of documents: FTS5 in SQLite, a GIN index in PostgreSQL.

Both hold nothing that `search_documents` does not, and follow it by themselves: by triggers, and as a column that is
generated. So whoever writes the rows (a projector, `replay --repair`, `move`) has written the index. Neither splits or
folds: words come ready made, and a word is found by being the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import BindParameter, Boolean, ColumnElement, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from kithdesk.core import json
from kithdesk.core.tables import also
from kithdesk.views.asking import Term, marked
from kithdesk.views.tables import search_documents

FRESH = 64
"""So many documents wait beside FTS5 and are looked through one by one: taking in many at once costs it a third of what
each alone does, and a message is written far more often than searched for."""

# `content=''`, `detail=none`, `columnsize=0`: the text is in the table, and ranks are made of it, so the index keeps
# only which documents have a word. The tokenizer takes all that is not ASCII for letters.
_LEAVE = (
    " INSERT INTO search_index(search_index, rowid, words) SELECT 'delete', old.number, old.words"
    " WHERE NOT EXISTS (SELECT 1 FROM search_fresh WHERE number = old.number AND kind = old.kind);"
    " DELETE FROM search_fresh WHERE number = old.number AND kind = old.kind;"
)
_ENTER = " INSERT INTO search_fresh(number, kind, words) VALUES (new.number, new.kind, new.words);"
_TAKE_IN = (
    " INSERT INTO search_index(rowid, words) SELECT number, words FROM search_fresh ORDER BY number;"
    " DELETE FROM search_fresh;"
)
also(
    search_documents,
    "sqlite",
    "CREATE VIRTUAL TABLE search_index USING fts5"
    "(words, content='', columnsize=0, detail=none, tokenize='ascii')",
    "CREATE TABLE search_fresh (number INTEGER NOT NULL, kind TEXT NOT NULL, words TEXT NOT NULL)",
    f"CREATE TRIGGER search_fresh_full AFTER INSERT ON search_fresh WHEN new.rowid >= {FRESH} BEGIN{_TAKE_IN} END",
    f"CREATE TRIGGER search_documents_added AFTER INSERT ON search_documents BEGIN{_ENTER} END",
    f"CREATE TRIGGER search_documents_removed AFTER DELETE ON search_documents BEGIN{_LEAVE} END",
    "CREATE TRIGGER search_documents_changed AFTER UPDATE OF number, words ON search_documents"
    f" BEGIN{_LEAVE}{_ENTER} END",
    makes=("search_fresh",),
)
# The lexemes are kept, and not made when a row is looked at: that would take longer than all else of a search. With the
# usual statistics the planner takes a word that it has not met for a common one, and reads every document. What waits
# beside the index is taken in by the writer that fills the list: with the usual 4 MB it would stand still for as long
# as 5,000 messages take to be taken in, and every search would read them one by one.
also(
    search_documents,
    "postgresql",
    "ALTER TABLE search_documents ADD COLUMN lexemes tsvector"
    " GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED",
    "ALTER TABLE search_documents ALTER COLUMN lexemes SET STATISTICS 500",
    "CREATE INDEX ix_search_documents_lexemes ON search_documents USING gin (lexemes)"
    " WITH (gin_pending_list_limit = 1024)",
)


class HasWords(ColumnElement[bool]):
    """Whether a row of `search_documents` has the words bound under `name`; see `having` for the values.

    With `newest` only so many documents of the index are looked up, those with the greatest numbers, where a database
    can tell them; the statement around it orders and limits all the same. `by_row`: the rest of the statement leaves so
    few rows that each is looked at by itself, where a database would else look through its index first.
    """

    inherit_cache: bool | None = False

    def __init__(self, name: str, newest: int | None = None, *, by_row: bool = False) -> None:
        self.in_sqlite: BindParameter[str] = bindparam(f"{name}_sqlite")
        self.in_fresh: BindParameter[str] = bindparam(f"{name}_fresh")
        self.in_postgres: BindParameter[str] = bindparam(f"{name}_postgres")
        self.newest = newest
        self.by_row = by_row
        self.type = Boolean()

    def self_group(self, *_: Any, **__: Any) -> Any:
        """As it stands: a condition wrapped in `… = 1` is one that no index serves."""
        return self


_HAS_ALL = (
    "EXISTS (SELECT 1 FROM json_each(:ways) AS way WHERE NOT EXISTS ("
    "SELECT 1 FROM json_each(way.value) AS clause WHERE NOT EXISTS ("
    "SELECT 1 FROM json_each(clause.value) AS term WHERE instr(' ' || words || ' ', term.value))))"
)
"""In one of the ways to have it, each clause by one of its terms."""


@compiles(HasWords, "sqlite")
def _in_sqlite(element: HasWords, compiler: SQLCompiler, **more: Any) -> str:
    if element.by_row:
        each = compiler.process(element.in_fresh, **more)
        return _HAS_ALL.replace(":ways", each).replace(" words ", " search_documents.words ")
    words, fresh = (compiler.process(one, **more) for one in (element.in_sqlite, element.in_fresh))
    newest = "" if element.newest is None else f" ORDER BY rowid DESC LIMIT {element.newest:d}"
    indexed = f"SELECT rowid FROM search_index WHERE search_index MATCH {words}{newest}"  # noqa: S608 - our own names
    waiting = f"SELECT number FROM search_fresh WHERE {_HAS_ALL.replace(':ways', fresh)}"  # noqa: S608
    return f"search_documents.number IN (SELECT rowid FROM ({indexed}) UNION ALL {waiting})"  # noqa: S608


@compiles(HasWords, "postgresql")
def _in_postgres(element: HasWords, compiler: SQLCompiler, **more: Any) -> str:
    return f"search_documents.lexemes @@ {compiler.process(element.in_postgres, **more)}::tsquery"


class IsAmong(ColumnElement[bool]):
    """Whether the number of a row of `search_documents` is one of many, bound as one value; see `among`."""

    inherit_cache: bool | None = False

    def __init__(self, name: str) -> None:
        self.in_sqlite: BindParameter[str] = bindparam(f"{name}_sqlite")
        self.in_postgres: BindParameter[str] = bindparam(f"{name}_postgres")
        self.type = Boolean()

    def self_group(self, *_: Any, **__: Any) -> Any:
        """As `HasWords` stands."""
        return self


@compiles(IsAmong, "sqlite")
def _among_in_sqlite(element: IsAmong, compiler: SQLCompiler, **more: Any) -> str:
    each = f"SELECT value FROM json_each({compiler.process(element.in_sqlite, **more)})"  # noqa: S608 - no value in it
    return f"search_documents.number IN ({each})"


@compiles(IsAmong, "postgresql")
def _among_in_postgres(element: IsAmong, compiler: SQLCompiler, **more: Any) -> str:
    return f"search_documents.number = ANY({compiler.process(element.in_postgres, **more)}::bigint[])"


def among(name: str, numbers: Sequence[int]) -> dict[str, str]:
    """The values of an `IsAmong`."""
    listed = ",".join(map(str, numbers))
    return {f"{name}_sqlite": f"[{listed}]", f"{name}_postgres": f"{{{listed}}}"}


Clauses = Sequence[Sequence[Term]]
Write = Callable[[Term, str], str]


def having(name: str, mark: str, clauses: Clauses, whole: Sequence[Term] = ()) -> dict[str, str]:
    """The values of a `HasWords`: all of `clauses`, or one of `whole`, in documents of this mark.

    What is typed comes into them as terms alone, which are letters and digits.
    """
    ways = [clauses] if clauses else []
    ways += [[[term]] for term in whole]
    return {
        f"{name}_sqlite": _written(ways, mark, " AND ", " OR ", _fts),
        f"{name}_postgres": _written(ways, mark, " & ", " | ", _tsquery),
        f"{name}_fresh": json.encode(
            [[[_piece(term, mark) for term in clause] for clause in way] for way in ways]
        ).decode(),
    }


def _written(ways: Sequence[Clauses], mark: str, both: str, either: str, write: Write) -> str:
    return either.join(
        f"({both.join(f'({either.join(write(term, mark) for term in clause)})' for clause in way)})"
        for way in ways
    )


def _fts(term: Term, mark: str) -> str:
    return f'"{marked(term, mark)}"{" *" if term.is_prefix else ""}'


def _tsquery(term: Term, mark: str) -> str:
    return f"'{marked(term, mark)}'{':*' if term.is_prefix else ''}"


def _piece(term: Term, mark: str) -> str:
    return f" {marked(term, mark)}{'' if term.is_prefix else ' '}"
