"""How access looks on the wire: Kustomer's names and envelopes, made here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from kithdesk.access.entities import ApiKey, Organisation, Session, Team, User
from kithdesk.access.roles import ROLE_GROUPS, role_group_id
from kithdesk.core.clock import iso, iso_or_none
from kithdesk.core.ids import OrganisationId

Name = Annotated[str, Field(min_length=1, max_length=255)]
Email = Annotated[str, Field(min_length=1, max_length=320)]
Password = Annotated[str, Field(min_length=1)]
Token = Annotated[str, Field(min_length=1, max_length=256)]
Id = Annotated[str, Field(pattern=r"^[0-9a-f]{24}$")]
Names = Annotated[list[Name], Field(max_length=100)]


class Body(BaseModel):
    """What a client sends: flat, camelCase, and nothing that is not listed."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)


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


class NewUserBody(Body):
    """`roleGroups`: names or ids."""

    email: Email
    display_name: Name
    role_groups: Names = ["agent"]


class UserBody(Body):
    """What may change of a user; what is left out stays. `deleted` true: they left; false: they are back."""

    email: Email | None = None
    display_name: Name | None = None
    role_groups: Names | None = None
    deleted: bool | None = None


class NewTeamBody(Body):
    name: Name
    members: Annotated[list[Id], Field(max_length=1_000)] = []


class TeamBody(Body):
    name: Name | None = None
    members: Annotated[list[Id], Field(max_length=1_000)] | None = None


class MembersBody(Body):
    members: Annotated[list[Id], Field(max_length=1_000)]


class NewKeyBody(Body):
    """`roles`: roles or role groups. `networks`: where the key is good, as CIDR; none means everywhere."""

    name: Name
    roles: Annotated[list[Name], Field(min_length=1, max_length=100)]
    networks: Names = []
    expires_at: str | None = Field(None, max_length=40)


class Resource(BaseModel):
    """One thing: `attributes` are its own fields, `relationships` name others."""

    type: str
    id: str
    attributes: dict[str, Any]
    relationships: dict[str, Any] | None = None
    links: dict[str, str] | None = None


class OneDocument(BaseModel):
    data: Resource


class ListDocument(BaseModel):
    """`meta {page, pageSize, total, totalPages}`, `links {self, first, prev, next, last}`; null at the ends."""

    data: list[Resource]
    meta: dict[str, int]
    links: dict[str, str | None]


class SeveralDocument(BaseModel):
    data: list[Resource]


def user(organisation: OrganisationId, shown: User) -> dict[str, Any]:
    at = f"/v1/users/{shown.id}"
    return {
        "type": "user",
        "id": shown.id,
        "attributes": {
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
        },
        "relationships": {"org": _org(organisation), "teams": {"links": {"self": f"{at}/teams"}}},
        "links": {"self": at},
    }


def team(organisation: OrganisationId, shown: Team) -> dict[str, Any]:
    at = f"/v1/teams/{shown.id}"
    return {
        "type": "team",
        "id": shown.id,
        "attributes": {
            "name": shown.name,
            "displayName": shown.name,
            "icon": None,
            "members": list(shown.members),
            "roleGroups": [],
            "createdAt": iso(shown.created_at),
            "updatedAt": iso(shown.updated_at),
            "deleted": shown.deleted_at is not None,
            "deletedAt": iso_or_none(shown.deleted_at),
        },
        "relationships": {"org": _org(organisation), "members": {"links": {"self": f"{at}/members"}}},
        "links": {"self": at},
    }


def organisation(shown: Organisation, *, widget_key: str | None, demo_shop_url: str | None) -> dict[str, Any]:
    attributes = {
        "name": shown.name,
        "displayName": shown.name,
        "widgetKey": widget_key,
        "createdAt": iso(shown.created_at),
    }
    if demo_shop_url:
        attributes["demoShopUrl"] = demo_shop_url
    return {
        "type": "org",
        "id": shown.id,
        "attributes": attributes,
        "links": {"self": f"/v1/orgs/{shown.id}"},
    }


def role_group(organisation: OrganisationId, name: str) -> dict[str, Any]:
    id = role_group_id(organisation, name)
    return {
        "type": "role_group",
        "id": id,
        "attributes": {"name": name, "roles": sorted(ROLE_GROUPS[name]), "system": True},
        "relationships": {"org": _org(organisation)},
        "links": {"self": f"/v1/role-groups/{id}"},
    }


def session(shown: Session, **more: Any) -> dict[str, Any]:
    """A sign-in. `more` goes into the attributes: the token, once."""
    return {
        "type": "auth_token",
        "id": shown.id,
        "attributes": {
            "user": shown.user,
            "method": shown.method,
            "userAgent": shown.agent,
            "createdAt": iso(shown.created_at),
            "lastSeenAt": iso(shown.seen_at),
            "confirmedAt": iso(shown.confirmed_at),
            "expiresAt": iso(shown.expires_at),
            **more,
        },
        "relationships": {"org": _org(shown.organisation), "user": _user(shown.user)},
        "links": {"self": f"/v1/users/{shown.user}/sessions/{shown.id}"},
    }


def api_key(organisation: OrganisationId, shown: ApiKey, **more: Any) -> dict[str, Any]:
    return {
        "type": "api_key",
        "id": shown.id,
        "attributes": {
            "name": shown.name,
            "roles": list(shown.roles),
            "lastFour": shown.last_four,
            "networks": list(shown.networks),
            "expiresAt": iso_or_none(shown.expires_at),
            "createdAt": iso(shown.created_at),
            **more,
        },
        "relationships": {"org": _org(organisation), "user": _user(shown.user)},
        "links": {"self": f"/v1/auth/api-keys/{shown.id}"},
    }


def one(data: Mapping[str, Any]) -> dict[str, Any]:
    return {"data": data}


def _org(organisation: OrganisationId) -> dict[str, Any]:
    return {"data": {"type": "org", "id": organisation}, "links": {"self": f"/v1/orgs/{organisation}"}}


def _user(user: str) -> dict[str, Any]:
    return {"data": {"type": "user", "id": user}, "links": {"self": f"/v1/users/{user}"}}
