"""Conversations over HTTP. Changing a conversation's fields is routing's door, for it decides who has it."""

from fastapi import APIRouter

from kithdesk.conversations.routes import (
    attachments,
    conversations,
    drafts,
    merges,
    messages,
    objects,
    of_customers,
    tags,
    visits,
)
from kithdesk.core.strict import add_routes

router = APIRouter()
_PARTS = (conversations, messages, drafts, tags, attachments, of_customers, merges, visits, objects)
add_routes(router, *(part.router for part in _PARTS))
