"""What happens later: a clock of a conversation's is due; clocks are set anew when their hours changed; what is open is
asked about when its customer or their company changed."""

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


class AskCustomer(Job, frozen=True, kw_only=True):
    """A customer changed: their open conversations after this one may have another policy."""

    kind: ClassVar[str] = "sla.ask_customer"
    customer: str
    after: str = ""


class AskCompany(Job, frozen=True, kw_only=True):
    """A company changed: so may the conversations of its customers after this one."""

    kind: ClassVar[str] = "sla.ask_company"
    company: str
    after: str = ""


def ask_key(whose: str, after: str = "") -> str:
    return f"sla_ask:{whose}:{after}"
