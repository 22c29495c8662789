"""Searching: records by criteria, and everything by words."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.conversations import Channel
from kithdesk.core import web
from kithdesk.core.actors import Actor
from kithdesk.core.deadlines import Deadline
from kithdesk.core.errors import BadParameter
from kithdesk.core.limits import Rate
from kithdesk.core.paging import Page, Paged, PagedLong, paged
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads
from kithdesk.views.asking import MAX_QUERY
from kithdesk.views.criteria import Context
from kithdesk.views.hits import draw_hits
from kithdesk.views.records import find_records
from kithdesk.views.schemas import Hits, RecordsDocument, SearchBody
from kithdesk.views.searching import TYPES, HitSort, search

router = APIRouter(prefix="/v1", tags=["search"], route_class=StrictRoute)

SEARCHES_OF_KEYS = Rate(100, 60)
"""What an organisation's programs may search in a minute."""
SEARCHES_OF_A_PERSON = Rate(300, 60)
"""People search as they type."""
MOST_SECONDS = 5.0

IdsOnly = Annotated[bool, Query(alias="idsOnly", description="Types and ids instead of whole records.")]
CountsAll = Annotated[
    bool, Query(alias="trackTotalHits", description="Counts all that is found, however much it is.")
]


@router.post("/conversations/search", response_model=RecordsDocument, summary="Search conversations")
async def search_conversations(
    body: SearchBody,
    request: Request,
    caller: AgentCaller,
    page: PagedLong,
    ids_only: IdsOnly = False,
    counts_all: CountsAll = False,
) -> Response:
    """Those for which all of `and`, one of `or` and none of `not` holds; see docs/search.md for what can be asked."""
    return await _records(request, caller, "conversation", body, page, ids_only, counts_all)


@router.post("/customers/search", response_model=RecordsDocument, summary="Search customers")
async def search_customers(
    body: SearchBody,
    request: Request,
    caller: AgentCaller,
    page: PagedLong,
    ids_only: IdsOnly = False,
    counts_all: CountsAll = False,
) -> Response:
    """The same for customers; `queryContext` finds other records here and there alike."""
    return await _records(request, caller, "customer", body, page, ids_only, counts_all)


async def _records(
    request: Request,
    caller: Actor,
    context: Context,
    body: SearchBody,
    page: Page,
    ids_only: bool,
    counts_all: bool,
) -> Response:
    await _count(request, caller)

    def found(reads: Reads) -> dict[str, Any]:
        answer = find_records(
            reads,
            body.as_search(),
            context=context,
            page=page.number,
            size=page.size,
            ids_only=ids_only,
            counts_all=counts_all,
        )
        return paged(request, page, answer.total, answer.data)

    return await web.long_query(request, caller, found, seconds=MOST_SECONDS)


@router.get("/search", response_model=Hits, summary="Search everything")
async def search_everything(
    request: Request,
    caller: AgentCaller,
    page: Paged,
    q: Annotated[str, Query(max_length=MAX_QUERY, description="Words, an address, a number, an id.")] = "",
    types: Annotated[
        str | None, Query(max_length=100, description=f"Some of {', '.join(TYPES)}, with commas.")
    ] = None,
    customer: Annotated[
        str | None,
        Query(max_length=64, description="Only what is of this customer: said with them, or kept of them."),
    ] = None,
    channel: Annotated[
        Channel | None, Query(description="Only messages, and of them those that went by this channel.")
    ] = None,
    sort: Annotated[
        HitSort, Query(description="`-at`: the newest first, and not the likeliest.")
    ] = "-relevance",
) -> Response:
    """The likeliest first: what is exactly it, then names, then words. The last word may be unfinished."""
    wanted = _types_of(types)
    await _count(request, caller)
    deadline = Deadline(MOST_SECONDS)

    def found(reads: Reads) -> dict[str, Any]:
        answer = search(reads, q, wanted, deadline, customer=customer, channel=channel, sort=sort)
        hits = page.of(answer.hits)
        data = [] if answer.asked is None else draw_hits(reads, answer.asked, hits, deadline)
        drawn = paged(request, page, len(answer.hits), data)
        drawn["meta"]["isCapped"] = answer.is_capped
        return drawn

    return await web.long_query(request, caller, found, seconds=MOST_SECONDS)


def _types_of(text: str | None) -> set[str]:
    if not text:
        return set(TYPES)
    wanted = set(text.split(","))
    if not wanted.issubset(TYPES):
        raise BadParameter(f"Some of {', '.join(TYPES)}.", parameter="types")
    return wanted


async def _count(request: Request, caller: Actor) -> None:
    desk = web.desk_of(request)
    if caller.type == "machine":
        await desk.allowances.take("search", caller.organisation, SEARCHES_OF_KEYS)
    else:
        desk.limits.check("search by a person", f"{caller.organisation} {caller.id}", SEARCHES_OF_A_PERSON)
