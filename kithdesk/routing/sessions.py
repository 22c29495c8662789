"""Work sessions: an agent's shifts, with the time they spent in each status and what they were given."""

from __future__ import annotations

from typing import Any

from kithdesk.access import get_user
from kithdesk.core.clock import iso, iso_or_none
from kithdesk.core.documents import resource
from kithdesk.core.paging import Page
from kithdesk.core.work import Reads
from kithdesk.routing.queries.agents import count_sessions, list_sessions

_STATUSES = ("available", "busy", "unavailable")


def draw_sessions(reads: Reads, user_id: str, page: Page) -> tuple[list[dict[str, Any]], int]:
    """One page of an agent's `work_session` resources, the last first, and how many there are. Raises `NotFound`."""
    user = get_user(reads, user_id)
    rows = list_sessions(reads, user.id, page.size, page.offset)
    return [_draw(reads, user.id, row) for row in rows], count_sessions(reads, user.id)


def _draw(reads: Reads, user: str, row: Any) -> dict[str, Any]:
    spent = {status: getattr(row, status) for status in _STATUSES}
    if row.ended_at is None and row.status in spent:
        spent[row.status] += max(0, reads.now - row.status_at)
    attributes = {
        "status": row.status,
        **spent,
        "items": row.items,
        "beganAt": iso(row.began_at),
        "signedOutAt": iso_or_none(row.ended_at),
    }
    around: dict[str, Any] = {"user": {"data": {"type": "user", "id": user}}}
    if row.team:
        around["team"] = {"data": {"type": "team", "id": row.team}}
    return resource("work_session", row.id, attributes, relationships=around)
