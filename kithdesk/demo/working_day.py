"""Yesterday at the shop's desk, and an hour of today: short matters of which nobody has written down who serves them.

Customers come by a curve, agents by their shifts; who is given what is routing's choice, and is on record with its
reasons as it would be on any day. What is made depends on nothing but when it is told.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kithdesk.core.clock import DAY, HOUR, MINUTE, SECOND, Instant
from kithdesk.demo.seed_words import FIRST_NAMES, LAST_NAMES
from kithdesk.demo.short_talks import TALKS, Talk
from kithdesk.demo.staff import INES, JONAH, KARIM, MILA, OWEN, SANNA, Colleague
from kithdesk.demo.story import WHOEVER, Person, Said, Story

_BY_THE_HOUR = {9: 4, 10: 5, 11: 4, 12: 1, 13: 2, 14: 4, 15: 4, 16: 3}
"""How many come in the course of yesterday."""
_OPENS, _CLOSES = 9 * HOUR, 17 * HOUR + 45 * MINUTE
_MEETING, _MEETING_ENDS = 12 * HOUR + 30 * MINUTE, 12 * HOUR + 34 * MINUTE
_TODAY = (86 * MINUTE, 41 * MINUTE)
"""Before now: between the stories of today of which it is told who had them."""
_OF_TODAY = (0, 3, 8, 12, 7, 10, 2)
"""Which talks: nothing that only those could take who are not there."""


@dataclass(frozen=True, slots=True)
class Shift:
    """What somebody said of themselves at a time."""

    who: Colleague
    at: Instant
    status: Literal["available", "unavailable", "offline"]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Lately:
    people: Sequence[Person]
    stories: Sequence[Story]
    shifts: Sequence[Shift]


@dataclass(frozen=True, slots=True)
class _Arrival:
    at: Instant
    talk: Talk
    waits: bool = False


def lately(now: Instant) -> Lately:
    """All that came, and who was there."""
    dice = random.Random("birch and burrow")
    midnight = Instant(now - now % DAY - DAY)
    came = sorted((*_yesterday(dice, midnight), *_today(dice, now)), key=lambda one: one.at)
    people = [_person(dice, number, one.talk) for number, one in enumerate(came)]
    stories = [_story(dice, person, one, now) for person, one in zip(people, came, strict=True)]
    return Lately(people, stories, (*_shifts_of_yesterday(midnight), *_shifts_of_today(now)))


def _yesterday(dice: random.Random, midnight: Instant) -> Iterator[_Arrival]:
    number = 0
    for hour, many in _BY_THE_HOUR.items():
        for _ in range(many):
            at = midnight + hour * HOUR + dice.randrange(2 * MINUTE, 59 * MINUTE)
            yield _Arrival(Instant(at), TALKS[number % len(TALKS)])
            number += 1
    # Before it opens, and while those who send parcels are all in a meeting.
    for early in (2, 1):
        yield _Arrival(Instant(midnight + _OPENS - early * MINUTE), TALKS[3 * early], waits=True)
    for late in (1, 2):
        yield _Arrival(Instant(midnight + _MEETING + late * MINUTE), TALKS[late], waits=True)


def _today(dice: random.Random, now: Instant) -> Iterator[_Arrival]:
    began, ended = _TODAY
    apart = (began - ended - 14 * MINUTE) // len(_OF_TODAY)
    for number, talk in enumerate(_OF_TODAY):
        at = now - began + MINUTE + number * apart + dice.randrange(apart)
        yield _Arrival(Instant(at), TALKS[talk])


def _story(dice: random.Random, person: Person, arrival: _Arrival, now: Instant) -> Story:
    talk = arrival.talk
    return Story(
        key=person.key,
        customer=person.key,
        ago=now - arrival.at,
        lines=tuple(_lines(dice, arrival)),
        ending="done",
        pages=(("", "Birch & Burrow: nights out, done simply"), talk.page),
        device=dice.choice(("phone", "computer")),
        tags=(talk.tag,),
        name=talk.name,
    )


def _lines(dice: random.Random, arrival: _Arrival) -> Iterator[Said]:
    for number, text in enumerate(arrival.talk.lines):
        if number == 0:
            after = 0
        elif number == 1:
            after = 4 * MINUTE if arrival.waits else dice.randrange(30 * SECOND, 170 * SECOND)
        else:
            after = dice.randrange(20 * SECOND, 100 * SECOND)
        yield Said(WHOEVER if number % 2 else "customer", after, text)


def _person(dice: random.Random, number: int, talk: Talk) -> Person:
    first, last = dice.choice(FIRST_NAMES), dice.choice(LAST_NAMES)
    return Person(
        f"day-{number}",
        f"{first} {last}",
        f"{first}.{last}.{number}@example.com".lower(),
        f"BB-{5_000 + number}",
        language=talk.language,
        spent=dice.choice((0, 18, 45, 85, 210, 340, 615)),
    )


def _shifts_of_yesterday(midnight: Instant) -> Iterator[Shift]:
    desk, bench = (INES, MILA, OWEN), (JONAH, SANNA, KARIM)
    for who in (*desk, *bench):
        yield Shift(who, Instant(midnight + _OPENS), "available")
        yield Shift(who, Instant(midnight + _CLOSES), "offline")
    for who in desk:
        yield Shift(who, Instant(midnight + _MEETING), "unavailable", "Meeting")
        yield Shift(who, Instant(midnight + _MEETING_ENDS), "available")


def _shifts_of_today(now: Instant) -> Iterator[Shift]:
    began, ended = _TODAY
    for who in (MILA, OWEN, SANNA):
        yield Shift(who, Instant(now - began), "available")
        yield Shift(who, Instant(now - ended), "offline")
