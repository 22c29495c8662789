"""What a description says to those who may not read what it compares with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kithdesk import attributes
from kithdesk.core.work import Reads
from kithdesk.criteria.names import CUSTOM, Types, declared_types

MASK: str = attributes.MASK["maskedPresentation"]


def masked(reads: Reads, body: Mapping[str, Any]) -> dict[str, Any]:
    """The same without the values that sensitive attributes are compared with.

    An attribute that is gone counts as one: it may have been sensitive.
    """
    if attributes.may_read_sensitive(reads.actor):
        return dict(body)
    return _without_values(declared_types(reads), body)


def hidden_names(reads: Reads, names: Iterable[str]) -> frozenset[str]:
    """Those of the attributes whose values who asks may not read, which are those that `masked` hides."""
    if attributes.may_read_sensitive(reads.actor):
        return frozenset()
    types = declared_types(reads)
    return frozenset(name for name in names if CUSTOM in name and types(name) is None)


def _without_values(types: Types, body: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _hidden(value) if CUSTOM in name and types(name) is None else _seen(types, value)
        for name, value in body.items()
    }


def _seen(types: Types, value: Any) -> Any:
    if isinstance(value, Mapping):
        return _without_values(types, value)
    return [_seen(types, one) for one in value] if isinstance(value, list) else value


def _hidden(compared: Any) -> Any:
    """The operators stay, for a reader of criteria expects some; how many values there are is hidden too."""
    if isinstance(compared, Mapping):
        return {operator: _hidden(value) for operator, value in compared.items()}
    return [MASK] if isinstance(compared, list) else MASK
