"""`attributes.declared` into its row."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import bindparam, delete

from kithdesk.attributes.declarations import Attribute, Declaration
from kithdesk.attributes.events import AttributesDeclared
from kithdesk.attributes.queries import find_known
from kithdesk.attributes.tables import attribute_sets
from kithdesk.core.events import Event, Recorded
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Projector, Rows

_PUT = Upsert(attribute_sets, ["organisation", "owner"])
_FORGET = delete(attribute_sets).where(
    attribute_sets.c.organisation == bindparam("organisation"), attribute_sets.c.owner == bindparam("owner")
)


def project_declared(rows: Rows, recorded: Recorded[AttributesDeclared]) -> None:
    event = recorded.event
    if event.is_forgotten:
        rows.execute(_FORGET, {"organisation": rows.organisation, "owner": event.owner})
        return
    known = find_known(rows, rows.organisation, event.owner)
    attributes = dict(known.attributes)
    for declaration in event.declared:
        attributes[declaration.name] = _kept(declaration, recorded)
    for name in event.removed:
        attributes[name] = msgspec.structs.replace(attributes[name], removed_at=recorded.at)
    values = {
        "organisation": rows.organisation,
        "owner": event.owner,
        "rev": known.rev + 1,
        "attributes": msgspec.json.encode(list(attributes.values())).decode(),
    }
    rows.execute(_PUT, values)


def _kept(declaration: Declaration, recorded: Recorded[Any]) -> Attribute:
    said = {field: getattr(declaration, field) for field in Declaration.__struct_fields__}
    return Attribute(**said, modified_at=recorded.at, modified_by=recorded.actor.id)


PROJECTORS: dict[type[Event], tuple[Projector, ...]] = {AttributesDeclared: (project_declared,)}
