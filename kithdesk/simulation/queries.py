"""Every SELECT of simulations, and how they read the journal."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import and_, bindparam, func, select

from kithdesk.conversations.events import ConversationAssigned
from kithdesk.core.clock import Instant
from kithdesk.core.errors import NotFound
from kithdesk.core.journal import journal, journal_personal
from kithdesk.core.work import Reads
from kithdesk.routing.events import WorkOffered
from kithdesk.simulation.entities import Failure, Simulation, Who
from kithdesk.simulation.facts import Fact
from kithdesk.simulation.ids import SimulationId
from kithdesk.simulation.tables import simulations

_LIMIT: Any = bindparam("limit")
_JOINED = journal.outerjoin(
    journal_personal,
    and_(
        journal_personal.c.organisation == journal.c.organisation,
        journal_personal.c.position == journal.c.position,
    ),
)
_FACTS = (
    select(
        journal.c.position,
        journal.c.id,
        journal.c.at,
        journal.c.kind,
        journal.c.conversation,
        journal.c.customer,
        journal.c.actor_type,
        journal.c.actor_id,
        journal.c.actor_author,
        journal_personal.c.actor_name,
        journal.c.payload,
        journal_personal.c.payload.label("personal"),
    )
    .select_from(_JOINED)
    .where(
        journal.c.organisation == bindparam("organisation"),
        journal.c.position > bindparam("after"),
        journal.c.position <= bindparam("upto"),
    )
    .order_by(journal.c.position)
    .limit(_LIMIT)
)
_LAST_BEFORE = (
    select(journal.c.position)
    .where(journal.c.organisation == bindparam("organisation"), journal.c.at < bindparam("moment"))
    .order_by(journal.c.position.desc())
    .limit(1)
)

_GIVEN = (
    select(journal.c.position, journal.c.conversation, journal.c.payload)
    .where(
        journal.c.organisation == bindparam("organisation"),
        journal.c.position < bindparam("below"),
        journal.c.kind.in_((ConversationAssigned.kind, WorkOffered.kind)),
    )
    .order_by(journal.c.position.desc())
    .limit(_LIMIT)
)

_MINE = simulations.c.organisation == bindparam("organisation")
_WHOLE = select(*(simulations.c[name] for name in Simulation.__struct_fields__)).where(_MINE)
_ONE = _WHOLE.where(simulations.c.id == bindparam("id"))
_PAGE = _WHOLE.order_by(simulations.c.id.desc()).limit(_LIMIT).offset(bindparam("offset"))
_COUNT = select(func.count()).select_from(simulations).where(_MINE)
_OUTCOME = select(simulations.c.outcome).where(_MINE, simulations.c.id == bindparam("id"))
_decode_failure = msgspec.json.Decoder(Failure).decode
_decode_who = msgspec.json.Decoder(Who).decode


def get_simulation(reads: Reads, id: SimulationId) -> Simulation:
    """For administrators and the program itself. Raises `NotFound`."""
    row = reads.execute(_ONE, {"organisation": reads.organisation, "id": id}).first()
    if row is None or not reads.actor.may_administer:
        raise NotFound
    return _simulation(row)


def list_simulations(reads: Reads, *, limit: int, offset: int) -> tuple[list[Simulation], int]:
    """One page, the newest first, and how many there are."""
    values = {"organisation": reads.organisation}
    rows = reads.execute(_PAGE, {**values, "limit": limit, "offset": offset})
    return [_simulation(row) for row in rows], reads.execute(_COUNT, values).scalar()


def find_outcome(reads: Reads, id: SimulationId) -> dict[str, Any] | None:
    """What came of it, as JSON values."""
    text = reads.execute(_OUTCOME, {"organisation": reads.organisation, "id": id}).scalar()
    return None if text is None else msgspec.json.decode(text)


def _simulation(row: Any) -> Simulation:
    values = {name: getattr(row, name) for name in Simulation.__struct_fields__}
    decoded = {
        "scenario": msgspec.json.decode(row.scenario),
        "failure": None if row.failure is None else _decode_failure(row.failure),
        "created_by": _decode_who(row.created_by),
    }
    return Simulation(**{**values, **decoded})


def read_facts(reads: Reads, *, after: int, upto: int, limit: int) -> list[Fact]:
    """The organisation's facts after a position and up to another, ascending."""
    values = {"organisation": reads.organisation, "after": after, "upto": upto, "limit": limit}
    return [Fact(*row) for row in reads.execute(_FACTS, values)]


def last_before(reads: Reads, moment: Instant) -> int:
    """The position of the last fact that was stated before a moment, 0 for none.

    Programs tell of what was earlier, so positions are no calendar: looks back from the end, for as long as it takes.
    """
    values = {"organisation": reads.organisation, "moment": moment}
    return reads.execute(_LAST_BEFORE, values).scalar() or 0


def read_given(reads: Reads, *, below: int, limit: int) -> list[tuple[int, str, set[str]]]:
    """What agents were given or offered before a position: where, which conversation, to whom; the last first."""
    values = {"organisation": reads.organisation, "below": below, "limit": limit}
    return [
        (row.position, row.conversation, _users_of(_decode_given(row.payload)))
        for row in reads.execute(_GIVEN, values)
    ]


class _Given(msgspec.Struct, frozen=True):
    """Of both kinds, what says to whom."""

    user: str | None = None
    users: list[str] = []
    users_before: list[str] = []


_decode_given = msgspec.json.Decoder(_Given).decode


def _users_of(given: _Given) -> set[str]:
    return {given.user} if given.user is not None else set(given.users) - set(given.users_before)
