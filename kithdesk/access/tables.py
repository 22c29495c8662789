"""The rows of access. What can be rebuilt from events is a projection; credentials are records, and only as hashes.

A look-up by the hash of a credential does not know the organisation yet, so those keys do not begin with it.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, PrimaryKeyConstraint, Text, text

from kithdesk.core.tables import projection, record

organisations = projection(
    "organisations",
    Column("organisation", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("founder", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation"),
)
Index("uq_organisations_name_key", organisations.c.name_key, unique=True)

settings = projection(
    "settings",
    Column("organisation", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("changed_by", Text),
    PrimaryKeyConstraint("organisation", "section", "key"),
)

brands = projection(
    "brands",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("is_default", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "id"),
)

users = projection(
    "users",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("email_key", Text, nullable=False),
    Column("display_name", Text, nullable=False),
    Column("role_groups", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text),
    Column("updated_at", BigInteger, nullable=False),
    Column("deactivated_at", BigInteger),
    Column("deactivated_by", Text),
    Column("first_signed_in_at", BigInteger),
    Column("signed_in_at", BigInteger),
    Column("password_changed_at", BigInteger),
    Column("custom", Text, nullable=False),  # JSON object: declared attributes
    PrimaryKeyConstraint("organisation", "id"),
)
_HAS_EMAIL = text("email_key <> ''")  # machine users have none, and erasure leaves none
Index(
    "uq_users_email_key",
    users.c.organisation,
    users.c.email_key,
    unique=True,
    sqlite_where=_HAS_EMAIL,
    postgresql_where=_HAS_EMAIL,
)
# Signing in knows an address and no organisation.
Index("ix_users_email_key", users.c.email_key, sqlite_where=_HAS_EMAIL, postgresql_where=_HAS_EMAIL)

teams = projection(
    "teams",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("deleted_at", BigInteger),
    PrimaryKeyConstraint("organisation", "id"),
)

team_members = projection(
    "team_members",
    Column("organisation", Text, nullable=False),
    Column("team", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("added_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "team", "user"),
)
Index("ix_team_members_user", team_members.c.organisation, team_members.c.user)

api_keys = projection(
    "api_keys",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("last_four", Text, nullable=False),
    Column("networks", Text, nullable=False),
    Column("expires_at", BigInteger),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text),
    Column("revoked_at", BigInteger),
    Column("revoked_by", Text),
    PrimaryKeyConstraint("organisation", "id"),
)

api_key_hashes = record(
    "api_key_hashes",
    Column("hash", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("api_key", Text, nullable=False),
    PrimaryKeyConstraint("hash"),
)

Index("uq_api_key_hashes_api_key", api_key_hashes.c.api_key, unique=True)

widgets = projection(
    "widgets",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("brand", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "id"),
)
Index("uq_widgets_key", widgets.c.key, unique=True)

identity_secrets = record(
    "identity_secrets",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("sealed", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("ends_at", BigInteger),  # none while it is the newest; afterwards it signs until then
    PrimaryKeyConstraint("organisation", "id"),
)

password_hashes = record(
    "password_hashes",
    Column("organisation", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("hash", Text, nullable=False),
    PrimaryKeyConstraint("organisation", "user"),
)

sessions = record(
    "sessions",
    Column("hash", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("confirmed_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("hash"),
)
Index("uq_sessions_id", sessions.c.id, unique=True)
Index("ix_sessions_user", sessions.c.organisation, sessions.c.user)

links = record(
    "links",
    Column("hash", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column(
        "sealed", Text
    ),  # the token, where an operator may be shown it again; opened by the installation's key alone
    PrimaryKeyConstraint("hash"),
)
Index("ix_links_user", links.c.organisation, links.c.user)
