"""What clients did and heard, and what the public API said at the end: all that the rules may look at.

A history is a list of records in the order they happened, one JSON object a line in `histories/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from proofs.history.doing import (
    Changed,
    ChangeRefused,
    Changing,
    GaveUp,
    LoggedIn,
    LoginRefused,
    Looking,
    Merged,
    Merging,
    Saw,
    Undoing,
    Undone,
)
from proofs.history.happening import (
    Began,
    Connected,
    Disconnected,
    Fault,
    Moment,
    Outlived,
    Restarted,
    Settled,
    Stopped,
    WentHome,
)
from proofs.history.hearing import Asked, Event, Heard, Left, Ponged, Resynced, Subscribed, TopicRefused
from proofs.history.reading import (
    Entry,
    Listed,
    Load,
    Message,
    Present,
    Replayed,
    Standing,
    Timeline,
    Unfinished,
    Unread,
    Verified,
)
from proofs.history.record import Record
from proofs.history.saying import Acked, Marked, Refused, Sent

AnyRecord = (
    Began
    | Moment
    | Sent
    | Acked
    | Refused
    | Asked
    | Subscribed
    | Heard
    | Ponged
    | Resynced
    | TopicRefused
    | Left
    | Changing
    | Changed
    | ChangeRefused
    | Merging
    | Merged
    | Undoing
    | Undone
    | Looking
    | Saw
    | Marked
    | LoggedIn
    | LoginRefused
    | GaveUp
    | Connected
    | Disconnected
    | WentHome
    | Fault
    | Restarted
    | Outlived
    | Stopped
    | Settled
    | Replayed
    | Unread
    | Listed
    | Timeline
    | Standing
    | Unfinished
    | Load
    | Present
    | Verified
)


class History:
    """The notes of one run, appended to while it lasts."""

    def __init__(self, records: Iterable[AnyRecord] = ()) -> None:
        self.records: list[AnyRecord] = []
        self.acked = self.changed = 0
        """How many answers to sends and to changes there were, repeats counted again."""
        for record in records:
            self.note(record)

    def __iter__(self) -> Iterator[AnyRecord]:
        return iter(self.records)

    def note(self, record: AnyRecord) -> None:
        self.records.append(record)
        self.acked += isinstance(record, Acked)
        self.changed += isinstance(record, Changed)

    def write(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        encode = msgspec.json.Encoder().encode
        with path.open("wb") as file:
            file.writelines(encode(record) + b"\n" for record in self.records)

    @classmethod
    def load(cls, path: Path) -> History:
        decode = msgspec.json.Decoder(AnyRecord).decode
        return cls(decode(line) for line in path.read_bytes().splitlines())


__all__ = [
    "Acked",
    "AnyRecord",
    "Asked",
    "Began",
    "ChangeRefused",
    "Changed",
    "Changing",
    "Connected",
    "Disconnected",
    "Entry",
    "Event",
    "Fault",
    "GaveUp",
    "Heard",
    "History",
    "Left",
    "Listed",
    "Load",
    "LoggedIn",
    "LoginRefused",
    "Looking",
    "Marked",
    "Merged",
    "Merging",
    "Message",
    "Moment",
    "Outlived",
    "Ponged",
    "Present",
    "Record",
    "Refused",
    "Replayed",
    "Restarted",
    "Resynced",
    "Saw",
    "Sent",
    "Settled",
    "Standing",
    "Stopped",
    "Subscribed",
    "Timeline",
    "TopicRefused",
    "Undoing",
    "Undone",
    "Unfinished",
    "Unread",
    "Verified",
    "WentHome",
]
