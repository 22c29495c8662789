"""Every SELECT of integrations."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, func, select

from kithdesk.core.clock import Instant
from kithdesk.core.errors import NotFound
from kithdesk.core.sql import Executes
from kithdesk.core.work import Reads
from kithdesk.integrations.entities import Integration
from kithdesk.integrations.ids import IntegrationId
from kithdesk.integrations.tables import (
    hook_deliveries,
    integration_handles,
    integration_secrets,
    integrations,
)

_LAST = (
    select(func.max(hook_deliveries.c.at))
    .where(
        hook_deliveries.c.organisation == integrations.c.organisation,
        hook_deliveries.c.integration == integrations.c.id,
    )
    .scalar_subquery()
    .label("last_delivery_at")
)
_UNSIGNED = (
    select(integration_secrets.c.unsigned_at)
    .where(
        integration_secrets.c.organisation == integrations.c.organisation,
        integration_secrets.c.integration == integrations.c.id,
    )
    .scalar_subquery()
    .label("unsigned_at")
)
_INTEGRATIONS = select(integrations, _LAST, _UNSIGNED)
_MINE = integrations.c.organisation == bindparam("organisation")
_ALL = (
    _INTEGRATIONS.where(_MINE)
    .order_by(integrations.c.id)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_COUNT = select(func.count()).select_from(integrations).where(_MINE)
_ONE = _INTEGRATIONS.where(_MINE, integrations.c.id == bindparam("id"))
_OUR_HANDLES = integration_handles.c.organisation == bindparam("organisation")
_HANDLE = select(integration_handles).where(_OUR_HANDLES, integration_handles.c.handle == bindparam("handle"))
_FORMER = _OUR_HANDLES & integration_handles.c.left_at.is_not(None)
_FORMER_HANDLES = (
    select(integration_handles)
    .where(_FORMER)
    .order_by(integration_handles.c.handle)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_COUNT_FORMER = select(func.count()).select_from(integration_handles).where(_FORMER)
_BY_KEY = (
    select(integrations, integration_secrets.c.sealed)
    .select_from(
        integrations.join(
            integration_secrets,
            (integration_secrets.c.organisation == integrations.c.organisation)
            & (integration_secrets.c.integration == integrations.c.id),
        )
    )
    .where(integrations.c.key == bindparam("key"))
)
_OF_INTEGRATION = (
    hook_deliveries.c.organisation == bindparam("organisation"),
    hook_deliveries.c.integration == bindparam("integration"),
)
# Both downwards, as the index goes: otherwise each page sorts all thirty days.
_DELIVERIES = (
    select(hook_deliveries)
    .where(*_OF_INTEGRATION)
    .order_by(hook_deliveries.c.at.desc(), hook_deliveries.c.digest.desc())
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_COUNT_DELIVERIES = select(func.count()).select_from(hook_deliveries).where(*_OF_INTEGRATION)
_OUTCOME = select(hook_deliveries.c.outcome).where(
    *_OF_INTEGRATION, hook_deliveries.c.digest == bindparam("digest")
)


def list_integrations(reads: Reads, *, limit: int, offset: int) -> list[Integration]:
    values = {"organisation": reads.organisation, "limit": limit, "offset": offset}
    return [_integration(row) for row in reads.execute(_ALL, values)]


def count_integrations(reads: Reads) -> int:
    count: int = reads.execute(_COUNT, {"organisation": reads.organisation}).scalar()
    return count


def find_integration(reads: Reads, id: IntegrationId) -> Integration | None:
    row = reads.execute(_ONE, {"organisation": reads.organisation, "id": id}).first()
    return None if row is None else _integration(row)


def get_integration(reads: Reads, id: IntegrationId) -> Integration:
    """Raises `NotFound`."""
    found = find_integration(reads, id)
    if found is None:
        raise NotFound
    return found


def find_handle(reads: Reads, handle: str) -> Any | None:
    """Which shop has it, or had it before it was let go (`left_at`)."""
    return reads.execute(_HANDLE, {"organisation": reads.organisation, "handle": handle}).first()


def list_former(reads: Reads, *, limit: int, offset: int) -> list[Any]:
    """The handles of shops that were let go."""
    values = {"organisation": reads.organisation, "limit": limit, "offset": offset}
    return reads.execute(_FORMER_HANDLES, values).rows


def count_former(reads: Reads) -> int:
    count: int = reads.execute(_COUNT_FORMER, {"organisation": reads.organisation}).scalar()
    return count


def find_by_key(reads: Executes, key: str) -> tuple[Integration, str] | None:
    """The integration of any organisation that an address names, and its sealed secret."""
    row = reads.execute(_BY_KEY, {"key": key}).first()
    return None if row is None else (_integration(row), row.sealed)


def list_deliveries(reads: Reads, id: IntegrationId, *, limit: int, offset: int) -> list[Any]:
    """The newest first."""
    values = {"organisation": reads.organisation, "integration": id, "limit": limit, "offset": offset}
    return reads.execute(_DELIVERIES, values).rows


def count_deliveries(reads: Reads, id: IntegrationId) -> int:
    values = {"organisation": reads.organisation, "integration": id}
    count: int = reads.execute(_COUNT_DELIVERIES, values).scalar()
    return count


def find_outcome(reads: Reads, id: IntegrationId, digest: str) -> str | None:
    """What became of the same words when they came before."""
    values = {"organisation": reads.organisation, "integration": id, "digest": digest}
    outcome: str | None = reads.execute(_OUTCOME, values).scalar()
    return outcome


def _integration(row: Any) -> Integration:
    last, unsigned = getattr(row, "last_delivery_at", None), getattr(row, "unsigned_at", None)
    return Integration(
        organisation=row.organisation,
        id=row.id,
        provider=row.provider,
        name=row.name,
        handle=row.handle,
        key=row.key,
        status=row.status,
        created_at=Instant(row.created_at),
        updated_at=Instant(row.updated_at),
        last_delivery_at=None if last is None else Instant(last),
        unsigned_at=None if unsigned is None else Instant(unsigned),
    )
