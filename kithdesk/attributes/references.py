"""Records that a value of type `Id` names: whether there is such a one.

Whoever keeps a kind of record says by which SELECT its ids are found; nothing here knows a record. Records are judged
when their id is written. One that is removed later leaves its id where it stands, like a choice that is gone; that of a
customer who was merged leads to whom they are part of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kithdesk.core.sql import Statement
from kithdesk.core.work import Reads

_KEPT: dict[str, Statement] = {}


def keeps(kind: str, ids: Statement) -> None:
    """Says how records of this kind are found: of `:ids` those of `:organisation`, and of `:klass` where it has any."""
    if kind in _KEPT:
        raise TypeError(f"two slices keep a {kind}")
    _KEPT[kind] = ids


def missing(reads: Reads, target: str, ids: Sequence[str]) -> list[str]:
    """Those of `ids` that are no record of the organisation, whoever asks. `target`: as an attribute declares it."""
    kind, _, klass = target.partition(".")
    values: Mapping[str, object] = {"organisation": reads.organisation, "ids": list(ids), "klass": klass}
    there = {row.id for row in reads.execute(_KEPT[kind], values)}
    return [id for id in ids if id not in there]
