"""What the model knows of one conversation."""

from __future__ import annotations

from kithdesk.core.clock import Instant
from kithdesk.sla.clocks import Step


class Matter:
    """Its way so far, and what it should have."""

    def __init__(self, at: Instant) -> None:
        self.began = at
        self.steps = [Step(at, "open"), Step(at, "in")]
        self.status, self.until, self.priority = "open", at, 3
        self.is_unanswered = True
        self.has_ended = False
        self.is_vip = False
        self.is_work = True  # something was said that is no history
        self.was_cut_off = False  # it was closed unanswered and opened again
        self.is_told = (
            True  # its clocks are counted from what happened, and not from what its row tells of it
        )
        self.has: tuple[bool, int] | None = None  # whether it has the urgent policy, and of which number
        self.promised_priority = 3

    def become_work(self, at: Instant) -> None:
        """All that was before counts as of now."""
        if not self.is_work:
            self.is_work, self.began = True, at
            self.steps = [Step(at, step.what) for step in self.steps]
