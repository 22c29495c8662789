"""The facts of custom objects.

A card on a screen draws itself from the event alone, so what it shows travels in it: the look of the klass, and the
fields as they were then. Sensitive attributes never do.
"""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec

from kithdesk.core.clock import Instant, iso
from kithdesk.core.events import Change, Event, Personal, Recorded
from kithdesk.customers.objects.entities import Content, Field, Look, Status
from kithdesk.customers.objects.live import live_object


class KlassDeclared(Event, frozen=True, kw_only=True):
    """A kind of record, new or changed; the whole of it but for its attributes."""

    kind: ClassVar[str] = "klass.declared"
    klass: str
    name: str
    is_new: bool = False
    display_name: str
    plural_name: str
    icon: str
    color: str
    status: Status
    mixins: list[str] = []  # noqa: RUF012 - structs copy it
    card_fields: list[str] = []  # noqa: RUF012 - structs copy it
    card_title: str | None = None

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {
            "klass": {
                "id": self.klass,
                "name": self.name,
                "displayName": self.display_name,
                "pluralName": self.plural_name,
                "icon": self.icon,
                "color": self.color,
                "status": self.status,
                "card": {"fields": self.card_fields, "title": self.card_title},
            }
        }


class KlassRemoved(Event, frozen=True, kw_only=True):
    """The kind is gone; it had no records."""

    kind: ClassVar[str] = "klass.removed"
    klass: str
    name: str

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {"klass": self.klass, "name": self.name}


class _ObjectStated(Event, frozen=True, kw_only=True):
    """A record as it is now. `conversation` is the one it was put to, `number` what its klass names it by."""

    on_timeline: ClassVar[bool] = True
    kobject: str
    klass: str
    customer: str | None = None
    company: str | None = None
    conversation: str | None = None
    source_at: int | None = None
    look: Look
    external_id: Personal[str | None] = None
    named_by: Personal[list[str]] = []  # noqa: RUF012 - structs copy it
    content: Personal[Content] = Content()
    card_title: Personal[str] = ""
    number: Personal[str | None] = None
    fields: Personal[list[Field]] = []  # noqa: RUF012 - structs copy it

    def _card(self, *, created_at: int, updated_at: int) -> dict[str, Any]:
        return live_object(
            id=self.kobject,
            klass=self.klass,
            look=self.look,
            icon=self.content.icon,
            external_id=self.external_id,
            title=self.card_title,
            fields=self.fields,
            created_at=Instant(created_at),
            updated_at=Instant(updated_at),
        )


class KObjectCreated(_ObjectStated, frozen=True, kw_only=True):
    """A record is new. `created_at`: backdated by an import, or by the system it comes from."""

    kind: ClassVar[str] = "kobject.created"
    created_at: int | None = None
    imported_at: int | None = None

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        created_at = recorded.at if self.created_at is None else self.created_at
        return {
            "kobject": self._card(created_at=created_at, updated_at=recorded.at),
            "customer": self.customer,
        }


class KObjectUpdated(_ObjectStated, frozen=True, kw_only=True):
    """A record changed. `changes` names fields of the API, and `custom.<attribute>`; `data` is not compared in it."""

    kind: ClassVar[str] = "kobject.updated"
    created_at: int
    customer_before: str | None = None
    changes: Personal[dict[str, Change]] = {}  # noqa: RUF012 - structs copy it

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {
            "kobject": self._card(created_at=self.created_at, updated_at=recorded.at),
            "customer": self.customer,
            "changes": msgspec.to_builtins(self.changes),
        }


class KObjectConfirmed(Event, frozen=True, kw_only=True):
    """The other system said the same again, later: what it said in between and comes late is older than this."""

    kind: ClassVar[str] = "kobject.confirmed"
    kobject: str
    source_at: int


class _ObjectNamed(Event, frozen=True, kw_only=True):
    """Which record, and of what kind."""

    on_timeline: ClassVar[bool] = True
    kobject: str
    klass: str
    customer: str | None = None
    conversation: str | None = None
    look: Look
    title: Personal[str] = ""

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {
            "kobject": {
                "id": self.kobject,
                "klass": self.klass,
                "klassDisplayName": self.look.display_name,
                "icon": self.look.icon,
                "color": self.look.color,
                "title": self.title,
            },
            "customer": self.customer,
            "conversation": self.conversation,
        }


class KObjectMoved(_ObjectNamed, frozen=True, kw_only=True):
    """A record was `customer`'s and is another's or nobody's. Beside it stands `kobject.updated` for the other."""

    kind: ClassVar[str] = "kobject.moved"
    to: str | None = None

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {**super().for_agents(recorded), "customer": self.to, "from": self.customer}


class KObjectRemoved(_ObjectNamed, frozen=True, kw_only=True):
    """A record was deleted."""

    kind: ClassVar[str] = "kobject.removed"


class KObjectLinked(_ObjectNamed, frozen=True, kw_only=True):
    """A record was put to a conversation: it is about this one."""

    kind: ClassVar[str] = "kobject.linked"


class KObjectUnlinked(_ObjectNamed, frozen=True, kw_only=True):
    """A record was taken from a conversation."""

    kind: ClassVar[str] = "kobject.unlinked"


class CustomerTracked(Event, frozen=True, kw_only=True):
    """Something the company's own systems or pages tell of a customer. What a page tells is a claim, as its actor says.

    `at`: when it happened.
    """

    kind: ClassVar[str] = "customer.tracked"
    on_timeline: ClassVar[bool] = True
    customer: str
    at: int
    name: Personal[str] = ""
    meta: Personal[dict[str, Any]] = {}  # noqa: RUF012 - structs copy it

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {"customer": self.customer, "name": self.name, "at": iso(Instant(self.at)), "meta": self.meta}
