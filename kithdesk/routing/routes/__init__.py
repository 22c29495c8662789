"""Routing over HTTP, and the one door through which a conversation's fields are changed."""

from fastapi import APIRouter

from kithdesk.core.strict import add_routes
from kithdesk.routing.routes import conversations, queues, settings, statuses, work_items

router = APIRouter()
add_routes(router, queues.router, settings.router, statuses.router, work_items.router, conversations.router)
