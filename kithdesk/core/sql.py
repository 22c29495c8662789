"""Statements are written with SQLAlchemy Core, compiled once, and executed by the driver itself.

Core's own execution costs three to five times the driver's, and a command issues half a dozen statements.
Build statements at import time: `INSERT = insert(messages)`, with `bindparam("name")` where a value goes.
The compiled text is remembered by the statement object.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, Protocol

from sqlalchemy import Boolean, ColumnElement, CompoundSelect, Dialect, Select, Table, TextClause
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler

NOTHING: Mapping[str, Any] = {}


class Upsert:
    """`INSERT … ON CONFLICT (key) DO UPDATE` (or `DO NOTHING` when `update` is empty), for both databases.

    `where` names the condition of a partial unique index. `adds`: to what is there, the value is added. `returning`:
    of the row as it is then, also where it was there before (when `update` is not empty).
    """

    __slots__ = ("adds", "key", "returning", "table", "update", "where")

    def __init__(
        self,
        table: Table,
        key: Sequence[str],
        update: Sequence[str] | None = None,
        where: ClauseElement | None = None,
        *,
        adds: Sequence[str] = (),
        returning: Sequence[str] = (),
    ) -> None:
        self.table = table
        self.returning = tuple(returning)
        self.key = tuple(key)
        self.adds = frozenset(adds)
        others = [column.name for column in table.columns if column.name not in self.key]
        self.update = tuple(others if update is None else update)
        self.where = where

    def as_clause(self, insert: Callable[[Table], Any]) -> Any:
        """With the dialect's own `insert`, which knows conflicts."""
        statement = insert(self.table)
        clause: Any
        if not self.update:
            clause = statement.on_conflict_do_nothing(index_elements=self.key, index_where=self.where)
        else:
            changes = {name: self._changed(name, statement.excluded[name]) for name in self.update}
            clause = statement.on_conflict_do_update(
                index_elements=self.key, index_where=self.where, set_=changes
            )
        if self.returning:
            clause = clause.returning(*(self.table.c[name] for name in self.returning))
        return clause

    def _changed(self, name: str, given: ColumnElement[Any]) -> ColumnElement[Any]:
        return self.table.c[name] + given if name in self.adds else given


Statement = ClauseElement | Upsert


class Result:
    """What a statement gave: rows with their columns as attributes, and how many rows it touched."""

    __slots__ = ("_rowcount", "_rows")

    def __init__(self, rows: list[Any], rowcount: int) -> None:
        self._rows = rows
        self._rowcount = rowcount

    @property
    def rows(self) -> list[Any]:
        return self._rows

    @property
    def rowcount(self) -> int:
        return self._rowcount

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def first(self) -> Any | None:
        return self.rows[0] if self.rows else None

    def one(self) -> Any:
        """The only row. Raises `LookupError` when there is none or more than one."""
        if len(self.rows) != 1:
            raise LookupError(f"expected one row, found {len(self.rows)}")
        return self.rows[0]

    def scalar(self) -> Any:
        """The first column of the first row, or None."""
        return self.rows[0][0] if self.rows else None


class Executes(Protocol):
    """Anything statements can be given to: a command's transaction, a reader's snapshot."""

    def execute(self, statement: Statement, values: Mapping[str, Any] = NOTHING) -> Result: ...


class Compiled:
    """One statement for one dialect."""

    __slots__ = ("_compiler", "_in_order", "_make", "_row", "defaults", "only_reads", "returns_rows", "sql")

    def __init__(self, compiler: SQLCompiler, *, stores_booleans: bool) -> None:
        self._compiler = compiler if compiler.post_compile_params else None
        self._in_order = _taking(compiler.positiontup or ())
        self.sql = str(compiler)
        self.defaults = {
            name: bind.effective_value for name, bind in compiler.binds.items() if not bind.required
        }
        statement: Any = compiler.statement
        is_select = isinstance(statement, Select | CompoundSelect)
        self.only_reads = is_select and getattr(statement, "_for_update_arg", None) is None
        columns = list(getattr(statement, "exported_columns", []) or [])
        returning = list(getattr(statement, "_returning", ()) or ())
        self.returns_rows = bool(
            getattr(statement, "is_select", False) or isinstance(statement, TextClause) or returning
        )
        self._row: type[Any] | None = None
        self._make: Callable[[Any], Any] | None = None
        if self.returns_rows and columns:
            booleans = [
                index
                for index, column in enumerate(columns)
                if isinstance(column.type, Boolean) and not stores_booleans
            ]
            self._prepare([str(column.key) for column in columns], booleans)

    def _prepare(self, names: list[str], booleans: list[int]) -> None:
        row: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]  # noqa: PYI024
        make: Callable[[Any], Any] = row._make
        if not booleans:
            self._make = make
            return

        def with_booleans(values: Sequence[Any]) -> Any:
            copy = list(values)
            for index in booleans:
                if copy[index] is not None:
                    copy[index] = bool(copy[index])
            return make(copy)

        self._make = with_booleans

    @property
    def is_fixed(self) -> bool:
        """Whether the text is the same for all values: it has no `IN` lists."""
        return self._compiler is None

    def bind(self, values: Mapping[str, Any]) -> tuple[str, Sequence[Any]]:
        """The text and its parameters in their order, for these values; `IN` lists are expanded here."""
        parameters = {**self.defaults, **values} if self.defaults else values
        if self._compiler is None:
            return self.sql, self._in_order(parameters)
        expanded = self._compiler.construct_expanded_state(dict(parameters))
        return expanded.statement, expanded.positional_parameters

    def rows(self, fetched: Sequence[Any], description: Any) -> list[Any]:
        if self._make is None:
            self._prepare([column[0] for column in description], [])
        assert self._make is not None
        return [self._make(values) for values in fetched]


def _taking(names: Sequence[str]) -> Callable[[Mapping[str, Any]], Sequence[Any]]:
    """Takes the values of these names, in their order. Each statement of each command does it."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: [values[name] for name in names]


class Statements:
    """Every statement of the program, compiled once for one dialect.

    `insert` is the dialect's own; `stores_booleans` says whether its driver gives booleans back as such.
    """

    def __init__(self, dialect: Dialect, insert: Callable[[Table], Any], *, stores_booleans: bool) -> None:
        self._dialect = dialect
        self._insert = insert
        self._stores_booleans = stores_booleans
        self._compiled: dict[Statement, Compiled] = {}

    def compiled(self, statement: Statement) -> Compiled:
        return self._compiled.get(statement) or self._compile(statement)

    def _compile(self, statement: Statement) -> Compiled:
        clause = statement.as_clause(self._insert) if isinstance(statement, Upsert) else statement
        compiler = clause.compile(dialect=self._dialect)
        assert isinstance(compiler, SQLCompiler)
        compiled = Compiled(compiler, stores_booleans=self._stores_booleans)
        if len(self._compiled) > 5_000:  # statements built per call would grow it without end
            self._compiled.clear()
        self._compiled[statement] = compiled
        return compiled
