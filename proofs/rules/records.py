"""Picking records of one kind out of a history, and telling who is behind a client's name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from proofs.history import Acked, AnyRecord, Changed, Heard, History, Merged, Ponged, Saw, Subscribed, Undone

R = TypeVar("R")


def of(history: History, kind: type[R]) -> Iterator[R]:
    return (record for record in history if isinstance(record, kind))


def audience_of(client: str) -> str:
    """Whose rights a client has: all agents have the same, and a visitor's tabs the visitor's."""
    return "agent" if client.startswith("agent") else client.partition("+")[0]


def position_told(record: AnyRecord) -> int:
    """The position that the server vouched for with this record, to whomever; 0 for none."""
    match record:
        case Heard():
            return record.event.position
        case Acked() | Subscribed() | Ponged() | Changed() | Saw() | Merged() | Undone():
            return record.position or 0
        case _:
            return 0
