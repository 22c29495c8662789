"""What several commands take, and the settings they run with."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from kithdesk.cli.output import fail

if TYPE_CHECKING:
    from kithdesk.core.settings import Settings

USAGE = 2
"""The exit code of a command that could never work as it was given."""
INTERRUPTED = 130
"""And of one that was stopped with Ctrl+C."""

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)

Data = Annotated[
    Path | None,
    Parameter("--data", help="Folder of the database and the files. [KITHDESK_DATA, ./kithdesk-data]"),
]
Organisation = Annotated[str | None, Parameter("--org", help="Which organisation, where there are several.")]
Json = Annotated[bool, Parameter("--json", negative="", help="Print one JSON object and nothing else.")]
Password = Annotated[Path | None, Parameter("--password-file", help="A file with the password.")]
BackupKey = Annotated[
    Path | None, Parameter("--key-file", help="A file with the key that the backup is sealed with.")
]


def settings_of(data: Path | None, default: Path | None = None) -> Settings:
    """From the environment; `--data` counts more, and `default` less."""
    from pydantic import ValidationError

    from kithdesk.core.settings import Settings

    try:
        settings = Settings()
    except ValidationError as problem:
        fail("; ".join(f"KITHDESK_{str(e['loc'][0]).upper()}: {e['msg']}" for e in problem.errors()))
    if data is not None:
        settings.data = data
    elif default is not None and "data" not in settings.model_fields_set:
        settings.data = default
    return settings


def folder_of(data: Path | None, default: Path | None = None) -> Settings:
    """The settings of a folder that is there, or can be made, and is ours to write. Else says what is wrong with it."""
    settings = settings_of(data, default)
    folder = settings.data
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except FileExistsError:
        fail(f"{folder} is a file; --data names a folder")
    except OSError as problem:
        fail(f"{folder} cannot be made: {problem.strerror}")
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        fail(f"{folder} cannot be written by this user")
    return settings


def installation_of(data: Path | None, default: Path | None = None) -> Settings:
    """The settings of an installation that is there. Making one by a slip of the pen would hide the slip."""
    from kithdesk.core.desk import where
    from kithdesk.core.migrate import Unreachable, stamped

    settings = settings_of(data, default)
    try:
        stamp = stamped(where(settings))
    except Unreachable as problem:
        fail(str(problem))
    if stamp is None:
        place = settings.data if settings.database_url is None else "this database"
        fail(f"no installation in {place}; `kithdesk init` makes one")
    return folder_of(data, default)


def declare_tables() -> None:
    """For whoever looks at a database as a whole: each slice declares its own tables when it is imported."""
    import kithdesk.app  # noqa: F401


def readable_installation_of(data: Path | None) -> Settings:
    """The same, for what reads its tables as they are: nothing brings them to this version first."""
    declare_tables()
    from kithdesk.core.desk import where
    from kithdesk.core.migrate import UnfitDatabase, Unreachable, check_fit

    settings = installation_of(data)
    try:
        check_fit(where(settings))
    except (UnfitDatabase, Unreachable) as problem:
        fail(str(problem))
    return settings


def file_installation_of(data: Path | None) -> Settings:
    """The same, for what is only done with a data folder."""
    settings = installation_of(data)
    if settings.database_url is not None:
        fail("this is for SQLite; PostgreSQL has its own tools for it (docs/operating/backup.md)", code=USAGE)
    return settings


@contextmanager
def room_on_disk() -> Iterator[None]:
    """Says so when there is none; whatever else the system refuses is a fault of ours."""
    try:
        yield
    except OSError as problem:
        if problem.errno not in _NO_ROOM:
            raise
        fail(f"the data folder cannot be written: {problem.strerror}")


def text_in(file: Path, what: str) -> str:
    """A file of one line, such as a password."""
    try:
        return file.read_text().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as problem:
        fail(f"the {what} cannot be read: {problem}")
