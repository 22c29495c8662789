"""A merge, as it is read."""

from __future__ import annotations

from typing import Literal

import msgspec

from kithdesk.core.clock import DAY, Instant
from kithdesk.core.ids import EventId
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.profile import Profile, Reference

UNDO_WITHIN = 30 * DAY


class Moved(msgspec.Struct, frozen=True):
    """Ids of what went from one record to another."""

    conversations: tuple[str, ...] = ()
    kobjects: tuple[str, ...] = ()
    visitors: tuple[str, ...] = ()


class Merge(msgspec.Struct, frozen=True, kw_only=True):
    """`merged_in` and `undone_in` are the events; ids of events sort as they happened."""

    id: str
    source: CustomerId
    target: CustomerId
    kind: Literal["login", "agent", "part"]
    merged_at: Instant
    merged_by: Reference
    merged_in: EventId
    moved: Moved
    carried: tuple[str, ...]
    target_profile: Profile | None
    target_identified: bool
    undone_at: Instant | None
    undone_by: Reference | None
    undone_in: EventId | None
    returned: Moved | None

    @property
    def is_undone(self) -> bool:
        return self.undone_at is not None

    @property
    def undoable_until(self) -> Instant | None:
        """None for a login's: that was proven, and nobody's choice."""
        return Instant(self.merged_at + UNDO_WITHIN) if self.kind == "agent" else None
