"""The floor: what the procedure of routing sees and may do, whoever keeps it.

The program has one, in rows (`desk_floor`): the live desk stands on it, and so does a simulation, whose rows are those
of a twin. Tests hold it to another one in memory. The procedure (`serving`) and the choice (`choosing`) know neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kithdesk.conversations.events import Reason
from kithdesk.core.clock import SECOND
from kithdesk.routing.choosing import Agent, Crowd, Decision, Waiting
from kithdesk.routing.events import How

ASK_AGAIN = 120 * SECOND
"""How long those who declined, or gave it away, are left alone once nobody else is left to ask."""


class Floor(Protocol):
    """One organisation's agents and waiting work, at one moment."""

    # What it shows

    def agent(self, user: str) -> Agent | None:
        """An agent as they stand just now, if they have ever been here."""

    def still_waiting(self, item: Waiting) -> Waiting | None:
        """The item as it waits just now; None once somebody has it or is asked."""

    def crowd_for(self, item: Waiting) -> Crowd:
        """Among whom to choose. Whoever may take it at all is seen, or stands behind somebody seen who may."""

    def heads_for(self, agent: Agent) -> Sequence[Waiting]:
        """What the agent may take just now that nothing of equal traits has waited longer than."""

    def may_hold_out(self, item: Waiting) -> bool:
        """Whether it may wait for its language: not too long, and somebody who speaks it is signed in or its queue is
        closed."""

    def seconds_to_accept(self, item: Waiting, agent: Agent) -> int | None:
        """How long the agent is asked for; None: it is simply theirs."""

    # What it lets happen

    def wait(self, item: Waiting, reason: Reason, decision: Decision | None) -> None:
        """Nobody has it; it waits in its queue. Where everybody who could take it has declined it or given it away,
        they are asked again after `ASK_AGAIN`. Nothing else happens to what waits already."""

    def assign(self, item: Waiting, user: str, decision: Decision) -> None: ...

    def offer(self, item: Waiting, user: str, decision: Decision, seconds: int, asking: Reason) -> None: ...

    def end_offer(self, item: Waiting, user: str, how: How) -> None:
        """It waits again, in its old place."""

    def drop_language(self, item: Waiting) -> Waiting:
        """Its language is asked of nobody any longer. Answers how it waits from now on."""

    def set_unavailable(self, user: str) -> None:
        """They did not answer."""

    def serve_later(self, users: Sequence[str]) -> None:
        """Goes on serving them in another command."""
