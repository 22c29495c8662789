"""What happened to a conversation before it had a policy, as far as its row tells."""

from __future__ import annotations

from typing import Literal

from kithdesk.conversations import Conversation, waits_since, work_since
from kithdesk.core.clock import DAY, Instant
from kithdesk.core.work import Reads
from kithdesk.sla.clocks import Step, What

LONGEST = 5 * 366 * DAY
"""What is older is taken as of then: programs record conversations of any age."""


def steps_before(reads: Reads, one: Conversation) -> list[Step]:
    """Its way so far: exact for what waits now and for the first answer, and one stretch for all between.

    Nothing lies before it was anybody's work; nothing at all, where nothing was said but history. What was closed
    unanswered and opened again waits since so long ago as it was open: then it is taken to have been opened.
    """
    began, waiting_since = work_since(reads, one), waits_since(reads, one)
    if began is None:
        return []
    closed_at = one.last_done_at
    if waiting_since is not None and closed_at is not None:
        closed_at = min(closed_at, waiting_since)
    times: list[tuple[Instant | None, What]] = [
        (one.created_at, "open"),
        (one.first_in_at, "in"),
        (one.first_out_at if _wrote_first(one) else None, "out"),
        (one.first_response_at, "out"),
        (closed_at, "done"),
        (waiting_since, "open"),
        (None if waiting_since is not None else one.last_out_at, "out"),
        (waiting_since, "in"),
        (one.status_at, status_of(one)),
        (one.ended_at, "ended"),
    ]
    found = sorted(((at, what) for at, what in times if at is not None), key=lambda pair: pair[0])
    return [Step(max(at, began, Instant(reads.now - LONGEST)), what) for at, what in found]


def _wrote_first(one: Conversation) -> bool:
    """The company did. What it says to a waiting customer is an answer only as `first_response_at` has it."""
    return one.first_out_at is not None and (one.first_in_at is None or one.first_out_at < one.first_in_at)


def status_of(one: Conversation) -> Literal["open", "snoozed", "done"]:
    if one.is_done:
        return "done"
    return "snoozed" if one.is_snoozed else "open"
