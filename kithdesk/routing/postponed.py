"""What routing leaves for a moment later: the rest of what did not fit one command."""

from __future__ import annotations

from typing import ClassVar

from kithdesk.core.jobs import Job


class ServeQueue(Job, frozen=True, kw_only=True):
    """Goes on giving out what waits."""

    kind: ClassVar[str] = "routing.serve_queue"


class GiveBack(Job, frozen=True, kw_only=True):
    """Goes on taking an absent agent's work."""

    kind: ClassVar[str] = "routing.give_back"
    user: str
