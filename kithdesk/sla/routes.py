"""`/v1/slas`: what is promised to customers. Reading for agents, changing for administrators."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from kithdesk.access import AdminCaller, AgentCaller
from kithdesk.core import web
from kithdesk.core.documents import Listed, document
from kithdesk.core.paging import Page, Paged, paged
from kithdesk.core.paths import an_id
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads, Work
from kithdesk.sla.ids import PolicyId
from kithdesk.sla.matching import judge_all
from kithdesk.sla.policies import change_policy, create_policy, delete_policy, get_policy, order_policies
from kithdesk.sla.queries import Policy, find_version, list_policies, list_versions
from kithdesk.sla.rendering import draw_judged, draw_policy, draw_version
from kithdesk.sla.schemas import OneSla, OrderBody, SeveralSlas, SlaBody, SlaChangeBody, SlaJudged

MOST_VERSIONS = 200

router = APIRouter(prefix="/v1", tags=["slas"], route_class=StrictRoute)

Versions = Annotated[
    Literal["active", "all"] | None,
    Query(description="`active`: what each promises now, `all`: the newest 200 versions, in `included`."),
]


@router.get("/slas", response_model=SeveralSlas, summary="List SLAs")
async def get_slas(request: Request, caller: AgentCaller, page: Paged, versions: Versions = None) -> Response:
    """In the order in which they are asked: the first that matches a conversation is its SLA."""
    return await web.query(request, caller, _page_of, request, page, versions)


@router.post("/slas", status_code=201, response_model=OneSla, summary="Create an SLA")
async def post_sla(body: SlaBody, request: Request, caller: AdminCaller) -> Response:
    """A new one, asked after all others."""
    return await web.command(request, caller, create_policy, body.as_wish(), answer=_shown, status=201)


@router.put("/slas/order", response_model=SeveralSlas, summary="Order SLAs")
async def put_order(body: OrderBody, request: Request, caller: AdminCaller) -> Response:
    """Sets which is asked first; names all of them, each once. Answers the first page."""

    def listed(work: Work, _: None) -> dict[str, Any]:
        return _page_of(work, request, Page(1, 100), None)

    return await web.command(request, caller, order_policies, body.slas, answer=listed)


@router.get("/slas/{sla}", response_model=OneSla, summary="Get an SLA")
async def get_sla(sla: str, request: Request, caller: AgentCaller, versions: Versions = None) -> Response:
    """One of them, with its versions if they are asked for."""

    def one(reads: Reads, id: PolicyId) -> dict[str, Any]:
        policy = get_policy(reads, id)
        return _with_versions(reads, document(draw_policy(reads, policy)), [policy], versions)

    return await web.query(request, caller, one, _id(sla))


@router.put("/slas/{sla}", response_model=OneSla, summary="Change an SLA")
@router.patch("/slas/{sla}", response_model=OneSla, summary="Change an SLA")
async def put_sla(sla: str, body: SlaChangeBody, request: Request, caller: AdminCaller) -> Response:
    """Sets what is given and keeps the rest, as a new version. Conversations keep the version they have until another
    SLA matches them."""
    return await web.command(
        request, caller, change_policy, _id(sla), body.as_wish(), rev=body.rev, answer=_shown
    )


@router.delete("/slas/{sla}", status_code=204, summary="Delete an SLA")
async def remove_sla(sla: str, request: Request, caller: AdminCaller) -> Response:
    """It matches nothing any more. Conversations keep it until they change."""
    return await web.command(request, caller, delete_policy, _id(sla))


@router.get(
    "/conversations/{id}/slas", response_model=Listed[SlaJudged], summary="Explain a conversation's SLA"
)
async def get_slas_of(id: str, request: Request, caller: AgentCaller, page: Paged) -> Response:
    """Every SLA that is switched on, in the order in which they are asked: whether it matches the conversation as it is
    now, and if not, which comparisons do not hold: none if it was not judged, for those before it cost too much. The
    first that matches would be its SLA if it changed now."""

    def judged(reads: Reads) -> dict[str, Any]:
        found = judge_all(reads, an_id(id))
        return paged(request, page, len(found), [draw_judged(reads, one) for one in page.of(found)])

    return await web.query(request, caller, judged)


def _page_of(reads: Reads, request: Request, page: Page, versions: str | None) -> dict[str, Any]:
    everything = list_policies(reads)
    found = page.of(everything)
    drawn = [draw_policy(reads, one) for one in found]
    return _with_versions(reads, paged(request, page, len(everything), drawn), list(found), versions)


def _with_versions(
    reads: Reads, shown: dict[str, Any], policies: list[Policy], versions: str | None
) -> dict[str, Any]:
    if versions is None:
        return shown
    if versions == "all":
        found = list_versions(reads, [policy.id for policy in policies], limit=MOST_VERSIONS)
    else:
        now = [find_version(reads, policy.id, policy.number) for policy in policies]
        found = [one for one in now if one is not None]
    return {**shown, "included": [draw_version(reads, one) for one in found]}


def _shown(work: Work, policy: Policy) -> dict[str, Any]:
    return document(draw_policy(work, policy))


def _id(text: str) -> PolicyId:
    return PolicyId(an_id(text))
