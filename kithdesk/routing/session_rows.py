"""Work sessions: from an agent's first word in the morning to their going, and how they spent the time between."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, literal_column, update

from kithdesk.core.clock import Instant
from kithdesk.core.events import Recorded
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Rows
from kithdesk.routing.events import AgentStatusChanged
from kithdesk.routing.queries.agents import agent_at, last_session
from kithdesk.routing.tables import work_sessions

_PUT = Upsert(work_sessions, ["organisation", "user", "number"])
_COUNT_ITEM = (
    update(work_sessions)
    .where(
        work_sessions.c.organisation == bindparam("of"),
        work_sessions.c.user == bindparam("agent"),
        work_sessions.c.ended_at.is_(None),
    )
    .values(items=literal_column("items + 1"))
)


def project_session(rows: Rows, recorded: Recorded[AgentStatusChanged]) -> None:
    """After the agent's own row is written, which knows as which team they work."""
    event, at = recorded.event, recorded.at
    last = last_session(rows, rows.organisation, event.user)
    if last is not None and last.ended_at is None:
        session = _passed(last._asdict(), at)
    elif event.status == "offline":
        return
    else:
        session = _begun(recorded, number=1 if last is None else last.number + 1)
    agent = agent_at(rows, rows.organisation, event.user)
    session |= {
        "team": session["team"] if agent is None else agent.team,
        "status": event.status,
        "status_at": at,
        "ended_at": at if event.status == "offline" else None,
    }
    rows.execute(_PUT, {"organisation": rows.organisation, "user": event.user, **session})


def count_item(rows: Rows, user: str) -> None:
    """They were given one more."""
    rows.execute(_COUNT_ITEM, {"of": rows.organisation, "agent": user})


def _passed(session: dict[str, Any], at: Instant) -> dict[str, Any]:
    """With the time since the last status added to that status."""
    status = session["status"]
    return {**session, status: session[status] + max(0, at - session["status_at"])}


def _begun(recorded: Recorded[AgentStatusChanged], *, number: int) -> dict[str, Any]:
    return {
        "number": number,
        "id": recorded.id,
        "team": "",
        "available": 0,
        "busy": 0,
        "unavailable": 0,
        "items": 0,
        "began_at": recorded.at,
    }
