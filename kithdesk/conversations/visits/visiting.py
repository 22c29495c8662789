"""To which visit a page belongs, and visits without any."""

from __future__ import annotations

from collections.abc import Sequence

from kithdesk.conversations.context import Context, Page
from kithdesk.conversations.events import VisitBegan
from kithdesk.conversations.visits.queries import find_last_visit
from kithdesk.core.clock import MINUTE, Instant
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId

IDLE = 30 * MINUTE
"""Whoever looks at nothing for so long and then comes back is on another visit."""


def visit_of(work: Work, visitor: str, *, at: Instant) -> tuple[str, bool]:
    """The visit that this browser is on at a moment, and whether it begins then."""
    # A page that waited for a network comes late, when they may be on another visit already.
    last = find_last_visit(work, visitor, begun_by=Instant(at + IDLE))
    if last is not None and at <= last.last_at + IDLE:
        return last.id, False
    return work.new_id(), True


def begin_visit(work: Work, customer: CustomerId, visitor: str, arrival: Context) -> None:
    """A browser is this customer's from now on: listed among their visits, also when nothing is said."""
    session, is_first = visit_of(work, visitor, at=work.now)
    if is_first:
        work.publish(VisitBegan(customer=customer, visitor=visitor, session=session, arrival=arrival))


def one_visit(pages: Sequence[Page]) -> Sequence[Page]:
    """The pages at the end between which there was no rest: a tab may have been open since yesterday."""
    for index in range(len(pages) - 1, 0, -1):
        if pages[index].at - pages[index - 1].at > IDLE:
            return pages[index:]
    return pages
