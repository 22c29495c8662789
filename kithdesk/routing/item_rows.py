"""Events into work items. An item follows its conversation; what agents have of it follows the item.

opened ─▶ idle ─queue─▶ queued ⇄ offered ─▶ assigned ─▶ wrap_up ─▶ completed
                          ▲                    │  ⇅ snoozed, open again
                          └──────given back────┘  paused                    done, opened again ─▶ the next item
"""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import insert

from kithdesk.conversations.events import (
    ConversationAssigned,
    ConversationEnded,
    ConversationOpened,
    ConversationUpdated,
)
from kithdesk.core.clock import SECOND, Instant
from kithdesk.core.events import Event, Recorded
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Rows
from kithdesk.routing.departing import depart
from kithdesk.routing.entities import State, WorkItem, encode
from kithdesk.routing.events import WorkHoldEnded, WorkJudged, WorkOffered, WorkOfferEnded, WorkWrappedUp
from kithdesk.routing.hand_rows import let_go, profile_of, take, weigh
from kithdesk.routing.ids import QueueId, WorkItemId
from kithdesk.routing.lines import enter, leave, line_of
from kithdesk.routing.queries.agents import agent_at
from kithdesk.routing.queries.items import find_item
from kithdesk.routing.queries.queues import queue_at
from kithdesk.routing.reasons import GAVE_AWAY, KEEPS_PLACE
from kithdesk.routing.session_rows import count_item
from kithdesk.routing.tables import work_decisions, work_items

IN_QUEUE = ("queued", "offered")

_PUT_ITEM = Upsert(work_items, ["organisation", "conversation", "number"])
_DECIDED = insert(work_decisions)
_change = msgspec.structs.replace


def project_opened(rows: Rows, recorded: Recorded[ConversationOpened]) -> None:
    event = recorded.event
    at = recorded.at
    _put(
        rows,
        WorkItem(
            conversation=event.conversation,
            number=1,
            id=WorkItemId(recorded.id),
            channel=event.channel,
            entered_at=at,
            created_at=at,
            changed_at=at,
        ),
    )


def project_updated(rows: Rows, recorded: Recorded[ConversationUpdated]) -> None:
    status = recorded.event.status
    item = None if status is None else _item(rows, recorded.event.conversation)
    if status is None or item is None:
        return
    if status.after == "open" and item.state in ("completed", "wrap_up") and not item.is_ended:
        _begin_next(rows, recorded, item)
    else:
        _move(rows, recorded, item, _change(item, status=status.after))


def project_ended(rows: Rows, recorded: Recorded[ConversationEnded]) -> None:
    item = _item(rows, recorded.event.conversation)
    if item is not None:
        _move(rows, recorded, item, _change(item, is_ended=True))


def project_judged(rows: Rows, recorded: Recorded[WorkJudged]) -> None:
    event = recorded.event
    item = _item(rows, event.conversation)
    if item is not None:
        after = _change(
            item,
            judged_for=event.queue,
            rule=event.rule,
            priority=event.priority,
            weight=event.weight,
            skills=tuple(event.skills),
            preferred=event.preferred,
            reserved_for=event.reserved_for,
            held_until=None if event.held_until is None else Instant(event.held_until),
        )
        _move(rows, recorded, item, after)


def project_assigned(rows: Rows, recorded: Recorded[ConversationAssigned]) -> None:
    event = recorded.event
    item = _item(rows, event.conversation)
    if item is None:
        return
    after = _change(item, users=tuple(event.users), teams=tuple(event.teams), offered_until=None)
    if event.queue != item.queue:
        after = _in_queue(rows, after, event.queue)
    code = event.reason.code
    if code in GAVE_AWAY:
        after = _change(after, not_for=tuple(event.users_before), entered_at=recorded.at)
    if event.reason.decision is not None:
        _keep_decision(rows, recorded, item.id, event.reason.decision)
    _move(rows, recorded, item, after, keeps_place=code in KEEPS_PLACE)


def project_offered(rows: Rows, recorded: Recorded[WorkOffered]) -> None:
    event = recorded.event
    item = _item(rows, event.conversation)
    if item is None:
        return
    if event.decision is not None:
        _keep_decision(rows, recorded, item.id, event.decision)
    until = Instant(event.until)
    _move(
        rows,
        recorded,
        item,
        _change(item, offered_to=event.user, offered_at=recorded.at, offered_until=until),
    )


