"""All records of an organisation that may be one person's, two by two: for whoever cleans up, as after an import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec

from kithdesk.core.computing import aside
from kithdesk.core.deadlines import Deadline
from kithdesk.core.errors import NotFound
from kithdesk.core.work import Reads
from kithdesk.customers.duplicates.hints import Hint, HintKind, Reason, Source, reason_between, score_of
from kithdesk.customers.duplicates.queries import dismissed_since_merged, list_alike
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.queries import Customer, find_customers

MOST_ALIKE = 5_000
"""Things that two records have in common. Whoever has worked through those finds the next."""
MOST_SECONDS = 2.0
"""For putting those together."""


class Common(msgspec.Struct, frozen=True):
    """What both have, and who has only said so."""

    hint: Hint
    theirs: Source


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two ids that stand for one person, perhaps."""

    one: CustomerId
    other: CustomerId
    common: tuple[Common, ...]

    @property
    def score(self) -> int:
        return score_of([Reason(one.hint.kind, "") for one in self.common])


class DrawnPair(msgspec.Struct, frozen=True, kw_only=True):
    """The same with both records, and the reasons in words."""

    one: Customer
    other: Customer
    reasons: tuple[Reason, ...]
    score: int


def list_pairs(reads: Reads) -> list[Pair]:
    """The likeliest first. Reads every key of every record, so it takes half a second for 100,000 of them. Raises
    `NotFound`, `Overloaded`."""
    if reads.actor.is_visitor:
        raise NotFound
    dismissed, rows = dismissed_since_merged(reads), list_alike(reads, most=MOST_ALIKE)
    return aside(partial(_paired, rows, dismissed, Deadline(MOST_SECONDS)))


def _paired(rows: Sequence[Any], dismissed: Collection[tuple[str, str]], deadline: Deadline) -> list[Pair]:
    common: dict[tuple[CustomerId, CustomerId], list[Common]] = defaultdict(list)
    for row in rows:
        deadline.check()
        kind: HintKind = row.kind
        both = CustomerId(row.one), CustomerId(row.other)
        if both in dismissed:
            continue
        common[both].append(Common(Hint(kind, row.value, row.one_source), row.other_source))
    pairs = [Pair(one=one, other=other, common=tuple(found)) for (one, other), found in common.items()]
    return sorted(pairs, key=lambda pair: (-pair.score, pair.one, pair.other))


def drawn_pairs(reads: Reads, pairs: Sequence[Pair]) -> list[DrawnPair]:
    ids = sorted({id for pair in pairs for id in (pair.one, pair.other)})
    known: Mapping[str, Customer] = {one.id: one for one in find_customers(reads, ids)}
    return [
        _drawn(pair, known[pair.one], known[pair.other])
        for pair in pairs
        if pair.one in known and pair.other in known
    ]


def _drawn(pair: Pair, one: Customer, other: Customer) -> DrawnPair:
    names = one.display_name, other.display_name
    reasons = tuple(reason_between(each.hint, each.theirs, *names) for each in pair.common)
    return DrawnPair(one=one, other=other, reasons=reasons, score=pair.score)
