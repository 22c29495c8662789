"""The whole file, looked through before anything happens: how many rows would be somebody new, change somebody, or be
refused. Kept are the numbers, the first rows that are refused, and of each row which it is: `changes` tells the rest.

It begins anew whenever the columns become something else, and whoever starts the import need not wait for it.
"""

from __future__ import annotations

import asyncio
from collections import ChainMap
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import bindparam, update

from kithdesk.core.actors import Actor
from kithdesk.core.database import Done
from kithdesk.core.desk import Desk
from kithdesk.core.errors import NotFound, Overloaded
from kithdesk.core.jobs import Claimed, Discard
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Reads, Work
from kithdesk.imports.entities import Check, Import, Mapping, Refused
from kithdesk.imports.ids import ImportId
from kithdesk.imports.planning import Action
from kithdesk.imports.previewing import foresee
from kithdesk.imports.queries import get_import
from kithdesk.imports.reading import Row, decode_part
from kithdesk.imports.tables import import_foreseen, imports
from kithdesk.imports.taking import encoded, importer
from kithdesk.imports.timers import CheckRows
from kithdesk.imports.uploading import key_of

MOST_REFUSED = 20
LETTERS: dict[Action, str] = {"create": "c", "update": "u", "skip": "s", "error": "e"}

_CHUNK = 200
_TRIES = 5
_WAITS_SECONDS = 2
_KEEP = (
    update(imports)
    .where(imports.c.organisation == bindparam("of"), imports.c.id == bindparam("import_id"))
    .values(checked=bindparam("found"))
)
_KEEP_PART = Upsert(import_foreseen, ["organisation", "import_id", "part"])


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
    seen: dict[int, int] = {}
    check = Check()
    for part in range(len(known.starts)):
        rows = decode_part(await desk.files.get(key_of(claimed.organisation, known.id, part)))
        looked = Part(number=part)
        for first in range(0, len(rows), _CHUNK):
            chunk = rows[first : first + _CHUNK]
            found = await _read_patiently(desk, known, chunk, seen, check, looked, by=by)
            if found is None:
                return
            check, looked, new = found.value
            seen.update(new)
        if not (await desk.run(_keep, known.id, known.mapping, check, looked, by=by)).value:
            return


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """What was counted of a part so far."""

    number: int
    actions: str = ""
    earlier: dict[int, int] = {}


Counted = tuple[Check, Part, dict[int, int]]
"""All so far, of this part so far, and what is seen in these rows."""


async def _read_patiently(desk: Desk, known: Import, *args: Any, by: Actor) -> Done[Counted] | None:
    """Nobody waits for it: where there is no room just now, it comes again a few times, and not from the first row.

    None once it does not matter any more. Raises `Overloaded`: what takes too long each time would do so for ever.
    """
    for tried in range(_TRIES):
        try:
            return await desk.read_long(_checked, known, *args, by=by)
        except Overloaded as refusal:
            if tried + 1 == _TRIES:
                raise
            await asyncio.sleep((refusal.retry_after or _WAITS_SECONDS) * 2**tried)
        if not (await desk.read(_matters, known.id, known.mapping, by=by)).value:
            return None
    raise AssertionError


def _checked(
    reads: Reads, known: Import, rows: Sequence[Row], seen: dict[int, int], check: Check, part: Part
) -> Counted:
    """With what is seen of these rows. `seen` stays: whoever loses the connection asks again."""
    new: dict[int, int] = {}
    counts = {"create": check.create, "update": check.update, "skip": check.skip, "error": check.error}
    refused = list(check.refused)
    actions = part.actions
    earlier = dict(part.earlier)
    for one in foresee(reads, known, rows, ChainMap(new, seen)):
        counts[one.plan.action] += 1
        if one.earlier is not None:
            earlier[len(actions)] = one.earlier
        actions += LETTERS[one.plan.action]
        if one.plan.action == "error" and len(refused) < MOST_REFUSED:
            refused.append(Refused(one.row.number, one.plan.called, one.plan.errors))
    done = check.done + len(rows)
    return (
        Check(done=done, is_over=done == known.rows, refused=tuple(refused), **counts),
        Part(number=part.number, actions=actions, earlier=earlier),
        new,
    )


def _keep(work: Work, id: ImportId, mapping: Mapping, check: Check, part: Part) -> bool:
    """Answers whether it still matters."""
    if not _matters(work, id, mapping):
        return False
    work.execute(_KEEP, {"of": work.organisation, "import_id": id, "found": encoded(check)})
    work.execute(
        _KEEP_PART,
        {
            "organisation": work.organisation,
            "import_id": id,
            "part": part.number,
            "actions": part.actions,
            "earlier": encoded(part.earlier),
            **{f"{action}s": part.actions.count(letter) for action, letter in LETTERS.items()},
        },
    )
    return True


def _matters(reads: Reads, id: ImportId, mapping: Mapping | None) -> bool:
    """Nobody has dropped it, begun, or said otherwise what the columns are."""
    try:
        known = get_import(reads, id)
    except NotFound:
        return False
    return known.status == "draft" and known.mapping == mapping
