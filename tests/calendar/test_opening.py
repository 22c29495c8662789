"""When a schedule is open: what people rely on, case by case."""

from __future__ import annotations

import pytest

from kithdesk.calendar import ALWAYS
from kithdesk.calendar.days_off import days_off
from kithdesk.calendar.opening import OpeningTimes, date_of
from kithdesk.calendar.rules import Hours, OwnDate, PublicHolidays, Rules
from kithdesk.core.clock import DAY, HOUR, LATEST, MINUTE, Instant
from tests.calendar.reference import ALWAYS_OPEN, at, every_day, rules

BAVARIA = PublicHolidays(country="DE", subdivision="BY")


def test_it_opens_on_the_first_millisecond_and_is_closed_on_the_last() -> None:
    office = OpeningTimes(rules("Europe/Lisbon"))
    opens, closes = at("2026-11-30T09:00:00"), at("2026-11-30T17:00:00")  # a Monday

    assert [office.is_open(Instant(opens - 1)), office.is_open(opens)] == [False, True]
    assert [office.is_open(Instant(closes - 1)), office.is_open(closes)] == [True, False]


def test_a_weekend_counts_nothing() -> None:
    office = OpeningTimes(rules("Europe/Lisbon"))
    friday, monday = at("2026-11-27T16:30:00"), at("2026-11-30T09:45:00")

    assert office.business_between(friday, monday) == 75 * MINUTE
    assert office.after_business(friday, 75 * MINUTE) == monday
    assert office.next_closing(friday) == at("2026-11-27T17:00:00")
    assert office.next_opening(friday) == at("2026-11-30T09:00:00")


def test_what_is_due_at_closing_time_is_due_then_and_not_in_the_morning() -> None:
    office = OpeningTimes(rules())

    due = office.after_business(at("2026-11-30T16:00:00"), HOUR)

    assert due == at("2026-11-30T17:00:00")


def test_nothing_to_wait_for_is_over_at_once_even_when_it_is_closed() -> None:
    night = at("2026-11-30T03:00:00")

    assert OpeningTimes(rules()).after_business(night, 0) == night


def test_time_that_runs_backwards_counts_nothing() -> None:
    office = OpeningTimes(rules())

    assert office.business_between(at("2026-11-30T16:00:00"), at("2026-11-30T10:00:00")) == 0
    assert office.business_between(at("2026-12-03T16:00:00"), at("2026-11-30T10:00:00")) == 0


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", "2026-03-28T23:00:00", 23),  # the clock jumps from two to three
        ("Europe/Berlin", "2026-10-24T22:00:00", 25),  # and back again
        ("Australia/Lord_Howe", "2026-04-04T13:00:00", 24.5),
        ("Australia/Lord_Howe", "2026-10-03T13:30:00", 23.5),
        ("UTC", "2026-10-25T00:00:00", 24),
    ],
)
def test_a_day_is_as_long_as_its_clock_makes_it(zone: str, day: str, hours: float) -> None:
    always = OpeningTimes(rules(zone, week=ALWAYS_OPEN))
    # Open on that date only: the hours of one local day, midnight to midnight.
    only = OpeningTimes(rules(zone, week=((),) * 7, dates=(_open_on(zone, day),)))

    assert only.business_between(Instant(at(day) - DAY), Instant(at(day) + 2 * DAY)) == hours * HOUR
    assert always.business_between(at(day), Instant(at(day) + 2 * DAY)) == 2 * DAY


def _open_on(zone: str, day: str) -> OwnDate:
    noon = OpeningTimes(rules(zone)).local_day(Instant(at(day) + 12 * HOUR))
    return OwnDate(date=date_of(noon).isoformat(), name="Open", hours=((0, 1_440),))


def test_hours_that_the_clock_leaves_out_do_not_happen() -> None:
    early = OpeningTimes(rules("Europe/Berlin", week=every_day((120, 180))))  # two to three

    assert early.business_between(at("2026-03-29T00:00:00"), at("2026-03-29T12:00:00")) == 0
    assert early.next_opening(at("2026-03-28T12:00:00")) == at("2026-03-30T00:00:00")


