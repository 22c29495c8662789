"""Presence: an agent is there while a node says so.

Each node renews one lease every five seconds and names, beside it, the agents whose sockets are open there. Thirty
seconds after the last renewal that named an agent, or after their last socket closed, they are offline and what they
had goes on to others. The lease outlives the process that wrote it: after a crash the same thirty seconds count.

All of this runs on the database's clock, one for every node, and never on the clock that tests move. The time of an
outage is nobody's absence (`core.nodes`), and a server that has just started waits for a round: browsers come back, and
while it was away its machine's clock may have been put ahead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import bindparam, delete, or_, select, update

from kithdesk.core import nodes
from kithdesk.core.actors import INSTALLATION, system
from kithdesk.core.clock import SECOND, Clock, Instant
from kithdesk.core.desk import Desk
from kithdesk.core.ids import OrganisationId
from kithdesk.core.nodes import Rounds
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Work
from kithdesk.routing.queries.agents import list_here, list_organisations_present, list_unseen
from kithdesk.routing.statuses import go_offline
from kithdesk.routing.tables import presence_leases, presences

LEASE = 30 * SECOND
MOST_AT_ONCE = 20
"""How many agents one command sends offline: each may give back a handful of conversations."""

_NOWHERE = ""
"""The node of an agent who set a status without ever opening a socket."""

_RENEW = Upsert(presence_leases, ["organisation", "node"])
_NAME = Upsert(presences, ["organisation", "user", "node"])
_OLD_LEASE = select(presence_leases.c.node).where(
    presence_leases.c.organisation == bindparam("organisation"),
    presence_leases.c.renewed_at <= bindparam("before"),
)
_LEFT_AHEAD = (
    update(presences)
    .where(presences.c.organisation == bindparam("of"), presences.c.left_at > bindparam("at"))
    .values(left_at=bindparam("at"))
)
_RENEWED_AHEAD = (
    update(presence_leases)
    .where(presence_leases.c.organisation == bindparam("of"), presence_leases.c.renewed_at > bindparam("at"))
    .values(renewed_at=bindparam("at"))
)
_FORGET_PRESENCES = delete(presences).where(
    presences.c.organisation == bindparam("organisation"),
    or_(presences.c.left_at <= bindparam("before"), presences.c.node.in_(_OLD_LEASE.scalar_subquery())),
)
_FORGET_LEASES = delete(presence_leases).where(
    presence_leases.c.organisation == bindparam("organisation"),
    presence_leases.c.renewed_at <= bindparam("before"),
)


class Watch:
    """What one server does for presence for as long as it lives."""

    def __init__(self, desk: Desk, *, clock: Clock | None = None, node: str | None = None) -> None:
        self._desk = desk
        self._clock = clock
        self._node = node or desk.node
        self._rounds: Rounds | None = None

    async def renew(self, agents_online: Iterable[tuple[OrganisationId, str]]) -> None:
        """Says whose sockets are open on this node, and sends offline whom no node has named for thirty seconds.

        For a round every five seconds, and for the moment somebody's first socket opens or last one closes.
        """
        here: dict[OrganisationId, set[str]] = defaultdict(set)
        for organisation, user in agents_online:
            here[organisation].add(user)
        for organisation, users in here.items():
            await self._make_round(organisation, users)
        # Behind its own, for which others wait: what reads may come back later than what writes.
        present = (await self._desk.read(list_organisations_present, by=INSTALLATION)).value
        for organisation in present - here.keys():
            await self._make_round(organisation, set())

    async def _make_round(self, organisation: OrganisationId, users: Collection[str]) -> None:
        at = None if self._clock is None else self._clock.now()
        are_more = True
        while are_more:
            done = await self._desk.run(
                renew_and_expire,
                self._node,
                users,
                rounds=self._rounds,
                at=at,
                by=system(organisation),
            )
            self._rounds, are_more = done.value


def renew_and_expire(
    work: Work,
    node: str,
    users: Collection[str],
    *,
    rounds: Rounds | None,
    at: Instant | None,
) -> tuple[Rounds, bool]:
    """One organisation's round at `at` (real time). Answers whether more agents wait to be sent offline."""
    # Read when its turn has come: on a node with much to write, a lease would begin with the seconds it has waited.
    at = nodes.time(work) if at is None else at
    rounds = Rounds.begun(at) if rounds is None else rounds.and_one(at)
    be_of_now(work, at=at)
    renew(work, node, users, at=at)
    gone = expire(work, at=at, judges=rounds.may_judge)
    return rounds, gone == MOST_AT_ONCE


def be_of_now(work: Work, *, at: Instant) -> None:
    """What was written while the clock was ahead counts from when it was put right, or the gone would stay for as long
    as it was wrong."""
    work.execute(_LEFT_AHEAD, {"of": work.organisation, "at": at})
    work.execute(_RENEWED_AHEAD, {"of": work.organisation, "at": at})


def renew(work: Work, node: str, users: Collection[str], *, at: Instant) -> None:
    """One node's lease. Agents of this node who are not among `users` any more have left at `at` (real time)."""
    here = list_here(work, node)
    if not here and not users:
        return
    for user in users:
        if user not in here or here[user] is not None:
            _name(work, user, node, left_at=None)
    for user, left_at in here.items():
        if left_at is None and user not in users:
            _name(work, user, node, left_at=at)
    work.execute(_RENEW, {"organisation": work.organisation, "node": node, "renewed_at": at})


def expire(work: Work, *, at: Instant, judges: bool) -> int:
    """Sends offline those not seen for thirty seconds by `at` (real time), at most `MOST_AT_ONCE`; answers how many.

    Somebody who set a status and never opened a socket gets thirty seconds from the first look at them. Without
    `judges` that is all that happens.
    """
    before = Instant(at - LEASE)
    gone = 0
    for user, seen_at in list_unseen(work, before=before):
        if seen_at is None:
            _name(work, user, _NOWHERE, left_at=at)
        elif judges and gone < MOST_AT_ONCE:
            go_offline(work, user, reason="connection_lost")
            gone += 1
    if judges and gone < MOST_AT_ONCE:  # otherwise somebody's last sign of life is still needed
        work.execute(_FORGET_PRESENCES, {"organisation": work.organisation, "before": before})
        work.execute(_FORGET_LEASES, {"organisation": work.organisation, "before": before})
    return gone


def _name(work: Work, user: str, node: str, *, left_at: Instant | None) -> None:
    work.execute(_NAME, {"organisation": work.organisation, "user": user, "node": node, "left_at": left_at})