def project_offer_ended(rows: Rows, recorded: Recorded[WorkOfferEnded]) -> None:
    event = recorded.event
    item = _item(rows, event.conversation)
    if item is None:
        return
    refused = event.how == "declined" and event.user not in item.not_for
    not_for = tuple(sorted((*item.not_for, event.user))) if refused else item.not_for
    _move(rows, recorded, item, _change(item, offered_until=None, not_for=not_for))


def project_hold_ended(rows: Rows, recorded: Recorded[WorkHoldEnded]) -> None:
    item = _item(rows, recorded.event.conversation)
    if item is not None:
        _move(rows, recorded, item, _change(item, reserved_for=None, held_until=None))


def project_wrapped_up(rows: Rows, recorded: Recorded[WorkWrappedUp]) -> None:
    item = _item(rows, recorded.event.conversation)
    if item is not None:
        _move(rows, recorded, item, _change(item, wrap_up_until=None))


def _begin_next(rows: Rows, recorded: Recorded[Event], last: WorkItem) -> None:
    """What was completed and is open again is new work, for those who had it last until somebody says otherwise."""
    if last.state == "wrap_up":
        _move(rows, recorded, last, _change(last, wrap_up_until=None))
    at = recorded.at
    fresh = WorkItem(
        conversation=last.conversation,
        number=last.number + 1,
        id=WorkItemId(recorded.id),
        channel=last.channel,
        entered_at=at,
        created_at=at,
        changed_at=at,
    )
    fresh = _change(fresh, had_until=last.had_until)
    after = _in_queue(rows, _change(fresh, users=last.users, teams=last.teams), last.queue)
    _move(rows, recorded, fresh, after)


def _in_queue(rows: Rows, item: WorkItem, queue: str | None) -> WorkItem:
    """With the priority and the weight of its queue, unless more was said of it there."""
    found = None if queue is None else queue_at(rows, rows.organisation, queue)
    if found is None or item.judged_for == queue:
        return _change(item, queue=None if queue is None else QueueId(queue))
    return _change(
        item,
        queue=found.id,
        priority=found.priority,
        weight=found.weight,
        judged_for=None,
        rule=None,
        skills=(),
        preferred=None,
        reserved_for=None,
        held_until=None,
    )


def _move(
    rows: Rows, recorded: Recorded[Event], before: WorkItem, after: WorkItem, *, keeps_place: bool = False
) -> None:
    """Writes the item in the state that follows, the line in which it waits, and what each agent has now."""
    after = _with_state(rows, recorded, before, after, keeps_place=keeps_place)
    _put(rows, after)
    if before.line != after.line:
        if before.line is not None:
            leave(rows, before.line)
        if after.line is not None:
            enter(rows, after.line, after.traits)
    for user in before.hands:
        if user not in after.hands:
            let_go(rows, user, after)
    for user in after.hands:
        if user not in before.hands:
            take(rows, recorded, user, after)
        elif (before.weight, before.priority) != (after.weight, after.priority):
            weigh(rows, user, after)
    if after.state == "assigned" and isinstance(recorded.event, ConversationAssigned):
        _count_taken(rows, recorded, before, after)


def _count_taken(rows: Rows, recorded: Recorded[Event], before: WorkItem, after: WorkItem) -> None:
    """For those who have it now and did not have it, and for their queue."""
    for user in after.users:
        if user not in before.users:
            count_item(rows, user)
    if before.state in ("idle", *IN_QUEUE) and after.queue is not None:
        since = before.queued_at
        depart(rows, after.queue, at=recorded.at, waited=0 if since is None else recorded.at - since)


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
        changes["not_for"] = ()
    if state == "assigned" and before.state != "assigned":
        changes |= {"accepted_at": at, "preferred": None, "reserved_for": None, "held_until": None}
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


def _keep_decision(rows: Rows, recorded: Recorded[Event], item: WorkItemId, decision: dict[str, Any]) -> None:
    rows.execute(
        _DECIDED,
        {
            "organisation": rows.organisation,
            "item": item,
            "id": recorded.id,
            "at": recorded.at,
            "decision": encode(decision),
        },
    )


def _item(rows: Rows, conversation: str) -> WorkItem | None:
    return find_item(rows, rows.organisation, conversation)


def _put(rows: Rows, item: WorkItem) -> None:
    row = msgspec.structs.asdict(item)
    for name in ("users", "teams", "not_for", "skills"):
        row[name] = encode(row[name])
    rows.execute(_PUT_ITEM, {"organisation": rows.organisation, **row})
