"""The databases' own index over the words of documents: FTS5 in SQLite, a GIN index in PostgreSQL.

Both hold nothing that `search_documents` does not, and follow it by themselves: by triggers, and as a column that is
generated. So whoever writes the rows (a projector, `replay --repair`, `move`) has written the index. Neither splits or
folds: words come ready made, and a word is found by being the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import BindParameter, Boolean, ColumnElement, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from kithdesk.core.tables import also
from kithdesk.views.asking import Term, marked
from kithdesk.views.tables import search_documents

# `content=''`, `detail=none`, `columnsize=0`: the text is in the table, and ranks are made of it, so the index keeps
# only which documents have a word. The tokenizer takes all that is not ASCII for letters.
also(
    search_documents,
    "sqlite",
    "CREATE VIRTUAL TABLE search_index USING fts5"
    "(words, content='', columnsize=0, detail=none, tokenize='ascii')",
    "CREATE TRIGGER search_documents_added AFTER INSERT ON search_documents BEGIN"
    " INSERT INTO search_index(rowid, words) VALUES (new.number, new.words); END",
    "CREATE TRIGGER search_documents_removed AFTER DELETE ON search_documents BEGIN"
    " INSERT INTO search_index(search_index, rowid, words) VALUES ('delete', old.number, old.words); END",
    "CREATE TRIGGER search_documents_changed AFTER UPDATE OF number, words ON search_documents BEGIN"
    " INSERT INTO search_index(search_index, rowid, words) VALUES ('delete', old.number, old.words);"
    " INSERT INTO search_index(rowid, words) VALUES (new.number, new.words); END",
)
# Kept, and not made when a row is looked at: that would take longer than all else of a search.
also(
    search_documents,
    "postgresql",
    "ALTER TABLE search_documents ADD COLUMN lexemes tsvector GENERATED ALWAYS AS (words::tsvector) STORED",
    "CREATE INDEX ix_search_documents_lexemes ON search_documents USING gin (lexemes)",
)


class HasWords(ColumnElement[bool]):
    """Whether a row of `search_documents` has the words bound under `name`; see `having` for the values.

    With `newest` only so many documents of the index are looked up, those with the greatest numbers, where a database
    can tell them; the statement around it orders and limits all the same.
    """

    inherit_cache: bool | None = False

    def __init__(self, name: str, newest: int | None = None) -> None:
        self.in_sqlite: BindParameter[str] = bindparam(f"{name}_sqlite")
        self.in_postgres: BindParameter[str] = bindparam(f"{name}_postgres")
        self.newest = newest
        self.type = Boolean()

    def self_group(self, against: Any = None) -> Any:
        """As it stands: a condition wrapped in `… = 1` is one that no index serves."""
        return self


@compiles(HasWords, "sqlite")
def _in_sqlite(element: HasWords, compiler: SQLCompiler, **more: Any) -> str:
    words = compiler.process(element.in_sqlite, **more)
    newest = "" if element.newest is None else f" ORDER BY rowid DESC LIMIT {element.newest:d}"
    found = f"SELECT rowid FROM search_index WHERE search_index MATCH {words}{newest}"  # noqa: S608 - our own names
    return f"search_documents.number IN ({found})"


@compiles(HasWords, "postgresql")
def _in_postgres(element: HasWords, compiler: SQLCompiler, **more: Any) -> str:
    return f"search_documents.lexemes @@ {compiler.process(element.in_postgres, **more)}::tsquery"


Clauses = Sequence[Sequence[Term]]


def having(name: str, mark: str, clauses: Clauses, whole: Iterable[Term] = ()) -> dict[str, str]:
    """The values of a `HasWords`: all of `clauses`, or one of `whole`, in documents of this mark."""
    either = [_all(mark, clauses, "AND", _fts)] if clauses else []
    either += [_fts(term, mark) for term in whole]
    or_so = [_all(mark, clauses, "&", _tsquery)] if clauses else []
    or_so += [_tsquery(term, mark) for term in whole]
    return {f"{name}_sqlite": " OR ".join(either), f"{name}_postgres": " | ".join(or_so)}


def _all(mark: str, clauses: Clauses, conjunction: str, write: Any) -> str:
    disjunction = " OR " if conjunction == "AND" else " | "
    groups = (f"({disjunction.join(write(term, mark) for term in clause)})" for clause in clauses)
    return f"({f' {conjunction} '.join(groups)})"


def _fts(term: Term, mark: str) -> str:
    return f'"{marked(term, mark)}"{" *" if term.is_prefix else ""}'


def _tsquery(term: Term, mark: str) -> str:
    return f"'{marked(term, mark)}'{':*' if term.is_prefix else ''}"
