"""What this slice tells others about: organisations, agents, teams, keys, widgets. Plain values, read from rows."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from kithdesk.access.ids import ApiKeyId, BrandId, SessionId, TeamId, UserId, WidgetId
from kithdesk.access.roles import roles_of
from kithdesk.core.clock import Instant
from kithdesk.core.ids import OrganisationId

Purpose = Literal["setup", "sign_in"]
"""What a link is for: choosing the first password, or signing in once."""


class Organisation(msgspec.Struct, frozen=True, kw_only=True):
    id: OrganisationId
    name: str
    founder: UserId
    created_at: Instant


class Brand(msgspec.Struct, frozen=True, kw_only=True):
    id: BrandId
    name: str
    is_default: bool


class User(msgspec.Struct, frozen=True, kw_only=True):
    """An agent, or (`type` machine) the user an API key acts as, which has no e-mail."""

    id: UserId
    type: Literal["user", "machine"]
    email: str
    display_name: str
    role_groups: tuple[str, ...]
    created_at: Instant
    updated_at: Instant
    deactivated_at: Instant | None
    first_signed_in_at: Instant | None
    signed_in_at: Instant | None
    password_changed_at: Instant | None
    custom: dict[str, Any]

    @property
    def is_active(self) -> bool:
        return self.deactivated_at is None

    @property
    def roles(self) -> frozenset[str]:
        return roles_of(self.role_groups)


class Team(msgspec.Struct, frozen=True, kw_only=True):
    id: TeamId
    name: str
    members: tuple[UserId, ...]
    created_at: Instant
    updated_at: Instant
    deleted_at: Instant | None


class ApiKey(msgspec.Struct, frozen=True, kw_only=True):
    """All that is ever told of a key after the moment it was made."""

    id: ApiKeyId
    user: UserId
    name: str
    roles: tuple[str, ...]
    last_four: str
    networks: tuple[str, ...]
    expires_at: Instant | None
    created_at: Instant
    revoked_at: Instant | None


class Widget(msgspec.Struct, frozen=True, kw_only=True):
    """An embeddable chat. Its key is public and names the organisation; it proves nothing about who shows it."""

    organisation: OrganisationId
    id: WidgetId
    brand: BrandId
    name: str
    key: str


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A sign-in that lasts. `agent` is what the browser called itself; `confirmed_at`: when a password came last."""

    id: SessionId
    organisation: OrganisationId
    user: UserId
    method: str
    agent: str
    created_at: Instant
    seen_at: Instant
    confirmed_at: Instant
    expires_at: Instant
