"""`/v1/conversations`: lists, counts, and single ones."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.conversations.attaching import list_attachments
from kithdesk.conversations.ids import ConversationId
from kithdesk.conversations.lists import STATUSES, Sort, Wanted, count_conversations, list_conversations
from kithdesk.conversations.message_rendering import draw_attachment
from kithdesk.conversations.queries import find_by_external_id, find_conversations, get_conversation
from kithdesk.conversations.rendering import draw_conversation, draw_conversations
from kithdesk.conversations.routes.paths import conversation_of
from kithdesk.conversations.tallies import NOBODY
from kithdesk.core import web
from kithdesk.core.documents import (
    ListDocument,
    OneDocument,
    SeveralDocument,
    document,
    resource,
)
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.core.ids import is_id
from kithdesk.core.paging import Paged, PagedNear, paged
from kithdesk.core.paths import ids_of
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads
from kithdesk.customers import CustomerId

router = APIRouter(prefix="/v1/conversations", tags=["conversations"], route_class=StrictRoute)

Status = Annotated[
    Literal["open", "snoozed", "done"] | None, Query(description="Without it, conversations of every status.")
]
OneId = Annotated[str | None, Query(max_length=24)]


@router.get("", response_model=ListDocument, summary="List conversations")
async def get_conversations(
    request: Request,
    caller: AgentCaller,
    page: PagedNear,
    status: Status = None,
    assigned_user: Annotated[
        str | None, Query(alias="assignedUser", description="A user's id, or `none`.")
    ] = None,
    queue: OneId = None,
    customer: OneId = None,
    sort: Annotated[Sort, Query()] = "-lastActivityAt",
) -> Response:
    """The organisation's conversations, those with the latest message first, at most 100 pages."""
    wanted = Wanted(
        statuses=STATUSES if status is None else (status,),
        assignee=NOBODY if assigned_user == "none" else _one_id(assigned_user, "assignedUser"),
        queue=_one_id(queue, "queue"),
        customer=None if customer is None else CustomerId(_one_id(customer, "customer") or ""),
        sort=sort,
    )

    def listed(reads: Reads) -> dict[str, Any]:
        found, total = list_conversations(reads, wanted, limit=page.size, offset=page.offset)
        return paged(request, page, total, draw_conversations(reads, found))

    return await web.page_query(request, caller, listed, page)


@router.get("/counts", response_model=OneDocument, summary="Count the working lists")
async def get_counts(request: Request, caller: AgentCaller) -> Response:
    """How many conversations wait in each working list of the caller."""

    def counted(reads: Reads) -> dict[str, Any]:
        counts = count_conversations(reads)
        attributes = {field: getattr(counts, field) for field in counts.__struct_fields__}
        return document(resource("conversation_counts", reads.actor.id, attributes))

    return await web.query(request, caller, counted)


@router.get(
    "/externalId={external_id}", response_model=OneDocument, summary="Find a conversation by external id"
)
async def get_by_external_id(external_id: str, request: Request, caller: AgentCaller) -> Response:
    """The conversation that another system knows by this id."""

    def one(reads: Reads) -> dict[str, Any]:
        id = find_by_external_id(reads, external_id)
        if id is None:
            raise NotFound
        return document(draw_conversation(reads, id))

    return await web.query(request, caller, one)


@router.get("/{ids}", response_model=OneDocument | SeveralDocument, summary="Get one or more conversations")
async def get_one_or_more(ids: str, request: Request, caller: AgentCaller) -> Response:
    """One conversation, or up to 100 with commas, which answers a list of those that exist."""
    if "," not in ids:
        return await web.query(request, caller, _document, conversation_of(ids))
    wanted = ids_of(ids)

    def several(reads: Reads) -> dict[str, Any]:
        return document(draw_conversations(reads, find_conversations(reads, wanted)))

    return await web.query(request, caller, several)


@router.get("/{id}/attachments", response_model=ListDocument, summary="List a conversation's files")
async def get_attachments(id: str, request: Request, caller: AgentCaller, page: Paged) -> Response:
    """The files sent in a conversation, oldest first."""

    def listed(reads: Reads) -> dict[str, Any]:
        found = list_attachments(reads, get_conversation(reads, conversation_of(id)).id)
        return paged(request, page, len(found), [draw_attachment(one) for one in page.of(found)])

    return await web.query(request, caller, listed)


def _document(reads: Reads, id: ConversationId) -> dict[str, Any]:
    return document(draw_conversation(reads, id))


def _one_id(text: str | None, parameter: str) -> str | None:
    if text is not None and not is_id(text):
        raise BadParameter("An id has 24 hexadecimal characters.", parameter=parameter)
    return text
