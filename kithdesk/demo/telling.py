"""Telling the history: its steps in the order of their times, each a command of its own, under its own date."""

from __future__ import annotations

import asyncio

from kithdesk.access import change_settings
from kithdesk.core.actors import system
from kithdesk.core.desk import Desk
from kithdesk.core.work import Work
from kithdesk.demo.history import History, Step
from kithdesk.demo.staff import DemoSettings


async def tell(desk: Desk, history: History) -> None:
    """Makes the history true, and remembers that it is.

    All of it is asked for at once and is done in this order, so that no job comes between: an offer of yesterday is
    long over by today's clock, and would end before the step in which somebody accepts it.
    """
    program = system(history.organisation)
    await asyncio.gather(*(desk.run(as_if_then, step, by=program) for step in history.steps()))
    await desk.run(change_settings, DemoSettings, {"isTold": True}, by=program)


def as_if_then(work: Work, step: Step) -> None:
    """One step in its own time: whatever it states, and whatever follows from that, carries the date of the story."""
    work.now = step.at
    by = step.by(work)
    if by is not None:
        work.actor = by
        step.do(work)
