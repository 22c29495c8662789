"""To which visit a page belongs."""

from __future__ import annotations

from collections.abc import Sequence

from kithdesk.conversations.context import Page
from kithdesk.conversations.visits.queries import find_last_visit
from kithdesk.core.clock import MINUTE, Instant
from kithdesk.core.work import Work

IDLE = 30 * MINUTE
"""Whoever looks at nothing for so long and then comes back is on another visit."""


def visit_of(work: Work, visitor: str, *, at: Instant) -> tuple[str, bool]:
    """The visit that this browser is on at a moment, and whether it begins then."""
    last = find_last_visit(work, visitor)
    if last is not None and at <= last.last_at + IDLE:
        return last.id, False
    return work.new_id(), True


def one_visit(pages: Sequence[Page]) -> Sequence[Page]:
    """The pages at the end between which there was no rest: a tab may have been open since yesterday."""
    for index in range(len(pages) - 1, 0, -1):
        if pages[index].at - pages[index - 1].at > IDLE:
            return pages[index:]
    return pages
