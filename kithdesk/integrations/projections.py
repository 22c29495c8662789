"""How the facts of this slice become rows."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, insert, update

from kithdesk.core.events import Event, Recorded
from kithdesk.core.work import Projector, Rows
from kithdesk.integrations.events import IntegrationChanged, IntegrationConnected, IntegrationDisconnected
from kithdesk.integrations.tables import integrations

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
    rows.execute(_DELETE, {"of": rows.organisation, "integration": recorded.event.integration})


PROJECTORS: dict[type[Event], tuple[Projector, ...]] = {
    IntegrationConnected: (project_connected,),
    IntegrationChanged: (project_changed,),
    IntegrationDisconnected: (project_disconnected,),
}
