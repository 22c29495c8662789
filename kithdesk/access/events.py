"""The facts this slice states. None carries a secret, nor the hash of one: those are records beside the journal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from kithdesk.core.events import Event, Personal, Recorded

SignInMethod = Literal["password", "link", "setup"]


class OrganisationCreated(Event, frozen=True, kw_only=True):
    kind: ClassVar[str] = "organisation.created"
    name: str
    founder: str
    """The first administrator's id."""


class SettingsChanged(Event, frozen=True, kw_only=True):
    """`values` holds the new value of each changed key, `before` the old one (the default where none was set)."""

    kind: ClassVar[str] = "settings.changed"
    section: str
    values: dict[str, Any]
    before: dict[str, Any]


class BrandCreated(Event, frozen=True, kw_only=True):
    kind: ClassVar[str] = "brand.created"
    brand: str
    name: str
    is_default: bool = False


class UserCreated(Event, frozen=True, kw_only=True):
    kind: ClassVar[str] = "user.created"
    user: str
    type: Literal["user", "machine"]
    role_groups: list[str]
    email: Personal[str] = ""
    display_name: Personal[str] = ""
    custom: Personal[dict[str, Any]] = {}  # noqa: RUF012 - structs copy it


class UserChanged(Event, frozen=True, kw_only=True):
    """None means unchanged; `custom` are all attributes."""

    kind: ClassVar[str] = "user.changed"
    user: str
    email: Personal[str | None] = None
    display_name: Personal[str | None] = None
    custom: Personal[dict[str, Any] | None] = None


class UserRolesChanged(Event, frozen=True, kw_only=True):
    kind: ClassVar[str] = "user.roles_changed"
    user: str
    role_groups: list[str]
    before: list[str]


class UserDeactivated(Event, frozen=True, kw_only=True):
    kind: ClassVar[str] = "user.deactivated"
    user: str


class UserReactivated(Event, frozen=True, kw_only=True):
    kind: ClassVar[str] = "user.reactivated"
    user: str


class UserSignedIn(Event, frozen=True, kw_only=True):
    kind: ClassVar[str] = "user.signed_in"
    user: str
    session: str
    method: SignInMethod


class UserSessionsEnded(Event, frozen=True, kw_only=True):
    """Sessions ended by other than their age: sign-out, a new password, deactivation, or somebody's wish."""

    kind: ClassVar[str] = "user.sessions_ended"
    user: str
    sessions: list[str]

    @property
    def ended_credentials(self) -> Sequence[str]:
        return self.sessions


class UserPasswordChanged(Event, frozen=True, kw_only=True):
    kind: ClassVar[str] = "user.password_changed"
    user: str


class TeamCreated(Event, frozen=True, kw_only=True):
    kind: ClassVar[str] = "team.created"
    team: str
    name: str

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {"team": self.team, "name": self.name}


class TeamRenamed(Event, frozen=True, kw_only=True):
    kind: ClassVar[str] = "team.renamed"
    team: str
    name: str
    before: str

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {"team": self.team, "name": self.name}


class TeamDeleted(Event, frozen=True, kw_only=True):
    kind: ClassVar[str] = "team.deleted"
    team: str

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {"team": self.team}


class TeamMembersChanged(Event, frozen=True, kw_only=True):
    kind: ClassVar[str] = "team.members_changed"
    team: str
    added: list[str]
    removed: list[str]

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {"team": self.team, "added": self.added, "removed": self.removed}


class ApiKeyCreated(Event, frozen=True, kw_only=True):
    kind: ClassVar[str] = "api_key.created"
    api_key: str
    user: str
    """The machine user the key acts as."""
    name: str
    roles: list[str]
    last_four: str
    networks: list[str]
    expires_at: int | None = None


class ApiKeyRevoked(Event, frozen=True, kw_only=True):
    kind: ClassVar[str] = "api_key.revoked"
    api_key: str

    @property
    def ended_credentials(self) -> Sequence[str]:
        return [self.api_key]


class WidgetCreated(Event, frozen=True, kw_only=True):
    """`key` is public: every page that embeds the widget shows it."""

    kind: ClassVar[str] = "widget.created"
    widget: str
    brand: str
    name: str
    key: str


class IdentitySecretChanged(Event, frozen=True, kw_only=True):
    """There is a new one. `older_end_at`: until when those before it sign as well; None: as long as before."""

    kind: ClassVar[str] = "identity_secret.changed"
    secret: str
    older_end_at: int | None = None


class IdentitySecretEnded(Event, frozen=True, kw_only=True):
    """An older one was ended before its time."""

    kind: ClassVar[str] = "identity_secret.ended"
    secret: str


class SignInsBraked(Event, frozen=True, kw_only=True):
    """Somebody tries one password against many accounts; strangers' networks are slowed until it stops."""

    kind: ClassVar[str] = "organisation.sign_ins_braked"
    accounts: int
    """How many different accounts of the whole installation were tried within ten minutes."""
