"""The timer of a snoozed conversation goes off, and nothing happens."""

from __future__ import annotations

from kithdesk.conversations import jobs
from kithdesk.conversations.timers import WakeUp
from kithdesk.core.jobs import Job
from kithdesk.core.work import Work


def break_it() -> None:
    jobs.VERBS[WakeUp] = _sleep_on


def _sleep_on(_work: Work, _job: Job) -> None:
    """It stays as it is."""
