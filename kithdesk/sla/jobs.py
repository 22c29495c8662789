"""SLA's jobs, and the verbs that do them."""

from __future__ import annotations

from kithdesk.conversations import find_customer_of
from kithdesk.core.jobs import Job, JobVerb
from kithdesk.core.work import Work
from kithdesk.criteria import as_ours
from kithdesk.sla.asking_again import go_on_asking_company, go_on_asking_customer
from kithdesk.sla.queries import list_running
from kithdesk.sla.reckoning import reckon
from kithdesk.sla.timers import AskCompany, AskCustomer, Reclock, SlaDue, reclock_key

CHUNK = 20


def ring(work: Work, job: SlaDue) -> None:
    """The time has come, or the clock that set the timer off was wrong: then it is set again."""
    customer = find_customer_of(as_ours(work), job.conversation)
    if customer is not None:
        reckon(work, job.conversation, customer, has_rung=True)


def reclock(work: Work, job: Reclock) -> None:
    """A few conversations, and the rest in another job."""
    found = list_running(work, job.sla, job.number, after=job.after, limit=CHUNK)
    for conversation in found:
        customer = find_customer_of(as_ours(work), conversation)
        if customer is not None:
            reckon(work, conversation, customer)
    if len(found) == CHUNK:
        rest = Reclock(sla=job.sla, number=job.number, after=found[-1])
        work.enqueue(rest, unique=f"{reclock_key(job.sla, job.number)}:{found[-1]}")


VERBS: dict[type[Job], JobVerb] = {
    SlaDue: ring,
    Reclock: reclock,
    AskCustomer: go_on_asking_customer,
    AskCompany: go_on_asking_company,
}
