"""How the facts of access become rows. Runs once when a fact is stated, and again whenever the journal is replayed."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from sqlalchemy import bindparam, insert, update

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
from kithdesk.access.tables import (
    api_keys,
    brands,
    organisations,
    settings,
    widgets,
)
from kithdesk.access.team_rows import (
    project_team_created,
    project_team_deleted,
    project_team_members_changed,
    project_team_renamed,
)
from kithdesk.access.user_rows import (
    project_user_changed,
    project_user_created,
    project_user_deactivated,
    project_user_password_changed,
    project_user_reactivated,
    project_user_roles_changed,
    project_user_signed_in,
)
from kithdesk.core.events import Event, Recorded
from kithdesk.core.names import name_key
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Projector, Rows

_encode = msgspec.json.Encoder().encode

_CREATE_ORGANISATION = insert(organisations)
_PUT_SETTING = Upsert(settings, ["organisation", "section", "key"])
_CREATE_BRAND = insert(brands)
_CREATE_WIDGET = insert(widgets)

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
