"""The organisation, its settings and its widgets."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import bindparam, select

from kithdesk.access.entities import Brand, Organisation, Widget
from kithdesk.access.ids import SecretId
from kithdesk.access.tables import brands, identity_secrets, organisations, settings, widgets
from kithdesk.core.clock import DAY, Instant
from kithdesk.core.errors import NotFound
from kithdesk.core.sql import Executes
from kithdesk.core.work import Reads

SECRETS_REMEMBERED = 30 * DAY

_ORGANISATION = select(organisations).where(organisations.c.organisation == bindparam("organisation"))
_SETTINGS = select(settings.c.key, settings.c.value).where(
    settings.c.organisation == bindparam("organisation"), settings.c.section == bindparam("section")
)
_DEFAULT_BRAND = (
    select(brands)
    .where(brands.c.organisation == bindparam("organisation"), brands.c.is_default.is_(True))
    .order_by(brands.c.id)
    .limit(1)
)
_WIDGETS = select(widgets).where(widgets.c.organisation == bindparam("organisation")).order_by(widgets.c.id)
_SECRETS = (
    select(
        identity_secrets.c.id,
        identity_secrets.c.sealed,
        identity_secrets.c.created_at,
        identity_secrets.c.ends_at,
    )
    .where(
        identity_secrets.c.organisation == bindparam("organisation"),
        identity_secrets.c.ends_at.is_(None) | (identity_secrets.c.ends_at > bindparam("since")),
    )
    .order_by(identity_secrets.c.id.desc())
)


def get_organisation(reads: Reads) -> Organisation:
    """The organisation of the one who asks. Raises `NotFound` before it was created."""
    row = reads.execute(_ORGANISATION, {"organisation": reads.organisation}).first()
    if row is None:
        raise NotFound
    return _organisation(row)


def find_settings(reads: Reads, section: str) -> dict[str, Any]:
    """The values that were set in this section; others have their defaults."""
    rows = reads.execute(_SETTINGS, {"organisation": reads.organisation, "section": section})
    return {row.key: msgspec.json.decode(row.value) for row in rows}


def get_default_brand(reads: Reads) -> Brand:
    """Raises `NotFound` before the organisation was created."""
    row = reads.execute(_DEFAULT_BRAND, {"organisation": reads.organisation}).first()
    if row is None:
        raise NotFound
    return Brand(id=row.id, name=row.name, is_default=row.is_default)


def list_widgets(reads: Reads) -> list[Widget]:
    """The oldest first."""
    return [_widget(row) for row in reads.execute(_WIDGETS, {"organisation": reads.organisation})]


class SealedSecret(msgspec.Struct, frozen=True, kw_only=True):
    """An identity secret as it is kept. `ends_at`: none for the newest."""

    id: SecretId
    sealed: str
    created_at: Instant
    ends_at: Instant | None


def list_sealed_secrets(reads: Reads) -> list[SealedSecret]:
    """The identity secrets, the newest first; also those that ended within a month."""
    since = reads.now - SECRETS_REMEMBERED
    rows = reads.execute(_SECRETS, {"organisation": reads.organisation, "since": since})
    return [
        SealedSecret(id=row.id, sealed=row.sealed, created_at=row.created_at, ends_at=row.ends_at)
        for row in rows
    ]


def _organisation(row: Any) -> Organisation:
    return Organisation(id=row.organisation, name=row.name, founder=row.founder, created_at=row.created_at)


def _widget(row: Any) -> Widget:
    return Widget(organisation=row.organisation, id=row.id, brand=row.brand, name=row.name, key=row.key)


# Whoever has only a name or a key does not know the organisation yet.

_BY_NAME = select(organisations).where(organisations.c.name_key == bindparam("name_key"))
_ALL = select(organisations).order_by(organisations.c.organisation)
_BY_KEY = select(widgets).where(widgets.c.key == bindparam("key"))


def find_organisation_by_key(reads: Executes, name_key: str) -> Organisation | None:
    """The organisation of this name in its one normal form (`name_key`)."""
    row = reads.execute(_BY_NAME, {"name_key": name_key}).first()
    return None if row is None else _organisation(row)


def list_organisations(reads: Executes) -> list[Organisation]:
    """All of the installation, the oldest first. For the command line and for the program itself."""
    return [_organisation(row) for row in reads.execute(_ALL)]


def find_widget(reads: Executes, key: str) -> Widget | None:
    """The widget of a public key, whatever its organisation."""
    row = reads.execute(_BY_KEY, {"key": key}).first()
    return None if row is None else _widget(row)
