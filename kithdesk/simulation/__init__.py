"""Simulations: what would have been, with other queues, skills, capacities and people.

A period of the past is played again in a twin of the organisation, on a clock that is told: the same projectors,
reactions and timers as those of the live desk, so that there is no second router that could think otherwise. Played
with nothing changed it ends as the past did, which is how it is tested.
"""

from kithdesk.simulation.offline import simulate
from kithdesk.simulation.scenario import read_scenario

__all__ = ["read_scenario", "simulate"]
