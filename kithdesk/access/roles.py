"""What someone may do. A role is a permission such as `org.admin`; a role group is a named set of them.

Agents hold role groups, so that a group's meaning can change under them. An API key holds the roles themselves, fixed
when it is made, so that no later change gives a key more than its maker meant.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from kithdesk.core.errors import BadParameter
from kithdesk.core.ids import OrganisationId

ADMIN = "org.admin"
USER = "org.user"
TRACKING = "org.tracking"
"""Telling events of customers, and nothing else: for keys of programs that need no more."""

ROLE_GROUPS: dict[str, frozenset[str]] = {
    "admin": frozenset({ADMIN, USER}),
    "agent": frozenset({USER}),
}
ROLES: frozenset[str] = frozenset({ADMIN, USER, TRACKING})


def roles_of(role_groups: Iterable[str]) -> frozenset[str]:
    """The permissions of these groups together. Groups that no longer exist give nothing."""
    return frozenset().union(*(ROLE_GROUPS.get(name, frozenset()) for name in role_groups))


def check_role_groups(names: Iterable[str], parameter: str = "roleGroups") -> tuple[str, ...]:
    """The names, sorted and once each. Raises `BadParameter` for one that is not a role group."""
    found = tuple(sorted(set(names)))
    for name in found:
        if name not in ROLE_GROUPS:
            raise BadParameter(f"There is no role group called {name!r}.", parameter=parameter)
    return found


def expand(names: Iterable[str], parameter: str = "roles") -> tuple[str, ...]:
    """Role groups and roles, mixed, as sorted roles. Raises `BadParameter` for an unknown or an empty choice."""
    found: set[str] = set()
    for name in names:
        if name in ROLE_GROUPS:
            found |= ROLE_GROUPS[name]
        elif name in ROLES:
            found.add(name)
        else:
            raise BadParameter(f"There is no role called {name!r}.", parameter=parameter)
    if not found:
        raise BadParameter("At least one role is needed.", parameter=parameter)
    return tuple(sorted(found))


def role_group_id(organisation: OrganisationId, name: str) -> str:
    """The id under which the API shows a built-in group: the same each time, another in each organisation."""
    return hashlib.sha256(f"{organisation}\0role group\0{name}".encode()).hexdigest()[:24]


def role_group_named_by(organisation: OrganisationId, text: str) -> str:
    """The group a client means by its name or by its id; unknown text comes back as it is, for the check to refuse."""
    return next((name for name in ROLE_GROUPS if text == role_group_id(organisation, name)), text)
