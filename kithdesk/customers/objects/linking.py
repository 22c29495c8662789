"""Putting a record to a conversation: this order is what it is about.

Conversations stand above customers, so whoever calls has checked that the conversation is there and may be seen.
"""

from __future__ import annotations

from typing import Any

from kithdesk import attributes
from kithdesk.core.errors import NotFound
from kithdesk.core.work import Work
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.objects.cards import title_of
from kithdesk.customers.objects.entities import KObject
from kithdesk.customers.objects.errors import KlassClosed, OfAnotherCustomer
from kithdesk.customers.objects.events import KObjectLinked, KObjectUnlinked
from kithdesk.customers.objects.ids import ObjectId
from kithdesk.customers.objects.queries import get_klass, get_object


def link_object(work: Work, id: ObjectId, *, conversation: str, customer: CustomerId) -> None:
    """Puts it to a conversation of this customer, and takes it from another one. Repeating it changes nothing.

    Raises `NotFound`, `OfAnotherCustomer`, `KlassClosed`.
    """
    known = get_object(work, id)
    klass = get_klass(work, known.klass)
    if klass.status == "disabled":
        raise KlassClosed(klass.status)
    if known.customer not in (None, customer):
        raise OfAnotherCustomer
    if known.conversation == conversation:
        return
    named = _named(work, known)
    if known.conversation is not None:
        work.publish(KObjectUnlinked(conversation=known.conversation, **named))
    work.publish(KObjectLinked(conversation=conversation, **named))


def unlink_object(work: Work, id: ObjectId, *, conversation: str) -> None:
    """Takes it from this conversation. Raises `NotFound` when it is not there."""
    known = get_object(work, id)
    if known.conversation != conversation:
        raise NotFound
    work.publish(KObjectUnlinked(conversation=conversation, **_named(work, known)))


def _named(work: Work, known: KObject) -> dict[str, Any]:
    klass = get_klass(work, known.klass)
    declared = attributes.declared(work, klass.owner)
    return {
        "kobject": known.id,
        "klass": known.klass,
        "customer": known.customer,
        "look": klass.look,
        "title": title_of(klass, declared, known.content, known.external_id),
    }
