"""Facts of users as rows."""

from __future__ import annotations

import msgspec
from sqlalchemy import bindparam, func, insert, update

from kithdesk.access.events import (
    UserChanged,
    UserCreated,
    UserDeactivated,
    UserPasswordChanged,
    UserReactivated,
    UserRolesChanged,
    UserSignedIn,
)
from kithdesk.access.tables import users
from kithdesk.core.events import Recorded
from kithdesk.core.names import sign_in_key
from kithdesk.core.work import Rows

_encode = msgspec.json.Encoder().encode

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
_CHANGE_CUSTOM = update(users).where(*_USER).values(custom=bindparam("custom"), updated_at=bindparam("at"))
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


def project_user_created(rows: Rows, recorded: Recorded[UserCreated]) -> None:
    event = recorded.event
    rows.execute(
        _CREATE_USER,
        {
            "organisation": rows.organisation,
            "id": event.user,
            "type": event.type,
            "email": event.email,
            "email_key": sign_in_key(event.email),
            "display_name": event.display_name,
            "role_groups": _encode(event.role_groups).decode(),
            "created_at": recorded.at,
            "created_by": recorded.actor.id,
            "updated_at": recorded.at,
            "deactivated_at": None,
            "deactivated_by": None,
            "first_signed_in_at": None,
            "signed_in_at": None,
            "password_changed_at": None,
            "custom": _encode(event.custom).decode(),
        },
    )


def project_user_changed(rows: Rows, recorded: Recorded[UserChanged]) -> None:
    event = recorded.event
    user = {"of": rows.organisation, "whose": event.user, "at": recorded.at}
    if event.email is not None:
        rows.execute(_CHANGE_EMAIL, {**user, "email": event.email, "email_key": sign_in_key(event.email)})
    if event.display_name is not None:
        rows.execute(_CHANGE_NAME, {**user, "display_name": event.display_name})
    if event.custom is not None:
        rows.execute(_CHANGE_CUSTOM, {**user, "custom": _encode(event.custom).decode()})


def project_user_roles_changed(rows: Rows, recorded: Recorded[UserRolesChanged]) -> None:
    event = recorded.event
    values = {"of": rows.organisation, "whose": event.user, "at": recorded.at}
    rows.execute(_CHANGE_ROLES, {**values, "role_groups": _encode(event.role_groups).decode()})


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
