"""Making, changing and deleting schedules. For administrators.

The first schedule of an organisation is its default, and one is from then on: `default` moves by giving it to another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from msgspec import UNSET, UnsetType

from kithdesk.calendar.checking import DAYS, check_rules
from kithdesk.calendar.entities import Schedule
from kithdesk.calendar.errors import DefaultSchedule, ScheduleNameTaken, TooManySchedules
from kithdesk.calendar.events import ScheduleChanged, ScheduleCreated, ScheduleDeleted
from kithdesk.calendar.ids import ScheduleId
from kithdesk.calendar.queries import count_schedules, get_schedule, list_schedules
from kithdesk.calendar.rules import OwnDate, Pair, PublicHolidays, Rules
from kithdesk.core.actors import check_admin
from kithdesk.core.errors import ChangedMeanwhile
from kithdesk.core.names import name_key, strict_name
from kithdesk.core.work import Work

MOST = 100


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A schedule as somebody wishes it. A day of the week that is not named is closed."""

    name: str
    timezone: str
    hours: Mapping[str, Sequence[Pair]]
    holidays: PublicHolidays | None = None
    dates: Sequence[OwnDate] = ()
    is_default: bool = False


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be another from now on; the rest stays."""

    name: str | UnsetType = UNSET
    timezone: str | UnsetType = UNSET
    hours: Mapping[str, Sequence[Pair]] | UnsetType = UNSET
    holidays: PublicHolidays | UnsetType | None = UNSET
    dates: Sequence[OwnDate] | UnsetType = UNSET
    is_default: bool | UnsetType = UNSET


def create_schedule(work: Work, draft: Draft) -> Schedule:
    """Raises `Forbidden`, `TooManySchedules`, and what `check_draft` and a taken name raise."""
    check_admin(work.actor)
    known = count_schedules(work)
    if known >= MOST:
        raise TooManySchedules
    rules = check_draft(draft)
    id = ScheduleId(work.new_id())
    name = _free_name(work, draft.name, id)
    work.publish(
        ScheduleCreated(schedule=id, name=name, rules=rules, is_default=draft.is_default or known == 0)
    )
    return get_schedule(work, id)


def change_schedule(work: Work, id: ScheduleId, change: Change, *, rev: int | None = None) -> Schedule:
    """What is so already states nothing. `rev`: refuse it if it has changed since.

    Raises the same, `NotFound`, `ChangedMeanwhile`, and `DefaultSchedule` if none were left.
    """
    known = get_schedule(work, id)
    check_admin(work.actor)
    if rev not in (None, known.rev):
        raise ChangedMeanwhile("The schedule")
    draft = _changed(known, change)
    if known.is_default and not draft.is_default:
        raise DefaultSchedule
    rules = check_draft(draft)
    name = known.name if draft.name == known.name else _free_name(work, draft.name, id)
    if (name, rules, draft.is_default) != (known.name, known.rules, known.is_default):
        work.publish(ScheduleChanged(schedule=id, name=name, rules=rules, is_default=draft.is_default))
    return get_schedule(work, id)


def delete_schedule(work: Work, id: ScheduleId) -> None:
    """The default goes last. Raises `NotFound`, `Forbidden`, `DefaultSchedule`."""
    known = get_schedule(work, id)
    check_admin(work.actor)
    if known.is_default and count_schedules(work) > 1:
        raise DefaultSchedule
    work.publish(ScheduleDeleted(schedule=id))


def check_draft(draft: Draft) -> Rules:
    """Raises `UnknownTimezone`, `BadHours`, `UnknownHolidays`, `BadParameter`."""
    return check_rules(timezone=draft.timezone, hours=draft.hours, holidays=draft.holidays, dates=draft.dates)


def _changed(known: Schedule, change: Change) -> Draft:
    before = Draft(
        name=known.name,
        timezone=known.rules.timezone,
        hours=dict(zip(DAYS, known.rules.week, strict=True)),
        holidays=known.rules.holidays,
        dates=known.rules.dates,
        is_default=known.is_default,
    )
    said = {field: getattr(change, field) for field in change.__struct_fields__}
    return msgspec.structs.replace(before, **{field: one for field, one in said.items() if one is not UNSET})


def _free_name(work: Work, name: str, id: ScheduleId) -> str:
    cleaned = strict_name(name, parameter="name")
    key = name_key(cleaned)
    if any(name_key(one.name) == key for one in list_schedules(work, limit=MOST) if one.id != id):
        raise ScheduleNameTaken
    return cleaned
