"""The facts this slice states. Each holds the schedule whole, as it is from then on."""

from __future__ import annotations

from typing import ClassVar

from kithdesk.calendar.rules import Rules
from kithdesk.core.events import Event


class _Saved(Event, frozen=True, kw_only=True):
    """What creating and changing have in common. `is_default`: no other is any more."""

    schedule: str
    name: str
    rules: Rules
    is_default: bool = False


class ScheduleCreated(_Saved, frozen=True, kw_only=True):
    """There is another schedule of business hours."""

    kind: ClassVar[str] = "schedule.created"


class ScheduleChanged(_Saved, frozen=True, kw_only=True):
    """Its name, its hours, its days off, or whether it is the default."""

    kind: ClassVar[str] = "schedule.changed"


class ScheduleDeleted(Event, frozen=True, kw_only=True):
    """It is there no longer; whoever named it does without."""

    kind: ClassVar[str] = "schedule.deleted"
    schedule: str
