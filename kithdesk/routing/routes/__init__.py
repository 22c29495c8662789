"""Routing over HTTP, and the one door through which a conversation's fields are changed."""

from fastapi import APIRouter

from kithdesk.core.strict import add_routes
from kithdesk.routing.routes import (
    conversations,
    metrics,
    queue_rules,
    queues,
    settings,
    skills,
    statuses,
    work_items,
)

router = APIRouter()
_PARTS = (queues, queue_rules, skills, settings, statuses, work_items, metrics, conversations)
add_routes(router, *(part.router for part in _PARTS))
