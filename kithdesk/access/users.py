"""Agents: who they are, what they may do, and whether they still work here. Machine users belong to API keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Literal

from sqlalchemy import bindparam, delete

from kithdesk import attributes
from kithdesk.access.entities import User
from kithdesk.access.errors import LastAdministrator, NameTaken
from kithdesk.access.events import (
    UserChanged,
    UserCreated,
    UserDeactivated,
    UserPasswordChanged,
    UserReactivated,
    UserRolesChanged,
)
from kithdesk.access.ids import UserId
from kithdesk.access.queries.agents import find_user_by_email_key, get_user, list_agents
from kithdesk.access.rights import check_self_or_admin
from kithdesk.access.roles import ADMIN, check_role_groups
from kithdesk.access.sessions import end_all
from kithdesk.access.tables import links, password_hashes
from kithdesk.core.actors import check_admin
from kithdesk.core.errors import BadParameter
from kithdesk.core.names import clean_email, sign_in_key, strict_name
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Work

_PUT_PASSWORD = Upsert(password_hashes, ["organisation", "user"])
_DROP_LINKS = delete(links).where(
    links.c.organisation == bindparam("organisation"), links.c.user == bindparam("user")
)


def create_user(
    work: Work,
    *,
    email: str,
    display_name: str,
    role_groups: Iterable[str] = ("agent",),
    user_id: str | None = None,
    custom: Mapping[str, Any] = MappingProxyType({}),
) -> User:
    """A new agent, who cannot sign in before they have a password or a link.

    Raises `Forbidden`, `BadParameter`, `NameTaken` when the address is taken, also by someone who left.
    """
    check_admin(work.actor)
    address = clean_email(email, may_be_local=True)
    _check_free(work, address)
    kept = attributes.check_custom(work, "user", custom)
    return _create(work, "user", address, display_name, check_role_groups(role_groups), user_id, kept)


def create_machine_user(work: Work, *, display_name: str) -> User:
    """The user an API key acts as. Its rights are the key's, so it holds no role group. Raises `Forbidden`."""
    check_admin(work.actor)
    return _create(work, "machine", "", display_name, (), None, {})


def change_user(
    work: Work,
    user_id: str,
    *,
    display_name: str | None = None,
    email: str | None = None,
    role_groups: Iterable[str] | None = None,
    custom: Mapping[str, Any] | None = None,
) -> User:
    """Changes what is given. Agents may change their own name; the rest takes an administrator.

    New roles and a new address end the agent's sessions. Raises `NotFound`, `Forbidden`, `BadParameter`, `NameTaken`,
    `LastAdministrator`.
    """
    user = get_user(work, user_id)
    check_self_or_admin(work.actor, user_id)
    if email is not None or role_groups is not None or custom is not None:
        check_admin(work.actor)
    if user.type == "machine" and (email is not None or role_groups is not None):
        raise BadParameter("A machine user has no e-mail, and the roles of its key.", parameter="email")

    name = None if display_name is None else strict_name(display_name, parameter="displayName")
    address = None if email is None else clean_email(email, may_be_local=True)
    if address is not None and sign_in_key(address) != sign_in_key(user.email):
        _check_free(work, address)
    kept = None if custom is None else _changed_custom(work, user, custom)
    if name not in (None, user.display_name) or address not in (None, user.email) or kept is not None:
        work.publish(UserChanged(user=user.id, display_name=name, email=address, custom=kept))
    if address is not None and address != user.email:
        _end_everything(work, user.id)
    if role_groups is not None:
        _change_roles(work, user, check_role_groups(role_groups))
    return get_user(work, user.id)


def deactivate_user(work: Work, user_id: str) -> None:
    """Someone leaves: sessions and links stop at once, what they wrote stays.

    Doing it again changes nothing. Raises `NotFound`, `Forbidden`, `LastAdministrator`, and `BadParameter` for a
    machine user, which goes with its key.
    """
    user = get_user(work, user_id)
    check_admin(work.actor)
    if user.type == "machine":
        raise BadParameter("Revoke the API key instead.")
    if not user.is_active:
        return
    _check_another_administrator(work, user)
    work.publish(UserDeactivated(user=user.id))
    _end_everything(work, user.id)


def retire_machine_user(work: Work, user_id: str) -> None:
    """The key of this machine user was revoked. Raises `Forbidden`."""
    check_admin(work.actor)
    work.publish(UserDeactivated(user=user_id))


def reactivate_user(work: Work, user_id: str) -> None:
    """Someone is back, with the roles and the password they had. Raises `NotFound`, `Forbidden`."""
    user = get_user(work, user_id)
    check_admin(work.actor)
    if user.is_active or user.type == "machine":
        return
    work.publish(UserReactivated(user=user.id))


def set_password(work: Work, user_id: str, *, hash: str, keep_session: str | None = None) -> None:
    """A new password. Links and sessions end, but the one in which it was set (`keep_session`).

    Raises `NotFound`, `Forbidden`, `BadParameter` for a machine user.
    """
    user = get_user(work, user_id)
    check_self_or_admin(work.actor, user_id)
    if user.type == "machine":
        raise BadParameter("A machine user has no password.", parameter="password")
    store_hash(work, user_id, hash)
    work.publish(UserPasswordChanged(user=user.id))
    _end_everything(work, user.id, but=keep_session)


def store_hash(work: Work, user_id: str, hash: str) -> None:
    """The same password in a better hash: no change that anyone has to know of."""
    work.execute(_PUT_PASSWORD, {"organisation": work.organisation, "user": user_id, "hash": hash})


def _create(
    work: Work,
    type: Literal["user", "machine"],
    email: str,
    display_name: str,
    role_groups: tuple[str, ...],
    user_id: str | None,
    custom: dict[str, Any],
) -> User:
    user = UserId(user_id or work.new_id())
    work.publish(
        UserCreated(
            user=user,
            type=type,
            role_groups=list(role_groups),
            email=email,
            display_name=strict_name(display_name, parameter="displayName"),
            custom=custom,
        )
    )
    return get_user(work, user)


def _changed_custom(work: Work, user: User, custom: Mapping[str, Any]) -> dict[str, Any] | None:
    after = attributes.check_custom(work, "user", custom, before=user.custom)
    return None if after == user.custom else after


def _check_free(work: Work, email: str) -> None:
    if find_user_by_email_key(work, sign_in_key(email)) is not None:
        raise NameTaken("email", "a user with this e-mail")


def _change_roles(work: Work, user: User, role_groups: tuple[str, ...]) -> None:
    if role_groups == user.role_groups:
        return
    if "admin" not in role_groups:
        _check_another_administrator(work, user)
    work.publish(UserRolesChanged(user=user.id, role_groups=list(role_groups), before=list(user.role_groups)))
    end_all(work, user.id)


def _check_another_administrator(work: Work, user: User) -> None:
    if ADMIN not in user.roles or not user.is_active:
        return
    if not any(ADMIN in other.roles for other in list_agents(work) if other.id != user.id):
        raise LastAdministrator


def _end_everything(work: Work, user_id: str, *, but: str | None = None) -> None:
    """Sessions and links."""
    end_all(work, user_id, but=but)
    work.execute(_DROP_LINKS, {"organisation": work.organisation, "user": user_id})
