"""Profiles: how a team is given work. What a team leaves open is as the organisation has it, else as it is by default.

An agent works as one team at a time: the enabled one they chose with their status, else the first of theirs by name. A
queue that no enabled profile names is served by those who work as no team; without profiles that is everybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal

import msgspec

from kithdesk.routing.choosing import Terms
from kithdesk.routing.holding_out import DEFAULT_SECONDS

ORGANISATION = ""
"""The `team` under which the organisation's own settings are kept, and as which an agent of no team works."""
DEFAULT_CAPACITY = 4
YEAR = 365 * 86_400

Acceptance = Literal["auto", "manual"]
Reach = Literal["any", "own", "none"]


class Transfers(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """Where an agent may give work by hand. `own`: what their team serves, itself, and its members."""

    to_queues: Reach = "any"
    to_teams: Reach = "any"
    to_agents: Reach = "any"


class Profile(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """What was set for a team, or for the organisation. None: not here."""

    enabled: bool = False
    queues: tuple[str, ...] = ()
    capacity_per_agent: int | None = None
    channel_weights: dict[str, int] | None = None
    capacity_by_priority: dict[int, int] | None = None
    pause_lower_priority: bool | None = None
    acceptance: Acceptance | None = None
    accept_timeout_seconds: int | None = None
    wrap_up_seconds: int | None = None
    requeue_when_offline: bool | None = None
    unassign_when_reopened_away: bool | None = None
    last_agent_first_seconds: int | None = None
    last_agent_hold_seconds: int | None = None
    language_hold_seconds: int | None = None
    external_queues: tuple[str, ...] | None = None
    transfers: Transfers | None = None
    unavailable_reasons: tuple[str, ...] | None = None


class Resolved(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What holds, wherever it was set."""

    enabled: bool = False
    queues: tuple[str, ...] = ()
    capacity_per_agent: int = DEFAULT_CAPACITY
    channel_weights: dict[str, int] = {}
    capacity_by_priority: dict[int, int] = {}
    pause_lower_priority: bool = False
    acceptance: Acceptance = "auto"
    accept_timeout_seconds: int = 30
    wrap_up_seconds: int = 0
    requeue_when_offline: bool = True
    unassign_when_reopened_away: bool = True
    last_agent_first_seconds: int = YEAR
    last_agent_hold_seconds: int = 0
    language_hold_seconds: int = DEFAULT_SECONDS
    external_queues: tuple[str, ...] = ()
    transfers: Transfers = Transfers()
    unavailable_reasons: tuple[str, ...] = ()


FIELDS = Resolved.__struct_fields__
_decode = msgspec.json.Decoder(Profile).decode
_NOTHING = Profile()


def decode_profile(text: str) -> Profile:
    return _decode(text)


def resolve(own: Profile, general: Profile = _NOTHING) -> Resolved:
    """What holds for a team with its `own` profile in an organisation with a `general` one."""
    values: dict[str, Any] = {}
    for name in FIELDS:
        here, above = getattr(own, name), getattr(general, name)
        if name in ("enabled", "queues"):
            values[name] = here
        elif here is not None or above is not None:
            values[name] = above if here is None else here
    return Resolved(**values)


class Profiles:
    """The organisation's settings and the profiles of those of its teams that are routed to."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """`texts`: profiles as JSON by team, '' for the organisation's; those of teams are enabled ones."""
        self._texts = texts
        self._resolved: dict[str, Resolved] = {}
        self._terms: dict[str, Terms] = {}

    @cached_property
    def general(self) -> Profile:
        return decode_profile(self._texts.get(ORGANISATION, "{}"))

    @property
    def routed(self) -> list[str]:
        """The teams."""
        return sorted(team for team in self._texts if team != ORGANISATION)

    @cached_property
    def _serving(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for team in self.routed:
            for queue in self.of(team).queues:
                found.setdefault(queue, []).append(team)
        return found

    def of(self, team: str) -> Resolved:
        """What holds for those who work as this team, or as none."""
        known = self._resolved.get(team)
        if known is None:
            own = self.general if team == ORGANISATION else decode_profile(self._texts.get(team, "{}"))
            known = self._resolved[team] = resolve(own, self.general)
        return known

    def terms_of(self, team: str) -> Terms:
        known = self._terms.get(team)
        if known is None:
            profile, is_general = self.of(team), team == ORGANISATION
            known = self._terms[team] = Terms(
                queues=frozenset(self._serving if is_general else profile.queues),
                serves_all_but=is_general,
                channel_weights=profile.channel_weights,
                capacity_by_priority=profile.capacity_by_priority,
                pauses_lower=profile.pause_lower_priority,
            )
        return known

    def serving(self, queue: str) -> list[str]:
        """As which teams agents serve a queue; '' for those of none."""
        return self._serving.get(queue, [ORGANISATION])
