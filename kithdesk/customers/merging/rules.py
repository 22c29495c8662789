"""What two profiles make together, and what each has when they part again. Pure, and generic over `Profile`'s fields.

lists      both, the target's first; the same entry once, proven if either was
custom     both, attribute by attribute; the target wins
the rest   the target's, or the source's where the target has none
signed up  the later of the two
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from kithdesk.core.names import mailbox_key
from kithdesk.customers.profile import Email, ExternalId, Phone, Profile

Kept = Literal["source", "target", "both"]

_LATER = {"signed_up_at"}
_NOT_WHAT_IT_IS = {"type", "verified"}
"""Fields that say something of an entry, and do not make it another."""


_NOTHING: tuple[Any, ...] = (None, (), {})
CUSTOM = "custom."
"""How a field of `custom` is named."""


class Field(msgspec.Struct, frozen=True):
    """One field in which the two are not the same, as the preview shows it."""

    name: str
    source: Any
    target: Any
    kept: Kept


def merged_profile(source: Profile, target: Profile) -> tuple[Profile, list[Field]]:
    """The target's profile after the merge, and what became of each field in which they differ."""
    values: dict[str, Any] = {}
    fields = []
    for name in Profile.__struct_fields__:
        mine, theirs = getattr(target, name), getattr(source, name)
        values[name] = together = _together(name, theirs, mine)
        if name == "custom":
            fields += [
                _told(f"{CUSTOM}{each}", theirs.get(each), mine.get(each), together.get(each))
                for each in theirs
            ]
        else:
            fields.append(_told(name, theirs, mine, together))
    return Profile(**values), [field for field in fields if _is_worth_telling(field)]


def _together(name: str, source: Any, target: Any) -> Any:
    if isinstance(target, tuple):
        return _union(source, target)
    if isinstance(target, dict):
        return {**source, **target}
    if name in _LATER:
        return max((at for at in (source, target) if at is not None), default=None)
    return source if target is None else target


def _union(source: tuple[Any, ...], target: tuple[Any, ...]) -> tuple[Any, ...]:
    found = {identity_of(entry): entry for entry in target}
    for entry in source:
        key = identity_of(entry)
        if key not in found:
            found[key] = entry
        elif getattr(entry, "verified", False):
            found[key] = msgspec.structs.replace(found[key], verified=True)
    return tuple(found.values())


def identity_of(entry: Any) -> Any:
    """What makes two entries of a list the same one."""
    if isinstance(entry, Email):
        return mailbox_key(entry.email)
    if isinstance(entry, Phone):
        return entry.phone
    if isinstance(entry, ExternalId):
        return entry.external_id
    if isinstance(entry, msgspec.Struct):
        return tuple(
            getattr(entry, field) for field in entry.__struct_fields__ if field not in _NOT_WHAT_IT_IS
        )
    return entry


def _told(name: str, source: Any, target: Any, together: Any) -> Field:
    if together == target:
        return Field(name, source, target, "target")
    return Field(name, source, target, "source" if target in _NOTHING or together == source else "both")


def _is_worth_telling(field: Field) -> bool:
    return field.source != field.target and field.source not in _NOTHING


def parted_profiles(source: Profile, before: Profile, now: Profile) -> tuple[Profile, Profile]:
    """The source's profile and the target's when a merge is undone.

    `source` and `before` are the two as they were merged, `now` is what the target has become since. What came from the
    source alone leaves the target, unless it was changed since; addresses leave even then, for each has one owner. What
    was proven of the source's addresses meanwhile stays proven.
    """
    values = {
        name: _without(getattr(now, name), getattr(source, name), getattr(before, name))
        for name in Profile.__struct_fields__
    }
    restored = {name: _as_known(getattr(source, name), getattr(now, name)) for name in _ADDRESSES}
    return msgspec.structs.replace(source, **restored), Profile(**values)


_ADDRESSES = ("emails", "phones", "external_ids")


def _without(now: Any, source: Any, before: Any) -> Any:
    if isinstance(now, tuple):
        gone = {identity_of(entry) for entry in source} - {identity_of(entry) for entry in before}
        return tuple(entry for entry in now if identity_of(entry) not in gone)
    if isinstance(now, dict):
        return {
            name: value
            for name, value in now.items()
            if name in before or name not in source or source[name] != value
        }
    return before if now == source and before != source else now


def _as_known(entries: tuple[Any, ...], now: tuple[Any, ...]) -> tuple[Any, ...]:
    proven = {identity_of(entry) for entry in now if entry.verified}
    return tuple(
        msgspec.structs.replace(entry, verified=entry.verified or identity_of(entry) in proven)
        for entry in entries
    )
