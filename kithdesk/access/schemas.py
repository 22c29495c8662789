"""How access looks on the wire: Kustomer's names and envelopes, made here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import Field

from kithdesk import attributes
from kithdesk.access.entities import ApiKey, Organisation, Session, Team, User
from kithdesk.access.identity_secrets import LONGEST_OVERLAP
from kithdesk.access.roles import ROLE_GROUPS, role_group_id
from kithdesk.core.clock import iso, iso_or_none
from kithdesk.core.documents import Body, Id, relation, resource
from kithdesk.core.ids import OrganisationId
from kithdesk.core.work import Reads

Name = Annotated[str, Field(min_length=1, max_length=255)]
Email = Annotated[str, Field(min_length=1, max_length=320)]
Password = Annotated[str, Field(min_length=1)]
Token = Annotated[str, Field(min_length=1, max_length=256)]
Names = Annotated[list[Name], Field(max_length=100)]


class SignInBody(Body):
    """`domain` is the organisation's name or id, needed only when the address is in several. With `cookie` the token
    goes into the console's cookie and not into the answer; `remember` keeps that cookie when the browser closes."""

    email: Email
    password: Password
    domain: str | None = Field(None, max_length=255)
    remember: bool = False
    cookie: bool = False


class LinkBody(Body):
    token: Token
    remember: bool = False
    cookie: bool = False


class SetUpBody(LinkBody):
    password: Password


class ConfirmBody(Body):
    password: Password


class NewPasswordBody(Body):
    current_password: Password
    password: Password
    cookie: bool = False


class RotateBody(Body):
    """`overlapHours`: for how long the older secrets sign as well; 0 ends them at once."""

    overlap_hours: Annotated[int, Field(ge=0, le=LONGEST_OVERLAP)] = 24


class NewUserBody(Body):
    """`roleGroups`: names or ids."""

    email: Email
    display_name: Name
    role_groups: Names = Field(["agent"])
    custom: dict[str, Any] = Field({})


class UserBody(Body):
    """What may change of a user; what is left out stays. `deleted` true: they left; false: they are back."""

    email: Email | None = None
    display_name: Name | None = None
    role_groups: Names | None = None
    custom: dict[str, Any] | None = None
    deleted: bool | None = None


class NewTeamBody(Body):
    name: Name
    members: Annotated[list[Id], Field(max_length=1_000)] = Field([])


class TeamBody(Body):
    name: Name | None = None
    members: Annotated[list[Id], Field(max_length=1_000)] | None = None


class MembersBody(Body):
    members: Annotated[list[Id], Field(max_length=1_000)]


class NewKeyBody(Body):
    """`roles`: roles or role groups. `networks`: where the key is good, as CIDR; none means everywhere."""

    name: Name
    roles: Annotated[list[Name], Field(min_length=1, max_length=100)]
    networks: Names = Field([])
    expires_at: str | None = Field(None, max_length=40)


def users(reads: Reads, shown: Iterable[User]) -> list[dict[str, Any]]:
    """Users as the one who reads may see them."""
    mask = attributes.masking(reads, "user")
    return [_user(reads.organisation, one, mask) for one in shown]


def user(reads: Reads, shown: User, **more: Any) -> dict[str, Any]:
    """One of them. `more` goes into the attributes: the setup link, once."""
    drawn = users(reads, [shown])[0]
    drawn["attributes"] |= more
    return drawn


def _user(organisation: OrganisationId, shown: User, mask: attributes.Mask) -> dict[str, Any]:
    at = f"/v1/users/{shown.id}"
    drawn = {
        "displayName": shown.display_name,
        "name": shown.display_name,
        "userType": shown.type,
        "email": shown.email or None,
        "isEmailValid": bool(shown.email),
        "roleGroups": [role_group_id(organisation, name) for name in shown.role_groups],
        "roles": sorted(shown.roles),
        "firstLoginAt": iso_or_none(shown.first_signed_in_at),
        "mostRecentLoginAt": iso_or_none(shown.signed_in_at),
        "password": {"updatedAt": iso_or_none(shown.password_changed_at)},
        "avatarUrl": None,
        "createdAt": iso(shown.created_at),
        "updatedAt": iso(shown.updated_at),
        "deletedAt": iso_or_none(shown.deactivated_at),
        "custom": mask(shown.custom),
    }
    around = {"org": _org(organisation), "teams": {"links": {"self": f"{at}/teams"}}}
    return resource("user", shown.id, drawn, at=at, relationships=around)


def team(organisation: OrganisationId, shown: Team) -> dict[str, Any]:
    at = f"/v1/teams/{shown.id}"
    attributes = {
        "name": shown.name,
        "displayName": shown.name,
        "icon": None,
        "members": list(shown.members),
        "roleGroups": [],
        "createdAt": iso(shown.created_at),
        "updatedAt": iso(shown.updated_at),
        "deleted": shown.deleted_at is not None,
        "deletedAt": iso_or_none(shown.deleted_at),
    }
    around = {"org": _org(organisation), "members": {"links": {"self": f"{at}/members"}}}
    return resource("team", shown.id, attributes, at=at, relationships=around)


def organisation(shown: Organisation, *, widget_key: str | None, demo_shop_url: str | None) -> dict[str, Any]:
    attributes = {
        "name": shown.name,
        "displayName": shown.name,
        "widgetKey": widget_key,
        "createdAt": iso(shown.created_at),
    }
    if demo_shop_url:
        attributes["demoShopUrl"] = demo_shop_url
    return resource("org", shown.id, attributes, at=f"/v1/orgs/{shown.id}")


def role_group(organisation: OrganisationId, name: str) -> dict[str, Any]:
    id = role_group_id(organisation, name)
    attributes = {"name": name, "roles": sorted(ROLE_GROUPS[name]), "system": True}
    around = {"org": _org(organisation)}
    return resource("role_group", id, attributes, at=f"/v1/role-groups/{id}", relationships=around)


def session(shown: Session, **more: Any) -> dict[str, Any]:
    """A sign-in. `more` goes into the attributes: the token, once."""
    attributes = {
        "user": shown.user,
        "method": shown.method,
        "userAgent": shown.agent,
        "createdAt": iso(shown.created_at),
        "lastSeenAt": iso(shown.seen_at),
        "confirmedAt": iso(shown.confirmed_at),
        "expiresAt": iso(shown.expires_at),
        **more,
    }
    around = {"org": _org(shown.organisation), "user": relation("user", shown.user, "users")}
    at = f"/v1/users/{shown.user}/sessions/{shown.id}"
    return resource("auth_token", shown.id, attributes, at=at, relationships=around)


def api_key(organisation: OrganisationId, shown: ApiKey, **more: Any) -> dict[str, Any]:
    """A key. `more` goes into the attributes: the key itself, once."""
    attributes = {
        "name": shown.name,
        "roles": list(shown.roles),
        "lastFour": shown.last_four,
        "networks": list(shown.networks),
        "expiresAt": iso_or_none(shown.expires_at),
        "createdAt": iso(shown.created_at),
        **more,
    }
    around = {"org": _org(organisation), "user": relation("user", shown.user, "users")}
    at = f"/v1/auth/api-keys/{shown.id}"
    return resource("api_key", shown.id, attributes, at=at, relationships=around)


def _org(organisation: OrganisationId) -> dict[str, Any]:
    return relation("org", organisation, "orgs")
