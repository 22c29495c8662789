"""What becomes of rows, values and documents when customers are merged, and when a merge is undone.

The source keeps its row, out of sight, so that undoing has what it was. What is counted over conversations is counted
anew when records part.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, case, func, null, select, update

from kithdesk.core.events import Event, Recorded
from kithdesk.core.work import Projector, Rows
from kithdesk.customers.events import CustomerMerged, CustomerUnmerged, VisitorParted
from kithdesk.views import documents
from kithdesk.views.customer_rows import OWNER, put_profile, rename
from kithdesk.views.tables import search_documents, view_conversations, view_customers
from kithdesk.views.values import folded, forget

_CUSTOMERS = update(view_customers).where(view_customers.c.organisation == bindparam("of"))
_ROW = _CUSTOMERS.where(view_customers.c.id == bindparam("which"))
_AT: Any = bindparam("at")
_HIDE = _ROW.values(merged_into=bindparam("into"), updated_at=_AT)
_POINT_TO = _CUSTOMERS.where(view_customers.c.merged_into == bindparam("which")).values(
    merged_into=bindparam("into")
)
_SHOW = _ROW.values(merged_into=null(), updated_at=_AT)
_POINT_BACK = _ROW.values(merged_into=bindparam("into"))
_GREW = _ROW.values(updated_at=_AT)
_STANDS = _ROW.values(
    name=bindparam("name"), is_identified=bindparam("is_identified"), updated_at=_AT, modified_at=_AT
)
_BY = _ROW.values(modified_by=bindparam("by"))
_SUMS = ("conversation_count",)
_LATEST = ("activity_at", "last_seen_at", "last_message_at", "last_in_at", "last_out_at")
_LATELY = select(
    *(view_customers.c[name] for name in (*_SUMS, *_LATEST, "waiting_since", "created_at"))
).where(view_customers.c.organisation == bindparam("of"), view_customers.c.id == bindparam("which"))
_TELL = _ROW.values({name: bindparam(name) for name in (*_SUMS, *_LATEST, "waiting_since")})
_AGE = _ROW.values(created_at=bindparam("created_at"))

_CONVERSATIONS = update(view_conversations).where(view_conversations.c.organisation == bindparam("of"))
_MOVED: dict[str, Any] = {
    "customer": bindparam("into"),
    "customer_name": bindparam("name"),
    "updated_at": _AT,
}
_MOVE_ALL = _CONVERSATIONS.where(view_conversations.c.customer == bindparam("which")).values(_MOVED)
_MOVE = _CONVERSATIONS.where(view_conversations.c.id == bindparam("conversation")).values(_MOVED)
_SAID = select(
    func.count().label("conversation_count"),
    func.max(view_conversations.c.last_message_at).label("last_message_at"),
    func.max(view_conversations.c.last_in_at).label("last_in_at"),
    func.max(view_conversations.c.last_out_at).label("last_out_at"),
    func.min(case((view_conversations.c.status != "done", view_conversations.c.waiting_since))).label(
        "waiting_since"
    ),
).where(
    view_conversations.c.organisation == bindparam("of"), view_conversations.c.customer == bindparam("which")
)
_RETELL = _ROW.values(
    {
        name: bindparam(name)
        for name in ("conversation_count", "last_message_at", "last_in_at", "last_out_at", "waiting_since")
    }
)
_OLDEST = select(func.min(view_customers.c.created_at)).where(
    view_customers.c.organisation == bindparam("of"), view_customers.c.merged_into == bindparam("which")
)
_FIRST = select(view_customers.c.first_created_at).where(
    view_customers.c.organisation == bindparam("of"), view_customers.c.id == bindparam("which")
)
_NAME = select(view_customers.c.name).where(
    view_customers.c.organisation == bindparam("of"), view_customers.c.id == bindparam("which")
)
_RETURN_DOCUMENT = (
    update(search_documents)
    .where(
        search_documents.c.organisation == bindparam("of"),
        search_documents.c.number == bindparam("number"),
        search_documents.c.kind == bindparam("kind"),
    )
    .values(customer=bindparam("into"))
)


def project_merged(rows: Rows, recorded: Recorded[CustomerMerged]) -> None:
    event = recorded.event
    source = {"of": rows.organisation, "which": event.source, "into": event.customer, "at": recorded.at}
    target = {**source, "which": event.customer}
    mine, theirs = rows.execute(_LATELY, target).one(), rows.execute(_LATELY, source).one()
    rows.execute(_TELL, {**target, **_added(mine, theirs)})
    rows.execute(_POINT_TO, source)
    rows.execute(_HIDE, source)
    forget(rows, OWNER, event.source)
    documents.remove(rows, "customer", event.source)
    documents.move(rows, event.source, event.customer)
    if event.profile is None:
        rows.execute(_GREW, target)
    else:
        _stand(rows, recorded, event.customer, event.display_name, event.profile, bool(event.is_identified))
        rows.execute(_AGE, {**target, "created_at": min(mine.created_at, theirs.created_at)})
        rows.execute(_BY, {**target, "by": recorded.actor.id})
    rows.execute(_MOVE_ALL, {**source, "name": rows.execute(_NAME, target).scalar()})


def _added(mine: Any, theirs: Any) -> dict[str, Any]:
    """Counts add up, and of every last thing the later one is the last."""
    waiting = [at for at in (mine.waiting_since, theirs.waiting_since) if at is not None]
    return {
        **{name: getattr(mine, name) + getattr(theirs, name) for name in _SUMS},
        **{
            name: max(
                (at for at in (getattr(mine, name), getattr(theirs, name)) if at is not None), default=None
            )
            for name in _LATEST
        },
        "waiting_since": min(waiting, default=None),
    }


def project_unmerged(rows: Rows, recorded: Recorded[CustomerUnmerged]) -> None:
    event = recorded.event
    here = {"of": rows.organisation, "at": recorded.at}
    rows.execute(_SHOW, {**here, "which": event.customer})
    for carried in event.carried:
        rows.execute(_POINT_BACK, {**here, "which": carried, "into": event.customer})
    _stand(rows, recorded, event.customer, event.display_name, event.profile, event.is_identified)
    _stand(rows, recorded, event.of, event.of_display_name, event.of_profile, event.of_is_identified)
    oldest = rows.execute(_OLDEST, {**here, "which": event.of}).scalar()
    first = rows.execute(_FIRST, {**here, "which": event.of}).scalar()
    created_at = first if oldest is None else min(first, oldest)
    rows.execute(_AGE, {**here, "which": event.of, "created_at": created_at})
    rows.execute(_BY, {**here, "which": event.of, "by": recorded.actor.id})
    for kind, ids in (("kobject", event.kobjects), ("claim", [event.customer, *event.carried])):
        for id in ids:
            _return(rows, kind, id, event.customer)
    project_parted(rows, recorded)


def project_parted(rows: Rows, recorded: Recorded[CustomerUnmerged]) -> None:
    """Only the conversations."""
    event = recorded.event
    here = {"of": rows.organisation, "at": recorded.at}
    name = folded(event.display_name)
    for conversation in event.conversations:
        rows.execute(_MOVE, {**here, "conversation": conversation, "into": event.customer, "name": name})
    for customer in (event.customer, event.of):
        said = rows.execute(_SAID, {**here, "which": customer}).one()
        rows.execute(_RETELL, {**here, "which": customer, **said._asdict()})


def _return(rows: Rows, kind: Any, id: str, customer: str) -> None:
    rows.execute(
        _RETURN_DOCUMENT,
        {
            "of": rows.organisation,
            "number": documents.number_of(id),
            "kind": documents.KINDS[kind],
            "into": customer,
        },
    )


def _stand(
    rows: Rows, recorded: Recorded[Any], customer: str, name: str, profile: Any, is_identified: bool
) -> None:
    rename(rows, customer, name)
    rows.execute(
        _STANDS,
        {
            "of": rows.organisation,
            "which": customer,
            "name": folded(name),
            "is_identified": is_identified,
            "at": recorded.at,
        },
    )
    put_profile(rows, customer, name, profile, at=recorded.at)


PROJECTORS: dict[type[Event], tuple[Projector, ...]] = {
    CustomerMerged: (project_merged,),
    CustomerUnmerged: (project_unmerged,),
    VisitorParted: (project_parted,),
}
