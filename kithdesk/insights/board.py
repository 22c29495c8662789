"""The live board: how each queue stands, which promises are at risk in it, and who is there to help."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kithdesk.access import list_agents
from kithdesk.core.clock import Instant
from kithdesk.core.work import Reads
from kithdesk.routing import InHand, QueueSurvey, find_queues_of, survey_agents, survey_queues
from kithdesk.routing.events import Status
from kithdesk.sla import list_risky

MOST_AGENTS = 500
"""Rows of agents; the counts are of all."""
MOST_RISKY = 5_000
"""Conversations past a warning or a due time that are looked at, the last to come to it first."""

_PLACES: Mapping[Status, int] = {"available": 0, "busy": 1, "unavailable": 2, "offline": 3}


@dataclass(slots=True)
class RiskCount:
    """How many conversations. One that is late is at risk no more."""

    at_risk: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class AgentSeen:
    """An agent who is here, or has something in hand."""

    name: str
    in_hand: InHand


@dataclass(frozen=True, slots=True)
class Board:
    """What went through is counted from `since`. `others`: in no queue; None where only some queues were asked for.

    `statuses` counts all agents; `agents` are the first `MOST_AGENTS` of the `total` that are to be seen.
    """

    since: Instant
    queues: Sequence[QueueSurvey]
    others: QueueSurvey | None
    risks: Mapping[str | None, RiskCount]
    is_risk_capped: bool
    statuses: Counter[Status]
    agents: Sequence[AgentSeen]
    total: int


def read_board(reads: Reads, *, queues: Collection[str] | None = None, team: str | None = None) -> Board:
    """Of these queues or all, and of the agents who work as this team or all."""
    *found, others = survey_queues(reads)
    if queues is not None:
        found = [one for one in found if one.queue is not None and one.queue.id in queues]
    risks, is_risk_capped = _risks(reads, {one.queue.id for one in found if one.queue is not None})
    statuses, agents = _agents(reads, team)
    return Board(
        since=others.buckets[0].at,
        queues=found,
        others=others if queues is None else None,
        risks=risks,
        is_risk_capped=is_risk_capped,
        statuses=statuses,
        agents=agents[:MOST_AGENTS],
        total=len(agents),
    )


def median_of(counted: Mapping[int, int]) -> int | None:
    """The lower of the two in the middle, of values and how often each is there."""
    middle = (sum(counted.values()) - 1) // 2
    for value, times in sorted(counted.items()):
        middle -= times
        if middle < 0:
            return value
    return None


def _risks(reads: Reads, known: Collection[str]) -> tuple[Mapping[str | None, RiskCount], bool]:
    """Broken is what is late now: a promise that was broken and answered since needs nobody any more."""
    found = list_risky(reads, MOST_RISKY + 1)
    queues = find_queues_of(reads, [one.conversation for one in found])
    risks: defaultdict[str | None, RiskCount] = defaultdict(RiskCount)
    for one in found[:MOST_RISKY]:
        if one.conversation not in queues:
            continue
        queue = queues[one.conversation]
        counted = risks[queue if queue in known else None]
        if one.due is not None and one.due <= reads.now:
            counted.late += 1
        else:
            counted.at_risk += 1
    return risks, len(found) > MOST_RISKY


def _agents(reads: Reads, team: str | None) -> tuple[Counter[Status], list[AgentSeen]]:
    """How many there are by status, and those to be seen: who can help first, then who has most room."""
    names: dict[str, str] = {user.id: user.display_name for user in list_agents(reads)}
    known = {one.agent.user: one for one in survey_agents(reads) if one.agent.user in names}
    if team is not None:
        known = {user: one for user, one in known.items() if one.agent.team == team}
    statuses: Counter[Status] = Counter(one.agent.status for one in known.values())
    if team is None:
        statuses["offline"] += len(names) - len(known)
    seen = [
        AgentSeen(names[user], one)
        for user, one in known.items()
        if one.agent.status != "offline" or one.items
    ]
    return statuses, sorted(seen, key=_place)


def _place(one: AgentSeen) -> tuple[int, int, str]:
    agent = one.in_hand.agent
    return _PLACES[agent.status], -agent.free_share, agent.user
