"""`/v1/routing/queue-rules`: reading for everybody, changing for administrators."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AdminCaller, AgentCaller
from kithdesk.core.documents import Listed, One, document
from kithdesk.core.paging import Page, PagedLong, paged
from kithdesk.core.paths import an_id
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import command, query
from kithdesk.core.work import Reads, Work
from kithdesk.routing.queue_rules import (
    change_rule,
    create_rule,
    delete_rule,
    draw_rule,
    draw_rules,
    order_rules,
)
from kithdesk.routing.routes.ids import Id
from kithdesk.routing.schemas import answers, bodies

router = APIRouter(prefix="/v1/routing/queue-rules", tags=["routing"], route_class=StrictRoute)


@router.get("", response_model=Listed[answers.QueueRule], summary="List queue rules")
async def list_queue_rules(request: Request, caller: AgentCaller, page: PagedLong) -> Response:
    """In the order in which they are asked: the first enabled one that matches decides."""
    return await query(request, caller, _page, request, page)


@router.post("", status_code=201, response_model=One[answers.QueueRule], summary="Create a queue rule")
async def post_queue_rule(request: Request, caller: AdminCaller, body: bodies.NewRuleBody) -> Response:
    """A new rule, asked after all others."""
    return await command(request, caller, create_rule, body.values(), answer=_shown, status=201)


@router.put("/order", response_model=Listed[answers.QueueRule], summary="Order queue rules")
async def put_order(
    request: Request, caller: AdminCaller, body: bodies.OrderBody, page: PagedLong
) -> Response:
    """All of them, in the order in which they are asked from now on."""
    return await command(
        request,
        caller,
        order_rules,
        body.queue_rules,
        answer=lambda work, _: _page(work, request, page),
    )


@router.get("/{id}", response_model=One[answers.QueueRule], summary="Get a queue rule")
async def get_queue_rule(request: Request, caller: AgentCaller, id: Id) -> Response:
    """One rule."""
    return await query(request, caller, lambda reads: document(draw_rule(reads, id)))


@router.put("/{id}", response_model=One[answers.QueueRule], summary="Change a queue rule")
@router.patch("/{id}", response_model=One[answers.QueueRule], summary="Change a queue rule")
async def put_queue_rule(request: Request, caller: AdminCaller, id: Id, body: bodies.RuleBody) -> Response:
    """Changes what is given, for what enters from now on. 409 where `rev` is an older one."""
    return await command(
        request,
        caller,
        change_rule,
        an_id(id),
        body.values(),
        rev=body.rev,
        answer=lambda work, _: _shown(work, id),
    )


@router.delete("/{id}", status_code=204, summary="Delete a queue rule")
async def remove_queue_rule(request: Request, caller: AdminCaller, id: Id) -> Response:
    """What it has put somewhere stays there."""
    return await command(request, caller, delete_rule, an_id(id))


def _shown(work: Work, id: str) -> dict[str, Any]:
    return document(draw_rule(work, id))


def _page(reads: Reads | Work, request: Request, page: Page) -> dict[str, Any]:
    data = draw_rules(reads)
    return paged(request, page, len(data), page.of(data))
