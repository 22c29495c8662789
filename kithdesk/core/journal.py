"""The journal: every fact of an organisation, in the order it was committed, without a gap.

`journal` holds what may stay for ever; `journal_personal` holds, beside some of its rows, what identifies a person and
can be erased. `heads` holds each organisation's last position. Only the lane writes here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import bindparam, insert, select

from kithdesk.core import events
from kithdesk.core.actors import SYSTEM_NAME, Actor
from kithdesk.core.clock import Instant
from kithdesk.core.events import Event, Recorded
from kithdesk.core.ids import EventId, OrganisationId
from kithdesk.core.journal_rows import heads, journal, journal_personal
from kithdesk.core.sql import Executes, Result, Statement, Upsert


class Many(Protocol):
    """A transaction, as far as the journal needs one."""

    def execute_many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None: ...


_INSERT = insert(journal)
_INSERT_PERSONAL = insert(journal_personal)
_SET_HEAD = Upsert(heads, ["organisation"])
_HEAD = select(heads.c.position).where(heads.c.organisation == bindparam("organisation"))
_END = select(heads.c.position, heads.c.event).where(heads.c.organisation == bindparam("organisation"))
_HEADS = select(heads.c.organisation, heads.c.position)
_HEADS_OF = _HEADS.where(heads.c.organisation.in_(bindparam("organisations", expanding=True)))


def head(reads: Executes, organisation: OrganisationId) -> int:
    """The organisation's last position, 0 before its first event."""
    return head_in(ask_head(reads, organisation))


def ask_head(reads: Executes, organisation: OrganisationId) -> Result:
    """Asks for it now and looks at it later (`head_in`): on PostgreSQL it then travels with the next question."""
    return reads.execute(_HEAD, {"organisation": organisation})


def head_in(asked: Result) -> int:
    return asked.scalar() or 0


def end(reads: Executes, organisation: OrganisationId) -> tuple[int, str | None]:
    """The organisation's last position, and the id of the event that has it."""
    row = reads.execute(_END, {"organisation": organisation}).first()
    return (0, None) if row is None else (row.position, row.event)


def all_heads(reads: Executes) -> dict[OrganisationId, int]:
    return {row.organisation: row.position for row in reads.execute(_HEADS)}


def heads_of(reads: Executes, organisations: Sequence[OrganisationId]) -> dict[OrganisationId, int]:
    rows = reads.execute(_HEADS_OF, {"organisations": list(organisations)})
    return {row.organisation: row.position for row in rows}


def append(
    connection: Many, recorded: Sequence[Recorded[Event]], heads: Mapping[OrganisationId, int]
) -> list[Recorded[Event]]:
    """Numbers the events after their organisations' heads, writes them and the heads, and returns them numbered."""
    last = dict(heads)
    ends: dict[OrganisationId, dict[str, Any]] = {}
    numbered, rows, personal = [], [], []
    for fact in recorded:
        position = last[fact.organisation] = last[fact.organisation] + 1
        ends[fact.organisation] = {"organisation": fact.organisation, "position": position, "event": fact.id}
        facts, about = fact.encoded or events.encode(fact.event)
        actor = fact.actor
        rows.append(
            {
                "organisation": fact.organisation,
                "position": position,
                "id": fact.id,
                "kind": fact.event.kind,
                "customer": fact.customer,
                "conversation": fact.conversation,
                "queue": fact.queue,
                "on_timeline": fact.event.on_timeline,
                "actor_type": actor.type,
                "actor_id": actor.id,
                "actor_author": actor.author,
                "at": fact.at,
                "payload": facts,
            }
        )
        if about is not None or actor.type != "system":
            personal.append(
                {
                    "organisation": fact.organisation,
                    "position": position,
                    "actor_name": actor.display_name,
                    "payload": about,
                }
            )
        numbered.append(Recorded(fact.id, fact.organisation, fact.at, actor, fact.event, position))
    connection.execute_many(_INSERT, rows)
    if personal:
        connection.execute_many(_INSERT_PERSONAL, personal)
    connection.execute_many(_SET_HEAD, list(ends.values()))
    return numbered


# Reading. Every SELECT joins the personal row; an erased one reads as the event's defaults.

WHOLE = select(
    journal.c.organisation,
    journal.c.position,
    journal.c.id,
    journal.c.kind,
    journal.c.actor_type,
    journal.c.actor_id,
    journal.c.actor_author,
    journal.c.at,
    journal.c.payload,
    journal_personal.c.actor_name,
    journal_personal.c.payload.label("personal"),
).select_from(
    journal.outerjoin(
        journal_personal,
        (journal_personal.c.organisation == journal.c.organisation)
        & (journal_personal.c.position == journal.c.position),
    )
)
_MINE = WHOLE.where(journal.c.organisation == bindparam("organisation"))
_AFTER = journal.c.position > bindparam("after")
_BEFORE = journal.c.position < bindparam("before")
_LIMIT: Any = bindparam("limit")
_SKIP: Any = bindparam("skip", 0)
_FORWARD = journal.c.position.asc()
_BACKWARD = journal.c.position.desc()
_OF_CUSTOMER = journal.c.customer == bindparam("customer")
_OF_CONVERSATION = journal.c.conversation == bindparam("conversation")
_OF_QUEUE = journal.c.queue == bindparam("queue")
_ON_TIMELINE = journal.c.on_timeline.is_(True)

