"""What a row changed in a record, so that it can be taken back field by field."""

from __future__ import annotations

from typing import Any

import msgspec

from kithdesk.customers import Profile


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """Both profiles with the changed `fields` alone; of `custom` with the changed attributes alone."""

    fields: tuple[str, ...]
    custom: tuple[str, ...]
    before: Profile
    after: Profile


def difference(before: Profile, after: Profile) -> Difference:
    fields = tuple(
        name
        for name in Profile.__struct_fields__
        if name != "custom" and getattr(before, name) != getattr(after, name)
    )
    custom = tuple(
        name
        for name in sorted({*before.custom, *after.custom})
        if before.custom.get(name) != after.custom.get(name)
    )
    return Difference(
        fields=fields,
        custom=custom,
        before=_only(before, fields, custom),
        after=_only(after, fields, custom),
    )


def reversal(difference: Difference, now: Profile) -> dict[str, Any]:
    """The changes that bring back what was, of what is still as the row left it."""
    before, after = difference.before, difference.after
    changes: dict[str, Any] = {
        name: getattr(before, name)
        for name in difference.fields
        if getattr(now, name) == getattr(after, name)
    }
    custom = {
        name: before.custom.get(name)
        for name in difference.custom
        if now.custom.get(name) == after.custom.get(name)
    }
    return {**changes, "custom": custom} if custom else changes


def _only(profile: Profile, fields: tuple[str, ...], custom: tuple[str, ...]) -> Profile:
    kept = {name: profile.custom[name] for name in custom if name in profile.custom}
    return Profile(**{name: getattr(profile, name) for name in fields}, custom=kept)
