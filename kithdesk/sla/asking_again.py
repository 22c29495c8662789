"""Asking again when it was not the conversation that changed but its customer, or their company.

customer ──has a few open──▶ asked at once, with the change
         ──has many────────▶ a job asks some of them, and another the rest
company ────────────────────▶ a job sees some of its customers, and another the rest

A merge may move thousands of conversations: it is their customer who is asked about, once, and never each as it moves.
"""

from __future__ import annotations

from collections.abc import Sequence

from kithdesk.conversations import ConversationId, list_unfinished
from kithdesk.core.work import Reads, Work
from kithdesk.customers import CompanyId, CustomerId, list_company_members
from kithdesk.sla.matching import Asking, any_asks_of
from kithdesk.sla.reckoning import reckon
from kithdesk.sla.timers import AskCompany, AskCustomer, ask_key

AT_ONCE = 5
"""So many conversations are asked about in the transaction of the change."""
CHUNK = 20
_HOMES = ("customer", "company")
_MOVING = (*_HOMES, "kobject")


def ask_for_customer(work: Work, customer: str) -> None:
    """Unless no policy looks at customers."""
    if any_asks_of(work, _HOMES):
        _ask_for(work, customer)


def ask_for_another_customer(work: Work, customer: str) -> None:
    """Of some of what they have they were not the customer before. Objects move as well."""
    if any_asks_of(work, _MOVING):
        _ask_for(work, customer)


def _ask_for(work: Work, customer: str) -> None:
    found = list_unfinished(work, CustomerId(customer), limit=AT_ONCE + 1)
    if len(found) > AT_ONCE:
        _ask_later(work, customer)
    else:
        _ask_about(work, customer, found)


def ask_for_company(work: Work, company: str) -> None:
    """Of any company there may be many customers."""
    if any_asks_of(work, _HOMES):
        work.enqueue(AskCompany(company=company), unique=ask_key(company), on_conflict="replace")


def go_on_asking_customer(work: Work, job: AskCustomer) -> None:
    found = list_unfinished(work, CustomerId(job.customer), after=job.after, limit=CHUNK)
    _ask_about(work, job.customer, found)
    if len(found) == CHUNK:
        rest = AskCustomer(customer=job.customer, after=found[-1])
        work.enqueue(rest, unique=ask_key(job.customer, found[-1]))


def go_on_asking_company(work: Work, job: AskCompany) -> None:
    """Each customer with something open has a job of their own: no transaction is long, however they are spread."""
    customers = list_company_members(work, CompanyId(job.company), after=job.after, limit=CHUNK)
    for customer in customers:
        if _has_unfinished(work, customer):
            _ask_later(work, customer)
    if len(customers) == CHUNK:
        rest = AskCompany(company=job.company, after=customers[-1])
        work.enqueue(rest, unique=ask_key(job.company, customers[-1]))


def _has_unfinished(reads: Reads, customer: CustomerId) -> bool:
    return bool(list_unfinished(reads, customer, limit=1))


def _ask_later(work: Work, customer: str) -> None:
    work.enqueue(AskCustomer(customer=customer), unique=ask_key(customer), on_conflict="replace")


def _ask_about(work: Work, customer: str, conversations: Sequence[ConversationId]) -> None:
    for conversation in conversations:
        reckon(work, conversation, customer, asking=Asking(work, conversation, "customer"))
