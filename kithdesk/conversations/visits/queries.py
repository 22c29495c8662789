"""Visits' SELECTs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import bindparam, func, select

from kithdesk.conversations.context import Context, Page
from kithdesk.conversations.visits.tables import visit_pages, visits
from kithdesk.core.clock import Instant
from kithdesk.core.sql import Executes
from kithdesk.core.work import Reads

_VISIT = select(visits).where(visits.c.organisation == bindparam("organisation"))
_ONE = _VISIT.where(visits.c.id == bindparam("id"))
_LAST = (
    _VISIT.where(visits.c.visitor == bindparam("visitor"), visits.c.started_at <= bindparam("begun_by"))
    .order_by(visits.c.started_at.desc(), visits.c.id.desc())
    .limit(1)
)
_OF_VISITORS = visits.c.visitor.in_(bindparam("visitors", expanding=True))
_PAGE = (
    _VISIT.where(_OF_VISITORS)
    .order_by(visits.c.started_at.desc(), visits.c.id.desc())
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_COUNT = (
    select(func.count())
    .select_from(visits)
    .where(visits.c.organisation == bindparam("organisation"), _OF_VISITORS)
)
_PAGES = select(visit_pages.c.number, visit_pages.c.url, visit_pages.c.title, visit_pages.c.at).where(
    visit_pages.c.organisation == bindparam("organisation"), visit_pages.c.visit == bindparam("visit")
)
_PAGES_OF = _PAGES.order_by(visit_pages.c.number.desc()).limit(bindparam("limit")).offset(bindparam("offset"))
_ENDS = (
    select(
        visit_pages.c.visit, visit_pages.c.number, visit_pages.c.url, visit_pages.c.title, visit_pages.c.at
    )
    .join(
        visits,
        (visits.c.organisation == visit_pages.c.organisation) & (visits.c.id == visit_pages.c.visit),
    )
    .where(
        visit_pages.c.organisation == bindparam("organisation"),
        visit_pages.c.visit.in_(bindparam("ids", expanding=True)),
        (visit_pages.c.number == 1) | (visit_pages.c.number == visits.c.page_count),
    )
)


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """`arrival`: how they came, on what device; without pages."""

    id: str
    visitor: str
    started_at: Instant
    last_at: Instant
    page_count: int
    arrival: Context


class NumberedPage(msgspec.Struct, frozen=True):
    """`number`: its place in the visit, from 1."""

    number: int
    page: Page


def find_visit(reads: Executes, organisation: str, id: str) -> Visit | None:
    row = reads.execute(_ONE, {"organisation": organisation, "id": id}).first()
    return None if row is None else _visit(row)


def find_last_visit(reads: Reads, visitor: str, *, begun_by: Instant) -> Visit | None:
    """The one of this browser that began last before a moment, or then."""
    values = {"organisation": reads.organisation, "visitor": visitor, "begun_by": begun_by}
    row = reads.execute(_LAST, values).first()
    return None if row is None else _visit(row)


def list_visits(reads: Reads, visitors: Sequence[str], *, limit: int, offset: int) -> tuple[list[Visit], int]:
    """Those of some browsers, the latest first, and how many there are."""
    if not visitors:
        return [], 0
    values: dict[str, Any] = {"organisation": reads.organisation, "visitors": list(visitors)}
    total: int = reads.execute(_COUNT, values).scalar() or 0
    rows = reads.execute(_PAGE, {**values, "limit": limit, "offset": offset})
    return [_visit(row) for row in rows], total


def list_pages(reads: Reads, visit: str, *, limit: int, offset: int) -> list[NumberedPage]:
    """The latest first."""
    values = {"organisation": reads.organisation, "visit": visit, "limit": limit, "offset": offset}
    return [_page(row) for row in reads.execute(_PAGES_OF, values)]


def find_ends(reads: Reads, ids: Sequence[str]) -> dict[str, tuple[Page, Page]]:
    """The first and the last page of each visit that has any."""
    found: dict[str, list[NumberedPage]] = {}
    if ids:
        for row in reads.execute(_ENDS, {"organisation": reads.organisation, "ids": list(ids)}):
            found.setdefault(row.visit, []).append(_page(row))
    ordered = {id: sorted(pages, key=lambda one: one.number) for id, pages in found.items()}
    return {id: (pages[0].page, pages[-1].page) for id, pages in ordered.items()}


_decode = msgspec.json.Decoder(Context).decode


def _visit(row: Any) -> Visit:
    return Visit(
        id=row.id,
        visitor=row.visitor,
        started_at=row.started_at,
        last_at=row.last_at,
        page_count=row.page_count,
        arrival=_decode(row.arrival),
    )


def _page(row: Any) -> NumberedPage:
    return NumberedPage(row.number, Page(row.url, row.title, row.at))
