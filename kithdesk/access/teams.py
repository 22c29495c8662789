"""Teams: agents who serve together. An agent may be in several."""

from __future__ import annotations

from collections.abc import Iterable

from kithdesk.access.entities import Team
from kithdesk.access.errors import NameTaken
from kithdesk.access.events import TeamCreated, TeamDeleted, TeamMembersChanged, TeamRenamed
from kithdesk.access.ids import TeamId
from kithdesk.access.queries.agents import find_users, get_team, list_teams
from kithdesk.core.actors import check_admin
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.core.names import name_key, strict_name
from kithdesk.core.work import Work

MOST_MEMBERS = 1_000
MOST_TEAMS = 500


def create_team(work: Work, name: str, *, members: Iterable[str] = ()) -> Team:
    """Raises `Forbidden`, `BadParameter`, `NameTaken`."""
    check_admin(work.actor)
    cleaned = strict_name(name, parameter="name")
    _check_free(work, cleaned)
    if list_teams(work, limit=1)[1] >= MOST_TEAMS:
        raise BadParameter(f"An organisation has at most {MOST_TEAMS} teams.")
    team = TeamId(work.new_id())
    work.publish(TeamCreated(team=team, name=cleaned))
    return change_members(work, team, members)


def rename_team(work: Work, team_id: str, name: str) -> Team:
    """Raises `NotFound`, `Forbidden`, `BadParameter`, `NameTaken`."""
    team = _get_living(work, team_id)
    check_admin(work.actor)
    cleaned = strict_name(name, parameter="name")
    if cleaned == team.name:
        return team
    if name_key(cleaned) != name_key(team.name):
        _check_free(work, cleaned)
    work.publish(TeamRenamed(team=team.id, name=cleaned, before=team.name))
    return get_team(work, team.id)


def change_members(work: Work, team_id: str, members: Iterable[str]) -> Team:
    """Makes these agents, and no others, the members.

    Raises `NotFound`, `Forbidden`, `BadParameter` when one of them is no active agent here.
    """
    team = _get_living(work, team_id)
    check_admin(work.actor)
    wanted, before = set(members), set[str](team.members)
    if len(wanted) > MOST_MEMBERS:
        raise BadParameter(f"A team has at most {MOST_MEMBERS} members.", parameter="members")
    added, removed = sorted(wanted - before), sorted(before - wanted)
    known = {user.id for user in find_users(work, added) if user.is_active and user.type == "user"}
    if known != set(added):
        raise BadParameter("Members are active agents of this organisation.", parameter="members")
    if not added and not removed:
        return team
    work.publish(TeamMembersChanged(team=team.id, added=added, removed=removed))
    return get_team(work, team.id)


def delete_team(work: Work, team_id: str) -> None:
    """Its name is free again; its history stays. Raises `NotFound`, `Forbidden`."""
    team = _get_living(work, team_id)
    check_admin(work.actor)
    work.publish(TeamDeleted(team=team.id))


def _get_living(work: Work, team_id: str) -> Team:
    team = get_team(work, team_id)
    if team.deleted_at is not None:
        raise NotFound
    return team


def _check_free(work: Work, name: str) -> None:
    key = name_key(name)
    if any(name_key(team.name) == key for team in list_teams(work, limit=MOST_TEAMS)[0]):
        raise NameTaken("name", "a team of this name")
