"""What access keeps in memory beside one desk: the callers it has seen, and how often somebody guessed."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from kithdesk.access.callers import Callers
from kithdesk.access.own_counts import OwnCounts
from kithdesk.access.shared_counts import SharedCounts
from kithdesk.access.slowing import Slowing
from kithdesk.core.desk import Desk


@dataclass(frozen=True, slots=True)
class Gate:
    callers: Callers
    slowing: Slowing


_gates: WeakKeyDictionary[Desk, Gate] = WeakKeyDictionary()


def gate_of(desk: Desk) -> Gate:
    """The desk's gate; the first call makes it."""
    gate = _gates.get(desk)
    if gate is None:
        counts = SharedCounts(desk) if desk.database.is_shared else OwnCounts(desk.clock)
        slowing = Slowing(desk.clock, counts, enabled=desk.settings.limits == "on")
        gate = _gates[desk] = Gate(Callers(desk), slowing)
    return gate
