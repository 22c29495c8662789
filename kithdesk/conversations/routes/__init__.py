"""Conversations over HTTP. Opening one and changing its fields are routing's doors, for it decides who has it."""

from fastapi import APIRouter

from kithdesk.conversations.routes import (
    attachments,
    bulk,
    conversations,
    drafts,
    merges,
    messages,
    notes,
    objects,
    of_customers,
    sent_drafts,
    tags,
    visits,
)
from kithdesk.core.strict import add_routes

router = APIRouter()
_PARTS = (
    conversations,
    messages,
    bulk,
    notes,
    drafts,
    sent_drafts,
    tags,
    attachments,
    of_customers,
    merges,
    visits,
    objects,
)
add_routes(router, *(part.router for part in _PARTS))
