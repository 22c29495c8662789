"""The live board on the wire."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kithdesk.access import TeamId, find_teams
from kithdesk.core.clock import iso, iso_or_none
from kithdesk.core.documents import resource
from kithdesk.core.work import Reads
from kithdesk.insights.board import AgentSeen, Board, RiskCount, median_of
from kithdesk.routing import QueueSurvey
from kithdesk.routing.events import Status

STATUSES: tuple[Status, ...] = ("available", "busy", "unavailable", "offline")


def draw_board(reads: Reads, board: Board) -> dict[str, Any]:
    """A `live_board` resource; its id is the organisation's."""
    everything = [*board.queues, board.others] if board.others is not None else board.queues
    attributes = {
        "at": iso(reads.now),
        "hourSince": iso(board.since),
        "totals": {**_counts(everything, board.risks), "slaIsCapped": board.is_risk_capped},
        "queues": [_queue(one, board.risks) for one in board.queues],
        "agents": {
            "byStatus": {status: board.statuses[status] for status in STATUSES},
            "total": board.total,
            "isCapped": board.total > len(board.agents),
            "rows": _agents(reads, board.agents),
        },
    }
    return resource("live_board", reads.organisation, attributes, at="/v1/insights/board")


def _queue(one: QueueSurvey, risks: Mapping[str | None, RiskCount]) -> dict[str, Any]:
    queue = one.queue
    assert queue is not None
    return {
        "id": queue.id,
        "name": queue.name,
        "key": queue.key,
        "priority": queue.priority,
        **_counts([one], risks),
        "expectedWait": one.expected_wait,
        "available": one.available,
        "open": one.is_open,
        "opensAt": iso_or_none(one.opens_at),
        "buckets": [
            {
                "at": iso(each.at),
                "arrived": each.arrived,
                "assigned": each.assigned,
                "completed": each.completed,
            }
            for each in one.buckets
        ],
    }


def _counts(found: Sequence[QueueSurvey], risks: Mapping[str | None, RiskCount]) -> dict[str, Any]:
    """Of one queue, or of several together."""
    names = [None if one.queue is None else one.queue.id for one in found]
    risky = [risks[name] for name in names if name in risks]
    since = [one.waits_since for one in found if one.waits_since is not None]
    declined_since = [one.declined_since for one in found if one.declined_since is not None]
    waits: Counter[int] = Counter()
    for one in found:
        waits.update(one.waits)
    buckets = [bucket for one in found for bucket in one.buckets]
    return {
        "waiting": sum(one.waiting for one in found),
        "offered": sum(one.offered for one in found),
        "declined": sum(one.declined for one in found),
        "declinedSince": iso_or_none(min(declined_since, default=None)),
        "inHand": sum(one.in_hand for one in found),
        "wrappingUp": sum(one.wrapping_up for one in found),
        "longestWaitSince": iso_or_none(min(since, default=None)),
        "slaAtRisk": sum(one.at_risk for one in risky),
        "slaLate": sum(one.late for one in risky),
        "arrived": sum(bucket.arrived for bucket in buckets),
        "assigned": sum(bucket.assigned for bucket in buckets),
        "completed": sum(bucket.completed for bucket in buckets),
        "medianWait": median_of(waits),
    }


def _agents(reads: Reads, seen: Iterable[AgentSeen]) -> list[dict[str, Any]]:
    rows = [(one.name, one.in_hand.agent, one.in_hand.items) for one in seen]
    names = {
        team.id: team.name for team in find_teams(reads, {agent.team for _, agent, _ in rows if agent.team})
    }
    return [
        {
            "user": agent.user,
            "name": name,
            "status": agent.status,
            "reason": agent.reason,
            "since": iso_or_none(agent.changed_at),
            "team": {"id": agent.team, "name": names.get(TeamId(agent.team), "")} if agent.team else None,
            "load": agent.load,
            "capacity": agent.capacity,
            "items": items,
        }
        for name, agent, items in rows
    ]
