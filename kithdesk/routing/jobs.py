"""Routing's jobs, and the verbs that do them."""

from __future__ import annotations

from kithdesk.core.jobs import Job, JobVerb
from kithdesk.core.work import Work
from kithdesk.routing.arriving import arrive_late, overflow
from kithdesk.routing.desk_floor import DeskFloor
from kithdesk.routing.everybody import (
    end_hold,
    end_language,
    go_on_dropping,
    go_on_emptying,
    go_on_serving_everybody,
)
from kithdesk.routing.giving_back import give_back, withdraw_offers
from kithdesk.routing.offering import ask_again, end_late_offer, end_wrap_up
from kithdesk.routing.opening import hold_out_anew, open_queue, set_hours_by
from kithdesk.routing.overflowing import overflow_anew
from kithdesk.routing.postponed import (
    ArriveLate,
    AskAgain,
    DropSkill,
    EmptyQueue,
    EndHold,
    EndLanguage,
    EndOffer,
    EndWrapUp,
    GiveBack,
    HoldOutAnew,
    OpenQueue,
    Overflow,
    OverflowAnew,
    ServeAgent,
    ServeEverybody,
    SetHours,
    WithdrawOffers,
)
from kithdesk.routing.queries.agents import find_agent
from kithdesk.routing.serving import serve


def go_on_serving(work: Work, job: ServeAgent) -> None:
    serve(DeskFloor(work), [job.user])


def go_on_giving_back(work: Work, job: GiveBack) -> None:
    """Unless they have come back meanwhile."""
    agent = find_agent(work, job.user)
    if agent is None or agent.status == "offline":
        give_back(work, job.user, everything=job.everything, after=job.after)


def go_on_withdrawing(work: Work, job: WithdrawOffers) -> None:
    """Unless they have come back meanwhile."""
    agent = find_agent(work, job.user)
    if agent is None or agent.status != "available":
        withdraw_offers(work, job.user)


VERBS: dict[type[Job], JobVerb] = {
    ServeAgent: go_on_serving,
    ServeEverybody: go_on_serving_everybody,
    GiveBack: go_on_giving_back,
    WithdrawOffers: go_on_withdrawing,
    EmptyQueue: go_on_emptying,
    DropSkill: go_on_dropping,
    EndOffer: end_late_offer,
    AskAgain: ask_again,
    EndHold: end_hold,
    EndWrapUp: end_wrap_up,
    Overflow: overflow,
    OverflowAnew: overflow_anew,
    OpenQueue: open_queue,
    EndLanguage: end_language,
    HoldOutAnew: hold_out_anew,
    SetHours: set_hours_by,
    ArriveLate: arrive_late,
}
