"""What a simulation tells. Times are milliseconds."""

from __future__ import annotations

import msgspec


class Waits(msgspec.Struct, frozen=True, rename="camel"):
    """Milliseconds; None where nobody waited."""

    p50: int | None = None
    p90: int | None = None
    longest: int | None = None


class Kept(msgspec.Struct, frozen=True, rename="camel"):
    """First answers that were promised: how many were in time, and how many late or missing after their time."""

    met: int = 0
    missed: int = 0


class Series(msgspec.Struct, frozen=True, rename="camel"):
    """A value for each bucket. `wait` is the median; `waiting`, `load` and `available` are means over it."""

    arrivals: list[int] = []
    waiting: list[float] = []
    wait: list[int | None] = []
    load: list[float] = []
    available: list[float] = []


class Measured(msgspec.Struct, frozen=True, rename="camel"):
    """Of one queue, or of all."""

    id: str
    name: str
    arrivals: int
    served: int
    gave_up: int
    still_waiting: int
    wait: Waits
    first_response: Kept
    series: Series


class AgentMeasured(msgspec.Struct, frozen=True, rename="camel"):
    """`occupancy`: how much of their capacity was taken while they were available, None if they never were.

    `busy`: the same for each bucket.
    """

    id: str
    name: str
    served: int
    available_ms: int
    occupancy: float | None
    busy: list[float | None]


class Measurement(msgspec.Struct, frozen=True, rename="camel"):
    """A world's whole period."""

    bucket_ms: int
    whole: Measured
    queues: list[Measured]
    agents: list[AgentMeasured]


class Agreement(msgspec.Struct, frozen=True, rename="camel"):
    """How well the past was understood: of so many conversations that were given to somebody, so many were given to
    the same agents, out of the same queues and in the same order, when it was played as it was."""

    conversations: int
    same: int


class Outcome(msgspec.Struct, frozen=True, rename="camel"):
    """`after` None: nothing was changed. `refused`: steps that could not be done in that world. `troubles`: what could
    not be played, at most ten."""

    agreement: Agreement
    before: Measurement
    after: Measurement | None
    refused: int
    troubles: list[str]
