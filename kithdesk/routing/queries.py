"""Every SELECT of routing. Each starts from the organisation of whoever asks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Literal

import msgspec
from sqlalchemy import and_, bindparam, func, or_, select

from kithdesk.core.clock import Instant
from kithdesk.core.ids import OrganisationId
from kithdesk.core.sql import Executes
from kithdesk.core.work import Reads
from kithdesk.routing.choosing import Candidate, Waiting
from kithdesk.routing.ids import QueueId
from kithdesk.routing.tables import (
    AWAKE,
    HAS_ROOM,
    QUEUED,
    live_assignments,
    presence_leases,
    presences,
    queues,
    routing_agents,
    routing_settings,
    routing_team_members,
    work_items,
)

_ORGANISATION: Any = bindparam("organisation")
_LIMIT: Any = bindparam("limit")

# Queues

_QUEUES = (
    select(queues.c.id, queues.c.name, queues.c.key, queues.c.is_default, queues.c.created_at)
    .where(queues.c.organisation == _ORGANISATION)
    .order_by(queues.c.id)
)
_QUEUES_PAGE = _QUEUES.limit(_LIMIT).offset(bindparam("offset"))
_QUEUES_COUNT = select(func.count()).select_from(queues).where(queues.c.organisation == _ORGANISATION)
_QUEUE = _QUEUES.where(queues.c.id == bindparam("id"))
_DEFAULT_QUEUE = select(queues.c.id).where(
    queues.c.organisation == _ORGANISATION, queues.c.is_default.is_(True)
)


def list_queues(reads: Reads, limit: int, offset: int) -> list[Any]:
    return reads.execute(
        _QUEUES_PAGE, {"organisation": reads.organisation, "limit": limit, "offset": offset}
    ).rows


def count_queues(reads: Reads) -> int:
    count: int = reads.execute(_QUEUES_COUNT, {"organisation": reads.organisation}).scalar()
    return count


def find_queue(reads: Reads, queue_id: str) -> Any | None:
    return reads.execute(_QUEUE, {"organisation": reads.organisation, "id": queue_id}).first()


def find_default_queue(reads: Reads) -> QueueId | None:
    queue: QueueId | None = reads.execute(_DEFAULT_QUEUE, {"organisation": reads.organisation}).scalar()
    return queue


# Settings

_SETTINGS = select(
    routing_settings.c.team,
    routing_settings.c.capacity_per_agent,
    routing_settings.c.requeue_when_offline,
    routing_settings.c.changed_at,
).where(routing_settings.c.organisation == _ORGANISATION, routing_settings.c.team == bindparam("team"))


_CAPACITIES = (
    select(routing_team_members.c.user, func.min(routing_settings.c.capacity_per_agent).label("capacity"))
    .select_from(
        routing_team_members.join(
            routing_settings,
            and_(
                routing_settings.c.organisation == routing_team_members.c.organisation,
                routing_settings.c.team == routing_team_members.c.team,
            ),
        )
    )
    .where(
        routing_team_members.c.organisation == _ORGANISATION,
        routing_team_members.c.user.in_(bindparam("users", expanding=True)),
    )
    .group_by(routing_team_members.c.user)
)


def list_capacities(reads: Reads, users: Collection[str]) -> dict[str, int]:
    """The smallest capacity that a team of theirs sets, for those who are in such a team."""
    if not users:
        return {}
    rows = reads.execute(_CAPACITIES, {"organisation": reads.organisation, "users": list(users)})
    return {row.user: row.capacity for row in rows if row.capacity is not None}


def find_settings(reads: Reads, team: str) -> Any | None:
    """What was set for a team, or with '' for the organisation."""
    return reads.execute(_SETTINGS, {"organisation": reads.organisation, "team": team}).first()


# Agents

_AGENT_COLUMNS = select(
    routing_agents.c.user,
    routing_agents.c.status,
    routing_agents.c.reason,
    routing_agents.c.changed_at,
    routing_agents.c.capacity,
    routing_agents.c.load,
    routing_agents.c.idle_since,
).where(routing_agents.c.organisation == _ORGANISATION)
_AGENT = _AGENT_COLUMNS.where(routing_agents.c.user == bindparam("user"))
_AGENTS = _AGENT_COLUMNS.where(routing_agents.c.user.in_(bindparam("users", expanding=True)))
_BEST = (
    select(
        routing_agents.c.user, routing_agents.c.capacity, routing_agents.c.load, routing_agents.c.idle_since
    )
    .where(
        routing_agents.c.organisation == _ORGANISATION,
        HAS_ROOM,
    )
    .order_by(routing_agents.c.free_share.desc(), routing_agents.c.idle_since, routing_agents.c.user)
    .limit(_LIMIT)
)


def find_agent(reads: Reads, user: str) -> Any | None:
    return reads.execute(_AGENT, {"organisation": reads.organisation, "user": user}).first()


def find_agents(reads: Reads, users: Collection[str]) -> dict[str, Any]:
    if not users:
        return {}
    rows = reads.execute(_AGENTS, {"organisation": reads.organisation, "users": list(users)})
    return {row.user: row for row in rows}


def best_agents(reads: Reads, limit: int) -> list[Candidate]:
    """Available agents with room, in the order of `choosing`: the first rows of one index."""
    rows = reads.execute(_BEST, {"organisation": reads.organisation, "limit": limit})
    return [Candidate(row.user, row.capacity, row.load, row.idle_since) for row in rows]


# Work items

_ITEM = select(
    work_items.c.conversation,
    work_items.c.queue,
    work_items.c.state,
    work_items.c.status,
    work_items.c.is_ended,
    work_items.c.queued_count,
    work_items.c.entered_at,
    work_items.c.changed_at,
    work_items.c.not_for,
    work_items.c.users,
    work_items.c.teams,
).where(work_items.c.organisation == _ORGANISATION, work_items.c.conversation == bindparam("conversation"))
_WAITING = (
    select(work_items.c.conversation, work_items.c.not_for)
    .where(
        work_items.c.organisation == _ORGANISATION,
        QUEUED,
        or_(work_items.c.not_for.is_(None), work_items.c.not_for != bindparam("only")),
    )
    .order_by(work_items.c.entered_at, work_items.c.conversation)
    .limit(_LIMIT)
)
_LIVE_OF = (
    select(live_assignments.c.conversation)
    .where(live_assignments.c.organisation == _ORGANISATION, live_assignments.c.user == bindparam("user"))
    .order_by(live_assignments.c.conversation)
    .limit(_LIMIT)
)


State = Literal["queued", "assigned", "paused", "completed", "idle"]
_list = msgspec.json.Decoder(tuple[str, ...]).decode


class Item(msgspec.Struct, frozen=True):
    """A conversation as routing sees it. `users` have it, or had it last."""

    conversation: str
    queue: QueueId | None
    state: State
    status: str
    is_ended: bool
    queued_count: int
    entered_at: Instant
    changed_at: Instant
    not_for: str | None
    users: tuple[str, ...]
    teams: tuple[str, ...]


_LISTS = Item.__struct_fields__.index("users")
"""From here on the columns are JSON lists."""


def find_item(reads: Executes, organisation: OrganisationId, conversation: str) -> Item | None:
    row = reads.execute(_ITEM, {"organisation": organisation, "conversation": conversation}).first()
    if row is None:
        return None
    return Item(*row[:_LISTS], *(_list(ids) for ids in row[_LISTS:]))


def oldest_waiting(reads: Reads, limit: int, *, only: str | None = None) -> list[Waiting]:
    """What has waited longest: the first rows of one index. With `only`, what that agent has not given away."""
    values = {"organisation": reads.organisation, "only": only or "", "limit": limit}
    return [Waiting(row.conversation, row.not_for) for row in reads.execute(_WAITING, values)]


def list_live(reads: Reads, user: str, limit: int) -> list[str]:
    """Open conversations that an agent has, oldest first."""
    values = {"organisation": reads.organisation, "user": user, "limit": limit}
    return [row.conversation for row in reads.execute(_LIVE_OF, values)]


# Presence. Instants here are real time, never the clock that tests move.

_LAST_SEEN = func.max(func.coalesce(presences.c.left_at, presence_leases.c.renewed_at))
_AWAKE_SINCE = (
    select(routing_agents.c.user, _LAST_SEEN.label("seen_at"))
    .select_from(
        routing_agents.outerjoin(
            presences,
            and_(
                presences.c.organisation == routing_agents.c.organisation,
                presences.c.user == routing_agents.c.user,
            ),
        ).outerjoin(
            presence_leases,
            and_(
                presence_leases.c.organisation == presences.c.organisation,
                presence_leases.c.node == presences.c.node,
            ),
        )
    )
    .where(routing_agents.c.organisation == _ORGANISATION, AWAKE)
    .group_by(routing_agents.c.user)
    .having(or_(_LAST_SEEN.is_(None), bindparam("before") >= _LAST_SEEN))
)
_HERE = select(presences.c.user, presences.c.left_at).where(
    presences.c.organisation == _ORGANISATION, presences.c.node == bindparam("node")
)
_CONNECTED = select(presences.c.user).where(
    presences.c.organisation == _ORGANISATION,
    presences.c.left_at.is_(None),
    presences.c.user.in_(bindparam("users", expanding=True)),
)
_WITH_PRESENCE = select(routing_agents.c.organisation).where(AWAKE).distinct()
_WITH_LEASES = select(presence_leases.c.organisation).distinct()


def list_unseen(reads: Reads, *, before: Instant) -> list[tuple[str, Instant | None]]:
    """Agents who are not offline and whom no node has named since `before`; None when no node ever did."""
    rows = reads.execute(_AWAKE_SINCE, {"organisation": reads.organisation, "before": before})
    return [(row.user, row.seen_at) for row in rows]


def list_here(reads: Reads, node: str) -> dict[str, Instant | None]:
    """Whom a node has named, and when the last socket of each who left was closed."""
    rows = reads.execute(_HERE, {"organisation": reads.organisation, "node": node})
    return {row.user: row.left_at for row in rows}


def find_connected(reads: Reads, users: Sequence[str]) -> set[str]:
    """Which of these agents have an open socket, as of the last renewal."""
    if not users:
        return set()
    rows = reads.execute(_CONNECTED, {"organisation": reads.organisation, "users": list(users)})
    return {row.user for row in rows}


def list_organisations_present(reads: Reads) -> set[OrganisationId]:
    """The organisations whose presence needs looking after. For the installation, not for a caller."""
    found = [*reads.execute(_WITH_PRESENCE), *reads.execute(_WITH_LEASES)]
    return {row.organisation for row in found}
