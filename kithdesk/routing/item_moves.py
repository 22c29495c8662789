"""A work item in the state that follows from what is known of it, and what agents, lines and figures have of that."""

from __future__ import annotations

from typing import Any

import msgspec

from kithdesk.conversations.events import ConversationAssigned
from kithdesk.core.clock import SECOND, Instant
from kithdesk.core.events import Event, Recorded
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Rows
from kithdesk.routing.entities import IN_QUEUE, State, WorkItem, encode
from kithdesk.routing.flow_rows import note_flow
from kithdesk.routing.hand_rows import let_go, take, weigh
from kithdesk.routing.lines import enter, leave, line_of
from kithdesk.routing.queries.agents import agent_at
from kithdesk.routing.session_rows import count_item
from kithdesk.routing.tables import work_items
from kithdesk.routing.weighing import profile_of

_PUT_ITEM = Upsert(work_items, ["organisation", "conversation", "number"])
_change = msgspec.structs.replace

NOBODY_DECLINED: dict[str, Any] = {"declined": (), "declined_at": None, "asked_again_at": None}
"""Whoever may take it is asked, whatever they said before."""


def move(
    rows: Rows, recorded: Recorded[Event], before: WorkItem, after: WorkItem, *, keeps_place: bool = False
) -> None:
    """Writes the item in the state that follows, the line in which it waits, and what each agent has now."""
    after = _with_state(rows, recorded, before, after, keeps_place=keeps_place)
    put_item(rows, after)
    if before.line != after.line:
        if before.line is not None:
            leave(rows, before.line)
        if after.line is not None:
            enter(rows, after.line, after.traits)
    _change_hands(rows, recorded, before, after)
    is_given = after.state == "assigned" and isinstance(recorded.event, ConversationAssigned)
    if is_given:
        for user in after.users:
            if user not in before.users:
                count_item(rows, user)
    note_flow(rows, before, after, at=recorded.at, is_given=is_given)


def _change_hands(rows: Rows, recorded: Recorded[Event], before: WorkItem, after: WorkItem) -> None:
    for user in before.hands:
        if user not in after.hands:
            let_go(rows, user, after)
    for user in after.hands:
        if user not in before.hands:
            take(rows, recorded, user, after)
        elif (before.weight, before.priority) != (after.weight, after.priority):
            weigh(rows, user, after)


def _with_state(
    rows: Rows, recorded: Recorded[Event], before: WorkItem, after: WorkItem, *, keeps_place: bool
) -> WorkItem:
    at = recorded.at
    if before.state == "assigned" and (after.status == "done" or after.is_ended):
        after = _change(after, wrap_up_until=_wraps_up_until(rows, after, at))
    state = _state_of(after)
    waits, waited = state in IN_QUEUE, before.state in IN_QUEUE
    changes: dict[str, Any] = {"state": state, "is_live": state != "completed", "changed_at": at}
    if state != "offered":
        changes["offered_until"] = None
    if waits and not waited:
        changes |= {"queued_count": before.queued_count + 1, "queued_at": at}
        if not keeps_place:
            changes["entered_at"] = at
    if waited and not waits:
        since = at if before.queued_at is None else before.queued_at
        changes |= {"waited": before.waited + at - since, "queued_at": None}
    if not waits:
        changes |= {"not_for": (), **NOBODY_DECLINED}
    if state == "assigned" and before.state != "assigned":
        changes |= {"accepted_at": at, "preferred": None, "preferred_as": None, "reserved_for": None}
        changes |= {"held_until": None, "holds_out": after.language is not None}
    if before.state == "assigned" and state != "assigned":
        changes["had_until"] = at
    if state == "completed" and before.state != "completed":
        changes["completed_at"] = at
    after = _change(after, **changes)
    return _change(after, line=line_of(after.traits) if state == "queued" else None)


def _state_of(item: WorkItem) -> State:
    if item.status == "done" or item.is_ended:
        return "completed" if item.wrap_up_until is None else "wrap_up"
    if item.status == "snoozed":
        return "paused"
    if item.users:
        return "assigned"
    if item.queue is None:
        return "idle"
    return "queued" if item.offered_until is None else "offered"


def _wraps_up_until(rows: Rows, item: WorkItem, at: Instant) -> Instant | None:
    """None where nobody is given time for it."""
    agent = agent_at(rows, rows.organisation, item.users[0])
    if agent is None or agent.status == "offline":
        return None
    seconds = profile_of(rows, agent.team).wrap_up_seconds
    return Instant(at + seconds * SECOND) if seconds else None


def put_item(rows: Rows, item: WorkItem) -> None:
    row = msgspec.structs.asdict(item)
    for name in ("users", "teams", "not_for", "declined", "skills", "own_skills"):
        row[name] = encode(row[name])
    rows.execute(_PUT_ITEM, {"organisation": rows.organisation, **row})