def test_hours_that_the_clock_shows_twice_happen_twice() -> None:
    early = OpeningTimes(rules("Europe/Berlin", week=every_day((120, 150))))  # two to half past

    assert early.business_between(at("2026-10-25T00:00:00"), at("2026-10-25T12:00:00")) == HOUR
    assert early.next_closing(at("2026-10-25T00:10:00")) == at("2026-10-25T00:30:00")
    assert early.next_opening(at("2026-10-25T00:30:00")) == at("2026-10-25T01:00:00")


def test_a_day_that_a_country_left_out_is_no_day() -> None:
    samoa = OpeningTimes(rules("Pacific/Apia", week=((),) * 7, dates=(_day("2011-12-30", (0, 1_440)),)))

    assert samoa.next_opening(at("2011-12-01T00:00:00")) is None


def test_a_night_belongs_to_the_evening_on_which_it_begins() -> None:
    bar = OpeningTimes(rules(week=((), (), (), (), (), ((1_320, 120),), ())))  # Friday, ten to two

    assert bar.next_opening(at("2026-11-26T12:00:00")) == at("2026-11-27T22:00:00")
    assert bar.next_closing(at("2026-11-27T23:00:00")) == at("2026-11-28T02:00:00")
    assert not bar.is_open(at("2026-11-27T01:00:00"))


def test_a_holiday_takes_its_own_night_and_not_the_one_before() -> None:
    bar = OpeningTimes(rules(week=every_day((1_320, 120)), dates=(_day("2026-12-24"),)))

    assert bar.is_open(at("2026-12-24T01:00:00"))
    assert not bar.is_open(at("2026-12-24T23:00:00"))
    assert not bar.is_open(at("2026-12-25T01:00:00"))
    assert bar.is_open(at("2026-12-25T23:00:00"))


def test_a_public_holiday_is_closed_where_it_is_one() -> None:
    epiphany = at("2027-01-06T12:00:00")  # a Wednesday, and a holiday in Bavaria

    assert not OpeningTimes(rules("Europe/Berlin", country=BAVARIA)).is_open(epiphany)
    assert OpeningTimes(rules("Europe/Berlin", country=PublicHolidays(country="DE"))).is_open(epiphany)


def test_a_date_of_ones_own_goes_before_the_holiday_and_the_week() -> None:
    christmas = _day("2026-12-25", (600, 720))
    office = OpeningTimes(rules("Europe/Berlin", country=BAVARIA, dates=(christmas,)))

    assert office.is_open(at("2026-12-25T10:00:00+01:00"))
    assert office.next_closing(at("2026-12-25T10:00:00+01:00")) == at("2026-12-25T12:00:00+01:00")


def test_new_year_kept_on_the_friday_before_is_closed() -> None:
    office = OpeningTimes(rules("America/New_York", country=PublicHolidays(country="US")))

    assert not office.is_open(at("2027-12-31T12:00:00-05:00"))


def test_what_never_opens_says_so() -> None:
    shut = OpeningTimes(rules(week=((),) * 7))
    now = at("2026-11-30T12:00:00")

    assert (shut.next_opening(now), shut.next_closing(now), shut.after_business(now, 1)) == (None, None, None)


def test_a_last_opening_a_year_and_a_half_away_is_found() -> None:
    once = OpeningTimes(rules(week=((),) * 7, dates=(_day("2028-05-01", (540, 600)),)))
    now = at("2026-11-30T12:00:00")

    assert once.next_opening(now) == at("2028-05-01T09:00:00")
    assert once.after_business(now, HOUR) == at("2028-05-01T10:00:00")
    assert once.after_business(now, HOUR + 1) is None


def test_always_is_always() -> None:
    now = at("2026-11-30T12:00:00")

    assert ALWAYS.is_open(now)
    assert ALWAYS.business_between(now, Instant(now + 400 * DAY + 1)) == 400 * DAY + 1
    assert ALWAYS.after_business(now, 1_234_567) == now + 1_234_567
    assert (ALWAYS.next_opening(now), ALWAYS.next_closing(now)) == (None, None)


