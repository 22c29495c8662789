"""Starting, stopping, and taking rows: a few of them a command, whose customers and progress are committed together.

A job takes one part of the file. It may die anywhere: the next one goes on after the last chunk that was committed, and
a chunk that comes twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import bindparam, delete, insert, update

from kithdesk import customers
from kithdesk.core.actors import Actor
from kithdesk.core.clock import Instant
from kithdesk.core.errors import InternalError, Refusal
from kithdesk.core.ids import OrganisationId
from kithdesk.core.work import Work
from kithdesk.customers import CompanyProfile, CustomerId, Profile
from kithdesk.imports.differing import difference
from kithdesk.imports.entities import UNDO_WITHIN, Import, Outcome, RowError, Who
from kithdesk.imports.errors import ImportBegun, ImportForgotten, ImportNotReady
from kithdesk.imports.ids import ImportId
from kithdesk.imports.planning import Plan, Planner
from kithdesk.imports.queries import find_making, get_import
from kithdesk.imports.reading import Row
from kithdesk.imports.tables import import_foreseen, import_rows, imports
from kithdesk.imports.timers import Forget, TakeRows, forget_key, serial_of

CHUNK = 5

_THIS = (imports.c.organisation == bindparam("of"), imports.c.id == bindparam("import_id"))
_START = (
    update(imports)
    .where(*_THIS)
    .values(
        status="running",
        started_at=bindparam("at"),
        started_by=bindparam("by"),
        imported_at=bindparam("first_at"),
        ended_at=None,
    )
)
_STATUS = update(imports).where(*_THIS).values(status=bindparam("now"), ended_at=bindparam("at"))
_COUNTS = ("done", "created", "updated", "skipped", "failed")
_PROGRESS = update(imports).where(*_THIS).values({name: bindparam(f"now_{name}") for name in _COUNTS})
_INSERT = insert(import_rows)
_FORGET_FORESEEN = delete(import_foreseen).where(
    import_foreseen.c.organisation == bindparam("of"), import_foreseen.c.import_id == bindparam("which")
)
_TOUCHED = (
    update(import_rows)
    .where(
        import_rows.c.organisation == bindparam("of"),
        import_rows.c.import_id == bindparam("which"),
        import_rows.c.place == bindparam("at_place"),
    )
    .values(rev=bindparam("now_rev"))
)


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a row."""

    outcome: Outcome
    called: str | None = None
    customer: str | None = None
    company: str | None = None
    rev: int | None = None
    before: str | None = None
    errors: tuple[RowError, ...] = ()


_BROKEN = Result(
    outcome="failed",
    errors=(RowError(None, InternalError.code, "Something broke on our side. The log says what."),),
)


def who_is(actor: Actor) -> Who:
    return Who(actor.id, actor.display_name)


def encoded(value: object) -> str:
    return msgspec.json.encode(value).decode()


def importer(organisation: OrganisationId, who: Who) -> Actor:
    """The program, in the name of whoever started it and with their right to say when a record was made."""
    return Actor(
        organisation=organisation,
        type="system",
        id=who.id,
        display_name=who.name,
        roles=frozenset({"org.admin"}),
    )


def start(work: Work, id: ImportId) -> Import:
    """Begins, or goes on after a stop. Started again while it runs, it runs on.

    Raises `NotFound`, `ImportBegun`, `ImportForgotten`, `ImportNotReady`.
    """
    known = get_import(work, id)
    if known.status not in ("draft", "running", "stopped"):
        raise ImportBegun(known.status)
    if known.is_forgotten:
        raise ImportForgotten
    if known.mapping is None or not known.mapping.targets:
        raise ImportNotReady
    if known.status != "running":
        values = {"of": work.organisation, "import_id": id, "at": work.now, "by": encoded(who_is(work.actor))}
        first_at = work.now if known.imported_at is None else known.imported_at
        work.execute(_START, {**values, "first_at": first_at})
        work.cancel(forget_key(id))
        forget_foreseen(work, id)
    _go_on(work, id)
    return get_import(work, id)


def stop(work: Work, id: ImportId) -> Import:
    """After the rows that are under way. What does not run stays as it is. Raises `NotFound`."""
    known = get_import(work, id)
    if known.status == "running":
        _end(work, known, "stopped")
    elif known.status == "undoing":
        _set_status(work, id, "undo_stopped", known.ended_at)
    return get_import(work, id)


