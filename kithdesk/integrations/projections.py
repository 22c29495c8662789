"""How the facts of this slice become rows."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, insert, select, update

from kithdesk.core.events import Event, Recorded
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Projector, Rows
from kithdesk.integrations.events import IntegrationChanged, IntegrationConnected, IntegrationDisconnected
from kithdesk.integrations.tables import integration_handles, integrations

_INSERT = insert(integrations)
_THIS = (
    integrations.c.organisation == bindparam("of"),
    integrations.c.id == bindparam("integration"),
)
_CHANGE = (
    update(integrations)
    .where(*_THIS)
    .values(name=bindparam("called"), status=bindparam("now"), updated_at=bindparam("at"))
)
_DELETE = delete(integrations).where(*_THIS)
_TAKE_HANDLE = Upsert(integration_handles, ["organisation", "handle"])
_NAMED = select(integrations.c.handle, integrations.c.provider, integrations.c.name).where(*_THIS)


def project_connected(rows: Rows, recorded: Recorded[IntegrationConnected]) -> None:
    event = recorded.event
    rows.execute(
        _INSERT,
        {
            "organisation": rows.organisation,
            "id": event.integration,
            "provider": event.provider,
            "name": event.name,
            "handle": event.handle,
            "key": event.key,
            "status": "enabled",
            "created_at": recorded.at,
            "updated_at": recorded.at,
        },
    )
    _hold(rows, event.handle, event.provider, event.name, left_at=None)


def project_changed(rows: Rows, recorded: Recorded[IntegrationChanged]) -> None:
    event = recorded.event
    rows.execute(
        _CHANGE,
        {
            "of": rows.organisation,
            "integration": event.integration,
            "called": event.name,
            "now": event.status,
            "at": recorded.at,
        },
    )


def project_disconnected(rows: Rows, recorded: Recorded[IntegrationDisconnected]) -> None:
    this = {"of": rows.organisation, "integration": recorded.event.integration}
    row = rows.execute(_NAMED, this).first()
    assert row is not None
    _hold(rows, row.handle, row.provider, row.name, left_at=recorded.at)
    rows.execute(_DELETE, this)


def _hold(rows: Rows, handle: str, provider: str, name: str, *, left_at: int | None) -> None:
    row = {"handle": handle, "provider": provider, "name": name, "left_at": left_at}
    rows.execute(_TAKE_HANDLE, {"organisation": rows.organisation, **row})


PROJECTORS: dict[type[Event], tuple[Projector, ...]] = {
    IntegrationConnected: (project_connected,),
    IntegrationChanged: (project_changed,),
    IntegrationDisconnected: (project_disconnected,),
}
