"""Names of routing's records."""

from __future__ import annotations

from typing import NewType

QueueId = NewType("QueueId", str)
