"""Conversations over HTTP. Changing a conversation's fields is routing's door, for it decides who has it."""

from fastapi import APIRouter

from kithdesk.conversations.routes import attachments, conversations, drafts, messages, of_customers, tags

router = APIRouter()
for part in (conversations, messages, drafts, tags, attachments, of_customers):
    router.include_router(part.router)
