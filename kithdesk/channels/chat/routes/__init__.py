"""Chat over HTTP: what the widget's script asks for, and the fallback where sockets are blocked."""

from fastapi import APIRouter

from kithdesk.channels.chat.routes import (
    appearance,
    attachments,
    claims,
    messages,
    sessions,
    tracking,
    widget,
)

router = APIRouter()
for part in (widget, appearance, tracking, sessions, messages, attachments, claims):
    router.include_router(part.router)
