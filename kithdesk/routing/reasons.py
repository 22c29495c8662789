"""Why something was assigned, in a code to count by and a sentence for the agent who asks "why is this here?"."""

from __future__ import annotations

from kithdesk.conversations.events import Reason
from kithdesk.routing.choosing import Choice

WAITING = Reason("waiting", "Nobody with room is available.")
AGENT_OFFLINE = Reason("agent_offline", "The agent who had it went offline.")
AGENT_AWAY = Reason("agent_away", "It came back while the agent who had it was away or full.")
HANDED_OFF = Reason("handed_off", "It was handed off to the queue by hand.")
UNASSIGNED = Reason("unassigned", "It was taken off its agents by hand.")
BY_HAND = Reason("by_hand", "It was assigned by hand.")
WROTE_FIRST = Reason("wrote_first", "The agent wrote first.")
ANSWERED = Reason("answered", "The agent answered it while it waited.")

GAVE_AWAY = frozenset({HANDED_OFF.code, UNASSIGNED.code})
"""The agent who had it does not get it straight back, and its wait begins anew."""
KEEPS_PLACE = frozenset({AGENT_OFFLINE.code})
"""It waits from when it first waited: its customer did nothing to lose their place."""


def of_choice(choice: Choice) -> Reason:
    """What decided between the agents."""
    agent = choice.agent
    room = f"{agent.load} of {agent.capacity} conversations in hand"
    text = {
        "only_one": f"The only available agent with room ({room}).",
        "most_room": f"The most room of all available agents ({room}).",
        "longest_idle": f"As much room as others ({room}), and the longest without new work.",
        "tie": f"As much room as others ({room}), and as long without new work.",
    }[choice.because]
    return Reason(choice.because, text)
