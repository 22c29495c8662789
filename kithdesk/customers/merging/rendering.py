"""Merges and previews as the API shows them."""

from __future__ import annotations

from typing import Any

import msgspec
from pydantic.alias_generators import to_camel

from kithdesk import attributes
from kithdesk.core.clock import iso, iso_or_none
from kithdesk.core.documents import document, relation, resource
from kithdesk.core.work import Reads
from kithdesk.customers.merging.entities import Merge, Moved
from kithdesk.customers.merging.joining import Caution, Preview
from kithdesk.customers.merging.rules import CUSTOM, Field
from kithdesk.customers.profile import display_name_of
from kithdesk.customers.rendering import draw_customer

_CAUTIONS: dict[Caution, str] = {
    "unproven_browsers": "A browser that never logged in goes on seeing its own conversations only.",
    "two_logins": "Both have logged in, each with another external id.",
}


def merge_resource(merge: Merge) -> dict[str, Any]:
    """`{"type": "customer_merge", …}`. `undoableUntil` is null for what cannot be undone."""
    shown = {
        "status": "undone" if merge.is_undone else "complete",
        "kind": merge.kind,
        "mergedAt": iso(merge.merged_at),
        "undoableUntil": None if merge.is_undone else iso_or_none(merge.undoable_until),
        "undoneAt": iso_or_none(merge.undone_at),
        "moved": _counts(merge.moved),
        "source": merge.source,
        "target": merge.target,
    }
    relationships: dict[str, Any] = {
        "source": relation("customer", merge.source, "customers"),
        "target": relation("customer", merge.target, "customers"),
    }
    for name, by in (("mergedBy", merge.merged_by), ("undoneBy", merge.undone_by)):
        if by is not None and by.type in ("user", "machine") and by.id is not None:
            relationships[name] = relation("user", by.id, "users")
    path = f"/v1/customers/merges/{merge.id}"
    return resource("customer_merge", merge.id, shown, at=path, relationships=relationships)


def preview_document(reads: Reads, preview: Preview) -> dict[str, Any]:
    """What the target would be, what becomes of each field that differs, and how much moves."""
    source, target = preview.source, preview.target
    result = msgspec.structs.replace(
        target,
        profile=preview.result,
        display_name=display_name_of(preview.result, target.id),
        is_identified=source.is_identified or target.is_identified,
        created_at=min(source.created_at, target.created_at),
    )
    mask = attributes.masking(reads, "customer")
    # Whether two of them are the same is what a value is found out by.
    hidden = frozenset() if attributes.may_read_sensitive(reads.actor) else _sensitive(reads)
    shown = {
        "result": draw_customer(reads, result)["attributes"],
        "fields": [_field(field, mask) for field in preview.fields if field.name not in hidden],
        "moves": _counts(preview.moves),
        "warnings": [{"code": code, "text": _CAUTIONS[code]} for code in preview.warnings],
    }
    relationships = {
        "source": relation("customer", source.id, "customers"),
        "target": relation("customer", target.id, "customers"),
    }
    return document(resource("customer_merge_preview", target.id, shown, relationships=relationships))


def _sensitive(reads: Reads) -> frozenset[str]:
    return frozenset(f"{CUSTOM}{name}" for name in attributes.sensitive_names(reads, "customer"))


def _field(field: Field, mask: attributes.Mask) -> dict[str, Any]:
    name, source, target = field.name, field.source, field.target
    if name.startswith(CUSTOM):
        attribute = name.removeprefix(CUSTOM)
        source, target = (mask({attribute: value}).get(attribute) for value in (source, target))
    else:
        name = to_camel(name)
    return {
        "name": name,
        "source": msgspec.to_builtins(source),
        "target": msgspec.to_builtins(target),
        "kept": field.kept,
    }


def _counts(moved: Moved) -> dict[str, int]:
    return {
        "conversations": len(moved.conversations),
        "kobjects": len(moved.kobjects),
        "visitors": len(moved.visitors),
    }
