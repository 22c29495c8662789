"""The database: there, at our schema, whole; and what it says of the work in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from kithdesk.core import migrate
from kithdesk.core.clock import Clock
from kithdesk.core.desk import where
from kithdesk.core.doctor.finding import Finding
from kithdesk.core.doctor.key import agreement
from kithdesk.core.doctor.work import check_work
from kithdesk.core.integrity import damage_of
from kithdesk.core.replay import SqliteSnapshot
from kithdesk.core.settings import Settings


def check_database(settings: Settings, clock: Clock) -> Iterator[Finding]:
    place = where(settings)
    try:
        schema = _schema(place)
        yield schema
        if isinstance(place, Path):
            yield from _integrity(place)
        if schema.level != "ok":
            return
        yield from (
            _examine_file(place, clock)
            if isinstance(place, Path)
            else _examine_server(place, settings, clock)
        )
    except migrate.Unreachable as problem:
        yield Finding("database", "problem", " ".join(str(problem).split()))
    except sqlite3.DatabaseError as problem:
        yield Finding("database", "problem", f"{problem}; restore a backup")


def _schema(place: migrate.Where) -> Finding:
    stamp = migrate.stamped(place)
    if stamp is None:
        return Finding("schema", "warning", "there is no database yet")
    if stamp > migrate.HEAD:
        words = f"at {stamp}, which a newer version has written; run that version"
        return Finding("schema", "problem", words)
    if stamp != migrate.HEAD:
        words = f"at {stamp}, this version wants {migrate.HEAD}; `kithdesk migrate`"
        return Finding("schema", "warning", words)
    try:
        migrate.check_fit(place)
    except migrate.UnfitDatabase as problem:
        return Finding("schema", "problem", str(problem))
    return Finding("schema", "ok", stamp)


def _integrity(file: Path) -> Iterator[Finding]:
    if not file.exists():
        return
    damage = damage_of(file)
    if damage is None:
        yield Finding(
            "integrity", "ok", "the file is whole; `kithdesk replay` compares rows with the journal"
        )
    else:
        yield Finding("integrity", "problem", f"{damage}; stop the server, keep the file, restore a backup")


def _examine_file(file: Path, clock: Clock) -> Iterator[Finding]:
    with closing(SqliteSnapshot(file)) as snapshot:
        yield from check_work(snapshot, clock)


def _examine_server(url: str, settings: Settings, clock: Clock) -> Iterator[Finding]:
    from kithdesk.core.doctor.postgres import check_server
    from kithdesk.core.postgres.snapshot import PostgresSnapshot

    with closing(PostgresSnapshot(url)) as snapshot:
        yield from check_server(snapshot, clock)
        yield from agreement(settings, snapshot)
        yield from check_work(snapshot, clock)
