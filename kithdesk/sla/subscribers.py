"""What SLAs do when others state something. Each runs in the transaction of the event.

    conversation.opened ────────────────▶ asks for a policy
    message.created: an answer ─────────▶ ends a wait
                     by the customer ───▶ a wait begins, and asks again
    conversation.updated: status ───────▶ clocks pause, go on, end
                          the rest ─────▶ asks again
    conversation.assigned ──────────────▶ asks again, if a policy looks at who has it
    customer.updated ───────────────────▶ asks again, of what they have open, if a policy looks at customers
    customer.merged, .parted ───────────▶ asks again, of what both have open: it may have another customer
    company.updated, .deleted ──────────▶ asks again, of what its customers have open, a few at a time
    conversation.ended ─────────────────▶ ends a wait
    schedule.created, .changed, .deleted ▶ clocks that run are set anew, a few at a time

What was said more than a day ago is history that a program records: neither it nor what it opens again asks for a
policy, and where there is one, who is made to wait by it waits from when it was recorded. A conversation in which
nothing else was said gets none, however it changes; the first message that is no history asks for one.
"""

from __future__ import annotations

from typing import Any

from kithdesk.calendar import find_schedule
from kithdesk.calendar.events import ScheduleChanged, ScheduleCreated, ScheduleDeleted
from kithdesk.conversations import Conversation, get_conversation, is_opened_now, work_since
from kithdesk.conversations.events import (
    WROTE_AGAIN,
    ConversationAssigned,
    ConversationEnded,
    ConversationOpened,
    ConversationUpdated,
    MessageCreated,
    is_history,
)
from kithdesk.core.clock import Instant
from kithdesk.core.events import Event, Recorded
from kithdesk.core.work import Reaction, Reads, Work
from kithdesk.criteria import as_ours
from kithdesk.customers.companies.events import CompanyDeleted, CompanyUpdated
from kithdesk.customers.events import CustomerMerged, CustomerParted, CustomerUpdated
from kithdesk.sla.asking_again import ask_for_another_customer, ask_for_company, ask_for_customer
from kithdesk.sla.clocks import Step
from kithdesk.sla.matching import OF_ASSIGNMENT, Asking
from kithdesk.sla.past import status_of
from kithdesk.sla.queries import policies_asked, running_versions
from kithdesk.sla.reckoning import reckon
from kithdesk.sla.standing import Cause
from kithdesk.sla.timers import Reclock, reclock_key

OVERFLOWED = "overflowed"
"""The reason that routing gives. SLAs know nothing of routing but what its events say."""


def on_opened(work: Work, recorded: Recorded[ConversationOpened]) -> None:
    event = recorded.event
    if is_history(recorded):
        return
    asking = Asking(work, event.conversation, "opened")
    if not asking.has_none:
        reckon(work, event.conversation, event.customer, asking=asking)


def on_message(work: Work, recorded: Recorded[MessageCreated]) -> None:
    event = recorded.event
    if event.direction_type == "initial-out":
        return  # told with the opening, and nobody waits
    if event.direction_type == "initial-in" and is_opened_now(work, event.conversation):
        return  # told with the opening
    at = recorded.at if event.sent_at is None else Instant(event.sent_at)
    if event.direction_type == "followup-in" and not _makes_it_work(work, recorded, at):
        return  # the customer waits already
    if event.direction == "in" and is_history(recorded):
        reckon(work, event.conversation, event.customer, [Step(recorded.at, "in")])
    elif event.direction == "in":
        asking = Asking(work, event.conversation, "written")
        reckon(work, event.conversation, event.customer, [Step(at, "in")], asking=asking)
    elif recorded.actor.is_agent:
        reckon(work, event.conversation, event.customer, [Step(at, "out")])


def _makes_it_work(work: Work, recorded: Recorded[MessageCreated], at: Instant) -> bool:
    """It is the first in its conversation that is no history."""
    if not recorded.event.in_history or is_history(recorded) or not policies_asked(work).rows:
        return False
    return work_since(work, get_conversation(as_ours(work), recorded.event.conversation)) == at


