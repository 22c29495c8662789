"""What happens later: a conversation's next clock is due, and clocks are set anew when their hours changed."""

from __future__ import annotations

from typing import ClassVar

from kithdesk.core.jobs import Job


class SlaDue(Job, frozen=True, kw_only=True):
    """A warning or a target of a conversation's is due; there is one timer a conversation, at the next of them."""

    kind: ClassVar[str] = "sla.due"
    conversation: str


def due_key(conversation: str) -> str:
    return f"sla_due:{conversation}"


class Reclock(Job, frozen=True, kw_only=True):
    """The clocks of a version that run, after this conversation, are set anew."""

    kind: ClassVar[str] = "sla.reclock"
    sla: str
    number: int
    after: str = ""


def reclock_key(policy: str, number: int) -> str:
    return f"sla_reclock:{policy}:{number}"
