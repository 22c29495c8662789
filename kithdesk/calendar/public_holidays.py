"""Public holidays, as the library `holidays` knows them. It loads at the first country that is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from kithdesk.calendar.errors import UnknownHolidays
from kithdesk.calendar.rules import PublicHolidays

if TYPE_CHECKING:
    from holidays import HolidayBase

FIRST_YEAR, LAST_YEAR = 1_900, 2_100
_DAY_OF_EPOCH = 719_163
_MAX_SHOWN = 64
# Days on which people work after all, and days on which they work until noon: neither is a day off.
_NO_DAYS_OFF = {"workday", "half_day"}


class Part(msgspec.Struct, frozen=True):
    code: str
    name: str


class Country(msgspec.Struct, frozen=True):
    """What can be asked for of a country. `categories` begins with `public`."""

    code: str
    subdivisions: tuple[Part, ...]
    categories: tuple[str, ...]


@lru_cache(maxsize=1)
def country_codes() -> tuple[str, ...]:
    """Every country that has holidays here, in two letters."""
    from holidays.registry import COUNTRIES

    return tuple(sorted(codes[1] for codes in COUNTRIES.values()))


@lru_cache(maxsize=512)
def get_country(code: str) -> Country:
    """Raises `UnknownHolidays`."""
    if code not in country_codes():
        raise UnknownHolidays(
            f"No holidays are known of {code[:_MAX_SHOWN]!r}. A country has two letters (ISO 3166).",
            parameter="holidays.country",
        )
    known = _of(code, None, None, ())
    aliases = known.get_subdivision_aliases()
    others = sorted(set(known.supported_categories) - _NO_DAYS_OFF - {"public"})
    return Country(
        code=code,
        subdivisions=tuple(
            sorted(
                (Part(part, (aliases.get(part) or [part])[0]) for part in known.subdivisions),
                key=lambda one: one.name,
            )
        ),
        categories=("public", *others),
    )


def check_holidays(holidays: PublicHolidays) -> PublicHolidays:
    """The same with its categories in one order. Raises `UnknownHolidays`."""
    country = get_country(holidays.country)
    if holidays.subdivision is not None and holidays.subdivision not in {
        one.code for one in country.subdivisions
    }:
        raise UnknownHolidays(
            f"{country.code} has no part {holidays.subdivision[:_MAX_SHOWN]!r}.",
            parameter="holidays.subdivision",
        )
    for category in holidays.categories:
        if category not in country.categories:
            raise UnknownHolidays(
                f"{country.code} has {', '.join(country.categories)}.", parameter="holidays.categories"
            )
    if not holidays.categories:
        raise UnknownHolidays("At least one category.", parameter="holidays.categories")
    ordered = tuple(one for one in country.categories if one in holidays.categories)
    return msgspec.structs.replace(holidays, categories=ordered)


@lru_cache(maxsize=1_024)
def holidays_in(year: int, holidays: PublicHolidays) -> Mapping[int, str]:
    """The holidays of a year: days since 1970 in their order, and their names in English.

    A country or part that a later version of the library no longer knows has none.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return MappingProxyType({})
    # With the years beside it: New Year's Day that falls on a Saturday may be kept on the Friday before.
    try:
        known = _of(holidays.country, holidays.subdivision, holidays.categories, (year - 1, year, year + 1))
    except (NotImplementedError, ValueError):
        return MappingProxyType({})
    found = sorted((date, name) for date, name in known.items() if date.year == year)
    return MappingProxyType({date.toordinal() - _DAY_OF_EPOCH: name for date, name in found})


def _of(
    country: str, subdivision: str | None, categories: tuple[str, ...] | None, years: tuple[int, ...]
) -> HolidayBase:
    from holidays import country_holidays

    return country_holidays(
        country, subdiv=subdivision, years=years, categories=categories, language="en_US", expand=False
    )
