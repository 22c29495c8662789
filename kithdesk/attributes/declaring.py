"""Declaring: an administrator says which attributes the organisation's records have.

new ──declare──▶ declared ──change: names, choices, required, default──▶ declared
                    │  ▲
              remove│  │declare again, of the same type
                    ▼  │
                  removed: stored values stay, unseen and not written

When the kind of record goes itself, nothing is stored any more, and all of them are as if they had never been.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from kithdesk.attributes.declarations import MAX_DECLARED, Attribute, Declaration, check_owner
from kithdesk.attributes.errors import AttributeIsFixed
from kithdesk.attributes.events import AttributesDeclared
from kithdesk.attributes.queries import Known, find_known
from kithdesk.attributes.said import read_declaration
from kithdesk.core.actors import check_admin
from kithdesk.core.errors import BadParameter, ChangedMeanwhile
from kithdesk.core.work import Work

MAX_REMEMBERED = 2_000
MAX_BYTES = 256 * 1_024


def declare(
    work: Work,
    owner: str,
    properties: Mapping[str, Mapping[str, Any] | None],
    *,
    replace: bool = False,
    rev: int | None = None,
) -> None:
    """Adds and changes the attributes that are named, and removes those that are None; `replace` removes the rest too,
    and brings all into the order in which they are given.

    What is so already states nothing. Takes an administrator. Raises `Forbidden`, `UnknownOwner`, `BadParameter`,
    `AttributeIsFixed`, `ChangedMeanwhile`.
    """
    check_owner(owner)
    check_admin(work.actor)
    known = find_known(work, work.organisation, owner)
    if rev is not None and rev != known.rev:
        raise ChangedMeanwhile("The attributes")
    living = [name for name, one in known.attributes.items() if one.removed_at is None]
    removed = [name for name in living if properties.get(name) is None and (replace or name in properties)]
    wanted = _wanted(known, properties, replace)
    changed = [one for one in wanted if _differs(one, known.attributes.get(one.name))]
    _check_names(known, wanted)
    _check_voluntary(owner, wanted)
    _check_size(known, wanted, len(set(living) - set(removed) | {one.name for one in wanted}))
    if changed or removed:
        work.publish(AttributesDeclared(owner=owner, declared=changed, removed=removed))


def forget(work: Work, owner: str) -> None:
    """This kind of record is gone with all that was stored in it. Raises `Forbidden`, `UnknownOwner`."""
    check_owner(owner)
    check_admin(work.actor)
    known = find_known(work, work.organisation, owner).attributes
    if known:
        living = [name for name, one in known.items() if one.removed_at is None]
        work.publish(AttributesDeclared(owner=owner, removed=living, is_forgotten=True))


def _wanted(
    known: Known, properties: Mapping[str, Mapping[str, Any] | None], replace: bool
) -> list[Declaration]:
    last = max((one.position for one in known.attributes.values() if one.removed_at is None), default=-1)
    wanted: list[Declaration] = []
    for name, said in properties.items():
        if said is None:
            continue
        before = known.attributes.get(name)
        found = read_declaration(name, said, before, replace=replace)
        if before is not None:
            _check_fixed(before, found)
        if replace:
            position = len(wanted)
        elif before is not None and before.removed_at is None:
            position = before.position
        else:
            position = last = last + 1
        wanted.append(msgspec.structs.replace(found, position=position))
    return wanted


def _check_fixed(before: Attribute, after: Declaration) -> None:
    """Stored values are of the type they were written as, and what was readable once has been read."""
    for field in ("type", "array"):
        if getattr(before, field) != getattr(after, field):
            raise AttributeIsFixed(
                f"{before.name} is {_described(before)}. Declare another attribute for another type.",
                parameter=f"properties.{before.name}.{field}",
            )
    if after.sensitive and not before.sensitive:
        raise AttributeIsFixed(
            f"The values of {before.name} are on timelines already. Declare another attribute that is sensitive "
            "from its first value.",
            parameter=f"properties.{before.name}.hasSensitiveAttributes",
        )


def _described(attribute: Attribute) -> str:
    return f"a list of {attribute.type}" if attribute.array else attribute.type


def _differs(after: Declaration, before: Attribute | None) -> bool:
    return (
        before is None
        or before.removed_at is not None
        or any(getattr(after, field) != getattr(before, field) for field in Declaration.__struct_fields__)
    )


def _check_names(known: Known, wanted: list[Declaration]) -> None:
    """Names that differ in case only would be one name to half of the programs that read them."""
    spellings = {name.lower(): name for name in known.attributes}
    for one in wanted:
        if spellings.setdefault(one.name.lower(), one.name) != one.name:
            raise BadParameter(
                f"There is {spellings[one.name.lower()]} already.", parameter=f"properties.{one.name}"
            )


def _check_voluntary(owner: str, wanted: list[Declaration]) -> None:
    """People write messages, and most doors for them know words only."""
    for one in wanted:
        if owner == "message" and (one.required or one.default is not None):
            field = "required" if one.required else "default"
            raise BadParameter(
                "Messages require nothing and begin with nothing.", parameter=f"properties.{one.name}.{field}"
            )


def _check_size(known: Known, wanted: list[Declaration], living: int) -> None:
    if living > MAX_DECLARED:
        raise BadParameter(f"At most {MAX_DECLARED} attributes.", parameter="properties")
    together = {**known.attributes, **{one.name: one for one in wanted}}
    if len(together) > MAX_REMEMBERED:
        raise BadParameter(
            f"At most {MAX_REMEMBERED} attributes, with those that were removed.", parameter="properties"
        )
    if len(msgspec.json.encode(list(together.values()))) > MAX_BYTES:
        raise BadParameter(f"All declarations have at most {MAX_BYTES} bytes.", parameter="properties")
