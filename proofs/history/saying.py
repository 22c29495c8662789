"""What clients sent, and what they were answered."""

from __future__ import annotations

from proofs.history.record import Record


class Sent(Record, tag="sent", frozen=True):
    """A send left a client, or left it again after a reconnect: then `again`."""

    client: str
    id: str
    body: str
    kind: str = "message"
    conversation: str | None = None
    new_conversation: str | None = None
    again: bool = False


class Acked(Record, tag="acked", frozen=True):
    client: str
    id: str
    message: str
    conversation: str
    position: int | None
    body: str


class Refused(Record, tag="refused", frozen=True):
    """A send was refused. With `is_final` the client gave it up, else it tries again with the same id."""

    client: str
    id: str
    code: str
    is_final: bool


class Marked(Record, tag="marked", frozen=True):
    """The client's word that everything up to `message` is read was acknowledged."""

    client: str
    conversation: str
    message: str
