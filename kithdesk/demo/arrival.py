"""Whoever opens the demo's console is there to answer, and is made available; elsewhere they say so themselves."""

from __future__ import annotations

from collections.abc import Sequence

from kithdesk.access.events import UserSignedIn
from kithdesk.core.actors import system
from kithdesk.core.desk import Desk
from kithdesk.core.events import Event, Recorded
from kithdesk.core.ids import OrganisationId
from kithdesk.core.work import Work
from kithdesk.demo.staff import ROBIN, acting, find_colleagues
from kithdesk.routing import draw_status, set_status


async def watch_arrivals(desk: Desk, organisation: OrganisationId) -> None:
    """From now on, the demo's agent is available as soon as they sign in."""
    robin = (await desk.read(find_colleagues, by=system(organisation))).value[ROBIN.key]

    def notice(where: OrganisationId, facts: Sequence[Recorded[Event]]) -> None:
        if where == organisation and any(
            isinstance(fact.event, UserSignedIn) and fact.event.user == robin.id for fact in facts
        ):
            desk.submit_and_forget(step_in, robin.id, by=acting(organisation, robin))

    desk.feed.follow(notice)


def step_in(work: Work, user: str) -> None:
    """Available, unless they are here already and have said otherwise."""
    if draw_status(work, user)["attributes"]["status"] == "offline":
        set_status(work, user, "available")


def come_back(work: Work, user: str) -> None:
    """After a restart: whoever was only lost with the connection is back, if their console connects again."""
    known = draw_status(work, user)["attributes"]
    if known["status"] == "offline" and known["reason"] == "connection_lost":
        set_status(work, user, "available")
