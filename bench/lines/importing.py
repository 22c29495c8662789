"""Importing customers from a CSV file.

The floor is what the import left behind, written by hand: the rows of every table, into a copy of the database as it
was before, with a commit for as many customers as one command takes.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from bench.results import LineResult, Row
from bench.run import Run, ratio
from bench.schema import PRAGMAS
from bench.target import Doors, Installation

ROWS, QUICK_ROWS = 20_000, 100
A_COMMAND = 5
"""Rows of the file that the product commits together."""
HEADER = ("Id", "Name", "E-mail", "Phone", "Tags", "City")
TARGETS = ("externalId", "name", "emails", "phones", "tags", "location.cityName")
_NOT_OURS = ("sqlite_", "search_index", "search_fresh")
"""Tables that the database fills by itself."""


class Inserts(NamedTuple):
    """The rows that one table gained, and the statement that writes one."""

    sql: str
    rows: Sequence[tuple[Any, ...]]


def measure(run: Run) -> LineResult:
    if run.command is None:
        return LineResult("importing", [], {})
    count = QUICK_ROWS if run.is_quick else ROWS
    installation = run.installation()
    with installation.serve() as server:
        doors = Doors(server.url)
        path = _prepared(doors, installation, count)
        before = _copy(installation.database, run)
        ours = _import(doors, installation, path, count)
    inserts = _gained(before, installation.database)
    seconds = {
        "ours": ours,
        "floor": _insert(_copy(before, run), inserts, count // A_COMMAND),
        "floorInOneCommit": _insert(_copy(before, run), inserts, 1),
    }
    details = {"rows": count, "written": sum(len(one.rows) for one in inserts), "seconds": seconds}
    return LineResult("importing", _rows(count, seconds), details)


def _rows(count: int, seconds: dict[str, float]) -> list[Row]:
    ours = count / seconds["ours"]
    floor, at_once = count / seconds["floor"], count / seconds["floorInOneCommit"]
    return [
        Row("customers imported from a file", "/s", round(floor), round(ours), ratio(ours, floor), "–", None),
        Row(
            "same (floor: in one commit)", "/s", round(at_once), round(ours), ratio(ours, at_once), "–", None
        ),
    ]


def _prepared(doors: Doors, installation: Installation, count: int) -> str:
    """The path of an import that only has to be started."""
    made = doors.get("POST", "/v1/imports?name=Bench", installation.api_key, _file(count))["data"]
    path = f"/v1/imports/{made['id']}"
    mapping = {"mapping": {str(place): target for place, target in enumerate(TARGETS)}}
    doors.get("PUT", path, installation.api_key, mapping)
    return path


def _file(count: int) -> bytes:
    lines = [",".join(HEADER)]
    lines += [
        f'C-{number},Customer {number},c{number}@bench.test,+4477{number:08d},"vip;bench",Porto'
        for number in range(count)
    ]
    return "\n".join(lines).encode()


def _import(doors: Doors, installation: Installation, path: str, count: int) -> float:
    """The seconds until all of them are customers."""
    begin = time.perf_counter()
    doors.get("POST", f"{path}/start", installation.api_key)
    while True:
        shown = doors.get("GET", path, installation.api_key)["data"]["attributes"]
        if shown["status"] != "running":
            break
        time.sleep(0.05)
    seconds = time.perf_counter() - begin
    if shown["progress"]["created"] != count:
        raise RuntimeError(f"Not all were imported: {shown['progress']}")
    return seconds


def _copy(source: Path, run: Run) -> Path:
    target = run.new_folder()
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as one,
        closing(sqlite3.connect(target)) as other,
    ):
        one.backup(other)
    return target


def _gained(before: Path, after: Path) -> list[Inserts]:
    """What every table has now and had not before. A row that changed counts as written."""
    with closing(sqlite3.connect(f"file:{after}?mode=ro", uri=True)) as connection:
        connection.execute("ATTACH DATABASE ? AS before", (f"file:{before}?mode=ro",))
        found = [_of_table(connection, name) for name in _tables(connection)]
    return [one for one in found if one.rows]


def _tables(connection: sqlite3.Connection) -> list[str]:
    named = connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in named if not name.startswith(_NOT_OURS)]


def _of_table(connection: sqlite3.Connection, table: str) -> Inserts:
    found = connection.execute(f"SELECT * FROM main.{table} EXCEPT SELECT * FROM before.{table}")
    marks = ", ".join("?" * len(found.description))
    return Inserts(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", found.fetchall())


def _insert(path: Path, inserts: Sequence[Inserts], commits: int) -> float:
    with closing(sqlite3.connect(path, isolation_level=None, cached_statements=256)) as connection:
        for pragma in PRAGMAS:
            connection.execute(pragma)
        begin = time.perf_counter()
        for parts in _shares(inserts, commits):
            connection.execute("BEGIN IMMEDIATE")
            for sql, rows in parts:
                connection.executemany(sql, rows)
            connection.execute("COMMIT")
        return time.perf_counter() - begin


def _shares(inserts: Sequence[Inserts], count: int) -> Iterator[list[tuple[str, Sequence[tuple[Any, ...]]]]]:
    """All rows in so many commits, each with its share of every table."""
    for place in range(count):
        yield [
            (sql, rows[len(rows) * place // count : len(rows) * (place + 1) // count])
            for sql, rows in inserts
        ]
