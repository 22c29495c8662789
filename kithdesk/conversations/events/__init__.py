"""The facts this slice states."""

from kithdesk.conversations.events.conversations import (
    WROTE_AGAIN,
    Cause,
    ConversationAssigned,
    ConversationEnded,
    ConversationIdentified,
    ConversationMoved,
    ConversationOpened,
    ConversationTakenUp,
    ConversationUpdated,
    MoveCause,
    Reason,
)
from kithdesk.conversations.events.history import is_history
from kithdesk.conversations.events.messages import (
    DirectionType,
    MessageCreated,
    MessageRead,
    NoteCreated,
)
from kithdesk.conversations.events.tags import TagCreated
from kithdesk.conversations.events.visits import PageViewed, VisitBegan
from kithdesk.core.events import Change

__all__ = [
    "WROTE_AGAIN",
    "Cause",
    "Change",
    "ConversationAssigned",
    "ConversationEnded",
    "ConversationIdentified",
    "ConversationMoved",
    "ConversationOpened",
    "ConversationTakenUp",
    "ConversationUpdated",
    "DirectionType",
    "MessageCreated",
    "MessageRead",
    "MoveCause",
    "NoteCreated",
    "PageViewed",
    "Reason",
    "TagCreated",
    "VisitBegan",
    "is_history",
]
