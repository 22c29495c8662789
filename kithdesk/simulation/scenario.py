"""A scenario: what is otherwise than it was. JSON, in the words of the routing API; what is not named stays.

{"queues": {"billing": {"priority": 10, "overflow": {"toQueue": "DEFAULT_QUEUE", "afterSeconds": 60}}},
 "skills": {"<user>": {"refunds": 3}}, "teams": {"<team>": {"capacityPerAgent": 6}, "": {"acceptance": "auto"}},
 "roster": {"add": [{"name": "Kim", "count": 2}], "remove": ["<user>"]}, "load": {"factor": 1.5}}
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from kithdesk.routing import SettingsChange
from kithdesk.simulation.errors import BadScenario

_Name = Annotated[str, Meta(min_length=1, max_length=100)]
_Share = Annotated[int, Meta(ge=1, le=100)]
_Seconds = Annotated[int, Meta(ge=0, le=86_400)]
_CAMEL = re.compile(r"[A-Z]")
MOST = 200
MOST_ADDED = 100


class _Part(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """What is not known is a slip of the pen."""


class Overflow(_Part, frozen=True):
    """`to_queue`: a key or an id."""

    to_queue: str
    after_seconds: Annotated[int, Meta(ge=1, le=86_400)] | None = None
    over_waiting: Annotated[int, Meta(ge=1, le=100_000)] | None = None


class QueueChange(_Part, frozen=True):
    priority: _Share | UnsetType = UNSET
    weight: Annotated[int, Meta(ge=1, le=1_000)] | UnsetType = UNSET
    acceptance: Literal["auto", "manual"] | UnsetType | None = UNSET
    requeue_when_offline: bool | UnsetType | None = UNSET
    schedule: str | UnsetType | None = UNSET
    overflow: Overflow | UnsetType | None = UNSET


class Rule(_Part, frozen=True):
    """`queue`: a key or an id. `preferred`: the agent who goes first of those who may take it."""

    queue: str
    name: _Name = "Rule"
    criteria: dict[str, Any] = {}
    skills: dict[str, int] = {}
    priority: _Share | None = None
    preferred: str | None = None


class Newcomer(_Part, frozen=True):
    """`count` agents who are there as `like` is, or in the hours of `schedule`, or while anybody else is."""

    name: _Name = "New agent"
    count: Annotated[int, Meta(ge=1, le=MOST_ADDED)] = 1
    skills: dict[str, int] = {}
    team: str | None = None
    like: str | None = None
    schedule: str | None = None


class Roster(_Part, frozen=True):
    add: tuple[Newcomer, ...] = ()
    remove: tuple[str, ...] = ()


class Load(_Part, frozen=True):
    """So many times what came; or instead of it, on average so much by the hour of the day in UTC, each drawn from what
    came or, with `handle_seconds` on average, made up."""

    factor: Annotated[float, Meta(ge=0.05, le=5)] = 1
    per_hour: (
        Annotated[tuple[Annotated[float, Meta(ge=0, le=5_000)], ...], Meta(min_length=24, max_length=24)]
        | None
    ) = None
    handle_seconds: Annotated[int, Meta(ge=10, le=86_400)] | None = None
    seed: int = 1


class Scenario(_Part, frozen=True, omit_defaults=True):
    """`teams`: their settings, and with '' for a name the organisation's, as the API has them. Queues go by key or id.

    `rules`: instead of those there were. `accept_seconds`: how long agents take who never were asked."""

    queues: dict[str, QueueChange] = {}
    rules: tuple[Rule, ...] | None = None
    skills: dict[str, dict[str, int]] = {}
    teams: dict[str, dict[str, Any]] = {}
    roster: Roster = Roster()
    load: Load = Load()
    accept_seconds: _Seconds | None = None

    @property
    def is_empty(self) -> bool:
        return self == Scenario()


def read_scenario(value: Mapping[str, Any]) -> Scenario:
    """Raises `BadScenario`, which says where."""
    try:
        scenario = msgspec.convert(value, Scenario)
    except msgspec.ValidationError as problem:
        raise BadScenario(str(problem), parameter="scenario") from None
    added = sum(one.count for one in scenario.roster.add)
    if added > MOST_ADDED:
        raise BadScenario(f"At most {MOST_ADDED} agents more.", parameter="scenario.roster.add")
    for team in scenario.teams:
        settings_of(scenario, team)
    for name in ("queues", "skills", "teams"):
        if len(getattr(scenario, name)) > MOST:
            raise BadScenario(f"At most {MOST} of them.", parameter=f"scenario.{name}")
    if scenario.rules is not None and len(scenario.rules) > MOST:
        raise BadScenario(f"At most {MOST} of them.", parameter="scenario.rules")
    return scenario


def settings_of(scenario: Scenario, team: str) -> SettingsChange:
    """What is otherwise for a team. Raises `BadScenario`."""
    at = f"scenario.teams.{team}"
    words = {_CAMEL.sub(lambda found: "_" + found[0].lower(), name): name for name in scenario.teams[team]}
    unknown = [name for word, name in words.items() if word not in SettingsChange.__struct_fields__]
    if unknown:
        raise BadScenario(f"There is no setting {unknown[0]}.", parameter=at)
    values = {word: scenario.teams[team][name] for word, name in words.items()}
    try:
        return msgspec.convert(values, SettingsChange, strict=False)
    except msgspec.ValidationError as problem:
        raise BadScenario(str(problem), parameter=at) from None
