"""Facts of teams as rows."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, insert, update

from kithdesk.access.events import (
    TeamCreated,
    TeamDeleted,
    TeamMembersChanged,
    TeamRenamed,
)
from kithdesk.access.tables import team_members, teams
from kithdesk.core.events import Recorded
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Rows

_CREATE_TEAM = insert(teams)
_TEAM = (teams.c.organisation == bindparam("of"), teams.c.id == bindparam("which"))
_RENAME_TEAM = update(teams).where(*_TEAM).values(name=bindparam("name"), updated_at=bindparam("at"))
_DELETE_TEAM = update(teams).where(*_TEAM).values(deleted_at=bindparam("at"), updated_at=bindparam("at"))
_TOUCH_TEAM = update(teams).where(*_TEAM).values(updated_at=bindparam("at"))
_ADD_MEMBER = Upsert(team_members, ["organisation", "team", "user"], [])
_REMOVE_MEMBER = delete(team_members).where(
    team_members.c.organisation == bindparam("organisation"),
    team_members.c.team == bindparam("team"),
    team_members.c.user == bindparam("user"),
)


def project_team_created(rows: Rows, recorded: Recorded[TeamCreated]) -> None:
    event = recorded.event
    rows.execute(
        _CREATE_TEAM,
        {
            "organisation": rows.organisation,
            "id": event.team,
            "name": event.name,
            "created_at": recorded.at,
            "updated_at": recorded.at,
            "deleted_at": None,
        },
    )


def project_team_renamed(rows: Rows, recorded: Recorded[TeamRenamed]) -> None:
    event = recorded.event
    rows.execute(
        _RENAME_TEAM, {"of": rows.organisation, "which": event.team, "name": event.name, "at": recorded.at}
    )


def project_team_deleted(rows: Rows, recorded: Recorded[TeamDeleted]) -> None:
    rows.execute(_DELETE_TEAM, {"of": rows.organisation, "which": recorded.event.team, "at": recorded.at})


def project_team_members_changed(rows: Rows, recorded: Recorded[TeamMembersChanged]) -> None:
    event = recorded.event
    for user in event.removed:
        rows.execute(_REMOVE_MEMBER, {"organisation": rows.organisation, "team": event.team, "user": user})
    for user in event.added:
        row = {"organisation": rows.organisation, "team": event.team, "user": user, "added_at": recorded.at}
        rows.execute(_ADD_MEMBER, row)
    rows.execute(_TOUCH_TEAM, {"of": rows.organisation, "which": event.team, "at": recorded.at})
