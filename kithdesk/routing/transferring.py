"""Restrictions: where the agents of a team may give work by hand. Administrators and programs may give it anywhere."""

from __future__ import annotations

from collections.abc import Collection

from kithdesk.access import find_users
from kithdesk.core.work import Work
from kithdesk.routing.errors import TransferRestricted, UnknownAssignee
from kithdesk.routing.profiles import Reach
from kithdesk.routing.queries.agents import find_agent
from kithdesk.routing.queries.queues import list_members, list_teams_of, load_profiles


def check_transfer(
    work: Work, *, users: Collection[str] = (), teams: Collection[str] = (), queue: str | None = None
) -> None:
    """Raises `TransferRestricted`. To take something oneself is no transfer."""
    actor = work.actor
    if actor.type != "user" or actor.is_admin:
        return
    agent = find_agent(work, str(actor.id))
    team = "" if agent is None else agent.team
    profiles = load_profiles(work, work.organisation)
    allowed = profiles.of(team).transfers
    if queue is not None:
        _check(allowed.to_queues, is_own=profiles.terms_of(team).serves(queue))
    for other in teams:
        _check(allowed.to_teams, is_own=other in list_teams_of(work, str(actor.id)))
    for user in users:
        if user != actor.id:
            _check(allowed.to_agents, is_own=_is_colleague(work, team, user))


def check_agents(work: Work, users: Collection[str], *, parameter: str) -> None:
    """Raises `UnknownAssignee` unless all of them are agents who have not left."""
    found = {user.id for user in find_users(work, list(users)) if user.is_active and user.type == "user"}
    if len(found) != len(users):
        raise UnknownAssignee(parameter)


def _check(reach: Reach, *, is_own: bool) -> None:
    if reach == "none" or (reach == "own" and not is_own):
        raise TransferRestricted("Your team may not give work there.")


def _is_colleague(work: Work, team: str, user: str) -> bool:
    """Whether they work as the same team; as none, those are colleagues who do too."""
    if team:
        return user in list_members(work, work.organisation, team)
    other = find_agent(work, user)
    return other is None or other.team == team
