"""The whole file, looked through before anything happens: how many rows would be somebody new, change somebody, or be
refused. Only the numbers are kept, and the first rows that are refused.

It begins anew whenever the columns become something else, and whoever starts the import need not wait for it.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, update

from kithdesk.core.desk import Desk
from kithdesk.core.errors import NotFound
from kithdesk.core.jobs import Claimed, Discard
from kithdesk.core.work import Reads, Work
from kithdesk.imports.entities import Check, Import, Mapping, Refused
from kithdesk.imports.ids import ImportId
from kithdesk.imports.previewing import Seen, foresee
from kithdesk.imports.queries import get_import
from kithdesk.imports.reading import Row, decode_part
from kithdesk.imports.tables import imports
from kithdesk.imports.taking import encoded, importer
from kithdesk.imports.timers import CheckRows
from kithdesk.imports.uploading import key_of

MOST_REFUSED = 20

_CHUNK = 200
_KEEP = (
    update(imports)
    .where(imports.c.organisation == bindparam("of"), imports.c.id == bindparam("import_id"))
    .values(checked=bindparam("found"))
)


async def check_rows(desk: Desk, claimed: Claimed) -> None:
    """Looks at all rows for what the columns are now. What died is done again from the first row."""
    job = claimed.job
    assert isinstance(job, CheckRows)
    try:
        known = (await desk.read(get_import, job.of, by=importer(claimed.organisation, job.by))).value
    except NotFound:
        raise Discard from None
    if known.status != "draft" or known.mapping is None:
        return
    by = importer(claimed.organisation, job.by)
    seen: Seen = set()
    check = Check()
    for part in range(len(known.starts)):
        rows = decode_part(await desk.files.get(key_of(claimed.organisation, known.id, part)))
        for first in range(0, len(rows), _CHUNK):
            chunk = rows[first : first + _CHUNK]
            check = (await desk.read_long(_checked, known, chunk, seen, check, by=by)).value
        if not (await desk.run(_keep, known.id, known.mapping, check, by=by)).value:
            return


def _checked(reads: Reads, known: Import, rows: Sequence[Row], seen: Seen, check: Check) -> Check:
    counts = {"create": check.create, "update": check.update, "skip": check.skip, "error": check.error}
    refused = list(check.refused)
    for one in foresee(reads, known, rows, seen):
        counts[one.plan.action] += 1
        if one.plan.action == "error" and len(refused) < MOST_REFUSED:
            refused.append(Refused(one.row.number, one.plan.called, one.plan.errors))
    done = check.done + len(rows)
    return Check(done=done, is_over=done == known.rows, refused=tuple(refused), **counts)


def _keep(work: Work, id: ImportId, mapping: Mapping, check: Check) -> bool:
    """Answers whether it still matters: nobody has begun, or said otherwise what the columns are."""
    try:
        known = get_import(work, id)
    except NotFound:
        return False
    if known.status != "draft" or known.mapping != mapping:
        return False
    work.execute(_KEEP, {"of": work.organisation, "import_id": id, "found": encoded(check)})
    return True
