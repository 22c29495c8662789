"""Business hours: when people are at work, in their time zone, with public holidays and dates of their own.

Others ask a `Schedule` whether it is open, when it opens and closes next, and how much of a stretch of time counts. It
is a value: it needs neither a clock nor a database once it is found. Whoever has none takes `ALWAYS`.
"""

from kithdesk.calendar.entities import ALWAYS, Schedule
from kithdesk.calendar.ids import ScheduleId
from kithdesk.calendar.queries import default_schedule, find_schedule
from kithdesk.calendar.rules import OwnDate, PublicHolidays
from kithdesk.calendar.scheduling import Change, Draft, change_schedule, create_schedule, delete_schedule
from kithdesk.calendar.zones import get_zone

__all__ = [
    "ALWAYS",
    "Change",
    "Draft",
    "OwnDate",
    "PublicHolidays",
    "Schedule",
    "ScheduleId",
    "change_schedule",
    "create_schedule",
    "default_schedule",
    "delete_schedule",
    "find_schedule",
    "get_zone",
]
