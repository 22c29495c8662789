"""What became of a shop's deliveries is forgotten once the shop is let go: so many a command, for it may be thirty days
of them."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import bindparam, delete, select

from kithdesk.core.jobs import Job, JobVerb
from kithdesk.core.work import Work
from kithdesk.integrations.ids import IntegrationId
from kithdesk.integrations.tables import hook_deliveries

CHUNK = 200

_OF_INTEGRATION = (
    hook_deliveries.c.organisation == bindparam("organisation"),
    hook_deliveries.c.integration == bindparam("integration"),
)
_SOME = select(hook_deliveries.c.digest).where(*_OF_INTEGRATION).limit(CHUNK).correlate(None)
_FORGET = delete(hook_deliveries).where(*_OF_INTEGRATION, hook_deliveries.c.digest.in_(_SOME))


class ForgetDeliveries(Job, frozen=True, kw_only=True):
    """Goes on forgetting them."""

    kind: ClassVar[str] = "integrations.forget_deliveries"
    integration: str


def forget_deliveries(work: Work, id: IntegrationId) -> None:
    """As many as fit one command, and the rest later."""
    gone = work.execute(_FORGET, {"organisation": work.organisation, "integration": id})
    if gone.rowcount == CHUNK:
        work.enqueue(ForgetDeliveries(integration=id), unique=f"{ForgetDeliveries.kind}:{id}")


def go_on_forgetting(work: Work, job: ForgetDeliveries) -> None:
    forget_deliveries(work, IntegrationId(job.integration))


VERBS: dict[type[Job], JobVerb] = {ForgetDeliveries: go_on_forgetting}
