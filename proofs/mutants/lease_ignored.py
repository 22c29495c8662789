"""A node takes those who sit at another node for gone, though that one's lease has not run out."""

from __future__ import annotations

from kithdesk.core.clock import SECOND
from kithdesk.routing import presence


def break_it() -> None:
    vars(presence)["LEASE"] = SECOND
