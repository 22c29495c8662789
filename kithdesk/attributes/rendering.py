"""Declarations in Kustomer's words."""

from __future__ import annotations

from typing import Any

import msgspec

from kithdesk.attributes.declarations import Attribute
from kithdesk.attributes.masking import may_read_sensitive
from kithdesk.attributes.queries import declared, find_known
from kithdesk.core.clock import iso
from kithdesk.core.documents import resource
from kithdesk.core.work import Reads


def metadata_resource(reads: Reads, owner: str, *, name: str | None = None) -> dict[str, Any]:
    """`{"type": "metadata", "id", "attributes": {"properties", "rev"}}`. `name`: what its path calls it."""
    id = name or owner
    attributes = {
        "properties": properties_of(reads, owner),
        "rev": find_known(reads, reads.organisation, owner).rev,
    }
    return resource("metadata", id, attributes, at=f"/v1/metadata/{id}")


def properties_of(reads: Reads, owner: str) -> dict[str, dict[str, Any]]:
    """Every declared attribute by its name, in order of position."""
    shows_all = may_read_sensitive(reads.actor)
    return {name: _property(one, shows_all) for name, one in declared(reads, owner).items()}


def _property(attribute: Attribute, shows_all: bool) -> dict[str, Any]:
    drawn: dict[str, Any] = {
        "displayName": attribute.display_name,
        "type": attribute.type,
        "array": attribute.array,
        "required": attribute.required,
        "hasSensitiveAttributes": attribute.sensitive,
        "description": attribute.description,
        "position": attribute.position,
        "modifiedAt": iso(attribute.modified_at),
        "modifiedBy": attribute.modified_by,
    }
    if attribute.type == "Str":
        drawn["enumeration"] = list(attribute.enumeration)
    if attribute.type == "Num":
        drawn["display"] = attribute.display or "grouped"
    if attribute.type == "Id":
        drawn |= {"target": attribute.target, "multi": attribute.array}
    if attribute.type == "Tree":
        drawn["tree"] = msgspec.to_builtins(attribute.tree)
    if attribute.default is not None and (shows_all or not attribute.sensitive):
        drawn["default"] = attribute.default
    return drawn
