"""Every SELECT of attributes."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

import msgspec
from sqlalchemy import bindparam, select

from kithdesk.attributes.declarations import Attribute
from kithdesk.attributes.tables import attribute_sets
from kithdesk.core.ids import OrganisationId
from kithdesk.core.sql import Executes
from kithdesk.core.work import Reads

_SET = select(attribute_sets.c.rev, attribute_sets.c.attributes).where(
    attribute_sets.c.organisation == bindparam("organisation"),
    attribute_sets.c.owner == bindparam("owner"),
)
_decode = msgspec.json.Decoder(tuple[Attribute, ...]).decode


class Known(NamedTuple):
    """All attributes of one kind of record, in their order, with those that were removed."""

    rev: int
    attributes: MappingProxyType[str, Attribute]


_NONE = Known(0, MappingProxyType({}))


def find_known(reads: Executes, organisation: OrganisationId, owner: str) -> Known:
    """What has ever been declared for this kind of record."""
    row = reads.execute(_SET, {"organisation": organisation, "owner": owner}).first()
    return _NONE if row is None else Known(row.rev, _read(row.attributes))


def declared(reads: Reads, owner: str) -> dict[str, Attribute]:
    """The attributes of a kind of record, by name and in order of position. `owner` is `customer`, `company`,
    `conversation`, `message`, `user`, or `kobject.<name of a klass>`."""
    known = find_known(reads, reads.organisation, owner).attributes
    return {name: one for name, one in known.items() if one.removed_at is None}


@lru_cache(maxsize=256)
def _read(text: str) -> MappingProxyType[str, Attribute]:
    """Declarations change once a month and are read with every record, so the same text is decoded once."""
    found = sorted(_decode(text), key=lambda one: (one.position, one.name))
    return MappingProxyType({one.name: one for one in found})