def take_chunk(
    work: Work,
    id: ImportId,
    first: int,
    rows: Sequence[Row],
    *,
    is_last: bool = False,
    gives_up: bool = False,
) -> bool:
    """Takes the rows from place `first` on. Answers whether there are more; after `is_last` another job has them.

    `gives_up`: something of ours broke on them before, so they count as failed.
    """
    known = get_import(work, id)
    if known.status != "running" or known.done != first:
        return known.status == "running" and known.done == first + len(rows)
    planner = Planner(work, known)
    counts = {name: getattr(known, name) for name in _COUNTS}
    for place, row in enumerate(rows, first):
        result = _BROKEN if gives_up else _take(work, known, planner, row)
        counts[result.outcome] += 1
        _keep(work, id, place, row, result)
    counts["done"] = done = first + len(rows)
    progress = {f"now_{name}": count for name, count in counts.items()}
    work.execute(_PROGRESS, {"of": work.organisation, "import_id": id, **progress})
    if done == known.rows:
        _end(work, known, "done")
    elif is_last:
        _go_on(work, id)
    return done < known.rows


def _take(work: Work, known: Import, planner: Planner, row: Row) -> Result:
    plan = planner.plan(row)
    if plan.action == "error":
        return Result(outcome="failed", called=plan.called, errors=plan.errors)
    if plan.action == "skip":
        return Result(outcome="skipped", customer=plan.customer)
    try:
        made = None
        if plan.new_company is not None:
            plan.changes["company"] = made = _make_company(work, known, planner, plan, plan.new_company)
        is_new = plan.customer is None
        result = _create(work, known, plan) if is_new else _update(work, known, plan)
        return msgspec.structs.replace(result, company=made)
    except Refusal as refusal:  # verbs check before they state anything
        plan = planner.refused(row, refusal)
        return Result(outcome="failed", called=plan.called, errors=plan.errors)


def _make_company(work: Work, known: Import, planner: Planner, plan: Plan, name: str) -> str:
    planner.check(plan)  # no company for a row that is refused
    return customers.create_company(work, CompanyProfile(name=name), imported_at=known.imported_at)


def _create(work: Work, known: Import, plan: Plan) -> Result:
    id = customers.create_customer(
        work,
        Profile(**plan.changes),
        source="import",
        created_at=plan.created_at,
        imported_at=known.imported_at,
    )
    return Result(outcome="created", customer=id, rev=1)


def _update(work: Work, known: Import, plan: Plan) -> Result:
    id = CustomerId(plan.customer or "")
    before = customers.get_customer(work, id)
    customers.update_customer(work, id, plan.changes)
    after = customers.get_customer(work, id)
    if after.rev == before.rev:
        return Result(outcome="skipped", customer=id)
    making = find_making(work, known.id, id)
    if making is not None and making.rev == before.rev:  # nobody else has touched what this import made
        values = {"of": work.organisation, "which": known.id, "at_place": making.place}
        work.execute(_TOUCHED, {**values, "now_rev": after.rev})
    changed = encoded(difference(before.profile, after.profile))
    return Result(outcome="updated", customer=id, rev=after.rev, before=changed)


def _keep(work: Work, id: ImportId, place: int, row: Row, result: Result) -> None:
    values: dict[str, Any] = {
        "organisation": work.organisation,
        "import_id": id,
        "place": place,
        "number": row.number,
        "outcome": result.outcome,
        "called": result.called,
        "customer": result.customer,
        "company": result.company,
        "rev": result.rev,
        "before": result.before,
        "errors": encoded(result.errors) if result.errors else None,
        "undone": None,
    }
    work.execute(_INSERT, values)


def _go_on(work: Work, id: ImportId) -> None:
    work.enqueue(TakeRows(of=id), unique=f"take_rows:{id}", serial=serial_of(id))


def _end(work: Work, known: Import, status: str) -> None:
    _set_status(work, known.id, status, work.now)
    forget_later(work, known.id, len(known.starts), Instant(work.now + UNDO_WITHIN))


def _set_status(work: Work, id: ImportId, status: str, ended_at: Instant | None) -> None:
    work.execute(_STATUS, {"of": work.organisation, "import_id": id, "now": status, "at": ended_at})


def forget_foreseen(work: Work, id: ImportId) -> None:
    """What was counted of its parts is not true any more."""
    work.execute(_FORGET_FORESEEN, {"of": work.organisation, "which": id})


def forget_later(work: Work, id: ImportId, parts: int, at: Instant) -> None:
    """The newest word on when counts."""
    work.enqueue(Forget(of=id, parts=parts), at=at, unique=forget_key(id), on_conflict="move")
