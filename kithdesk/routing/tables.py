"""Routing's rows.

    agent     ──what they said of themselves──▶ routing_agents (status, team, capacity, load, free share)
    work item ──one living per conversation───▶ work_items: queued ⇄ offered → assigned ⇄ paused → wrap_up → completed
    line      ──equals that wait──────────────▶ routing_lines: who may take one of them may take any of them
    presence  ──which sockets are open────────▶ leases and presences (the journal knows only the status)

Two indexes carry the cost of routing: the best agent of a team is the first row of one, the longest waiting item of a
line the first of the other, however many agents there are and however much waits. They are partial, so queries repeat
their condition word for word (`HAS_ROOM`, `QUEUED`): a database that plans before it sees the values would not know
that it fits.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, PrimaryKeyConstraint, Text, TextClause, text

from kithdesk.core.tables import lease, projection


def _only(rows: TextClause) -> dict[str, Any]:
    return {"sqlite_where": rows, "postgresql_where": rows}


queues = projection(
    "queues",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("is_default", Boolean, nullable=False),
    Column("priority", BigInteger, nullable=False),  # 1 goes first
    Column("weight", BigInteger, nullable=False),
    Column("terms", Text, nullable=False),  # JSON of `QueueTerms`
    Column("created_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("rev", BigInteger, nullable=False),  # one more with each change of it
    PrimaryKeyConstraint("organisation", "id"),
)
Index("uq_queues_organisation_key", queues.c.organisation, queues.c.key, unique=True)

queue_rules = projection(
    "queue_rules",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("place", BigInteger, nullable=False),  # the first that matches decides
    Column("rule", Text, nullable=False),  # JSON of `QueueRule`
    Column("created_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("rev", BigInteger, nullable=False),  # one more with each change of it
    PrimaryKeyConstraint("organisation", "id"),
)

routing_settings = projection(
    "routing_settings",
    Column("organisation", Text, nullable=False),
    Column("team", Text, nullable=False),  # '' holds for the organisation
    Column("name_order", Text, nullable=False),  # of the team's name: an agent of several works as the first
    Column("is_enabled", Boolean, nullable=False),
    Column("capacity_per_agent", BigInteger),
    Column("profile", Text, nullable=False),  # JSON of `Profile`
    Column("changed_at", BigInteger, nullable=False),
    Column("rev", BigInteger, nullable=False),  # one more with each change of it
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

routing_skills = projection(
    "routing_skills",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("key", Text, nullable=False),  # by which agents' levels and rules name it
    Column("name", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "id"),
)
Index("uq_routing_skills_organisation_key", routing_skills.c.organisation, routing_skills.c.key, unique=True)

agent_skills = projection(
    "agent_skills",
    Column("organisation", Text, nullable=False),
    Column("skill", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("level", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "skill", "user"),
)
Index("ix_agent_skills_organisation_user", agent_skills.c.organisation, agent_skills.c.user)

agent_skill_revs = projection(
    "agent_skill_revs",
    Column("organisation", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("rev", BigInteger, nullable=False),  # one more with each change of their levels
    PrimaryKeyConstraint("organisation", "user"),
)

routing_agents = projection(
    "routing_agents",
    Column("organisation", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("reason", Text),
    Column("changed_at", BigInteger),  # null while they have never said
    Column("chosen_team", Text, nullable=False),  # as which they said they work; '' leaves it to the names
    Column("team", Text, nullable=False),  # as which they work; '' as none
    Column("capacity", BigInteger, nullable=False),
    Column("load", BigInteger, nullable=False),
    Column("held", Text, nullable=False),  # JSON: what of the load is of which priority
    Column("skills", Text, nullable=False),  # JSON: levels by skill
    Column("free_share", BigInteger, nullable=False),
    Column("idle_since", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "user"),
)
HAS_ROOM = text("status = 'available' AND free_share > 0")
Index(
    "ix_routing_agents_best",
    routing_agents.c.organisation,
    routing_agents.c.team,
    routing_agents.c.free_share.desc(),
    routing_agents.c.idle_since,
    routing_agents.c.user,
    **_only(HAS_ROOM),
)
AWAKE = text("status <> 'offline'")
Index("ix_routing_agents_awake", routing_agents.c.organisation, routing_agents.c.user, **_only(AWAKE))

routing_crowds = projection(
    "routing_crowds",
    Column("organisation", Text, nullable=False),
    Column("team", Text, nullable=False),
    Column("kind", Text, nullable=False),  # free, full, away: `agent_rows.crowd_of`
    Column("agents", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "team", "kind"),
)

work_items = projection(
    "work_items",
    Column("organisation", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("number", BigInteger, nullable=False),  # the conversation's first, second, …
    Column("id", Text, nullable=False),  # of the event that began it
    Column("channel", Text, nullable=False),
    Column("queue", Text),
    Column("state", Text, nullable=False),  # of `entities.State`; idle: open, but nobody's and in no queue
    Column("is_live", Boolean, nullable=False),
    Column("status", Text, nullable=False),  # the conversation's
    Column("is_ended", Boolean, nullable=False),
    Column("judged_for", Text),  # the queue for which a rule set what follows
    Column("rule", Text),
    Column("priority", BigInteger, nullable=False),
    Column("weight", BigInteger, nullable=False),
    Column("line", Text),  # while it waits
    Column("preferred", Text),
    Column("preferred_as", Text),  # by a rule, or as its last agent
    Column("wished", Text),  # whom somebody asked for by hand; goes before who is preferred
    Column("language", Text),  # the skill of its customer's
    Column("holds_out", Boolean, nullable=False),  # for somebody who speaks that language
    Column("reserved_for", Text),
    Column("held_until", BigInteger),
    Column("offered_to", Text),  # who has the offer, or had the last one
    Column("offered_at", BigInteger),
    Column("offered_until", BigInteger),  # null: no offer stands
    Column("wrap_up_until", BigInteger),
    Column("declined_at", BigInteger),  # since when everybody who could take it has declined
    Column("asked_again_at", BigInteger),  # when those are asked once more
    Column("overflowed_at", BigInteger),  # when its customer was told that it takes long
    Column("offers_form", Boolean, nullable=False),  # to leave an address instead of waiting
    Column("queued_count", BigInteger, nullable=False),
    Column("waited", BigInteger, nullable=False),  # milliseconds, before the wait that lasts
    Column("queued_at", BigInteger),  # since when it waits, this time
    Column("entered_at", BigInteger, nullable=False),  # its place among those that wait
    Column("created_at", BigInteger, nullable=False),
    Column("accepted_at", BigInteger),
    Column("had_until", BigInteger),  # when its agents last had it open
    Column("completed_at", BigInteger),
    Column("changed_at", BigInteger, nullable=False),
    Column("users", Text, nullable=False),  # JSON list: who has it, or had it last
    Column("teams", Text, nullable=False),  # JSON list
    Column("not_for", Text, nullable=False),  # JSON list: who gave it away
    Column("declined", Text, nullable=False),  # JSON list: who was asked and said no
    Column("skills", Text, nullable=False),  # JSON: the least level by skill
    Column("own_skills", Text, nullable=False),  # JSON list: what is asked by hand besides
    PrimaryKeyConstraint("organisation", "conversation", "number"),
)
Index("uq_work_items_organisation_id", work_items.c.organisation, work_items.c.id, unique=True)
LIVE = text("is_live")
Index("uq_work_items_live", work_items.c.organisation, work_items.c.conversation, unique=True, **_only(LIVE))
QUEUED = text("state = 'queued'")
Index(
    "ix_work_items_waiting",
    work_items.c.organisation,
    work_items.c.line,
    work_items.c.entered_at,
    work_items.c.id,
    **_only(QUEUED),
)
Index(
    "ix_work_items_standing",
    work_items.c.organisation,
    work_items.c.state,
    work_items.c.queue,
    work_items.c.entered_at,
    **_only(LIVE),
)
DECLINED = text("declined_at IS NOT NULL")
Index("ix_work_items_declined", work_items.c.organisation, work_items.c.declined_at, **_only(DECLINED))

routing_lines = projection(
    "routing_lines",
    Column("organisation", Text, nullable=False),
    Column("line", Text, nullable=False),
    Column("queue", Text, nullable=False),
    Column("traits", Text, nullable=False),  # JSON of `choosing.Traits`: all that decides who may take it
    Column("waiting", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "line"),
)
Index("ix_routing_lines_organisation_queue", routing_lines.c.organisation, routing_lines.c.queue)

work_decisions = projection(
    "work_decisions",
    Column("organisation", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("id", Text, nullable=False),  # of the event that says it
    Column("at", BigInteger, nullable=False),
    Column("decision", Text, nullable=False),  # JSON of `choosing.Decision`
    PrimaryKeyConstraint("organisation", "item", "id"),
)

live_assignments = projection(
    "live_assignments",
    Column("organisation", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("units", BigInteger, nullable=False),
    Column("priority", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "user", "conversation"),
)

work_sessions = projection(
    "work_sessions",
    Column("organisation", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("id", Text, nullable=False),  # of the status that began it
    Column("team", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("status_at", BigInteger, nullable=False),
    Column("available", BigInteger, nullable=False),  # milliseconds, before the status that lasts
    Column("busy", BigInteger, nullable=False),
    Column("unavailable", BigInteger, nullable=False),
    Column("items", BigInteger, nullable=False),
    Column("began_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    PrimaryKeyConstraint("organisation", "user", "number"),
)

queue_flow = projection(
    "queue_flow",
    Column("organisation", Text, nullable=False),
    Column("queue", Text, nullable=False),
    Column("slot", BigInteger, nullable=False),  # the minute modulo an hour: a ring that never grows
    Column("minute", BigInteger, nullable=False),
    Column("arrived", BigInteger, nullable=False),
    Column("departed", BigInteger, nullable=False),  # for an agent
    Column("waited", BigInteger, nullable=False),  # milliseconds, by all that left in it
    Column("waits", Text, nullable=False),  # JSON: how many of them waited about so long
    Column("completed", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "queue", "slot"),
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
