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
from kithdesk.core.clock import Instant
from kithdesk.core.events import Event, Recorded
from kithdesk.core.work import Rows
from kithdesk.routing.entities import WorkItem, encode
from kithdesk.routing.events import (
    WorkAskedAgain,
    WorkDeclined,
    WorkHoldEnded,
    WorkJudged,
    WorkLanguageDropped,
    WorkOffered,
    WorkOfferEnded,
    WorkOverflowed,
    WorkWrappedUp,
)
from kithdesk.routing.ids import QueueId, WorkItemId
from kithdesk.routing.item_moves import NOBODY_DECLINED, move, put_item
from kithdesk.routing.queries.items import find_item
from kithdesk.routing.queries.queues import queue_at
from kithdesk.routing.queries.skills import known_at
from kithdesk.routing.reasons import GAVE_AWAY, KEEPS_PLACE
from kithdesk.routing.tables import work_decisions

WISHES = {"skills": "own_skills", "preferredUser": "wished"}
"""What is said of a conversation by hand, and where its item has it."""

_DECIDED = insert(work_decisions)
_change = msgspec.structs.replace


def project_opened(rows: Rows, recorded: Recorded[ConversationOpened]) -> None:
    event = recorded.event
    at = recorded.at
    put_item(
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
    event = recorded.event
    status, wishes = event.status, event.changes.keys() & WISHES
    item = _item(rows, event.conversation) if status is not None or wishes else None
    if item is None:
        return
    if wishes:
        wished = _change(item, **{WISHES[name]: _wish_of(event.changes[name].after) for name in wishes})
        move(rows, recorded, item, wished)
        item = _item(rows, event.conversation)
        assert item is not None
    if status is None:
        return
    if status.after == "open" and item.state in ("completed", "wrap_up") and not item.is_ended:
        _begin_next(rows, recorded, item)
    else:
        move(rows, recorded, item, _change(item, status=status.after))


def project_ended(rows: Rows, recorded: Recorded[ConversationEnded]) -> None:
    item = _item(rows, recorded.event.conversation)
    if item is not None:
        move(rows, recorded, item, _change(item, is_ended=True))


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
            preferred_as=event.preferred_as,
            language=event.language,
            holds_out=event.language is not None,
            reserved_for=event.reserved_for,
            held_until=None if event.held_until is None else Instant(event.held_until),
        )
        move(rows, recorded, item, after)


def project_assigned(rows: Rows, recorded: Recorded[ConversationAssigned]) -> None:
    event = recorded.event
    item = _item(rows, event.conversation)
    if item is None:
        return
    after = _change(item, users=tuple(event.users), teams=tuple(event.teams), offered_until=None)
    if event.queue != item.queue:
        after = _change(_in_queue(rows, after, event.queue), declined_at=None, asked_again_at=None)
    code = event.reason.code
    if code in GAVE_AWAY:
        after = _change(after, not_for=tuple(event.users_before), entered_at=recorded.at, **NOBODY_DECLINED)
    if event.reason.decision is not None:
        _keep_decision(rows, recorded, item.id, event.reason.decision)
    move(rows, recorded, item, after, keeps_place=code in KEEPS_PLACE)


def project_offered(rows: Rows, recorded: Recorded[WorkOffered]) -> None:
    event = recorded.event
    item = _item(rows, event.conversation)
    if item is None:
        return
    if event.decision is not None:
        _keep_decision(rows, recorded, item.id, event.decision)
    offer = {"offered_to": event.user, "offered_at": recorded.at, "offered_until": Instant(event.until)}
    move(rows, recorded, item, _change(item, **offer, declined_at=None, asked_again_at=None))


def project_offer_ended(rows: Rows, recorded: Recorded[WorkOfferEnded]) -> None:
    event = recorded.event
    item = _item(rows, event.conversation)
    if item is None:
        return
    declined = {*item.declined, event.user} if event.how == "declined" else item.declined
    move(rows, recorded, item, _change(item, offered_until=None, declined=tuple(sorted(declined))))


def project_declined(rows: Rows, recorded: Recorded[WorkDeclined]) -> None:
    event = recorded.event
    item = _item(rows, event.conversation)
    if item is None:
        return
    if event.decision is not None:
        _keep_decision(rows, recorded, item.id, event.decision)
    again_at = Instant(event.asked_again_at)
    move(rows, recorded, item, _change(item, declined_at=recorded.at, asked_again_at=again_at))


def project_asked_again(rows: Rows, recorded: Recorded[WorkAskedAgain]) -> None:
    item = _item(rows, recorded.event.conversation)
    if item is not None:
        move(rows, recorded, item, _change(item, not_for=(), **NOBODY_DECLINED))


def project_hold_ended(rows: Rows, recorded: Recorded[WorkHoldEnded]) -> None:
    item = _item(rows, recorded.event.conversation)
    if item is not None:
        move(rows, recorded, item, _change(item, reserved_for=None, held_until=None))


def project_language_dropped(rows: Rows, recorded: Recorded[WorkLanguageDropped]) -> None:
    item = _item(rows, recorded.event.conversation)
    if item is not None:
        move(rows, recorded, item, _change(item, holds_out=False))


def project_overflowed(rows: Rows, recorded: Recorded[WorkOverflowed]) -> None:
    item = _item(rows, recorded.event.conversation)
    if item is not None:
        after = _change(item, overflowed_at=recorded.at, offers_form=recorded.event.form)
        move(rows, recorded, item, after)


def project_wrapped_up(rows: Rows, recorded: Recorded[WorkWrappedUp]) -> None:
    item = _item(rows, recorded.event.conversation)
    if item is not None:
        move(rows, recorded, item, _change(item, wrap_up_until=None))


def _begin_next(rows: Rows, recorded: Recorded[Event], last: WorkItem) -> None:
    """What was completed and is open again is new work, for those who had it last until somebody says otherwise."""
    if last.state == "wrap_up":
        move(rows, recorded, last, _change(last, wrap_up_until=None))
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
    known = known_at(rows, rows.organisation, last.own_skills)
    fresh = _change(
        fresh,
        had_until=last.had_until,
        wished=last.wished,
        own_skills=tuple(skill for skill in last.own_skills if skill in known),
    )
    after = _in_queue(rows, _change(fresh, users=last.users, teams=last.teams), last.queue)
    move(rows, recorded, fresh, after)


def _in_queue(rows: Rows, item: WorkItem, queue: str | None) -> WorkItem:
    """With the priority and the weight of its queue, unless more was said of it there.

    The rule by which it entered stays: it is asked why it came at all, also once it is elsewhere.
    """
    found = None if queue is None else queue_at(rows, rows.organisation, queue)
    if found is None or item.judged_for == queue:
        return _change(item, queue=None if queue is None else QueueId(queue))
    return _change(
        item,
        queue=found.id,
        priority=found.priority,
        weight=found.weight,
        judged_for=None,
        skills=(),
        preferred=None,
        preferred_as=None,
        reserved_for=None,
        held_until=None,
    )


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


def _wish_of(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _item(rows: Rows, conversation: str) -> WorkItem | None:
    return find_item(rows, rows.organisation, conversation)
