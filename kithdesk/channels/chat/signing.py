"""Signed attributes: what else a token says of its customer goes on record, as far as the company has declared it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from kithdesk import attributes
from kithdesk.core.errors import Refusal
from kithdesk.core.work import Reads

_OWNER = "customer"
_NOT_DECLARED = "Customers have no attribute of this name."


class Ignored(msgspec.Struct, frozen=True):
    """A claim that changes nothing, and why."""

    name: str
    why: str


def fit_attributes(
    reads: Reads, signed: Mapping[str, Any], *, before: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Ignored]]:
    """Those of `signed` that a record which holds `before` may take, and the others.

    Each is judged by itself, and none refuses a login: who somebody is does not depend on a choice being spelt right.
    """
    if not signed:
        return {}, []
    declared = attributes.declared(reads, _OWNER)
    taken: dict[str, Any] = {}
    ignored = []
    for name, value in signed.items():
        if name not in declared:
            ignored.append(Ignored(name, _NOT_DECLARED))
            continue
        try:
            attributes.check_custom(reads, _OWNER, {name: value}, before=before)
        except Refusal as refusal:
            ignored.append(Ignored(name, refusal.detail or refusal.title))
        else:
            taken[name] = value
    return taken, ignored
