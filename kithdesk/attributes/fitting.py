"""What a record can take of somebody else's words, when one value that does not fit is no reason to lose the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from kithdesk.attributes.checking import check_custom
from kithdesk.attributes.queries import declared
from kithdesk.core.errors import Refusal
from kithdesk.core.work import Reads

_NOT_DECLARED = "There is no attribute of this name."


class Unfit(msgspec.Struct, frozen=True):
    """A value that is left out, and why."""

    name: str
    why: str


def fitting(
    reads: Reads, owner: str, values: Mapping[str, Any], *, before: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Unfit]]:
    """Those of `values` that a record which holds `before` can take together, first come first served; and the others.

    What is answered as fitting is never refused when it is set.
    """
    if not values:
        return {}, []
    known = declared(reads, owner)
    after = dict(before)
    taken: dict[str, Any] = {}
    unfit = []
    for name, value in values.items():
        if name not in known:
            unfit.append(Unfit(name, _NOT_DECLARED))
            continue
        try:
            after = check_custom(reads, owner, {name: value}, before=after)
        except Refusal as refusal:
            unfit.append(Unfit(name, refusal.detail or refusal.title))
        else:
            taken[name] = value
    return taken, unfit
