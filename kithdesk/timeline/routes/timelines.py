"""`GET /v1/customers/{id}/timeline`."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.conversations import ConversationId
from kithdesk.core import journal, web
from kithdesk.core.documents import Stretch, stretch
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.core.ids import is_id
from kithdesk.core.paging import DEFAULT_SIZE, StretchSize
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads
from kithdesk.customers import CustomerId
from kithdesk.timeline.reading import Entries, read_timeline
from kithdesk.timeline.schemas import Entry, draw_entry

router = APIRouter(prefix="/v1/customers", tags=["timeline"], route_class=StrictRoute)

Position = Annotated[int | None, Query(ge=0, le=journal.END)]


@router.get("/{id}/timeline", response_model=Stretch[Entry], summary="Read a customer's timeline")
async def get_timeline(
    id: str,
    request: Request,
    caller: AgentCaller,
    before: Position = None,
    after: Position = None,
    conversation: Annotated[str | None, Query(max_length=24)] = None,
    page_size: StretchSize = DEFAULT_SIZE,
) -> Response:
    """Ascending: the newest entries, or those just before or just after a position.

    `links.prev` leads to older entries, `links.next` to newer ones; null where there are none.
    """
    if not is_id(id) or (conversation is not None and not is_id(conversation)):
        raise NotFound
    if before is not None and after is not None:
        raise BadParameter("Either before or after.", parameter="before")

    def drawn(reads: Reads) -> dict[str, Any]:
        entries = read_timeline(
            reads,
            CustomerId(id),
            after=after,
            before=journal.END if before is None else before,
            conversation=None if conversation is None else ConversationId(conversation),
            limit=page_size,
        )
        return _document(request, entries, before=before, after=after, page_size=page_size)

    return await web.query(request, caller, drawn)


def _document(
    request: Request, entries: Entries, *, before: int | None, after: int | None, page_size: int
) -> dict[str, Any]:
    kept = {name: value for name, value in request.query_params.items() if name == "conversation"}

    def link(**place: int) -> str:
        return f"{request.url.path}?{urlencode({**kept, **place, 'pageSize': page_size})}"

    found = entries.found
    older = link(before=found[0].position) if found else None
    newer = link(after=found[-1].position) if found else None
    # Reading on in the direction of the page, there is more only if it was seen; the way back is always there.
    prev = older if after is not None or entries.has_more else None
    next_ = newer if before is not None or (after is not None and entries.has_more) else None
    here = {name: value for name, value in (("before", before), ("after", after)) if value is not None}
    return stretch(
        [draw_entry(entry) for entry in found],
        size=page_size,
        more=entries.has_more,
        links={"self": link(**here), "prev": prev, "next": next_},
    )
