"""How pages become the rows of visits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import bindparam, insert, literal_column, update

from kithdesk.conversations.context import Context, Page
from kithdesk.conversations.events import ConversationOpened, PageViewed, VisitBegan
from kithdesk.conversations.visits.queries import Visit, find_visit
from kithdesk.conversations.visits.tables import visit_pages, visits
from kithdesk.conversations.visits.visiting import one_visit
from kithdesk.core.clock import Instant
from kithdesk.core.events import Recorded
from kithdesk.core.work import Rows

_BEGIN = insert(visits)
_ADD_PAGE = insert(visit_pages)
_GO_ON = (
    update(visits)
    .where(visits.c.organisation == bindparam("of"), visits.c.id == bindparam("visit"))
    .values(
        page_count=literal_column("page_count") + bindparam("more"),
        started_at=bindparam("since"),
        last_at=bindparam("at"),
        arrival=bindparam("came"),
    )
)


def project_opening(rows: Rows, recorded: Recorded[ConversationOpened]) -> None:
    """The way to the first message; for a browser that is on a visit already, what of it is new."""
    event = recorded.event
    if event.session is None or event.author is None:
        return
    visit = find_visit(rows, rows.organisation, event.session)
    pages = one_visit(event.context.pages)
    if visit is None:
        _begin(rows, event.session, event.author, event.context, pages, at=recorded.at)
    else:
        new = [page for page in pages if page.at > visit.last_at] if visit.page_count else pages
        _go_on(rows, visit, new, event.context, at=recorded.at)


def project_login(rows: Rows, recorded: Recorded[VisitBegan]) -> None:
    event = recorded.event
    _begin(rows, event.session, event.visitor, event.arrival, (), at=recorded.at)


def project_page(rows: Rows, recorded: Recorded[PageViewed]) -> None:
    event = recorded.event
    if event.session is None or event.visitor is None:
        return
    page = Page(event.url, event.title, event.at)
    visit = find_visit(rows, rows.organisation, event.session)
    if visit is None:
        _begin(rows, event.session, event.visitor, event.arrival, [page], at=Instant(event.at))
    else:
        _go_on(rows, visit, [page], visit.arrival, at=Instant(event.at))


def _begin(
    rows: Rows, id: str, visitor: str, arrival: Context, pages: Sequence[Page], *, at: Instant
) -> None:
    row: dict[str, Any] = {
        "organisation": rows.organisation,
        "id": id,
        "visitor": visitor,
        "started_at": pages[0].at if pages else at,
        "last_at": at,
        "page_count": len(pages),
        "arrival": _encode(arrival),
    }
    rows.execute(_BEGIN, row)
    _add(rows, id, pages, after=0)


def _go_on(rows: Rows, visit: Visit, pages: Sequence[Page], arrival: Context, *, at: Instant) -> None:
    """`arrival` counts where a visit began with a login, before anything was known of it."""
    values = {
        "of": rows.organisation,
        "visit": visit.id,
        "more": len(pages),
        "since": min([visit.started_at, *(page.at for page in pages)]),
        "at": max(visit.last_at, at),
        "came": _encode(visit.arrival if visit.page_count else arrival),
    }
    rows.execute(_GO_ON, values)
    _add(rows, visit.id, pages, after=visit.page_count)


def _add(rows: Rows, visit: str, pages: Sequence[Page], *, after: int) -> None:
    for number, page in enumerate(pages, start=after + 1):
        rows.execute(
            _ADD_PAGE,
            {
                "organisation": rows.organisation,
                "visit": visit,
                "number": number,
                "url": page.url,
                "title": page.title,
                "at": page.at,
            },
        )


def _encode(arrival: Context) -> str:
    return msgspec.json.encode(msgspec.structs.replace(arrival, pages=())).decode()
