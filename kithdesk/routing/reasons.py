"""Why something was assigned, in a code to count by and a sentence for the agent who asks "why is this here?"."""

from __future__ import annotations

from typing import Any

import msgspec

from kithdesk.conversations.events import Reason
from kithdesk.routing.choosing import Decision

WAITING = Reason("waiting", "Nobody with room is available.")
CLOSED = Reason("closed", "Its queue is outside its hours.")
ASKING = Reason("asking", "An agent is asked to take it.")
ASKING_IN_ITS_PLACE = Reason(
    "asking_in_its_place", "Its agent went offline, and another is asked to take it."
)
HELD = Reason("held", "It waits a while for the agent who had it last.")
AGENT_OFFLINE = Reason("agent_offline", "The agent who had it went offline.")
AGENT_LEFT_IT_ANSWERED = Reason(
    "agent_offline_answered", "The agent who had it went offline, and it was answered: its wait begins anew."
)
AGENT_AWAY = Reason("agent_away", "It came back when its agent was away or full.")
WISHED = Reason("wished", "Another agent was wished for it.")
LONG_AGO = Reason("long_ago", "It came back long after its agent had it.")
HANDED_OFF = Reason("handed_off", "It was handed off to the queue by hand.")
HANDED_TO_TEAM = Reason("handed_to_team", "It was handed off to the team by hand.")
UNASSIGNED = Reason("unassigned", "It was taken off its agents by hand.")
BY_HAND = Reason("by_hand", "It was assigned by hand.")
WROTE_FIRST = Reason("wrote_first", "The agent wrote first.")
ANSWERED = Reason("answered", "The agent answered it while it waited.")
ACCEPTED = Reason("accepted", "The agent accepted it.")
QUEUE_GONE = Reason("queue_deleted", "The queue in which it waited was deleted.")
OVERFLOWED = Reason("overflowed", "It waited too long in its queue, or too much waited there.")

GIVEN_BY_HAND = frozenset({BY_HAND.code, UNASSIGNED.code, HANDED_OFF.code, HANDED_TO_TEAM.code})
GAVE_AWAY = frozenset({HANDED_OFF.code, HANDED_TO_TEAM.code, UNASSIGNED.code})
"""The agent who had it is left alone with it for a while, and its wait begins anew."""
_PREFERRED = {
    "by_hand": "The agent who was wished for it",
    "rule": "The agent whom its rule prefers",
    "last_agent": "The agent who had it last",
}
KEEPS_PLACE = frozenset({AGENT_OFFLINE.code, ASKING_IN_ITS_PLACE.code})
"""It waits from when it first waited: nobody has answered its customer, who did nothing to lose their place."""


def of_decision(decision: Decision) -> Reason:
    """What decided between the agents."""
    agent = decision.chosen
    assert agent is not None
    room = f"{agent.load} of {agent.capacity} in hand"
    text = {
        "only_one": f"The only available agent with room ({room}).",
        "most_room": f"The most room of all available agents ({room}).",
        "longest_idle": f"As much room as others ({room}), and the longest without new work.",
        "tie": f"As much room as others ({room}), and as long without new work.",
        "preferred": f"{_PREFERRED[decision.preferred_as or 'last_agent']}, and with room ({room}).",
    }[decision.because]
    if decision.language_dropped is not None:
        text += " Nobody who speaks its language was free in time."
    return Reason(decision.because, text, document(decision))


def of_waiting(otherwise: Reason, decision: Decision) -> Reason:
    """Why it waits, where nothing else is said of that."""
    return CLOSED if otherwise is WAITING and decision.because == "closed" else otherwise


def with_decision(reason: Reason, decision: Decision | None) -> Reason:
    """With how it came that nobody was chosen."""
    return reason if decision is None else msgspec.structs.replace(reason, decision=document(decision))


def document(decision: Decision) -> dict[str, Any]:
    """As it is kept."""
    built: dict[str, Any] = msgspec.to_builtins(decision)
    return built
