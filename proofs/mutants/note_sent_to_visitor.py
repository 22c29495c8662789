"""A note looks to visitors as it looks to agents."""

from __future__ import annotations

from typing import Any

from kithdesk.conversations.events import NoteCreated


def break_it() -> None:
    changed: Any = NoteCreated
    changed.for_visitors = NoteCreated.for_agents
