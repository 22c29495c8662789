"""How the facts of this slice become rows."""

from __future__ import annotations

import msgspec
from sqlalchemy import bindparam, delete, insert, update

from kithdesk.calendar.events import ScheduleChanged, ScheduleCreated, ScheduleDeleted
from kithdesk.calendar.tables import schedules
from kithdesk.core.clock import Instant
from kithdesk.core.events import Event, Recorded
from kithdesk.core.work import Projector, Rows

_THIS = (schedules.c.organisation == bindparam("of"), schedules.c.id == bindparam("schedule"))
_INSERT = insert(schedules)
_CHANGE = (
    update(schedules)
    .where(*_THIS)
    .values(
        name=bindparam("called"),
        rules=bindparam("saying"),
        is_default=bindparam("as_default"),
        rev=schedules.c.rev + 1,
        updated_at=bindparam("at"),
    )
)
_DELETE = delete(schedules).where(*_THIS)
_NO_OTHER_DEFAULT = (
    update(schedules)
    .where(
        schedules.c.organisation == bindparam("of"),
        schedules.c.id != bindparam("schedule"),
        schedules.c.is_default.is_(True),
    )
    .values(is_default=False, rev=schedules.c.rev + 1, updated_at=bindparam("at"))
)


def project_created(rows: Rows, recorded: Recorded[ScheduleCreated]) -> None:
    event = recorded.event
    rows.execute(
        _INSERT,
        {
            "organisation": rows.organisation,
            "id": event.schedule,
            "name": event.name,
            "rules": _stored(event),
            "is_default": event.is_default,
            "rev": 1,
            "created_at": recorded.at,
            "updated_at": recorded.at,
        },
    )
    _leave_one_default(rows, event, recorded.at)


def project_changed(rows: Rows, recorded: Recorded[ScheduleChanged]) -> None:
    event = recorded.event
    rows.execute(
        _CHANGE,
        {
            "of": rows.organisation,
            "schedule": event.schedule,
            "called": event.name,
            "saying": _stored(event),
            "as_default": event.is_default,
            "at": recorded.at,
        },
    )
    _leave_one_default(rows, event, recorded.at)


def project_deleted(rows: Rows, recorded: Recorded[ScheduleDeleted]) -> None:
    rows.execute(_DELETE, {"of": rows.organisation, "schedule": recorded.event.schedule})


def _leave_one_default(rows: Rows, event: ScheduleCreated | ScheduleChanged, at: Instant) -> None:
    if event.is_default:
        rows.execute(_NO_OTHER_DEFAULT, {"of": rows.organisation, "schedule": event.schedule, "at": at})


def _stored(event: ScheduleCreated | ScheduleChanged) -> str:
    return msgspec.json.encode(event.rules).decode()


PROJECTORS: dict[type[Event], tuple[Projector, ...]] = {
    ScheduleCreated: (project_created,),
    ScheduleChanged: (project_changed,),
    ScheduleDeleted: (project_deleted,),
}
