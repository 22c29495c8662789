"""What is known of a customer or a conversation, over HTTP."""

from fastapi import APIRouter

from kithdesk.core.strict import add_routes
from kithdesk.timeline.routes import events, timelines, times

router = APIRouter()
add_routes(router, timelines.router, events.router, times.router)
