"""The typed ids of this slice."""

from __future__ import annotations

from typing import NewType

CustomerId = NewType("CustomerId", str)

VisitorId = NewType("VisitorId", str)
"""A browser that writes to us. Client ids belong to it, and it keeps its id when we learn whose it is."""
