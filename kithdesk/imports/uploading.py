"""A file arrives, is read away from the loop, and lies in the store as parts before the row says that it is there.

Before the first of them goes there, a job knows their name: what breaks off in between is gone after an hour.
"""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import Request
from sqlalchemy import insert
from starlette.requests import ClientDisconnect

from kithdesk import attributes
from kithdesk.core.actors import Actor
from kithdesk.core.clock import HOUR, Instant
from kithdesk.core.computing import Turn
from kithdesk.core.desk import Desk
from kithdesk.core.errors import BadParameter, Overloaded, Unsupported
from kithdesk.core.ids import OrganisationId
from kithdesk.core.names import cleaned_or_none
from kithdesk.core.work import Work
from kithdesk.imports.entities import DRAFT_KEPT, Column, Import
from kithdesk.imports.errors import FileTooLarge, NotCsv, TooManyImports
from kithdesk.imports.ids import ImportId
from kithdesk.imports.queries import count_drafts, get_import
from kithdesk.imports.reading import Read, read_csv
from kithdesk.imports.tables import imports
from kithdesk.imports.taking import encoded, forget_later, who_is
from kithdesk.imports.targets import suggested

MAX_FILE = 20 * 1024 * 1024
MAX_DRAFTS = 20
MAX_WAITING = 4
"""Files of one organisation, while another of theirs is read: they are in memory."""
TYPES = ("text/csv", "application/csv")
"""Not `text/plain`: a page elsewhere could have a browser send that without asking."""
DROPPED_AFTER = HOUR
STORED_WITHIN = HOUR // 2

_READ_AT_ONCE = 1024
"""So little that sending it to the helper process takes longer, whatever it holds."""

_INSERT = insert(imports)
_EMPTY = {column.name: None for column in imports.c}
_COUNTS = ("done", "created", "updated", "skipped", "failed", "removed", "reversed", "kept")


def key_of(organisation: OrganisationId, id: ImportId, part: int) -> str:
    """Where a part is in the file store."""
    return f"{organisation}/imports/{id}/{part}"


async def receive_file(desk: Desk, caller: Actor, request: Request, name: str) -> tuple[Import, int]:
    """A draft, and the position that covers it. Raises `Unsupported`, `FileTooLarge`, `NotCsv`, `TooManyImports`,
    `Overloaded`."""
    called = cleaned_or_none(name, parameter="name") or "customers.csv"
    content = await _content_of(request)
    read = await _read(desk, caller, content)
    if read.problem is not None:
        raise NotCsv(read.problem)
    id, begun = (await desk.run(_begin, len(read.parts), by=caller)).value
    for number, part in enumerate(read.parts):
        await desk.files.put(key_of(caller.organisation, id, number), part)
    done = await desk.run(_store, id, called, _without_parts(read), begun, by=caller)
    return done.value, done.position


async def _read(desk: Desk, caller: Actor, content: bytes) -> Read:
    if len(content) <= _READ_AT_ONCE:
        return read_csv(content)
    return await desk.compute(read_csv, content, turn=Turn(f"imports {caller.organisation}", MAX_WAITING))


async def _content_of(request: Request) -> bytes:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in TYPES:
        raise Unsupported("Send the file itself, as text/csv.")
    content = bytearray()
    try:
        async for chunk in request.stream():
            content += chunk
            if len(content) > MAX_FILE:
                raise FileTooLarge
    except ClientDisconnect:  # nobody is there to be told, and nothing of ours has failed
        raise BadParameter("The upload broke off.") from None
    return bytes(content)


def _without_parts(read: Read) -> Read:
    return Read(
        encoding=read.encoding,
        delimiter=read.delimiter,
        header=read.header,
        samples=read.samples,
        rows=read.rows,
        starts=read.starts,
    )


def _begin(work: Work, parts: int) -> tuple[ImportId, Instant]:
    _check_room(work)
    id = ImportId(work.new_id())
    forget_later(work, id, parts, Instant(work.now + DROPPED_AFTER))
    return id, work.now


def _check_room(work: Work) -> None:
    if count_drafts(work) >= MAX_DRAFTS:
        raise TooManyImports


def _store(work: Work, id: ImportId, name: str, read: Read, begun: Instant) -> Import:
    if work.now > begun + STORED_WITHIN:
        raise Overloaded("Storing the file took too long.", retry_after=1)
    _check_room(work)  # once more: others that began beside it are drafts by now
    work.execute(
        _INSERT,
        {
            **_EMPTY,
            **dict.fromkeys(_COUNTS, 0),
            "organisation": work.organisation,
            "id": id,
            "name": name,
            "status": "draft",
            "encoding": read.encoding,
            "delimiter": read.delimiter,
            "columns": encoded(_columns(work, read)),
            "rows": read.rows,
            "starts": encoded(read.starts),
            "created_at": work.now,
            "created_by": encoded(who_is(work.actor)),
            "is_forgotten": False,
        },
    )
    forget_later(work, id, len(read.starts), Instant(work.now + DRAFT_KEPT))
    return get_import(work, id)


def _columns(work: Work, read: Read) -> Sequence[Column]:
    sounds = suggested(list(read.header), attributes.declared(work, "customer"))
    return [
        Column(name, sample, sound)
        for name, sample, sound in zip(read.header, read.samples, sounds, strict=True)
    ]
