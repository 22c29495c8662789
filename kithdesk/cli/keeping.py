"""Commands that look after a data folder: its schema, its health, its history, its copies."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from kithdesk.cli.options import (
    INTERRUPTED,
    USAGE,
    BackupKey,
    Data,
    Json,
    declare_tables,
    file_installation_of,
    folder_of,
    readable_installation_of,
    settings_of,
    text_in,
)
from kithdesk.cli.output import fail, print_json, progress, show

_NICENESS = 10
"""A backup has time; whoever chats does not."""


def migrate(*, data: Data = None) -> None:
    """Bring the database to this version's schema."""
    declare_tables()
    from kithdesk.core import desk, lock, migrate

    settings = folder_of(data)
    try:
        with nullcontext() if settings.database_url else lock.lock_data(settings.data):
            migrate.upgrade(desk.where(settings))
    except (lock.DataInUse, migrate.UnfitDatabase, migrate.Unreachable) as problem:
        fail(str(problem))
    print(f"schema {migrate.HEAD}")


def doctor(*, data: Data = None, json: Json = False) -> None:
    """Look for what could go wrong, and say what to do."""
    declare_tables()
    from kithdesk.core import doctor, logs

    logs.configure("warning")  # to standard error: there the bus and the store say why they cannot be reached
    findings = list(doctor.examine(settings_of(data)))
    problems = sum(finding.level == "problem" for finding in findings)
    if json:
        print_json({"findings": [{"check": f.check, "level": f.level, "words": f.words} for f in findings]})
    else:
        for finding in findings:
            print(f"{finding.level:8} {finding.check:11} {finding.words}")
    sys.exit(1 if problems else 0)


def replay(
    *, repair: Annotated[bool, Parameter(negative="")] = False, data: Data = None, json: Json = False
) -> None:
    """Rebuild every projection from the journal and compare; exits with 1 on a difference.

    Parameters
    ----------
    repair: Put the rebuilt rows in place. Only with the server stopped.
    """
    from kithdesk.app import WIRING
    from kithdesk.core import desk, lock, replay

    settings = readable_installation_of(data)
    try:
        with lock.alone(settings) if repair else nullcontext():
            report = replay.replay(desk.where(settings), WIRING, repair=repair, progress=progress())
    except lock.DataInUse as problem:
        fail(f"{problem}; stop the server before repairing")
    if json:
        print_json(
            {
                "events": report.events,
                "rows": report.rows,
                "differingRows": report.differing_rows,
                "differences": report.differences,
                "repaired": repair and not report.agrees,
            }
        )
    else:
        print(f"{report.events} events, {sum(report.rows.values())} rows, {report.differing_rows} differ")
        for difference in report.differences:
            place = f"{difference['table']} {difference['key']}"
            print(f"  {place}: is {difference['is']}, should be {difference['should_be']}")
    sys.exit(0 if report.agrees else 1)


def backup(file: Path, /, *, key_file: BackupKey = None, data: Data = None, json: Json = False) -> None:
    """Write everything but the secret key into one file, beside a running server or not."""
    import sqlite3

    from kithdesk.core import backup

    settings = file_installation_of(data)
    os.nice(_NICENESS)
    try:
        result = backup.backup(settings.data, file, progress, key=_key(key_file))
    except (backup.WeakKey, backup.UnderWay, backup.WrongPlace) as problem:
        fail(str(problem))
    except KeyboardInterrupt:
        fail("stopped; nothing was written", INTERRUPTED)
    except (OSError, sqlite3.Error) as problem:
        fail(f"the backup cannot be written: {problem}")
    show(result, json, lambda done: f"{done['file']}: {done['bytes']} bytes, {done['files']} files")


def restore(file: Path, /, *, key_file: BackupKey = None, data: Data = None, json: Json = False) -> None:
    """Unpack a backup into an empty folder."""
    declare_tables()
    from kithdesk.core import backup, lock
    from kithdesk.core.migrate import UnfitDatabase

    if settings_of(data).database_url is not None:
        fail(
            "KITHDESK_DATABASE_URL is set, and this fills a data folder; PostgreSQL has its own tools for it"
            " (docs/operating/backup.md)",
            code=USAGE,
        )
    settings = folder_of(data)
    try:
        with lock.borrowed(settings.data):
            result = backup.restore(settings.data, file, progress, key=_key(key_file))
    except (
        lock.DataInUse,
        backup.WeakKey,
        backup.NotABackup,
        backup.FolderNotEmpty,
        UnfitDatabase,
    ) as problem:
        fail(str(problem))
    except KeyboardInterrupt:
        fail("stopped; the folder is as empty as before", INTERRUPTED)
    except OSError as problem:
        fail(f"the backup cannot be unpacked: {problem}; the folder is as empty as before")
    show(result, json, lambda done: f"restored, schema {done['schema']}; the secret key is not in a backup")


def _key(file: Path | None) -> bytes | None:
    return None if file is None else text_in(file, "key file").encode()
