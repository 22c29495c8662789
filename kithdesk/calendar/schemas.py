"""Schedules on the wire, in Kustomer's shape: `hours` by the day of the week, in minutes."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import UNSET
from pydantic import Field, StrictBool, StrictInt

from kithdesk.calendar.checking import DAYS, MOST_DATES, MOST_PAIRS
from kithdesk.calendar.days_off import DayOff, days_off
from kithdesk.calendar.entities import Schedule
from kithdesk.calendar.opening import OpeningTimes
from kithdesk.calendar.public_holidays import Country
from kithdesk.calendar.rules import OwnDate, Pair, PublicHolidays
from kithdesk.calendar.scheduling import Change, Draft
from kithdesk.core.clock import Instant, iso, iso_or_none
from kithdesk.core.documents import Body, relation, resource
from kithdesk.core.ids import OrganisationId

DAYS_SHOWN = 10

_Minute = Annotated[int, Field(strict=True, ge=0, le=1_440)]
_Pair = Annotated[tuple[_Minute, _Minute], Field(strict=False)]  # JSON has lists only
_Pairs = Annotated[list[_Pair], Field(max_length=MOST_PAIRS)]
_Text = Annotated[str, Field(max_length=1_024)]
_Code = Annotated[str, Field(max_length=64)]


class HolidaysBody(Body):
    """`country` in two letters (ISO 3166); `subdivision` as `GET /v1/schedules/countries/{country}` names it."""

    country: _Code
    subdivision: _Code | None = None
    categories: Annotated[list[_Code], Field(max_length=20, default_factory=lambda: ["public"])]


class DateBody(Body):
    """A date with hours of its own; none on a day off."""

    date: _Code
    name: _Text
    hours: _Pairs = Field(default_factory=list)


class ScheduleBody(Body):
    """Days count from 0, Sunday. A day that is not named is closed; one that ends before it begins ends a day later."""

    name: _Text
    timezone: _Code
    hours: Annotated[dict[str, _Pairs], Field(max_length=7)]
    holidays: HolidaysBody | None = None
    dates: Annotated[list[DateBody], Field(max_length=MOST_DATES, default_factory=list)]
    default: StrictBool = False


class ScheduleChangeBody(Body):
    """What is left out stays. `holidays`: null takes the public holidays away. `rev`: refuse it if the schedule has
    changed since."""

    name: _Text | None = None
    timezone: _Code | None = None
    hours: Annotated[dict[str, _Pairs], Field(max_length=7)] | None = None
    holidays: HolidaysBody | None = None
    dates: Annotated[list[DateBody], Field(max_length=MOST_DATES)] | None = None
    default: StrictBool | None = None
    rev: StrictInt | None = None


def draft_of(body: ScheduleBody) -> Draft:
    return Draft(
        name=body.name,
        timezone=body.timezone,
        hours=body.hours,
        holidays=_holidays_of(body.holidays),
        dates=_dates_of(body.dates),
        is_default=body.default,
    )


def change_of(body: ScheduleChangeBody) -> Change:
    return Change(
        name=UNSET if body.name is None else body.name,
        timezone=UNSET if body.timezone is None else body.timezone,
        hours=UNSET if body.hours is None else body.hours,
        holidays=_holidays_of(body.holidays) if "holidays" in body.model_fields_set else UNSET,
        dates=UNSET if body.dates is None else _dates_of(body.dates),
        is_default=UNSET if body.default is None else body.default,
    )


def draw_schedule(organisation: OrganisationId, schedule: Schedule, now: Instant) -> dict[str, Any]:
    rules = schedule.rules
    holidays = rules.holidays
    attributes = {
        "name": schedule.name,
        "hours": {day: _draw_hours(hours) for day, hours in zip(DAYS, rules.week, strict=True)},
        "timezone": rules.timezone,
        "default": schedule.is_default,
        "holidays": None if holidays is None else _draw_holidays(holidays),
        "dates": [_draw_date(one) for one in rules.dates],
        **_draw_now(schedule.times, now),
        "rev": schedule.rev,
        "createdAt": iso(schedule.created_at),
        "updatedAt": iso(schedule.updated_at),
    }
    around = {"org": relation("org", organisation, "orgs")}
    return resource(
        "schedule", schedule.id, attributes, at=f"/v1/schedules/{schedule.id}", relationships=around
    )


def draw_preview(times: OpeningTimes, now: Instant) -> dict[str, Any]:
    """What a schedule would do, before it is kept."""
    ahead = [_draw_day_off(one) for one in days_off(times, now, most=DAYS_SHOWN)]
    return resource("schedule_preview", None, {**_draw_now(times, now), "daysOff": ahead})


def draw_country_code(code: str) -> dict[str, Any]:
    return resource("country", code, {}, at=f"/v1/schedules/countries/{code}")


def draw_country(country: Country) -> dict[str, Any]:
    attributes = {
        "subdivisions": [{"code": one.code, "name": one.name} for one in country.subdivisions],
        "categories": list(country.categories),
    }
    return resource("country", country.code, attributes, at=f"/v1/schedules/countries/{country.code}")


def _draw_now(times: OpeningTimes, now: Instant) -> dict[str, Any]:
    return {
        "open": times.is_open(now),
        "nextOpeningAt": iso_or_none(times.next_opening(now)),
        "nextClosingAt": iso_or_none(times.next_closing(now)),
    }


def _draw_hours(hours: tuple[Pair, ...]) -> list[list[int]]:
    return [[opens, closes] for opens, closes in hours]


def _draw_holidays(holidays: PublicHolidays) -> dict[str, Any]:
    return {
        "country": holidays.country,
        "subdivision": holidays.subdivision,
        "categories": list(holidays.categories),
    }


def _draw_date(one: OwnDate) -> dict[str, Any]:
    return {"date": one.date, "name": one.name, "hours": _draw_hours(one.hours)}


def _draw_day_off(one: DayOff) -> dict[str, Any]:
    return {"date": one.date, "name": one.name, "hours": _draw_hours(one.hours), "own": one.is_own}


def _holidays_of(body: HolidaysBody | None) -> PublicHolidays | None:
    if body is None:
        return None
    return PublicHolidays(
        country=body.country, subdivision=body.subdivision, categories=tuple(body.categories)
    )


def _dates_of(bodies: list[DateBody]) -> list[OwnDate]:
    return [OwnDate(date=one.date, name=one.name, hours=tuple(one.hours)) for one in bodies]
