"""Routing's rows.

    agent     ──what they said of themselves──▶ routing_agents (status, capacity, load, free share)
    work item ──one per conversation──────────▶ work_items: queued ⇄ assigned ⇄ paused → completed
    presence  ──which sockets are open────────▶ leases and presences (the journal knows only the status)

Two indexes carry the cost of routing: the best agent is the first row of one, the longest waiting item the first of
the other, however many agents there are and however much waits. They are partial, so queries repeat their condition
word for word (`HAS_ROOM`, `QUEUED`): a database that plans before it sees the values would not know that it fits.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, PrimaryKeyConstraint, Text, text

from kithdesk.core.tables import lease, projection

queues = projection(
    "queues",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("is_default", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "id"),
)
Index("uq_queues_organisation_key", queues.c.organisation, queues.c.key, unique=True)

routing_settings = projection(
    "routing_settings",
    Column("organisation", Text, nullable=False),
    Column("team", Text, nullable=False),  # '' holds for the organisation
    Column("capacity_per_agent", BigInteger),
    Column("requeue_when_offline", Boolean),
    Column("changed_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "team"),
)

routing_team_members = projection(
    "routing_team_members",
    Column("organisation", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("team", Text, nullable=False),
    PrimaryKeyConstraint("organisation", "user", "team"),
)
Index(
    "ix_routing_team_members_organisation_team",
    routing_team_members.c.organisation,
    routing_team_members.c.team,
)

routing_agents = projection(
    "routing_agents",
    Column("organisation", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("reason", Text),
    Column("changed_at", BigInteger),  # null while they have never said
    Column("capacity", BigInteger, nullable=False),
    Column("load", BigInteger, nullable=False),
    Column("free_share", BigInteger, nullable=False),
    Column("idle_since", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "user"),
)
HAS_ROOM = text("status = 'available' AND free_share > 0")
Index(
    "ix_routing_agents_best",
    routing_agents.c.organisation,
    routing_agents.c.free_share.desc(),
    routing_agents.c.idle_since,
    routing_agents.c.user,
    sqlite_where=HAS_ROOM,
    postgresql_where=HAS_ROOM,
)
AWAKE = text("status <> 'offline'")
Index(
    "ix_routing_agents_awake",
    routing_agents.c.organisation,
    routing_agents.c.user,
    sqlite_where=AWAKE,
    postgresql_where=AWAKE,
)

work_items = projection(
    "work_items",
    Column("organisation", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("queue", Text),
    Column("state", Text, nullable=False),  # of `queries.State`; idle: open, but nobody's and in no queue
    Column("status", Text, nullable=False),  # the conversation's
    Column("is_ended", Boolean, nullable=False),
    Column("users", Text, nullable=False),  # JSON list: who has it, or had it last
    Column("teams", Text, nullable=False),  # JSON list
    Column("not_for", Text),  # who gave it away
    Column("queued_count", BigInteger, nullable=False),
    Column("entered_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "conversation"),
)
QUEUED = text("state = 'queued'")
Index(
    "ix_work_items_waiting",
    work_items.c.organisation,
    work_items.c.entered_at,
    work_items.c.conversation,
    sqlite_where=QUEUED,
    postgresql_where=QUEUED,
)

live_assignments = projection(
    "live_assignments",
    Column("organisation", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    PrimaryKeyConstraint("organisation", "user", "conversation"),
)

presence_leases = lease(
    "presence_leases",
    Column("organisation", Text, nullable=False),
    Column("node", Text, nullable=False),
    Column("renewed_at", BigInteger, nullable=False),  # real time
    PrimaryKeyConstraint("organisation", "node"),
)

presences = lease(
    "presences",
    Column("organisation", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("node", Text, nullable=False),
    Column("left_at", BigInteger),  # real time; null while a socket is open there
    PrimaryKeyConstraint("organisation", "user", "node"),
)
