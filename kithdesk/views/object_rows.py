"""The documents and values of custom objects. A card leaves out what is sensitive, and so does its document."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, update

from kithdesk.core.events import Event, Recorded
from kithdesk.core.work import Projector, Rows
from kithdesk.customers.objects.events import (
    KObjectCreated,
    KObjectLinked,
    KObjectRemoved,
    KObjectUnlinked,
    KObjectUpdated,
)
from kithdesk.views import documents
from kithdesk.views.documents import Document, shown_of
from kithdesk.views.tables import search_documents
from kithdesk.views.values import add_custom, add_field, folded, forget

OWNER = "kobject."
OF_ANY_KLASS = "kobject"

_PUT_TO = (
    update(search_documents)
    .where(
        search_documents.c.organisation == bindparam("of"),
        search_documents.c.kind == documents.KINDS["kobject"],
        search_documents.c.number == bindparam("which"),
    )
    .values(conversation=bindparam("conversation"))
)


def project_created(rows: Rows, recorded: Recorded[KObjectCreated]) -> None:
    event = recorded.event
    _add(rows, recorded, recorded.at if event.created_at is None else event.created_at)


def project_updated(rows: Rows, recorded: Recorded[KObjectUpdated]) -> None:
    _remove(rows, recorded)
    _add(rows, recorded, recorded.event.created_at)


def project_removed(rows: Rows, recorded: Recorded[KObjectRemoved]) -> None:
    _remove(rows, recorded)


def project_linked(rows: Rows, recorded: Recorded[KObjectLinked]) -> None:
    _put_to(rows, recorded.event.kobject, recorded.event.conversation)


def project_unlinked(rows: Rows, recorded: Recorded[KObjectUnlinked]) -> None:
    _put_to(rows, recorded.event.kobject, None)


def _put_to(rows: Rows, kobject: str, conversation: str | None) -> None:
    which = {"of": rows.organisation, "which": documents.number_of(kobject)}
    rows.execute(_PUT_TO, {**which, "conversation": conversation})


def _remove(rows: Rows, recorded: Recorded[Any]) -> None:
    event = recorded.event
    documents.remove(rows, "kobject", event.kobject)
    forget(rows, OWNER + event.klass, event.kobject)
    forget(rows, OF_ANY_KLASS, event.kobject)


def _add(rows: Rows, recorded: Recorded[Any], created_at: int) -> None:
    event = recorded.event
    shown = [f"{field.display_name}: {_text(field.value)}" for field in event.fields]
    said = [event.card_title, event.external_id or "", event.content.description or "", *event.content.tags]
    said += [_text(field.value) for field in event.fields]
    keys = tuple(dict.fromkeys(key for key in (event.external_id, event.number, event.card_title) if key))
    documents.add(
        rows,
        Document(
            kind="kobject",
            id=event.kobject,
            at=recorded.at,
            created_at=created_at,
            said=" ".join(said),
            title=event.card_title,
            shown=shown_of([event.external_id, *shown]),
            keys=keys,
            customer=event.customer,
            conversation=event.conversation,
            klass=event.klass,
        ),
    )
    add_custom(rows, OWNER + event.klass, event.kobject, event.content.custom)
    texts = {"title": [event.content.title], "external_id": [event.external_id], "tags": event.content.tags}
    for name, found in texts.items():
        add_field(rows, OF_ANY_KLASS, event.kobject, name, [folded(text) for text in found if text])


def _text(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


PROJECTORS: dict[type[Event], tuple[Projector, ...]] = {
    KObjectCreated: (project_created,),
    KObjectUpdated: (project_updated,),
    KObjectRemoved: (project_removed,),
    KObjectLinked: (project_linked,),
    KObjectUnlinked: (project_unlinked,),
}
