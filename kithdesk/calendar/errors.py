"""What is refused about schedules.

BadParameter 400          Conflict 409
├── BadHours              ├── ScheduleNameTaken
├── UnknownTimezone       ├── DefaultSchedule
├── UnknownHolidays       └── TooManySchedules
└── UnknownSchedule
"""

from __future__ import annotations

from typing import ClassVar

from kithdesk.core.errors import BadParameter, Conflict

_MAX_SHOWN = 64


class BadHours(BadParameter):
    """Hours or dates that contradict themselves."""

    code: ClassVar[str] = "bad_hours"


class UnknownTimezone(BadParameter):
    """No zone of the tz database has this name."""

    code: ClassVar[str] = "unknown_timezone"

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no time zone {name[:_MAX_SHOWN]!r}.", parameter="timezone")


class UnknownHolidays(BadParameter):
    """No holidays are known of this country, part of it, or category."""

    code: ClassVar[str] = "unknown_holidays"


class UnknownSchedule(BadParameter):
    """There is no such business schedule, of a queue, an SLA or the widget."""

    code: ClassVar[str] = "unknown_schedule"

    def __init__(self, parameter: str = "schedule") -> None:
        super().__init__("There is no such schedule.", parameter=parameter)


class ScheduleNameTaken(Conflict):
    """Another schedule has this name."""

    code: ClassVar[str] = "schedule_name_taken"

    def __init__(self) -> None:
        super().__init__("There is already a schedule of this name.", parameter="name")


class DefaultSchedule(Conflict):
    """The default stays one, and stays, until another is made the default."""

    code: ClassVar[str] = "default_schedule"

    def __init__(self) -> None:
        super().__init__(
            "This is the default schedule. Make another one the default first.", parameter="default"
        )


class TooManySchedules(Conflict):
    """An organisation has up to a hundred."""

    code: ClassVar[str] = "too_many_schedules"

    def __init__(self) -> None:
        super().__init__("There are a hundred schedules already.")
