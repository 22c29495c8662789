"""Visits on the wire: `session`, and its `session_event`s."""

from __future__ import annotations

from typing import Any

from kithdesk.conversations.visits.queries import (
    NumberedPage,
    Visit,
    find_ends,
    find_visit,
    list_pages,
    list_visits,
)
from kithdesk.conversations.visits.visiting import IDLE
from kithdesk.core.clock import Instant, iso
from kithdesk.core.documents import relation, resource
from kithdesk.core.errors import NotFound
from kithdesk.core.work import Reads
from kithdesk.customers import CustomerId, get_customer, list_visitors


def draw_visits(
    reads: Reads, customer: CustomerId, *, limit: int, offset: int
) -> tuple[list[dict[str, Any]], int]:
    """A customer's visits, the latest first, and how many there are. Raises `NotFound`."""
    known = get_customer(reads, customer).id
    found, total = list_visits(reads, list_visitors(reads, known), limit=limit, offset=offset)
    ends = find_ends(reads, [one.id for one in found])
    return [_draw(reads, known, one, ends.get(one.id)) for one in found], total


def draw_visit(reads: Reads, customer: CustomerId, id: str) -> dict[str, Any]:
    """One of them. Raises `NotFound`."""
    known, visit = _get(reads, customer, id)
    return _draw(reads, known, visit, find_ends(reads, [visit.id]).get(visit.id))


def draw_pages(
    reads: Reads, customer: CustomerId, id: str, *, limit: int, offset: int
) -> tuple[list[dict[str, Any]], int]:
    """The pages of one visit, the latest first, and how many there are. Raises `NotFound`."""
    _, visit = _get(reads, customer, id)
    found = list_pages(reads, visit.id, limit=limit, offset=offset)
    return [_draw_page(visit, one) for one in found], visit.page_count


def _get(reads: Reads, customer: CustomerId, id: str) -> tuple[CustomerId, Visit]:
    known = get_customer(reads, customer).id
    visit = find_visit(reads, reads.organisation, id)
    if visit is None or visit.visitor not in list_visitors(reads, known):
        raise NotFound
    return known, visit


def _draw(reads: Reads, customer: CustomerId, visit: Visit, ends: Any) -> dict[str, Any]:
    arrival = visit.arrival.as_live(with_pages=False)
    del arrival["pages"], arrival["currentPage"]
    path = f"/v1/customers/{customer}/sessions/{visit.id}"
    attributes = {
        **arrival,
        "trackingId": visit.visitor,
        "startedAt": iso(visit.started_at),
        "lastActivityAt": iso(visit.last_at),
        "isActive": reads.now <= visit.last_at + IDLE,
        "pageCount": visit.page_count,
        "landingPage": None if ends is None else ends[0].as_live(),
        "lastPage": None if ends is None else ends[1].as_live(),
    }
    around = {
        "customer": relation("customer", customer, "customers"),
        "events": {"links": {"self": f"{path}/events"}},
    }
    return resource("session", visit.id, attributes, at=path, relationships=around)


def _draw_page(visit: Visit, one: NumberedPage) -> dict[str, Any]:
    attributes = {
        "name": "page_view",
        "url": one.page.url,
        "title": one.page.title,
        "createdAt": iso(Instant(one.page.at)),
    }
    return resource("session_event", f"{visit.id}-{one.number}", attributes)
