"""Changing how the organisation, or one team, is given work."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from kithdesk.access import Team, find_team, list_teams
from kithdesk.core.actors import check_admin
from kithdesk.core.clock import iso_or_none
from kithdesk.core.documents import resource
from kithdesk.core.errors import BadParameter, ChangedMeanwhile
from kithdesk.core.names import name_key, strict_name
from kithdesk.core.paging import Page
from kithdesk.core.work import Reads, Work
from kithdesk.routing.errors import UnknownQueue, UnknownTeam
from kithdesk.routing.events import RoutingSettingsChanged
from kithdesk.routing.profiles import (
    DEFAULT_CAPACITY,
    ORGANISATION,
    YEAR,
    Acceptance,
    Profile,
    Transfers,
    decode_profile,
    resolve,
)
from kithdesk.routing.queries.queues import (
    find_queues,
    find_settings,
    find_settings_of,
    list_capacities,
    settings_rev_at,
)

MAX_CAPACITY = 1_000
MOST_QUEUES = 10
MOST_REASONS = 30
MOST_CHANNELS = 20
_LIMITS = {
    "capacity_per_agent": (1, MAX_CAPACITY),
    "accept_timeout_seconds": (5, 3_600),
    "wrap_up_seconds": (0, 3_600),
    "last_agent_first_seconds": (0, YEAR),
    "last_agent_hold_seconds": (0, 86_400),
    "language_hold_seconds": (0, 86_400),
}
_FOR_TEAMS = ("enabled", "queues", "external_queues")
_FOR_ALL = ("unavailable_reasons", "language_hold_seconds")


class SettingsChange(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for. What is not given stays; None takes a value away, so that it follows again."""

    enabled: bool | UnsetType = UNSET
    queues: tuple[str, ...] | UnsetType = UNSET
    capacity_per_agent: int | UnsetType | None = UNSET
    channel_weights: dict[str, int] | UnsetType | None = UNSET
    capacity_by_priority: dict[int, int] | UnsetType | None = UNSET
    pause_lower_priority: bool | UnsetType | None = UNSET
    acceptance: Acceptance | UnsetType | None = UNSET
    accept_timeout_seconds: int | UnsetType | None = UNSET
    wrap_up_seconds: int | UnsetType | None = UNSET
    requeue_when_offline: bool | UnsetType | None = UNSET
    unassign_when_reopened_away: bool | UnsetType | None = UNSET
    last_agent_first_seconds: int | UnsetType | None = UNSET
    last_agent_hold_seconds: int | UnsetType | None = UNSET
    language_hold_seconds: int | UnsetType | None = UNSET
    external_queues: tuple[str, ...] | UnsetType | None = UNSET
    transfers: Transfers | UnsetType | None = UNSET
    unavailable_reasons: tuple[str, ...] | UnsetType | None = UNSET


def change_settings(
    work: Work, change: SettingsChange, *, team: str | None = None, rev: int | None = None
) -> None:
    """Sets the organisation's routing, or one team's. Changing nothing states nothing. `rev`: refuse it if they have
    changed since.

    Raises `Forbidden`, `UnknownTeam`, `ChangedMeanwhile`, `UnknownQueue`, and `BadParameter` for what is out of bounds
    or not a team's.
    """
    check_admin(work.actor)
    found = _get_team(work, team)
    if rev not in (None, settings_rev_at(work, work.organisation, team or ORGANISATION)):
        raise ChangedMeanwhile("The settings")
    wanted = {name: value for name, value in msgspec.structs.asdict(change).items() if value is not UNSET}
    _check(work, wanted, team)
    before = _profile_at(work, team or ORGANISATION)
    after = msgspec.structs.replace(before, **wanted)
    if after != before:
        _publish(work, team, found, after, before)


def drop_queue(work: Work, queue: str, teams: dict[str, str]) -> None:
    """No profile names this queue any more. `teams`: their profiles as JSON."""
    for team, text in teams.items():
        before = decode_profile(text)
        if queue in before.queues:
            left = tuple(one for one in before.queues if one != queue)
            after = msgspec.structs.replace(before, queues=left)
            _publish(work, team, find_team(work, team), after, before)


def draw_settings(reads: Reads, *, team: str | None = None) -> dict[str, Any]:
    """The `routing_settings` resource of the organisation or a team. Raises `UnknownTeam`."""
    _get_team(reads, team)
    return _draw(reads, team, find_settings(reads, team or ORGANISATION), _profile_at(reads, ORGANISATION))


def draw_team_settings(reads: Reads, page: Page) -> tuple[list[dict[str, Any]], int]:
    """One page of the `routing_settings` of all teams, in the order of the teams, and how many teams there are."""
    teams, total = list_teams(reads, offset=page.offset, limit=page.size)
    rows = find_settings_of(reads, [team.id for team in teams])
    general = _profile_at(reads, ORGANISATION)
    return [_draw(reads, team.id, rows.get(team.id), general) for team in teams], total


