"""Queues: where work waits. Each organisation has one from its first day, and all agents serve it."""

from __future__ import annotations

from typing import Any

from kithdesk.core.clock import Instant, iso
from kithdesk.core.documents import resource
from kithdesk.core.errors import NotFound
from kithdesk.core.paging import Page
from kithdesk.core.work import Reads, Work
from kithdesk.routing.errors import UnknownQueue
from kithdesk.routing.events import QueueCreated
from kithdesk.routing.ids import QueueId
from kithdesk.routing.queries import count_queues, find_default_queue, find_queue, list_queues

DEFAULT_KEY = "DEFAULT_QUEUE"


def create_default_queue(work: Work) -> QueueId:
    """The queue that work enters when nothing says otherwise. An organisation that has one keeps it."""
    found = find_default_queue(work)
    if found is not None:
        return found
    queue = QueueId(work.new_id())
    work.publish(QueueCreated(queue=queue, name="Default queue", key=DEFAULT_KEY, is_default=True))
    return queue


def check_queue(work: Work, queue_id: str) -> QueueId:
    """The id, once it is known to be a queue of this organisation. Raises `UnknownQueue`."""
    if find_queue(work, queue_id) is None:
        raise UnknownQueue
    return QueueId(queue_id)


def draw_queues(reads: Reads, page: Page) -> tuple[list[dict[str, Any]], int]:
    """One page of `queue` resources, and how many there are."""
    rows = list_queues(reads, page.size, page.offset)
    return [_draw(row) for row in rows], count_queues(reads)


def draw_queue(reads: Reads, queue_id: str) -> dict[str, Any]:
    """One `queue` resource. Raises `NotFound`."""
    row = find_queue(reads, queue_id)
    if row is None:
        raise NotFound
    return _draw(row)


def _draw(row: Any) -> dict[str, Any]:
    attributes = {
        "name": row.name,
        "key": row.key,
        "isDefault": row.is_default,
        "createdAt": iso(Instant(row.created_at)),
    }
    return resource("queue", row.id, attributes, at=f"/v1/routing/queues/{row.id}")
