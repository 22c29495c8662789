"""Agents and teams, as their own organisation sees them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, func, not_, or_, select

from kithdesk import attributes
from kithdesk.access.entities import Team, User
from kithdesk.access.ids import UserId
from kithdesk.access.tables import team_members, teams, users
from kithdesk.core.errors import NotFound
from kithdesk.core.work import Reads

_decode = msgspec.json.Decoder(tuple[str, ...]).decode
_decode_custom = msgspec.json.Decoder(dict[str, Any]).decode

# Agents


def _filter(name: str, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """A parameter that is `yes`, `no`, or empty for either."""
    wanted: BindParameter[str] = bindparam(name)
    return or_(wanted == "", and_(wanted == "yes", condition), and_(wanted == "no", not_(condition)))


_USER = select(users)
_MINE = users.c.organisation == bindparam("organisation")
_ONE_USER = _USER.where(_MINE, users.c.id == bindparam("id"))
_USERS_BY_ID = _USER.where(_MINE, users.c.id.in_(bindparam("ids", expanding=True))).order_by(users.c.id)
_USER_BY_EMAIL = _USER.where(_MINE, users.c.email_key == bindparam("email_key"), users.c.email_key != "")
_NAMES = select(users.c.id, users.c.display_name).where(
    _MINE, users.c.id.in_(bindparam("ids", expanding=True))
)
_AGENTS = _USER.where(_MINE, users.c.type == "user", users.c.deactivated_at.is_(None)).order_by(users.c.id)
_LISTED = (
    _MINE,
    or_(bindparam("type") == "", users.c.type == bindparam("type")),
    or_(bindparam("email_key") == "", users.c.email_key == bindparam("email_key")),
    _filter("deleted", users.c.deactivated_at.is_not(None)),
    _filter("pending", users.c.first_signed_in_at.is_(None)),
)
attributes.keeps("user", select(users.c.id).where(_MINE, users.c.id.in_(bindparam("ids", expanding=True))))
_YES_NO = {None: "", True: "yes", False: "no"}
_LIST_USERS = _USER.where(*_LISTED).order_by(users.c.id).limit(bindparam("limit")).offset(bindparam("offset"))
_COUNT_USERS = select(func.count()).select_from(users).where(*_LISTED)


def find_user(reads: Reads, user: str) -> User | None:
    row = reads.execute(_ONE_USER, {"organisation": reads.organisation, "id": user}).first()
    return None if row is None else _user(row)


def get_user(reads: Reads, user: str) -> User:
    """Also one who was deactivated. Raises `NotFound`."""
    found = find_user(reads, user)
    if found is None:
        raise NotFound
    return found


def find_users(reads: Reads, ids: Iterable[str]) -> list[User]:
    """Those of the ids that are users here, by id."""
    wanted = sorted(set(ids))
    if not wanted:
        return []
    return [
        _user(row) for row in reads.execute(_USERS_BY_ID, {"organisation": reads.organisation, "ids": wanted})
    ]


def find_user_by_email_key(reads: Reads, email_key: str) -> User | None:
    row = reads.execute(_USER_BY_EMAIL, {"organisation": reads.organisation, "email_key": email_key}).first()
    return None if row is None else _user(row)


def find_user_names(reads: Reads, ids: Iterable[str]) -> dict[str, str]:
    """Display names by id, of those that are users here. Deactivated ones keep their name."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    rows = reads.execute(_NAMES, {"organisation": reads.organisation, "ids": wanted})
    return {row.id: row.display_name for row in rows}


def list_agents(reads: Reads) -> list[User]:
    """Every active person on the company's side, in the order they joined."""
    return [_user(row) for row in reads.execute(_AGENTS, {"organisation": reads.organisation})]


def list_users(
    reads: Reads,
    *,
    offset: int,
    limit: int,
    type: str = "",
    email_key: str = "",
    is_deleted: bool | None = False,
    is_pending: bool | None = None,
) -> tuple[list[User], int]:
    """One page, and how many there are. Empty text and None do not filter."""
    values = {
        "organisation": reads.organisation,
        "type": type,
        "email_key": email_key,
        "deleted": _YES_NO[is_deleted],
        "pending": _YES_NO[is_pending],
    }
    rows = reads.execute(_LIST_USERS, {**values, "limit": limit, "offset": offset})
    return [_user(row) for row in rows], reads.execute(_COUNT_USERS, values).scalar()


def _user(row: Any) -> User:
    return User(
        id=row.id,
        type=row.type,
        email=row.email,
        display_name=row.display_name,
        role_groups=_decode(row.role_groups),
        created_at=row.created_at,
        updated_at=row.updated_at,
        deactivated_at=row.deactivated_at,
        first_signed_in_at=row.first_signed_in_at,
        signed_in_at=row.signed_in_at,
        password_changed_at=row.password_changed_at,
        custom=_decode_custom(row.custom),
    )


# Teams

_MY_TEAMS = select(teams).where(teams.c.organisation == bindparam("organisation"))
_ONE_TEAM = _MY_TEAMS.where(teams.c.id == bindparam("id"))
_TEAMS_BY_ID = _MY_TEAMS.where(teams.c.id.in_(bindparam("ids", expanding=True))).order_by(teams.c.id)
attributes.keeps(
    "team",
    select(teams.c.id).where(
        teams.c.organisation == bindparam("organisation"),
        teams.c.deleted_at.is_(None),
        teams.c.id.in_(bindparam("ids", expanding=True)),
    ),
)
_LIST_TEAMS = (
    _MY_TEAMS.where(teams.c.deleted_at.is_(None))
    .order_by(teams.c.id)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_COUNT_TEAMS = (
    select(func.count())
    .select_from(teams)
    .where(teams.c.organisation == bindparam("organisation"), teams.c.deleted_at.is_(None))
)
_THEIRS = teams.c.id.in_(
    select(team_members.c.team).where(
        team_members.c.organisation == bindparam("organisation"), team_members.c.user == bindparam("user")
    )
)
_TEAMS_OF = _LIST_TEAMS.where(_THEIRS)
_COUNT_TEAMS_OF = _COUNT_TEAMS.where(_THEIRS)
_MEMBERS = (
    select(team_members.c.team, team_members.c.user)
    .where(
        team_members.c.organisation == bindparam("organisation"),
        team_members.c.team.in_(bindparam("teams", expanding=True)),
    )
    .order_by(team_members.c.team, team_members.c.user)
)


def find_team(reads: Reads, team: str) -> Team | None:
    found = _teams(reads, reads.execute(_ONE_TEAM, {"organisation": reads.organisation, "id": team}))
    return found[0] if found else None


def get_team(reads: Reads, team: str) -> Team:
    """Also one that was deleted. Raises `NotFound`."""
    found = find_team(reads, team)
    if found is None:
        raise NotFound
    return found


def find_teams(reads: Reads, ids: Iterable[str]) -> list[Team]:
    """Those of the ids that are teams here, by id."""
    wanted = sorted(set(ids))
    if not wanted:
        return []
    return _teams(reads, reads.execute(_TEAMS_BY_ID, {"organisation": reads.organisation, "ids": wanted}))


def list_teams(reads: Reads, *, offset: int = 0, limit: int = 500) -> tuple[list[Team], int]:
    """One page of the teams that were not deleted, and how many there are."""
    mine = {"organisation": reads.organisation}
    rows = reads.execute(_LIST_TEAMS, {**mine, "limit": limit, "offset": offset})
    return _teams(reads, rows), reads.execute(_COUNT_TEAMS, mine).scalar()


def list_teams_of(reads: Reads, user: str, *, offset: int, limit: int) -> tuple[list[Team], int]:
    """One page of the teams this agent is a member of, and how many there are."""
    theirs = {"organisation": reads.organisation, "user": user}
    rows = reads.execute(_TEAMS_OF, {**theirs, "limit": limit, "offset": offset})
    return _teams(reads, rows), reads.execute(_COUNT_TEAMS_OF, theirs).scalar()


def _teams(reads: Reads, rows: Iterable[Any]) -> list[Team]:
    found = list(rows)
    members: dict[str, list[UserId]] = {row.id: [] for row in found}
    if found:
        values = {"organisation": reads.organisation, "teams": list(members)}
        for row in reads.execute(_MEMBERS, values):
            members[row.team].append(row.user)
    return [
        Team(
            id=row.id,
            name=row.name,
            members=tuple(members[row.id]),
            created_at=row.created_at,
            updated_at=row.updated_at,
            deleted_at=row.deleted_at,
        )
        for row in found
    ]