def _draw(reads: Reads, team: str | None, row: Any | None, general: Profile) -> dict[str, Any]:
    own = general if team is None else _profile_in(row)
    shown = msgspec.to_builtins(resolve(own, general))
    set_here = msgspec.to_builtins(own)
    names = {name for name in shown if name not in _FOR_TEAMS}
    attributes = {
        **{name: value for name, value in shown.items() if team is not None or name not in _FOR_TEAMS},
        "inherited": sorted(names - set(set_here)),
        "isInherited": team is not None and own.capacity_per_agent is None,
        "updatedAt": iso_or_none(None if row is None else row.changed_at),
        "rev": 0 if row is None else row.rev,
    }
    at = "/v1/routing/settings" + (f"?team={team}" if team else "")
    return resource("routing_settings", team or reads.organisation, attributes, at=at)


def capacities_of(reads: Reads, users: Collection[str]) -> dict[str, int]:
    """Each agent's capacity, for those who have never said they are here."""
    general = _profile_at(reads, ORGANISATION).capacity_per_agent or DEFAULT_CAPACITY
    own = list_capacities(reads, users)
    return {user: own.get(user) or general for user in users}


def reasons_declared(reads: Reads) -> tuple[str, ...]:
    """For what agents may say they are unavailable; none: for anything."""
    return _profile_at(reads, ORGANISATION).unavailable_reasons or ()


def _profile_at(reads: Reads, team: str) -> Profile:
    return _profile_in(find_settings(reads, team))


def _profile_in(row: Any | None) -> Profile:
    return Profile() if row is None else decode_profile(row.profile)


def _publish(work: Work, team: str | None, found: Team | None, after: Profile, before: Profile) -> None:
    work.publish(
        RoutingSettingsChanged(
            team=team,
            profile=msgspec.to_builtins(after, str_keys=True),
            before=msgspec.to_builtins(before, str_keys=True),
            name_key="" if found is None else name_key(found.name),
        )
    )


def _check(work: Work, wanted: dict[str, Any], team: str | None) -> None:
    misplaced = _FOR_ALL if team is not None else _FOR_TEAMS
    for name in misplaced:
        if name in wanted:
            whose = "the whole organisation" if team is not None else "one team"
            raise BadParameter(f"This is set for {whose}.", parameter=_parameter(name))
    for name, (least, most) in _LIMITS.items():
        value = wanted.get(name)
        if value is not None and not least <= value <= most:
            raise BadParameter(f"A whole number from {least} to {most}.", parameter=_parameter(name))
    _check_weights(wanted.get("channel_weights"), "channelWeights")
    _check_weights(wanted.get("capacity_by_priority"), "capacityByPriority")
    if "queues" in wanted:
        wanted["queues"] = _check_queues(work, wanted["queues"])
    if wanted.get("unavailable_reasons") is not None:
        wanted["unavailable_reasons"] = _check_reasons(wanted["unavailable_reasons"])
    if wanted.get("external_queues") is not None:
        wanted["external_queues"] = tuple(
            strict_name(one, parameter="externalQueues") for one in wanted["external_queues"]
        )


def _check_weights(weights: dict[Any, int] | None, parameter: str) -> None:
    if weights is None:
        return
    if len(weights) > MOST_CHANNELS:
        raise BadParameter(f"At most {MOST_CHANNELS}.", parameter=parameter)
    for of, weight in weights.items():
        is_named = 1 <= of <= 100 if isinstance(of, int) else of.isidentifier() and len(of) <= 32
        if not is_named or not 1 <= weight <= MAX_CAPACITY:
            raise BadParameter(f"Whole numbers from 1 to {MAX_CAPACITY}.", parameter=f"{parameter}.{of}")


def _check_queues(work: Work, queues: tuple[str, ...]) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(queues))
    if len(wanted) > MOST_QUEUES:
        raise BadParameter(f"At most {MOST_QUEUES}.", parameter="queues")
    if len(find_queues(work, wanted)) != len(wanted):
        raise UnknownQueue("queues")
    return wanted


def _check_reasons(words: tuple[str, ...]) -> tuple[str, ...]:
    if len(words) > MOST_REASONS:
        raise BadParameter(f"At most {MOST_REASONS}.", parameter="unavailableReasons")
    return tuple(dict.fromkeys(strict_name(one, parameter="unavailableReasons") for one in words))


def _parameter(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _get_team(reads: Reads, team: str | None) -> Team | None:
    if team is None:
        return None
    found = find_team(reads, team)
    if found is None or found.deleted_at is not None:
        raise UnknownTeam
    return found
