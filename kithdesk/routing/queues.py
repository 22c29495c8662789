"""Queues: where work waits. Each organisation has one from its first day, which takes what nothing else says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from kithdesk.calendar import ALWAYS, Schedule, find_schedule
from kithdesk.calendar.errors import UnknownSchedule
from kithdesk.core.actors import check_admin
from kithdesk.core.clock import iso, iso_or_none
from kithdesk.core.documents import resource
from kithdesk.core.errors import BadParameter, ChangedMeanwhile, NotFound
from kithdesk.core.names import cleaned_or_none, strict_name
from kithdesk.core.paging import Page
from kithdesk.core.work import Reads, Work
from kithdesk.routing.entities import DEFAULT_PRIORITY, DEFAULT_WEIGHT, Queue, decode_rule
from kithdesk.routing.errors import (
    DefaultQueueStays,
    KeyTaken,
    QueueInUse,
    TooManyQueues,
    UnknownQueue,
)
from kithdesk.routing.events import OverflowTerms, QueueChanged, QueueCreated, QueueDeleted, QueueTerms
from kithdesk.routing.ids import QueueId
from kithdesk.routing.queries.queues import (
    count_queues,
    find_default_queue,
    find_queue,
    find_queue_by_key,
    list_queues,
    list_rules,
    list_team_profiles,
)
from kithdesk.routing.settings import drop_queue

DEFAULT_KEY = "DEFAULT_QUEUE"
MOST_QUEUES = 500
MAX_MESSAGE = 1_000
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


def create_default_queue(work: Work) -> QueueId:
    """The queue that work enters when nothing says otherwise. An organisation that has one keeps it."""
    found = find_default_queue(work)
    if found is not None:
        return found
    queue = QueueId(work.new_id())
    work.publish(QueueCreated(queue=queue, name="Default queue", key=DEFAULT_KEY, is_default=True))
    return queue


def create_queue(work: Work, name: str, key: str | None, values: Mapping[str, Any]) -> QueueId:
    """A new queue, or the one with this key changed.

    Raises `BadParameter`, `UnknownQueue`, `TooManyQueues`.
    """
    check_admin(work.actor)
    id = QueueId(work.new_id())
    wanted = key or id
    if not _KEY.fullmatch(wanted):
        raise BadParameter("Letters, digits, and _ . - between them; at most 64.", parameter="key")
    found = find_queue_by_key(work, wanted)
    if found is not None:
        change_queue(work, found.id, {"name": name, **values})
        return found.id
    if count_queues(work) >= MOST_QUEUES:
        raise TooManyQueues(MOST_QUEUES)
    terms = _terms(work, QueueTerms(), values, itself=id)
    work.publish(
        QueueCreated(
            queue=id,
            name=strict_name(name, parameter="name"),
            key=wanted,
            priority=_given(values, "priority", DEFAULT_PRIORITY),
            weight=_given(values, "weight", DEFAULT_WEIGHT),
            terms=terms,
        )
    )
    return id


def change_queue(work: Work, queue_id: str, values: Mapping[str, Any], *, rev: int | None = None) -> None:
    """Sets what is named and leaves the rest. Changing nothing states nothing. `rev`: only if it has not changed since.

    Raises `NotFound`, `BadParameter`, `KeyTaken` for another key, `UnknownQueue`, `ChangedMeanwhile`.
    """
    queue = get_queue(work, queue_id)
    check_admin(work.actor)
    if rev not in (None, queue.rev):
        raise ChangedMeanwhile("The queue")
    if values.get("key") not in (None, queue.key):
        raise KeyTaken("A queue keeps its key.", parameter="key")
    name = strict_name(values["name"], parameter="name") if values.get("name") else queue.name
    after = (
        name,
        _given(values, "priority", queue.priority),
        _given(values, "weight", queue.weight),
        _terms(work, queue.terms, values, itself=queue.id),
    )
    before = (queue.name, queue.priority, queue.weight, queue.terms)
    if after != before:
        name, priority, weight, terms = after
        work.publish(
            QueueChanged(
                queue=queue.id,
                name=name,
                priority=priority,
                weight=weight,
                terms=terms,
                before={
                    "name": queue.name,
                    "priority": queue.priority,
                    "weight": queue.weight,
                    "schedule": queue.terms.schedule,
                    "overflowAfterSeconds": None if queue.overflow is None else queue.overflow.after_seconds,
                },
            )
        )


def delete_queue(work: Work, queue_id: str) -> None:
    """What waits in it goes to the default queue. Raises `NotFound`, `DefaultQueueStays`, `QueueInUse`."""
    queue = get_queue(work, queue_id)
    check_admin(work.actor)
    if queue.is_default:
        raise DefaultQueueStays
    rules, overflows = _rules_into(work, queue.id), _overflows_into(work, queue.id)
    if rules or overflows:
        raise QueueInUse(rules=rules, overflows=overflows)
    drop_queue(work, queue.id, list_team_profiles(work))
    work.publish(QueueDeleted(queue=queue.id))


def _rules_into(reads: Reads, queue_id: str) -> list[str]:
    rules = (decode_rule(row.rule) for row in list_rules(reads))
    return [rule.name for rule in rules if rule.queue == queue_id]


def _overflows_into(reads: Reads, queue_id: str) -> list[str]:
    queues = list_queues(reads, MOST_QUEUES, 0)
    return [one.name for one in queues if one.overflow is not None and one.overflow.to_queue == queue_id]


def get_queue(reads: Reads, queue_id: str) -> Queue:
    """Raises `NotFound`."""
    queue = find_queue(reads, queue_id)
    if queue is None:
        raise NotFound
    return queue


def check_queue(work: Reads, queue_id: str, *, parameter: str = "queue") -> QueueId:
    """The id, once it is known to be a queue of this organisation. Raises `UnknownQueue`."""
    if find_queue(work, queue_id) is None:
        raise UnknownQueue(parameter)
    return QueueId(queue_id)


def hours_of(reads: Reads, queue: Queue | None) -> Schedule:
    """When it is open: always, where it names no schedule or that has gone."""
    schedule = None if queue is None else queue.terms.schedule
    return ALWAYS if schedule is None else find_schedule(reads, schedule) or ALWAYS


def draw_queues(reads: Reads, page: Page) -> tuple[list[dict[str, Any]], int]:
    """One page of `queue` resources, and how many there are."""
    return [_draw(reads, queue) for queue in list_queues(reads, page.size, page.offset)], count_queues(reads)


def draw_queue(reads: Reads, queue_id: str) -> dict[str, Any]:
    """One `queue` resource. Raises `NotFound`."""
    return _draw(reads, get_queue(reads, queue_id))


def _given(values: Mapping[str, Any], name: str, before: int) -> int:
    value: int | None = values.get(name)
    return before if value is None else value


def _terms(work: Work, before: QueueTerms, values: Mapping[str, Any], *, itself: str) -> QueueTerms:
    changes = {
        name: values[name] for name in ("acceptance", "requeue_when_offline", "schedule") if name in values
    }
    if changes.get("schedule") is not None and find_schedule(work, changes["schedule"]) is None:
        raise UnknownSchedule
    if "overflow" in values:
        changes["overflow"] = _overflow(work, values["overflow"], itself)
    return msgspec.structs.replace(before, **changes)


def _overflow(work: Work, wanted: Mapping[str, Any] | None, itself: str) -> OverflowTerms | None:
    if wanted is None:
        return None
    to_queue: str | None = wanted.get("to_queue")
    if to_queue == itself:
        raise BadParameter("Work overflows into another queue.", parameter="overflow.toQueue")
    if to_queue is not None:
        check_queue(work, to_queue, parameter="overflow.toQueue")
    message = wanted.get("message")
    if message is not None:
        message = cleaned_or_none(message, parameter="overflow.message", maximum=MAX_MESSAGE)
    form = bool(wanted.get("form"))
    if not (to_queue or message or form):
        raise BadParameter("Into another queue, with a message, or with a form?", parameter="overflow")
    if wanted.get("after_seconds") is None and wanted.get("over_waiting") is None:
        raise BadParameter("After how long, or with how much waiting?", parameter="overflow")
    return OverflowTerms(
        to_queue=to_queue,
        after_seconds=wanted.get("after_seconds"),
        over_waiting=wanted.get("over_waiting"),
        message=message,
        form=form,
    )


def _draw(reads: Reads, queue: Queue) -> dict[str, Any]:
    overflow = queue.overflow
    hours = hours_of(reads, queue)
    attributes = {
        "name": queue.name,
        "key": queue.key,
        "isDefault": queue.is_default,
        "priority": queue.priority,
        "weight": queue.weight,
        "acceptance": queue.terms.acceptance,
        "requeueWhenOffline": queue.terms.requeue_when_offline,
        "schedule": queue.terms.schedule,
        "open": hours.is_open(reads.now),
        "opensAt": None if hours.is_open(reads.now) else iso_or_none(hours.next_opening(reads.now)),
        "overflow": None if overflow is None else msgspec.to_builtins(overflow),
        "createdAt": iso(queue.created_at),
        "updatedAt": iso(queue.changed_at),
        "rev": queue.rev,
    }
    return resource("queue", queue.id, attributes, at=f"/v1/routing/queues/{queue.id}")
