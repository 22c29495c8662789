"""What every line of a history is."""

from __future__ import annotations

import msgspec


class Record(msgspec.Struct, tag_field="what", frozen=True, omit_defaults=True):
    """One line of a history."""
