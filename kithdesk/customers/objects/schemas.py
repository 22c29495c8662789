"""Custom objects on the wire: what the routes take."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from kithdesk.core.documents import Body, Id
from kithdesk.customers.objects.entities import Status
from kithdesk.customers.objects.klasses import KlassWish

Text = Annotated[str, Field(max_length=10_000)]
Word = Annotated[str, Field(max_length=255)]
Time = Annotated[str, Field(max_length=40)]


class MetadataBody(Body):
    """Attributes by name; null removes one."""

    properties: dict[str, dict[str, Any] | None] = Field({})


class CardBody(Body):
    """The attributes that a card shows, and the one that names the record. An empty title takes that one away."""

    fields: Annotated[list[Word], Field(max_length=100)] | None = None
    title: Word | None = None


class KlassChange(Body):
    """What is left out stays. `rev` refuses a change of something that has changed."""

    display_name: Word | None = None
    plural_name: Word | None = None
    icon: Word | None = None
    color: Word | None = None
    status: Status | None = None
    mixins: Annotated[list[Word], Field(max_length=20)] | None = None
    metadata: MetadataBody | None = None
    card: CardBody | None = None
    rev: int | None = None

    @property
    def wish(self) -> KlassWish:
        card = self.card or CardBody()
        return KlassWish(
            display_name=self.display_name,
            plural_name=self.plural_name,
            icon=self.icon,
            color=self.color,
            status=self.status,
            mixins=self.mixins,
            properties=None if self.metadata is None else self.metadata.properties,
            card_fields=card.fields,
            card_title=card.title,
        )


class NewKlass(KlassChange):
    """`name` is what paths and searches call it, for ever."""

    name: Word


class ObjectChange(Body):
    """What is left out stays; null clears. `custom` is merged, and a null in it clears that attribute.

    `sourceUpdatedAt`: the other system's own time of this version. What is older than what is kept changes nothing.
    """

    external_id: Text | None = None
    customer: Id | None = None
    company: Id | None = None
    title: Text | None = None
    description: Text | None = None
    icon: Word | None = None
    images: Annotated[list[Text], Field(max_length=100)] | None = None
    custom: dict[str, Any] | None = None
    data: dict[str, Any] | None = None
    tags: Annotated[list[Text], Field(max_length=100)] | None = None
    source_updated_at: Time | None = None
    rev: int | None = None

    @property
    def given(self) -> dict[str, Any]:
        """The fields that were sent, by their names in `KObject` and `Content`."""
        sent = self.model_fields_set - {"source_updated_at", "rev", "created_at", "imported_at"}
        return {name: getattr(self, name) for name in sent}


class ObjectPut(ObjectChange):
    """A record that may be new: only administrators date it."""

    created_at: Time | None = None
    imported_at: Time | None = None


class TrackedBody(Body):
    """`meta` has at most 4 KiB. `at`: when it happened."""

    name: Annotated[str, Field(min_length=1, max_length=400)]
    meta: dict[str, Any] = Field({})
    at: Time | None = None


class TrackingIdentity(Body):
    """Who it happened to, by one of these."""

    id: Id | None = None
    email: Text | None = None
    phone: Text | None = None
    external_id: Text | None = None


class TrackingBody(TrackedBody):
    """An event of one customer."""

    customer: Id | None = None
    identity: TrackingIdentity | None = None
