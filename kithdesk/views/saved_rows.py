"""How the facts of saved views become rows."""

from __future__ import annotations

import msgspec
from sqlalchemy import bindparam, delete, insert, literal_column, update

from kithdesk.core.events import Event, Recorded
from kithdesk.core.work import Projector, Rows
from kithdesk.views.events import ViewRemoved, ViewSaved
from kithdesk.views.tables import saved_views

_MINE = (saved_views.c.organisation == bindparam("of"), saved_views.c.id == bindparam("view"))
_INSERT = insert(saved_views)
_CHANGE = (
    update(saved_views)
    .where(*_MINE)
    .values(
        name=bindparam("name"),
        query=bindparam("query"),
        is_shared=bindparam("is_shared"),
        position=bindparam("position"),
        updated_at=bindparam("at"),
        updated_by=bindparam("by"),
        rev=literal_column("rev + 1"),
    )
)
_DELETE = delete(saved_views).where(*_MINE)


def project_saved(rows: Rows, recorded: Recorded[ViewSaved]) -> None:
    event = recorded.event
    said = {
        "name": event.name,
        "query": msgspec.json.encode(event.query).decode(),
        "is_shared": event.is_shared,
        "position": event.position,
    }
    if not event.is_new:
        where = {"of": rows.organisation, "view": event.view}
        rows.execute(_CHANGE, {**where, **said, "at": recorded.at, "by": recorded.actor.id})
        return
    rows.execute(
        _INSERT,
        {
            **said,
            "organisation": rows.organisation,
            "id": event.view,
            "owner": recorded.actor.id or "",
            "context": event.context,
            "created_at": recorded.at,
            "updated_at": recorded.at,
            "updated_by": recorded.actor.id,
            "rev": 1,
        },
    )


def project_removed(rows: Rows, recorded: Recorded[ViewRemoved]) -> None:
    rows.execute(_DELETE, {"of": rows.organisation, "view": recorded.event.view})


PROJECTORS: dict[type[Event], tuple[Projector, ...]] = {
    ViewSaved: (project_saved,),
    ViewRemoved: (project_removed,),
}
