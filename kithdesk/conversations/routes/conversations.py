"""`/v1/conversations`: lists, counts, and single ones."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.access.schemas import ListDocument, OneDocument, SeveralDocument
from kithdesk.conversations.attaching import list_attachments
from kithdesk.conversations.ids import ConversationId
from kithdesk.conversations.lists import STATUSES, Sort, Wanted, count_conversations, list_conversations
from kithdesk.conversations.message_rendering import draw_attachment
from kithdesk.conversations.queries import find_by_external_id, find_conversations, get_conversation
from kithdesk.conversations.recording import Opening, record_message
from kithdesk.conversations.rendering import draw_conversation, draw_conversations
from kithdesk.conversations.routes.paths import conversation_of, several_of, words_of
from kithdesk.conversations.schemas import NewConversationBody
from kithdesk.conversations.sending import Sent
from kithdesk.conversations.tallies import NOBODY
from kithdesk.core import web
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.core.ids import is_id
from kithdesk.core.web import StrictRoute
from kithdesk.core.work import Reads, Work
from kithdesk.customers import CustomerId
from kithdesk.customers.schemas import instant_of

router = APIRouter(prefix="/v1/conversations", tags=["conversations"], route_class=StrictRoute)

_KNOWN = {"page", "pageSize", "status", "assignedUser", "queue", "customer", "sort"}
Status = Annotated[
    Literal["open", "snoozed", "done"] | None, Query(description="Without it, conversations of every status.")
]
OneId = Annotated[str | None, Query(max_length=24)]


@router.get("", response_model=ListDocument)
async def get_conversations(
    request: Request,
    caller: AgentCaller,
    status: Status = None,
    assigned_user: Annotated[
        str | None, Query(alias="assignedUser", description="A user's id, or `none`.")
    ] = None,
    queue: OneId = None,
    customer: OneId = None,
    sort: Annotated[Sort, Query()] = "-lastActivityAt",
) -> Response:
    """The organisation's conversations, those with the latest message first."""
    for name in request.query_params:
        if name not in _KNOWN:
            raise BadParameter("There is no such filter.", parameter=name[:64])
    wanted = Wanted(
        statuses=STATUSES if status is None else (status,),
        assignee=NOBODY if assigned_user == "none" else _one_id(assigned_user, "assignedUser"),
        queue=_one_id(queue, "queue"),
        customer=None if customer is None else CustomerId(_one_id(customer, "customer") or ""),
        sort=sort,
    )
    page = web.page_of(request, maximum=100)

    def listed(reads: Reads) -> dict[str, Any]:
        found, total = list_conversations(reads, wanted, limit=page.size, offset=page.offset)
        return web.paged(request, page, total, draw_conversations(reads, found))

    return await web.query(request, caller, listed)


@router.post("", status_code=201, response_model=OneDocument)
async def post_conversation(body: NewConversationBody, request: Request, caller: AgentCaller) -> Response:
    """A conversation and its first message: there is no empty one."""

    def shown(work: Work, sent: Sent) -> dict[str, Any]:
        return {"data": draw_conversation(work, sent.conversation)}

    if body.customer is None:
        raise BadParameter("Whose conversation?", parameter="customer")
    opening = Opening(
        name=body.name,
        priority=body.priority,
        custom=body.custom,
        external_id=body.external_id,
        created_at=instant_of(body.created_at, "createdAt"),
    )
    return await web.command(
        request,
        caller,
        record_message,
        words_of(body.message),
        customer=CustomerId(body.customer),
        opening=opening,
        answer=shown,
        status=201,
    )


@router.get("/counts", response_model=OneDocument)
async def get_counts(request: Request, caller: AgentCaller) -> Response:
    """How many conversations wait in each working list of the caller."""

    def counted(reads: Reads) -> dict[str, Any]:
        counts = count_conversations(reads)
        attributes = {field: getattr(counts, field) for field in counts.__struct_fields__}
        return {"data": {"type": "conversation_counts", "id": reads.actor.id, "attributes": attributes}}

    return await web.query(request, caller, counted)


@router.get("/externalId={external_id}", response_model=OneDocument)
async def get_by_external_id(external_id: str, request: Request, caller: AgentCaller) -> Response:
    """The conversation that another system knows by this id."""

    def one(reads: Reads) -> dict[str, Any]:
        id = find_by_external_id(reads, external_id)
        if id is None:
            raise NotFound
        return {"data": draw_conversation(reads, id)}

    return await web.query(request, caller, one)


@router.get("/{ids}", response_model=OneDocument | SeveralDocument)
async def get_one_or_more(ids: str, request: Request, caller: AgentCaller) -> Response:
    """One conversation, or up to 100 with commas, which answers a list of those that exist."""
    if "," not in ids:
        return await web.query(request, caller, _document, conversation_of(ids))
    wanted = several_of(ids)

    def several(reads: Reads) -> dict[str, Any]:
        return {"data": draw_conversations(reads, find_conversations(reads, wanted))}

    return await web.query(request, caller, several)


@router.get("/{id}/attachments", response_model=ListDocument)
async def get_attachments(id: str, request: Request, caller: AgentCaller) -> Response:
    """The files sent in a conversation, oldest first."""
    page = web.page_of(request, maximum=100)

    def listed(reads: Reads) -> dict[str, Any]:
        found = list_attachments(reads, get_conversation(reads, conversation_of(id)).id)
        data = [draw_attachment(one) for one in found[page.offset : page.offset + page.size]]
        return web.paged(request, page, len(found), data)

    return await web.query(request, caller, listed)


def _document(reads: Reads, id: ConversationId) -> dict[str, Any]:
    return {"data": draw_conversation(reads, id)}


def _one_id(text: str | None, parameter: str) -> str | None:
    if text is not None and not is_id(text):
        raise BadParameter("An id has 24 hexadecimal characters.", parameter=parameter)
    return text
