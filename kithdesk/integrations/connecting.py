"""Connecting a shop, changing what is known of it, and letting it go. For administrators."""

from __future__ import annotations

import msgspec
from sqlalchemy import bindparam, delete

from kithdesk.core.actors import check_admin
from kithdesk.core.desk import Desk
from kithdesk.core.names import strict_name
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Work
from kithdesk.integrations.entities import Integration, Provider, Status
from kithdesk.integrations.errors import TooManyIntegrations, UnknownHandle
from kithdesk.integrations.events import IntegrationChanged, IntegrationConnected, IntegrationDisconnected
from kithdesk.integrations.ids import IntegrationId
from kithdesk.integrations.jobs import forget_deliveries
from kithdesk.integrations.queries import count_integrations, find_handle, get_integration
from kithdesk.integrations.tables import integration_secrets

MOST = 50
_SEALED_FOR = "integration secret"

_KEEP_SECRET = Upsert(integration_secrets, ["organisation", "integration"])
_FORGET_SECRET = delete(integration_secrets).where(
    integration_secrets.c.organisation == bindparam("organisation"),
    integration_secrets.c.integration == bindparam("integration"),
)


class Connection(msgspec.Struct, frozen=True, kw_only=True):
    """A shop to connect. Its key and its sealed secret are made at the edge.

    `continues`: the handle of a shop that was let go, when this is the same one.
    """

    provider: Provider
    name: str
    key: str
    sealed: str
    continues: str | None = None


class IntegrationWish(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be another from now on; None stays."""

    name: str | None = None
    status: Status | None = None
    sealed: str | None = None


def seal_secret(desk: Desk, secret: str) -> str:
    return desk.sealer.seal(secret.encode(), _SEALED_FOR)


def unseal_secret(desk: Desk, sealed: str) -> bytes:
    """Raises `ValueError` when it was sealed with a key that is gone."""
    return desk.sealer.unseal(sealed, _SEALED_FOR)


def connect(work: Work, connection: Connection) -> Integration:
    """Raises `Forbidden`, `BadParameter`, `TooManyIntegrations`, `UnknownHandle`."""
    check_admin(work.actor)
    if count_integrations(work) >= MOST:
        raise TooManyIntegrations
    id = IntegrationId(work.new_id())
    work.publish(
        IntegrationConnected(
            integration=id,
            provider=connection.provider,
            name=strict_name(connection.name, parameter="name"),
            handle=_handle(work, connection, id),
            key=connection.key,
        )
    )
    _keep_secret(work, id, connection.sealed)
    return get_integration(work, id)


def _handle(work: Work, connection: Connection, id: IntegrationId) -> str:
    """The provider's name for its first shop; a former one only where an administrator says that it is the same shop.

    Another shop counts its customers and orders from 1 as well: its seventh customer would be the former's seventh.
    """
    if connection.continues is not None:
        former = find_handle(work, connection.continues)
        if former is None or former.left_at is None or former.provider != connection.provider:
            raise UnknownHandle
        return connection.continues
    is_first = find_handle(work, connection.provider) is None
    return connection.provider if is_first else f"{connection.provider}-{id[-6:]}"


def change(work: Work, id: IntegrationId, wish: IntegrationWish) -> Integration:
    """Sets what is wished; a new secret counts at once, and the old one no more. Raises the same, and `NotFound`."""
    check_admin(work.actor)
    known = get_integration(work, id)
    changed = msgspec.structs.replace(
        known,
        name=known.name if wish.name is None else strict_name(wish.name, parameter="name"),
        status=known.status if wish.status is None else wish.status,
    )
    if changed != known:
        work.publish(IntegrationChanged(integration=id, name=changed.name, status=changed.status))
    if wish.sealed is not None:
        _keep_secret(work, id, wish.sealed)
    return get_integration(work, id)


def disconnect(work: Work, id: IntegrationId) -> None:
    """Takes nothing more from it; what it told stays. Raises `NotFound`, `Forbidden`."""
    check_admin(work.actor)
    get_integration(work, id)
    work.publish(IntegrationDisconnected(integration=id))
    work.execute(_FORGET_SECRET, {"organisation": work.organisation, "integration": id})
    forget_deliveries(work, id)


def _keep_secret(work: Work, id: IntegrationId, sealed: str) -> None:
    """What was not signed with the one before says nothing of this one."""
    row = {"organisation": work.organisation, "integration": id, "sealed": sealed, "unsigned_at": None}
    work.execute(_KEEP_SECRET, row)
