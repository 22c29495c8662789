"""Routing's jobs, and the verbs that do them."""

from __future__ import annotations

from kithdesk.core.jobs import Job, JobVerb
from kithdesk.core.work import Work
from kithdesk.routing.assigning import give_back, serve
from kithdesk.routing.postponed import GiveBack, ServeQueue
from kithdesk.routing.queries import find_agent


def go_on_serving(work: Work, _job: ServeQueue) -> None:
    serve(work)


def go_on_giving_back(work: Work, job: GiveBack) -> None:
    """Unless they have come back meanwhile."""
    agent = find_agent(work, job.user)
    if agent is None or agent.status == "offline":
        give_back(work, job.user)


VERBS: dict[type[Job], JobVerb] = {ServeQueue: go_on_serving, GiveBack: go_on_giving_back}