_ALL_AFTER = _MINE.where(_AFTER).order_by(_FORWARD).limit(_LIMIT).offset(_SKIP)
_CONVERSATION_AFTER = _MINE.where(_OF_CONVERSATION, _AFTER).order_by(_FORWARD).limit(_LIMIT).offset(_SKIP)
_QUEUE_AFTER = _MINE.where(_OF_QUEUE, _AFTER).order_by(_FORWARD).limit(_LIMIT).offset(_SKIP)
_TIMELINE_AFTER = _MINE.where(_OF_CUSTOMER, _AFTER, _ON_TIMELINE).order_by(_FORWARD).limit(_LIMIT)
_TIMELINE_BEFORE = _MINE.where(_OF_CUSTOMER, _BEFORE, _ON_TIMELINE).order_by(_BACKWARD).limit(_LIMIT)
_PART_AFTER = _MINE.where(_OF_CONVERSATION, _AFTER, _ON_TIMELINE).order_by(_FORWARD).limit(_LIMIT)
_PART_BEFORE = _MINE.where(_OF_CONVERSATION, _BEFORE, _ON_TIMELINE).order_by(_BACKWARD).limit(_LIMIT)
_BY_ID = _MINE.where(journal.c.id == bindparam("id"))
_POSITION_OF = select(journal.c.position).where(
    journal.c.organisation == bindparam("organisation"), journal.c.id == bindparam("id")
)
_POSITIONS_OF = select(journal.c.id, journal.c.position).where(
    journal.c.organisation == bindparam("organisation"),
    journal.c.id.in_(bindparam("ids", expanding=True)),
)

END = 2**62
"""A position after every other: `before=END` is the newest page."""


def read_all(
    reads: Executes, organisation: OrganisationId, *, after: int, limit: int, skip: int = 0
) -> list[Recorded[Event]]:
    """The organisation's events after a position, ascending, without the first `skip`."""
    return _read(reads, _ALL_AFTER, organisation, after=after, limit=limit, skip=skip)


def read_holes(
    reads: Executes, holes: Mapping[OrganisationId, tuple[int, int]]
) -> dict[OrganisationId, list[Recorded[Event]]]:
    """Of each organisation the events after a position, at most so many. All is asked before any is looked at."""
    asked = [
        (organisation, _ask(reads, _ALL_AFTER, organisation, after=after, limit=limit))
        for organisation, (after, limit) in holes.items()
    ]
    return {organisation: [recorded_in(row) for row in rows] for organisation, rows in asked}


def read_conversation(
    reads: Executes, organisation: OrganisationId, conversation: str, *, after: int, limit: int, skip: int = 0
) -> list[Recorded[Event]]:
    return _read(
        reads,
        _CONVERSATION_AFTER,
        organisation,
        conversation=conversation,
        after=after,
        limit=limit,
        skip=skip,
    )


def read_queue(
    reads: Executes, organisation: OrganisationId, queue: str, *, after: int, limit: int, skip: int = 0
) -> list[Recorded[Event]]:
    return _read(reads, _QUEUE_AFTER, organisation, queue=queue, after=after, limit=limit, skip=skip)


def read_timeline(
    reads: Executes,
    organisation: OrganisationId,
    *,
    customer: str | None = None,
    conversation: str | None = None,
    after: int | None = None,
    before: int = END,
    limit: int,
) -> list[Recorded[Event]]:
    """Timeline entries of a customer, or of one conversation, ascending.

    The first `limit` after a position, or the last `limit` before one.
    """
    topic = {"customer": customer} if conversation is None else {"conversation": conversation}
    if after is not None:
        statement = _TIMELINE_AFTER if conversation is None else _PART_AFTER
        return _read(reads, statement, organisation, after=after, limit=limit, **topic)
    statement = _TIMELINE_BEFORE if conversation is None else _PART_BEFORE
    return _read(reads, statement, organisation, before=before, limit=limit, **topic)[::-1]


def read_event(reads: Executes, organisation: OrganisationId, event: EventId) -> Recorded[Event] | None:
    found = _read(reads, _BY_ID, organisation, id=event)
    return found[0] if found else None


def position_of(reads: Executes, organisation: OrganisationId, event: EventId) -> int:
    """Where the event stands. Only the edges ask: no verb or stored answer may hold a position."""
    position: int = reads.execute(_POSITION_OF, {"organisation": organisation, "id": event}).scalar()
    return position


def positions_of(
    reads: Executes, organisation: OrganisationId, events: Sequence[EventId]
) -> dict[EventId, int]:
    """The same of several, by event."""
    rows = reads.execute(_POSITIONS_OF, {"organisation": organisation, "ids": list(events)})
    return {row.id: row.position for row in rows}


def _read(
    reads: Executes, statement: Any, organisation: OrganisationId, **values: Any
) -> list[Recorded[Event]]:
    return [recorded_in(row) for row in _ask(reads, statement, organisation, **values)]


def _ask(reads: Executes, statement: Any, organisation: OrganisationId, **values: Any) -> Result:
    return reads.execute(statement, {"organisation": organisation, **values})


def recorded_in(row: Any) -> Recorded[Event]:
    """The fact that a row of `WHOLE` holds."""
    actor = Actor(
        organisation=row.organisation,
        type=row.actor_type,
        id=row.actor_id,
        author=row.actor_author,
        display_name=row.actor_name or (SYSTEM_NAME if row.actor_type == "system" else ""),
    )
    event = events.decode(row.kind, row.payload, row.personal)
    return Recorded(row.id, row.organisation, Instant(row.at), actor, event, row.position)
