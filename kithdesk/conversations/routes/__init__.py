"""Conversations over HTTP. Changing a conversation's fields is routing's door, for it decides who has it."""

from fastapi import APIRouter

from kithdesk.conversations.routes import attachments, conversations, drafts, messages, of_customers, tags
from kithdesk.core.strict import add_routes

router = APIRouter()
_PARTS = (conversations, messages, drafts, tags, attachments, of_customers)
add_routes(router, *(part.router for part in _PARTS))
