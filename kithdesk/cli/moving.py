"""Moving an installation from its folder to where several servers reach it."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from kithdesk.cli.options import (
    INTERRUPTED,
    USAGE,
    Data,
    Json,
    declare_tables,
    installation_of,
    settings_of,
)
from kithdesk.cli.output import fail, progress, say, show

if TYPE_CHECKING:
    from kithdesk.core.files import Files
    from kithdesk.core.moving_files import MovedFiles
    from kithdesk.core.settings import Settings

_PASSWORD = re.compile(r"(?P<before>://[^:@/?]*:).*(?=@)|(?P<option>[?&](ssl)?password=)[^&]*")


def move(
    *,
    to: Annotated[str, Parameter(help="An empty PostgreSQL database, as `postgresql://…`.")],
    files_to: Annotated[
        str | None, Parameter(help="Where the files go, as for KITHDESK_STORAGE_URL; else they stay.")
    ] = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """Move everything from a data folder to PostgreSQL, and check it. Only with the server stopped."""
    declare_tables()
    from kithdesk.core import lock, moving
    from kithdesk.core.files import FilesUnavailable
    from kithdesk.core.moving_files import FileDiffers
    from kithdesk.core.sealing import NoKey

    _check_address(to)
    settings = _source(data)
    store = None if files_to is None else _store(files_to)
    try:
        with lock.alone(settings):
            result = _move(settings, to, files_to, store)
    except lock.DataInUse as problem:
        fail(f"{problem}; stop the server before moving")
    except FilesUnavailable:
        fail(
            "the file store does not take the files; nothing was moved, and files there already are not sent again"
        )
    except (moving.CannotMove, FileDiffers, NoKey) as problem:
        fail(str(problem))
    except KeyboardInterrupt:
        fail("stopped; the database there is empty or, at the very end, complete: run it again", INTERRUPTED)
    show(result, json, _describe)


def _check_address(to: str) -> None:
    if not to.startswith(("postgresql://", "postgres://")):
        fail("--to must start with postgresql://", code=USAGE)


def _source(data: Path | None) -> Settings:
    if settings_of(data).database_url is not None:
        fail(
            "KITHDESK_DATABASE_URL is set, and a move begins at a data folder: leave it out until it is done",
            code=USAGE,
        )
    return installation_of(data)


def _store(files_to: str) -> Files:
    from pydantic import ValidationError

    from kithdesk.core.outside import open_files
    from kithdesk.core.settings import Settings

    try:
        return open_files(Settings(storage_url=files_to))
    except ValidationError as problem:
        fail(f"--files-to {problem.errors()[0]['msg'].removeprefix('Value error, ')}", code=USAGE)


def _move(settings: Settings, to: str, files_to: str | None, store: Files | None) -> dict[str, Any]:
    from kithdesk.core import moving
    from kithdesk.core.clock import SystemClock
    from kithdesk.core.sealing import Sealer, load_key
    from kithdesk.core.sqlite import database_path

    key = Sealer(load_key(settings), SystemClock()).fingerprint
    # Files first: rows that are there name no file that is not.
    moved_files = None if store is None else _move_files(settings, store)
    say("moving the rows")
    moved = moving.move(database_path(settings.data), to, key, progress("rows"))
    return {
        "rows": sum(moved.rows.values()),
        "tables": moved.rows,
        "files": 0 if moved_files is None else moved_files.files,
        "fileBytes": 0 if moved_files is None else moved_files.bytes,
        "wasThere": moved.was_there,
        "settings": _settings_there(settings, to, files_to, was_there=moved.was_there),
    }


def _move_files(settings: Settings, store: Files) -> MovedFiles:
    from kithdesk.core.files import FolderFiles
    from kithdesk.core.moving_files import move_files
    from kithdesk.core.outside import open_files

    here = open_files(settings)
    if not isinstance(here, FolderFiles):
        fail("the files are in a store already (KITHDESK_STORAGE_URL); leave out --files-to", code=USAGE)
    say("moving the files")
    return asyncio.run(move_files(here.folder, store, progress("files")))


def _settings_there(settings: Settings, to: str, files_to: str | None, *, was_there: bool) -> dict[str, str]:
    """What every server needs from now on. Passwords and the key itself are for the operator to fill in.

    Where the rows were there already, an earlier move may have taken the files anywhere, and only its words say where.
    """
    here = None if was_there else (settings.data / "files").resolve().as_uri()
    files = files_to or settings.storage_url or here
    key_file = settings.secret_key_file or settings.data / "secret.key"
    key = (
        {"KITHDESK_SECRET_KEY_FILE": str(key_file.resolve())}
        if settings.secret_key is None
        else {"KITHDESK_SECRET_KEY": "the same as here"}
    )
    storage = {} if files is None else {"KITHDESK_STORAGE_URL": files}
    return {"KITHDESK_DATABASE_URL": without_password(to), **storage, **key}


def without_password(url: str) -> str:
    return _PASSWORD.sub(lambda found: f"{found['before'] or found['option']}PASSWORD", url)


def _describe(done: dict[str, Any]) -> str:
    verb = "were there already" if done["wasThere"] else "moved"
    words = [
        f"{done['rows']} rows of {len(done['tables'])} tables {verb}, {done['files']} files moved; all agree.",
        "These settings take the place of what every server has:",
        "",
        *(f"  {name}={value}" for name, value in done["settings"].items()),
        "",
        "Every server needs the same secret key: another one opens nothing that is sealed, and is refused.",
        *_hints(done["settings"].get("KITHDESK_STORAGE_URL")),
        "The data folder is as it was. Keep it as the way back, and serve from it no more.",
    ]
    return "\n".join(words)


def _hints(storage: str | None) -> list[str]:
    if storage is None:
        return [
            "Where the files are, the move that brought the rows has said: set KITHDESK_STORAGE_URL to that,",
            "or give `--files-to` again, which looks at each.",
        ]
    if not storage.startswith("file:"):
        return []
    return ["Files are in a folder, which every server must reach; `--files-to` puts them in a bucket."]
