"""The ids of this slice."""

from __future__ import annotations

from typing import NewType

ScheduleId = NewType("ScheduleId", str)
