"""Klasses and kobjects as Kustomer's resources."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from kithdesk import attributes
from kithdesk.core.clock import iso, iso_or_none
from kithdesk.core.documents import document, relation, resource
from kithdesk.core.work import Reads
from kithdesk.customers.companies.queries import find_companies
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.objects.by_hand import keeper_of
from kithdesk.customers.objects.cards import fields_of, title_of
from kithdesk.customers.objects.entities import Klass, KObject
from kithdesk.customers.objects.live import live_object
from kithdesk.customers.objects.queries import counts_of, get_klass, get_object, klasses_by_name
from kithdesk.customers.profile import Reference


def draw_klass(reads: Reads, klass: Klass) -> dict[str, Any]:
    """`{"type": "klass", …}` with its attributes under `metadata.properties`."""
    properties = attributes.properties_of(reads, klass.owner)
    card = {
        "fields": [name for name in klass.card_fields if name in properties],
        "title": klass.card_title if klass.card_title in properties else None,
    }
    shown = {
        "name": klass.name,
        "displayName": klass.display_name,
        "pluralName": klass.plural_name,
        "icon": klass.icon,
        "color": klass.color,
        "status": klass.status,
        "mixins": list(klass.mixins),
        "metadata": {"properties": properties},
        "card": card,
        "createdAt": iso(klass.created_at),
        "updatedAt": iso(klass.updated_at),
        "rev": klass.rev,
    }
    around = {"org": relation("org", reads.organisation, "orgs")} | _people(
        createdBy=klass.created_by, modifiedBy=klass.modified_by
    )
    return resource("klass", klass.id, shown, at=f"/v1/klasses/{klass.id}", relationships=around)


def draw_objects(reads: Reads, found: Sequence[KObject]) -> list[dict[str, Any]]:
    """Each as `{"type": "kobject.<klass>", …}`. `card` is what its card shows, as live screens get it."""
    klasses = klasses_by_name(reads) if found else {}
    companies = set(find_companies(reads, {one.company for one in found if one.company is not None}))
    draw = {name: _drawing(reads, klasses[name], companies) for name in {one.klass for one in found}}
    return [draw[one.klass](one) for one in found]


def draw_object(reads: Reads, id: str) -> dict[str, Any]:
    """The document of one record. Raises `NotFound`."""
    return document(draw_objects(reads, [get_object(reads, id)])[0])


def draw_named_klass(reads: Reads, key: str) -> dict[str, Any]:
    """The document of one klass. Raises `NotFound`."""
    return document(draw_klass(reads, get_klass(reads, key)))


def _drawing(reads: Reads, klass: Klass, companies: Collection[str]) -> Callable[[KObject], dict[str, Any]]:
    declared = attributes.declared(reads, klass.owner)
    mask = attributes.masking(reads, klass.owner)

    def drawn(one: KObject) -> dict[str, Any]:
        content = one.content
        path = f"/v1/klasses/{klass.name}/{one.id}"
        card = live_object(
            id=one.id,
            klass=klass.name,
            look=klass.look,
            icon=content.icon,
            external_id=one.external_id,
            title=title_of(klass, declared, content, one.external_id),
            fields=fields_of(klass, declared, content),
            created_at=one.created_at,
            updated_at=one.updated_at,
        )
        shown = {
            "externalId": one.external_id,
            "title": content.title,
            "description": content.description,
            "icon": content.icon,
            "images": list(content.images),
            "custom": mask(content.custom),
            "data": content.data,
            "tags": list(content.tags),
            "createdAt": iso(one.created_at),
            "updatedAt": iso(one.updated_at),
            "importedAt": iso_or_none(one.imported_at),
            "sourceUpdatedAt": iso_or_none(one.source_at),
            "rev": one.rev,
            "keptBy": keeper_of(klass, one),
            "roleGroupVersions": [],
            "attribution": None,
            "card": card,
        }
        around = _around(reads, klass, one, companies)
        return resource(f"kobject.{klass.name}", one.id, shown, at=path, relationships=around)

    return drawn


def _around(reads: Reads, klass: Klass, one: KObject, companies: Collection[str]) -> dict[str, Any]:
    """`companies`: those that there are. A record may outlive its company, as a customer may."""
    around: dict[str, Any] = {
        "org": relation("org", reads.organisation, "orgs"),
        # `link`, and not `links`: so Kustomer's clients know it.
        "klass": {"data": {"type": "klass", "id": klass.id}, "link": f"/v1/klasses/{klass.id}"},
    }
    for name, id, folder in (
        ("customer", one.customer, "customers"),
        ("company", one.company if one.company in companies else None, "companies"),
        ("conversation", one.conversation, "conversations"),
    ):
        if id is not None:
            around[name] = relation(name, id, folder)
    return around | _people(createdBy=one.created_by, modifiedBy=one.modified_by)


def _people(**people: Reference) -> dict[str, Any]:
    return {
        name: relation("user", by.id, "users")
        for name, by in people.items()
        if by.type in ("user", "machine") and by.id is not None
    }


def object_relationships(reads: Reads, customer: CustomerId) -> dict[str, Any]:
    """What a customer's `relationships` say of their records: `orders`, and so on for what they have."""
    counts = counts_of(reads, customer)
    klasses = klasses_by_name(reads) if counts else {}
    return {
        f"{name}s": {
            "links": {"self": f"/v1/customers/{customer}/klasses/{name}"},
            "meta": {"kobject": True, "total": total},
        }
        for name, total in counts.items()
        if name in klasses and klasses[name].status != "disabled"
    }
