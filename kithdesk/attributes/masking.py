"""Who sees which values: undeclared ones nobody, sensitive ones administrators.

Others see that there is a value and no more. Nobody who may not read a sensitive value may write it either: whoever can
write can compare, by what a change to the same does not change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kithdesk.attributes.declarations import Attribute
from kithdesk.attributes.queries import declared
from kithdesk.core.actors import Actor
from kithdesk.core.work import Reads

MASK: Mapping[str, Any] = {"isMasked": True, "maskedPresentation": "***"}

Mask = Callable[[Mapping[str, Any]], dict[str, Any]]


def may_read_sensitive(actor: Actor) -> bool:
    """Administrators, and the program itself."""
    return actor.may_administer


def may_write_sensitive(actor: Actor) -> bool:
    """The same, and a customer: what comes from their side was signed by the company."""
    return not actor.is_agent or actor.is_admin


def masking(reads: Reads, owner: str) -> Mask:
    """What the one who reads may see of `custom`, for many records: asks for the declarations once, when needed."""
    return _mask(reads, owner, sees_all=may_read_sensitive(reads.actor))


def masked(reads: Reads, owner: str, custom: Mapping[str, Any]) -> dict[str, Any]:
    """The same for one record."""
    return masking(reads, owner)(custom)


def masking_for_all(reads: Reads, owner: str) -> Mask:
    """What everybody may see, for what many read in one form: events."""
    return _mask(reads, owner, sees_all=False)


def sensitive_names(reads: Reads, owner: str) -> frozenset[str]:
    """The attributes whose values only administrators see: nobody else may filter, sort or search by them."""
    return frozenset(name for name, one in declared(reads, owner).items() if one.sensitive)


def without_sensitive(reads: Reads, owner: str, custom: Mapping[str, Any]) -> dict[str, Any]:
    """What a page may claim of a record: all but what is sensitive, for claims are shown to every agent."""
    hidden = sensitive_names(reads, owner) if custom else frozenset()
    return {name: value for name, value in custom.items() if name not in hidden}


def _mask(reads: Reads, owner: str, *, sees_all: bool) -> Mask:
    known: dict[str, Attribute] | None = None

    def mask(custom: Mapping[str, Any]) -> dict[str, Any]:
        nonlocal known
        if not custom:
            return {}
        if known is None:
            known = declared(reads, owner)
        return {
            name: MASK if known[name].sensitive and not sees_all else value
            for name, value in custom.items()
            if name in known
        }

    return mask
