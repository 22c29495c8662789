"""What is kept of a file and of its rows goes when nobody can begin or take back the import any more."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, update

from kithdesk.core.actors import system
from kithdesk.core.clock import DAY, Instant
from kithdesk.core.desk import Desk
from kithdesk.core.errors import NotFound
from kithdesk.core.jobs import Claimed
from kithdesk.core.work import Work
from kithdesk.imports.ids import ImportId
from kithdesk.imports.queries import get_import
from kithdesk.imports.tables import import_rows, imports
from kithdesk.imports.taking import forget_foreseen, forget_later
from kithdesk.imports.timers import Forget
from kithdesk.imports.uploading import key_of

_AT_ONCE = 200

_THIS = (imports.c.organisation == bindparam("of"), imports.c.id == bindparam("import_id"))
_FORGET = update(imports).where(*_THIS).values(is_forgotten=True)
_DELETE = delete(imports).where(*_THIS)
_DELETE_ROWS = delete(import_rows).where(
    import_rows.c.organisation == bindparam("of"),
    import_rows.c.import_id == bindparam("which"),
    import_rows.c.place >= bindparam("first"),
    import_rows.c.place < bindparam("end"),
)


async def forget(desk: Desk, claimed: Claimed) -> None:
    """The file, then the rows, and of a draft the import itself. What became of it stays in numbers."""
    job = claimed.job
    assert isinstance(job, Forget)
    by = system(claimed.organisation)
    rows = (await desk.run(_retire, job, by=by)).value
    if rows is None:
        return
    for part in range(job.parts):
        await desk.files.delete(key_of(claimed.organisation, job.of, part))
    for first in range(0, rows, _AT_ONCE):
        await desk.run(_forget_rows, job.of, first, by=by)
    await desk.run(_forget_draft, job.of, by=by)


def _retire(work: Work, job: Forget) -> int | None:
    """How many rows may be kept of it. None while it runs: then it is asked again tomorrow."""
    try:
        known = get_import(work, job.of)
    except NotFound:  # it was never stored whole
        return 0
    if known.status in ("running", "undoing"):
        forget_later(work, job.of, job.parts, Instant(work.now + DAY))
        return None
    work.execute(_FORGET, {"of": work.organisation, "import_id": job.of})
    return known.done


def _forget_rows(work: Work, id: ImportId, first: int) -> None:
    values = {"of": work.organisation, "which": id, "first": first, "end": first + _AT_ONCE}
    work.execute(_DELETE_ROWS, values)


def _forget_draft(work: Work, id: ImportId) -> None:
    try:
        is_draft = get_import(work, id).status == "draft"
    except NotFound:
        return
    if is_draft:
        forget_foreseen(work, id)
        work.execute(_DELETE, {"of": work.organisation, "import_id": id})
