"""Routing over HTTP, and the one door through which a conversation's fields are changed."""

from fastapi import APIRouter

from kithdesk.core.strict import add_routes
from kithdesk.routing.routes import (
    beginning,
    bulk,
    conversations,
    in_hand,
    metrics,
    queue_rule_criteria,
    queue_rules,
    queues,
    rule_judgements,
    settings,
    skills,
    staffing,
    statuses,
    work_items,
)

router = APIRouter()
_PARTS = (
    queues,
    queue_rules,
    queue_rule_criteria,
    rule_judgements,
    staffing,
    skills,
    settings,
    statuses,
    work_items,
    in_hand,
    metrics,
    beginning,
    bulk,  # before what would take it for an id
    conversations,
)
add_routes(router, *(part.router for part in _PARTS))
