"""What is told of companies, and of the kinds of records, their attributes and the records themselves."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import UNSET, UnsetType, field

from kithdesk.live.facts.parts import Change, Fact


class AttributesDeclared(Fact):
    """Attributes of a kind of record (`customer`, `kobject.order`) are new, changed or gone: see `/v1/metadata`."""

    owner: str
    declared: list[str]
    removed: list[str]


class CompanyCreated(Fact):
    """The record of a company is new; `/v1/companies` has the rest of it."""

    company: str
    name: str


class CompanyUpdated(Fact):
    """A company changed. `changes` names fields of the API."""

    company: str
    name: str
    changes: dict[str, Change[Any]]


class CompanyDeleted(Fact):
    """A company is gone. Its customers have none now."""

    company: str


class KlassCard(Fact):
    """Which attributes a card shows; none: the first few that have a value. `title` names the record."""

    fields: list[str]
    title: str | None


class LiveKlass(Fact):
    """A kind of the company's own records."""

    id: str
    name: str
    display_name: str
    plural_name: str
    icon: str
    color: str
    status: Literal["enabled", "existing_only", "disabled"]
    card: KlassCard


class KlassDeclared(Fact):
    """A kind of record is new or has changed; all of it but its attributes."""

    klass: LiveKlass


class KlassRemoved(Fact):
    """A kind of record is gone."""

    klass: str
    name: str


class ObjectField(Fact):
    """One line of a card; `value` is of the attribute's type. `display`: of a number that is written as 1234."""

    name: str
    display_name: str
    type: str
    value: Any
    display: Literal["plain"] | UnsetType = UNSET


class LiveObject(Fact):
    """A record of the company's own, as a card."""

    id: str
    klass: str
    klass_display_name: str
    icon: str
    color: str
    external_id: str | None
    title: str
    fields: list[ObjectField]
    created_at: str
    updated_at: str


class ObjectCreated(Fact):
    """A record is new. Without a customer it stands on no timeline."""

    kobject: LiveObject
    customer: str | None


class ObjectUpdated(Fact):
    """A record changed. `changes` names fields of the API, and attributes as `custom.<name>`."""

    kobject: LiveObject
    customer: str | None
    changes: dict[str, Change[Any]]


class NamedObject(Fact):
    id: str
    klass: str
    klass_display_name: str
    icon: str
    color: str
    title: str


class ObjectNamed(Fact):
    """A record was deleted, or put to a conversation or taken from it."""

    kobject: NamedObject
    customer: str | None
    conversation: str | None


class ObjectMoved(ObjectNamed):
    """A record was `from`'s and is `customer`'s now, or nobody's."""

    source: str = field(name="from")
