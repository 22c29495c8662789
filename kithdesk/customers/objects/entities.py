"""What a klass and a kobject are, as the rest of this room sees them."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from kithdesk.core.clock import Instant
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.objects.ids import KlassId, ObjectId
from kithdesk.customers.profile import Reference

Status = Literal["enabled", "existing_only", "disabled"]
"""`existing_only`: what is there may change and nothing is added. `disabled`: nothing changes, and no card shows it."""


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """What a card shows of the klass."""

    display_name: str
    icon: str
    color: str


class Klass(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of record. `card_fields`: the attributes that a card shows; none means the first few that have a value."""

    id: KlassId
    name: str
    display_name: str
    plural_name: str
    icon: str
    color: str
    status: Status
    mixins: tuple[str, ...]
    card_fields: tuple[str, ...]
    card_title: str | None
    created_at: Instant
    created_by: Reference
    updated_at: Instant
    modified_by: Reference
    rev: int

    @property
    def owner(self) -> str:
        """Whose attributes its properties are, as the slice `attributes` calls it."""
        return owner_of(self.name)

    @property
    def look(self) -> Look:
        return Look(display_name=self.display_name, icon=self.icon, color=self.color)


def owner_of(klass: str) -> str:
    return f"kobject.{klass}"


class Content(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a record says. `custom` is typed by the klass; `data` is whatever the other system has beside it."""

    title: str | None = None
    description: str | None = None
    icon: str | None = None
    images: tuple[str, ...] = ()
    custom: dict[str, Any] = {}
    data: dict[str, Any] = {}
    tags: tuple[str, ...] = ()


class Field(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """One line of a card. `display`: said of a number that is written without separators."""

    name: str
    display_name: str
    type: str
    value: Any
    display: Literal["plain"] | None = None


class KObject(msgspec.Struct, frozen=True, kw_only=True):
    """One record. `source_at`: the other system's own time of what is kept; older news is passed over.

    `named_by`: the addresses by which the other system named the customer, as `kind:value` in the normal form.
    """

    id: ObjectId
    klass: str
    external_id: str | None
    customer: CustomerId | None
    named_by: tuple[str, ...]
    company: str | None
    conversation: str | None
    content: Content
    created_at: Instant
    created_by: Reference
    updated_at: Instant
    modified_by: Reference
    imported_at: Instant | None
    source_at: Instant | None
    rev: int
