"""Records by criteria, as their own resources: conversations, customers, and what is said and kept with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from kithdesk import conversations, customers
from kithdesk.core import json
from kithdesk.core.paging import MAX_PAGES, check_depth
from kithdesk.core.work import Reads
from kithdesk.views.criteria import Context, read
from kithdesk.views.few import settle
from kithdesk.views.queries import count_found, list_ids

COUNTED = 10_000
"""As far as anybody counts who did not ask for it."""
_ALL = 2**31


_BITE = 25
"""Records that are read and drawn in less than two milliseconds; of more, others have their turn in between."""


class Found(NamedTuple):
    """One page, each record as JSON, and how many there are in all, as far as they were counted."""

    data: list[msgspec.Raw]
    total: int


def find_records(
    reads: Reads,
    body: Mapping[str, Any],
    *,
    context: Context,
    page: int,
    size: int,
    ids_only: bool = False,
    counts_all: bool = False,
) -> Found:
    """What a search finds. Raises `BadCriterion`, `TooCostly`, `TooManyPages`."""
    check_depth(page)
    search = settle(reads, read(reads, body, context=context))
    ids = list_ids(reads, search, limit=size, offset=(page - 1) * size)
    most = _ALL if counts_all else max(COUNTED, MAX_PAGES * size)
    total = count_found(reads, search, most=most) if page > 1 or len(ids) == size else len(ids)
    if ids_only:
        return Found([_raw({"type": search.context, "id": id}) for id in ids], total)
    bites = (ids[first : first + _BITE] for first in range(0, len(ids), _BITE))
    return Found([_raw(one) for bite in bites for one in _drawn(reads, search.context, bite)], total)


def _raw(record: dict[str, Any]) -> msgspec.Raw:
    """Here, bite by bite, and not all at once where the answer is sent."""
    return msgspec.Raw(json.encode(record))


def _drawn(reads: Reads, context: Context, ids: list[str]) -> list[dict[str, Any]]:
    if context == "conversation":
        return conversations.draw_conversations(reads, conversations.find_conversations(reads, ids))
    if context == "customer":
        return customers.draw_customers(reads, customers.find_customers(reads, ids))
    if context == "kobject":
        return customers.draw_objects(reads, customers.find_objects(reads, ids))
    return conversations.draw_messages(reads, conversations.find_messages(reads, ids))
