"""What happened around the clients: time, faults, coming and going."""

from __future__ import annotations

from proofs.history.record import Record


class Began(Record, tag="began", frozen=True):
    seed: int
    capacity: int
    """Open conversations an agent may have at once."""
    note: str = ""
    agents: tuple[str, ...] = ()
    """User ids, in the order of the clients `agent0`, `agent1`, …"""


class Moment(Record, tag="moment", frozen=True):
    """The wall clock, in milliseconds, noted ten times a second."""

    at: int


class Connected(Record, tag="connected", frozen=True):
    client: str


class Disconnected(Record, tag="disconnected", frozen=True):
    client: str
    code: int


class WentHome(Record, tag="went_home", frozen=True):
    """An agent closed the console, and does not come back."""

    client: str


class Fault(Record, tag="fault", frozen=True):
    kind: str
    detail: str = ""


class Restarted(Record, tag="restarted", frozen=True):
    seconds: float


class Outlived(Record, tag="outlived", frozen=True):
    """Processes of a dead server that were still there seconds later."""

    processes: tuple[str, ...]


class Stopped(Record, tag="stopped", frozen=True):
    """The server was asked to stop and did, with this exit code."""

    code: int
    seconds: float


class Settled(Record, tag="settled", frozen=True):
    """No more faults: clients had the time to get everything acknowledged. `open` lists what was not."""

    open: tuple[str, ...]
    at: int = 0
    """Milliseconds of the wall clock."""