def test_the_ends_of_the_calendar_are_no_trouble() -> None:
    office = OpeningTimes(rules("Pacific/Apia", country=BAVARIA))

    assert office.after_business(LATEST, HOUR) is not None
    assert office.business_between(Instant(LATEST - DAY), LATEST) >= 0
    assert isinstance(office.is_open(Instant(-62_135_596_800_000)), bool)


def test_the_next_days_off_are_those_of_the_country_and_ones_own() -> None:
    inventory = _day("2026-12-29", (540, 720))
    times = OpeningTimes(rules("Europe/Berlin", country=BAVARIA, dates=(_day("2026-12-24"), inventory)))

    found = days_off(times, at("2026-12-24T22:59:00"), most=6)  # one minute before midnight there

    assert [(one.date, one.is_own) for one in found] == [
        ("2026-12-24", True),
        ("2026-12-25", False),
        ("2026-12-26", False),
        ("2026-12-29", True),
        ("2027-01-01", False),
        ("2027-01-06", False),
    ]
    assert [one.hours for one in found][3] == ((540, 720),)
    assert found[1].name == "Christmas Day"
    assert days_off(times, at("2026-12-24T23:00:00"), most=1)[0].date == "2026-12-25"


def _day(date: str, *hours: tuple[int, int]) -> OwnDate:
    return OwnDate(date=date, name="Own", hours=hours)


class Counted(OpeningTimes):
    """It knows which dates it looked at."""

    def __init__(self, said: Rules) -> None:
        self.touched: list[int] = []
        super().__init__(said)

    def hours_on(self, day: int) -> Hours:
        self.touched.append(day)
        return super().hours_on(day)


def test_what_never_closes_counts_two_thousand_years_without_looking_at_a_day() -> None:
    always = Counted(rules("Europe/Lisbon", week=ALWAYS_OPEN))
    start, end = at("0001-01-02T00:00:00"), at("2026-11-30T12:00:00")

    assert always.business_between(start, end) == end - start
    assert always.after_business(end, 30 * 365 * DAY) == end + 30 * 365 * DAY
    assert always.after_business(end, 60 * 365 * DAY) is None
    assert always.touched == []


@pytest.mark.parametrize("country", [None, BAVARIA])
def test_thirty_years_are_counted_by_weeks(country: PublicHolidays | None) -> None:
    said = rules("Europe/Berlin", country=country, dates=(_day("2010-05-05"),))
    office, slow = Counted(said), OpeningTimes(said)
    start, end = at("1996-11-30T12:00:00"), at("2026-11-30T12:00:00")
    days = range(start // DAY, end // DAY + 1)

    found = office.business_between(start, end)

    # A day at a time is never a week.
    each = (
        slow.business_between(max(start, Instant(d * DAY)), min(end, Instant((d + 1) * DAY))) for d in days
    )
    assert found == sum(each)
    assert office.after_business(start, found) == min(end, at("2026-11-30T12:00:00"))
    assert len(office.touched) < len(days) * (7 if country else 1)


def test_an_office_of_any_age_looks_at_no_more_than_fifty_years() -> None:
    office = Counted(rules("Europe/Berlin"))
    end = at("2026-11-30T12:00:00")

    assert office.business_between(at("0001-01-02T00:00:00"), end) > 49 * 250 * 8 * HOUR
    assert len(office.touched) < 50 * 366


def test_a_clock_that_is_back_within_a_week_makes_no_week_like_the_others() -> None:
    said = rules("America/Recife", week=every_day((0, 60)), dates=())
    found = OpeningTimes(said)
    start, end = at("1999-09-01T00:00:00"), at("2000-12-01T00:00:00")
    days = range(start // DAY, end // DAY)

    each = [OpeningTimes(said).business_between(Instant(d * DAY), Instant((d + 1) * DAY)) for d in days]

    assert found.business_between(start, end) == sum(each)
