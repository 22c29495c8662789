"""Composition: every slice's routes, projectors, reactions and jobs, in one visible and ordered list.

Reading this file tells what happens, and in which order, when a fact is stated.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from itertools import chain
from typing import Any, TypeVar

from fastapi import FastAPI

from kithdesk import __version__, assets, operating
from kithdesk.access import projections as access_projections
from kithdesk.access import routes as access_routes
from kithdesk.attributes import projections as attribute_projections
from kithdesk.calendar import projections as calendar_projections
from kithdesk.calendar import routes as calendar_routes
from kithdesk.channels import chat
from kithdesk.channels.chat import routes as chat_routes
from kithdesk.conversations import jobs as conversation_jobs
from kithdesk.conversations import projections as conversation_projections
from kithdesk.conversations import routes as conversation_routes
from kithdesk.core import web
from kithdesk.core.description import DescribedApi
from kithdesk.core.desk import Desk
from kithdesk.core.strict import add_routes
from kithdesk.core.work import Wiring
from kithdesk.customers import projections as customer_projections
from kithdesk.customers import routes as customer_routes
from kithdesk.customers.objects import orders
from kithdesk.customers.objects import projections as object_projections
from kithdesk.customers.objects import routes as object_routes
from kithdesk.imports import jobs as import_jobs
from kithdesk.imports import routes as import_routes
from kithdesk.insights import routes as insight_routes
from kithdesk.integrations import jobs as integration_jobs
from kithdesk.integrations import projections as integration_projections
from kithdesk.integrations import routes as integration_routes
from kithdesk.live.gateway import Gateway
from kithdesk.live.hub import Hub
from kithdesk.live.stream import Stream
from kithdesk.live.waits import router as waits_router
from kithdesk.routing import jobs as routing_jobs
from kithdesk.routing import projections as routing_projections
from kithdesk.routing import routes as routing_routes
from kithdesk.routing import subscribers as routing_subscribers
from kithdesk.simulation import jobs as simulation_jobs
from kithdesk.simulation import routes as simulation_routes
from kithdesk.sla import jobs as sla_jobs
from kithdesk.sla import projections as sla_projections
from kithdesk.sla import routes as sla_routes
from kithdesk.sla import subscribers as sla_subscribers
from kithdesk.timeline import routes as timeline_routes
from kithdesk.views import projections as view_projections
from kithdesk.views import routes as view_routes

K = TypeVar("K")
V = TypeVar("V")


def _joined(*parts: Mapping[K, tuple[V, ...]]) -> dict[K, tuple[V, ...]]:
    """Every part's entries for a key, in the order of the parts."""
    keys = dict.fromkeys(chain.from_iterable(parts))
    return {key: tuple(chain.from_iterable(part.get(key, ()) for part in parts)) for key in keys}


WIRING = Wiring(
    projectors=_joined(
        attribute_projections.PROJECTORS,
        access_projections.PROJECTORS,
        calendar_projections.PROJECTORS,
        customer_projections.PROJECTORS,
        object_projections.PROJECTORS,
        conversation_projections.PROJECTORS,
        routing_projections.PROJECTORS,
        sla_projections.PROJECTORS,
        view_projections.PROJECTORS,
        integration_projections.PROJECTORS,
    ),
    reactions=_joined(orders.REACTIONS, routing_subscribers.REACTIONS, sla_subscribers.REACTIONS),
    verbs={
        **conversation_jobs.VERBS,
        **routing_jobs.VERBS,
        **sla_jobs.VERBS,
        **integration_jobs.VERBS,
        **simulation_jobs.VERBS,
    },
    handlers={**conversation_jobs.HANDLERS, **import_jobs.HANDLERS, **simulation_jobs.HANDLERS},
)

ROUTERS = (
    access_routes.router,
    calendar_routes.router,
    customer_routes.router,
    object_routes.router,
    conversation_routes.router,
    timeline_routes.router,
    routing_routes.router,
    sla_routes.router,
    view_routes.router,
    insight_routes.router,
    chat_routes.router,
    waits_router,
    integration_routes.router,
    import_routes.router,
    simulation_routes.router,
    operating.router,
)

_STREAM = "/c/v1/live/events"

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


def create_api(desk: Desk) -> FastAPI:
    """Everything over HTTP but the live stream; also what `/openapi.json` describes."""
    api = DescribedApi(
        title="Kithdesk",
        version=__version__,
        description="`/v1` is the public API, `/c/v1` the chat widget's. Lists page; refusals have one shape.",
        docs_url=None,  # `assets` serves one that needs nothing from elsewhere
        redoc_url=None,
        redirect_slashes=False,
    )
    api.state.desk = desk
    web.install(api)
    add_routes(api.router, *ROUTERS)
    if desk.settings.test:
        add_routes(api.router, operating.test_router)
    assets.mount(api)
    return api


class Application:
    """The whole door: sockets go straight to the gateway, everything over HTTP through a gate."""

    def __init__(self, desk: Desk, hub: Hub, *extra: Any) -> None:
        self.api = create_api(desk)
        add_routes(self.api.router, *extra)
        trusted = desk.settings.trusted_proxies
        self._http = chat.OpenToPages(self.api, trusted)
        self._stream = chat.OpenToPages(Stream(hub), trusted)
        self._sockets: dict[str, Gateway] = {
            "/v1/live": Gateway(hub, "agents"),
            "/c/v1/live": Gateway(hub, "visitors"),
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            if scope["path"] != _STREAM:
                await self._http(_read_whole(scope), receive, send)
            elif scope["method"] == "GET":
                await self._stream(scope, receive, send)
            else:
                await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            gateway = self._sockets.get(scope["path"])
            if gateway is not None:
                await gateway(scope, receive, send)
            else:
                await receive()
                await send({"type": "websocket.close", "code": 4403})


def _read_whole(scope: Scope) -> Scope:
    """Whoever asks for the head of an answer gets that of the whole one; the protocol keeps the body back."""
    return {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope
