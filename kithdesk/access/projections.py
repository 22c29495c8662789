"""How the facts of access become rows. Runs once when a fact is stated, and again whenever the journal is replayed."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from sqlalchemy import bindparam, delete, func, insert, update

from kithdesk.access.events import (
    ApiKeyCreated,
    ApiKeyRevoked,
    BrandCreated,
    OrganisationCreated,
    SettingsChanged,
    TeamCreated,
    TeamDeleted,
    TeamMembersChanged,
    TeamRenamed,
    UserChanged,
    UserCreated,
    UserDeactivated,
    UserPasswordChanged,
    UserReactivated,
    UserRolesChanged,
    UserSignedIn,
    WidgetCreated,
)
from kithdesk.access.names import email_key, name_key
from kithdesk.access.tables import (
    api_keys,
    brands,
    organisations,
    settings,
    team_members,
    teams,
    users,
    widgets,
)
from kithdesk.core.events import Event, Recorded
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Projector, Rows

_encode = msgspec.json.Encoder().encode

_CREATE_ORGANISATION = insert(organisations)
_PUT_SETTING = Upsert(settings, ["organisation", "section", "key"])
_CREATE_BRAND = insert(brands)
_CREATE_WIDGET = insert(widgets)

_CREATE_USER = insert(users)
_USER = (users.c.organisation == bindparam("of"), users.c.id == bindparam("whose"))
_CHANGE_EMAIL = (
    update(users)
    .where(*_USER)
    .values(email=bindparam("email"), email_key=bindparam("email_key"), updated_at=bindparam("at"))
)
_CHANGE_NAME = (
    update(users).where(*_USER).values(display_name=bindparam("display_name"), updated_at=bindparam("at"))
)
_CHANGE_ROLES = (
    update(users).where(*_USER).values(role_groups=bindparam("role_groups"), updated_at=bindparam("at"))
)
_SET_DEACTIVATED = (
    update(users)
    .where(*_USER)
    .values(
        deactivated_at=bindparam("deactivated_at"),
        deactivated_by=bindparam("deactivated_by"),
        updated_at=bindparam("at"),
    )
)
_SIGNED_IN = (
    update(users)
    .where(*_USER)
    .values(
        signed_in_at=bindparam("at"),
        first_signed_in_at=func.coalesce(users.c.first_signed_in_at, bindparam("at")),
    )
)
_CHANGE_PASSWORD = update(users).where(*_USER).values(password_changed_at=bindparam("at"))

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

_CREATE_KEY = insert(api_keys)
_REVOKE_KEY = (
    update(api_keys)
    .where(api_keys.c.organisation == bindparam("of"), api_keys.c.id == bindparam("which"))
    .values(revoked_at=bindparam("at"), revoked_by=bindparam("by"))
)


def _text(names: list[str]) -> str:
    return _encode(names).decode()


def project_organisation_created(rows: Rows, recorded: Recorded[OrganisationCreated]) -> None:
    event = recorded.event
    rows.execute(
        _CREATE_ORGANISATION,
        {
            "organisation": rows.organisation,
            "name": event.name,
            "name_key": name_key(event.name),
            "founder": event.founder,
            "created_at": recorded.at,
        },
    )


def project_settings_changed(rows: Rows, recorded: Recorded[SettingsChanged]) -> None:
    for key, value in recorded.event.values.items():
        rows.execute(
            _PUT_SETTING,
            {
                "organisation": rows.organisation,
                "section": recorded.event.section,
                "key": key,
                "value": _encode(value).decode(),
                "changed_at": recorded.at,
                "changed_by": recorded.actor.id,
            },
        )


def project_brand_created(rows: Rows, recorded: Recorded[BrandCreated]) -> None:
    event = recorded.event
    rows.execute(
        _CREATE_BRAND,
        {
            "organisation": rows.organisation,
            "id": event.brand,
            "name": event.name,
            "is_default": event.is_default,
            "created_at": recorded.at,
        },
    )


def project_widget_created(rows: Rows, recorded: Recorded[WidgetCreated]) -> None:
    event = recorded.event
    rows.execute(
        _CREATE_WIDGET,
        {
            "organisation": rows.organisation,
            "id": event.widget,
            "brand": event.brand,
            "name": event.name,
            "key": event.key,
            "created_at": recorded.at,
        },
    )


def project_user_created(rows: Rows, recorded: Recorded[UserCreated]) -> None:
    event = recorded.event
    rows.execute(
        _CREATE_USER,
        {
            "organisation": rows.organisation,
            "id": event.user,
            "type": event.type,
            "email": event.email,
            "email_key": email_key(event.email),
            "display_name": event.display_name,
            "role_groups": _text(event.role_groups),
            "created_at": recorded.at,
            "created_by": recorded.actor.id,
            "updated_at": recorded.at,
            "deactivated_at": None,
            "deactivated_by": None,
            "first_signed_in_at": None,
            "signed_in_at": None,
            "password_changed_at": None,
        },
    )


def project_user_changed(rows: Rows, recorded: Recorded[UserChanged]) -> None:
    event = recorded.event
    user = {"of": rows.organisation, "whose": event.user, "at": recorded.at}
    if event.email is not None:
        rows.execute(_CHANGE_EMAIL, {**user, "email": event.email, "email_key": email_key(event.email)})
    if event.display_name is not None:
        rows.execute(_CHANGE_NAME, {**user, "display_name": event.display_name})


def project_user_roles_changed(rows: Rows, recorded: Recorded[UserRolesChanged]) -> None:
    event = recorded.event
    values = {"of": rows.organisation, "whose": event.user, "at": recorded.at}
    rows.execute(_CHANGE_ROLES, {**values, "role_groups": _text(event.role_groups)})


def project_user_deactivated(rows: Rows, recorded: Recorded[UserDeactivated]) -> None:
    values = {"of": rows.organisation, "whose": recorded.event.user, "at": recorded.at}
    rows.execute(
        _SET_DEACTIVATED, {**values, "deactivated_at": recorded.at, "deactivated_by": recorded.actor.id}
    )


def project_user_reactivated(rows: Rows, recorded: Recorded[UserReactivated]) -> None:
    values = {"of": rows.organisation, "whose": recorded.event.user, "at": recorded.at}
    rows.execute(_SET_DEACTIVATED, {**values, "deactivated_at": None, "deactivated_by": None})


def project_user_signed_in(rows: Rows, recorded: Recorded[UserSignedIn]) -> None:
    rows.execute(_SIGNED_IN, {"of": rows.organisation, "whose": recorded.event.user, "at": recorded.at})


def project_user_password_changed(rows: Rows, recorded: Recorded[UserPasswordChanged]) -> None:
    rows.execute(_CHANGE_PASSWORD, {"of": rows.organisation, "whose": recorded.event.user, "at": recorded.at})


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


def project_api_key_created(rows: Rows, recorded: Recorded[ApiKeyCreated]) -> None:
    event = recorded.event
    rows.execute(
        _CREATE_KEY,
        {
            "organisation": rows.organisation,
            "id": event.api_key,
            "user": event.user,
            "name": event.name,
            "roles": _text(event.roles),
            "last_four": event.last_four,
            "networks": _text(event.networks),
            "expires_at": event.expires_at,
            "created_at": recorded.at,
            "created_by": recorded.actor.id,
            "revoked_at": None,
            "revoked_by": None,
        },
    )


def project_api_key_revoked(rows: Rows, recorded: Recorded[ApiKeyRevoked]) -> None:
    values = {
        "of": rows.organisation,
        "which": recorded.event.api_key,
        "at": recorded.at,
        "by": recorded.actor.id,
    }
    rows.execute(_REVOKE_KEY, values)


PROJECTORS: Mapping[type[Event], tuple[Projector, ...]] = {
    OrganisationCreated: (project_organisation_created,),
    SettingsChanged: (project_settings_changed,),
    BrandCreated: (project_brand_created,),
    WidgetCreated: (project_widget_created,),
    UserCreated: (project_user_created,),
    UserChanged: (project_user_changed,),
    UserRolesChanged: (project_user_roles_changed,),
    UserDeactivated: (project_user_deactivated,),
    UserReactivated: (project_user_reactivated,),
    UserSignedIn: (project_user_signed_in,),
    UserPasswordChanged: (project_user_password_changed,),
    TeamCreated: (project_team_created,),
    TeamRenamed: (project_team_renamed,),
    TeamDeleted: (project_team_deleted,),
    TeamMembersChanged: (project_team_members_changed,),
    ApiKeyCreated: (project_api_key_created,),
    ApiKeyRevoked: (project_api_key_revoked,),
}
