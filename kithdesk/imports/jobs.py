"""Who does what happens later."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import partial

from kithdesk.core.actors import Actor, system
from kithdesk.core.desk import Desk
from kithdesk.core.errors import InternalError, NotFound
from kithdesk.core.jobs import Claimed, Discard, Job, JobHandler
from kithdesk.imports.checking import check_rows
from kithdesk.imports.entities import Import
from kithdesk.imports.forgetting import forget
from kithdesk.imports.ids import ImportId
from kithdesk.imports.queries import get_import
from kithdesk.imports.reading import Row, decode_part
from kithdesk.imports.taking import CHUNK, importer, take_chunk
from kithdesk.imports.timers import CheckRows, Forget, TakeBack, TakeRows
from kithdesk.imports.undoing import take_back_chunk
from kithdesk.imports.uploading import key_of

_CHUNKS = 50
"""Of one job: a server that stops waits for no more, and a job whose server was killed is given up the third time."""


async def take_rows(desk: Desk, claimed: Claimed) -> None:
    """The next rows of the part in which the import stands. Its last chunk asks for the next job."""
    job = claimed.job
    assert isinstance(job, TakeRows)
    known = await _known(desk, system(claimed.organisation), job.of)
    if known.status != "running" or known.done >= known.rows or known.started_by is None:
        return
    part = bisect_right(known.starts, known.done) - 1
    rows = decode_part(await desk.files.get(key_of(claimed.organisation, known.id, part)))
    start = known.starts[part]
    end = min(start + len(rows), known.done + CHUNK * _CHUNKS)
    by = importer(claimed.organisation, known.started_by)
    for first in range(known.done, end, CHUNK):
        last = min(first + CHUNK, end)
        chunk = rows[first - start : last - start]
        if not await _take(desk, by, known.id, first, chunk, is_last=last == end):
            return


async def _take(
    desk: Desk, by: Actor, id: ImportId, first: int, rows: Sequence[Row], *, is_last: bool
) -> bool:
    """A chunk; or, when something of ours breaks on it, each of its rows alone, without the one that it is."""
    try:
        return (await desk.run(take_chunk, id, first, rows, is_last=is_last, by=by)).value
    except InternalError:
        if len(rows) == 1:
            return (await desk.run(take_chunk, id, first, rows, is_last=is_last, gives_up=True, by=by)).value
    end = first + len(rows)
    for place, row in enumerate(rows, first):
        if not await _take(desk, by, id, place, [row], is_last=is_last and place + 1 == end):
            return False
    return True


async def take_back(desk: Desk, claimed: Claimed) -> None:
    """Some rows of an import that is being undone."""
    job = claimed.job
    assert isinstance(job, TakeBack)
    known = await _known(desk, system(claimed.organisation), job.of)
    if known.undone_by is None:
        return
    by = importer(claimed.organisation, known.undone_by)
    for number in range(1, _CHUNKS + 1):
        if not await _take_back(desk, by, known.id, is_last=number == _CHUNKS):
            return


async def _take_back(desk: Desk, by: Actor, id: ImportId, *, is_last: bool) -> bool:
    """A chunk; or, when something of ours breaks on it, each of its rows alone, without the one that it is."""
    try:
        return (await desk.run(take_back_chunk, id, is_last=is_last, by=by)).value
    except InternalError:
        pass
    for left in reversed(range(CHUNK)):
        one = partial(desk.run, take_back_chunk, id, limit=1, is_last=is_last and not left, by=by)
        try:
            done = await one()
        except InternalError:
            done = await one(gives_up=True)
        if not done.value:
            return False
    return True


async def _known(desk: Desk, by: Actor, id: ImportId) -> Import:
    try:
        return (await desk.read(get_import, id, by=by)).value
    except NotFound:
        raise Discard from None


HANDLERS: dict[type[Job], JobHandler] = {
    CheckRows: check_rows,
    TakeRows: take_rows,
    TakeBack: take_back,
    Forget: forget,
}