def on_updated(work: Work, recorded: Recorded[ConversationUpdated]) -> None:
    event = recorded.event
    if event.cause == "described":
        return  # what a page claims decides nothing, and pages claim often
    if event.status is None:
        asking = Asking(work, event.conversation, "changed")
        reckon(work, event.conversation, event.customer, asking=asking)
        return
    now = get_conversation(as_ours(work), event.conversation)
    asks = not now.is_done and event.cause != "history"
    asked = Asking(work, event.conversation, "changed") if asks else None
    reckon(work, event.conversation, event.customer, _turn(recorded, now), asking=asked)


def _turn(recorded: Recorded[ConversationUpdated], now: Conversation) -> list[Step]:
    """Nothing, where its status is another by now: a reaction that failed and is tried again comes after later ones."""
    status, cause = recorded.event.status, recorded.event.cause
    if status is None or status.after != status_of(now):
        return []
    if (status.before, status.after) != ("done", "open"):
        return [Step(recorded.at, status.after)]
    if cause in WROTE_AGAIN:
        return [Step(recorded.at, "open"), Step(recorded.at, "in")]
    return [Step(recorded.at, "reopened")]


def on_assigned(work: Work, recorded: Recorded[ConversationAssigned]) -> None:
    cause: Cause = "overflowed" if recorded.event.reason.code == OVERFLOWED else "handed_on"
    asking = Asking(work, recorded.event.conversation, cause)
    if asking.asks_by(OF_ASSIGNMENT):
        reckon(work, recorded.event.conversation, recorded.event.customer, asking=asking)


def on_ended(work: Work, recorded: Recorded[ConversationEnded]) -> None:
    event = recorded.event
    reckon(work, event.conversation, event.customer, [Step(recorded.at, "ended")])


def on_customer(work: Work, recorded: Recorded[CustomerUpdated]) -> None:
    """What a page claims decides nothing, and changes no profile."""
    if recorded.event.profile is not None:
        ask_for_customer(work, recorded.event.customer)


def on_merged(work: Work, recorded: Recorded[CustomerMerged]) -> None:
    """By an agent, or at a login; by now the other's conversations are theirs, and there may be thousands."""
    ask_for_another_customer(work, recorded.event.customer)


def on_parted(work: Work, recorded: Recorded[CustomerParted]) -> None:
    for customer in (recorded.event.customer, recorded.event.source):
        ask_for_another_customer(work, customer)


def on_company(work: Work, recorded: Recorded[Any]) -> None:
    ask_for_company(work, recorded.event.company)


def on_schedule(work: Work, recorded: Recorded[Any]) -> None:
    for policy, number, schedule in running_versions(work):
        if schedule is not None and _is_concerned(work, schedule, recorded.event.schedule):
            job = Reclock(sla=policy, number=number)
            work.enqueue(job, unique=reclock_key(policy, number), on_conflict="replace")


def _is_concerned(reads: Reads, schedule: str, changed: str) -> bool:
    """Where its own is there no longer, the organisation's counts, which may be this one now."""
    return schedule == changed or find_schedule(reads, schedule) is None


REACTIONS: dict[type[Event], tuple[Reaction, ...]] = {
    ConversationOpened: (on_opened,),
    MessageCreated: (on_message,),
    ConversationUpdated: (on_updated,),
    ConversationAssigned: (on_assigned,),
    ConversationEnded: (on_ended,),
    CustomerUpdated: (on_customer,),
    CustomerMerged: (on_merged,),
    CustomerParted: (on_parted,),
    CompanyUpdated: (on_company,),
    CompanyDeleted: (on_company,),
    ScheduleCreated: (on_schedule,),
    ScheduleChanged: (on_schedule,),
    ScheduleDeleted: (on_schedule,),
}
