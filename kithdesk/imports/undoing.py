"""Taking an import back, from its last row to its first.

A customer whom it made goes, if nobody has touched the record since and it has no past. A customer whom it changed gets
back what was there, field by field, where the field still holds what the file said. All else stays and is counted.
Companies that it made go when nobody is left in them.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import bindparam, update

from kithdesk import attributes, customers
from kithdesk.core.errors import Refusal
from kithdesk.core.work import Work
from kithdesk.customers import Customer, CustomerId
from kithdesk.imports.differing import Difference, reversal
from kithdesk.imports.entities import UNDO_WITHIN, Import, ImportRow, Undone
from kithdesk.imports.errors import CannotUndoImport
from kithdesk.imports.ids import ImportId
from kithdesk.imports.queries import find_making, get_import, list_companies_made, list_to_undo
from kithdesk.imports.tables import import_rows, imports
from kithdesk.imports.taking import encoded, who_is
from kithdesk.imports.timers import TakeBack, serial_of

CHUNK = 5

_THIS = (imports.c.organisation == bindparam("of"), imports.c.id == bindparam("import_id"))
_BEGIN = (
    update(imports)
    .where(*_THIS)
    .values(status="undoing", undone_by=bindparam("by"), undo_left=bindparam("left"))
)
_END = update(imports).where(*_THIS).values(status="undone", undone_at=bindparam("at"), undo_left=0)
_COUNTS = ("removed", "reversed", "kept")
_PROGRESS = (
    update(imports)
    .where(*_THIS)
    .values(undo_left=bindparam("left"), **{name: bindparam(f"now_{name}") for name in _COUNTS})
)
_ROW = update(import_rows).where(
    import_rows.c.organisation == bindparam("of"),
    import_rows.c.import_id == bindparam("which"),
    import_rows.c.place == bindparam("at_place"),
)
_MARK = _ROW.values(undone=bindparam("now"))
_FORGET_COMPANY = _ROW.values(company=None)

_decode = msgspec.json.Decoder(Difference).decode


def undo(work: Work, id: ImportId) -> Import:
    """Begins to take it back, or goes on after a stop. Raises `NotFound`, `CannotUndoImport`."""
    known = get_import(work, id)
    if known.status not in ("stopped", "done", "undoing", "undo_stopped"):
        raise CannotUndoImport("Only what has stopped or is done can be taken back, and once.")
    if known.is_forgotten or known.ended_at is None or work.now >= known.ended_at + UNDO_WITHIN:
        raise CannotUndoImport("An import can be taken back for thirty days.")
    if known.status != "undoing":
        left = known.done if known.undo_left is None else known.undo_left
        values = {"of": work.organisation, "import_id": id, "by": encoded(who_is(work.actor))}
        work.execute(_BEGIN, {**values, "left": left})
    _go_on(work, id)
    return get_import(work, id)


def take_back_chunk(
    work: Work, id: ImportId, *, is_last: bool, limit: int = CHUNK, gives_up: bool = False
) -> bool:
    """Takes back some rows. Answers whether there are more; after the job's last chunk another job has them.

    `gives_up`: something of ours broke on them before, so what they made stays.
    """
    known = get_import(work, id)
    if known.status != "undoing":
        return False
    rows = list_to_undo(work, id, below=known.undo_left or 0, limit=limit)
    this = {"of": work.organisation, "import_id": id}
    if not rows:
        return _end(work, id, is_last=is_last, limit=limit, gives_up=gives_up)
    counts = {name: getattr(known, name) for name in _COUNTS}
    for row in rows:
        undone = "kept" if gives_up else _take_back(work, id, row)
        if undone is not None:
            counts[undone] += 1
            mark = {"of": work.organisation, "which": id, "at_place": row.place}
            work.execute(_MARK, {**mark, "now": undone})
    progress = {f"now_{name}": count for name, count in counts.items()}
    work.execute(_PROGRESS, {**this, "left": rows[-1].place, **progress})
    if is_last:
        _go_on(work, id)
    return True


def _end(work: Work, id: ImportId, *, is_last: bool, limit: int, gives_up: bool) -> bool:
    """When no customer is left, the companies that nobody needs any more."""
    companies = list_companies_made(work, id, limit=limit)
    for place, company in companies:
        if not gives_up:
            customers.take_back_company(work, company)
        work.execute(_FORGET_COMPANY, {"of": work.organisation, "which": id, "at_place": place})
    if not companies:
        work.execute(_END, {"of": work.organisation, "import_id": id, "at": work.now})
    elif is_last:
        _go_on(work, id)
    return bool(companies)


def _take_back(work: Work, id: ImportId, row: ImportRow) -> Undone | None:
    """None for an update of a customer whom an earlier row made: both go with that row, or stay."""
    customer_id = CustomerId(row.customer or "")
    customer = customers.find_customer(work, customer_id)
    if customer is None or customer.id != customer_id:  # gone, or part of another by now
        return "kept"
    try:
        if row.outcome == "created":
            return _remove(work, row, customer)
        if find_making(work, id, customer_id) is not None:
            return None
        return _reverse(work, row, customer)
    except Refusal:
        return "kept"


def _remove(work: Work, row: ImportRow, customer: Customer) -> Undone:
    if customer.rev != row.rev:
        return "kept"
    customers.remove_customer(work, customer.id)
    return "removed"


def _reverse(work: Work, row: ImportRow, customer: Customer) -> Undone:
    changes = reversal(_decode(row.before or "{}"), customer.profile)
    if "custom" in changes:
        declared = attributes.declared(work, "customer")
        changes["custom"] = {name: one for name, one in changes["custom"].items() if name in declared}
    if not any(value or name != "custom" for name, value in changes.items()):
        return "kept"
    customers.update_customer(work, customer.id, changes, is_undo=True)
    return "reversed"


def _go_on(work: Work, id: ImportId) -> None:
    work.enqueue(TakeBack(of=id), unique=f"take_back:{id}", serial=serial_of(id))
