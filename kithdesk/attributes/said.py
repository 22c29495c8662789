"""A declaration as somebody sends it, in Kustomer's words, and whether it makes sense.

    {"displayName": "Favourite colour", "type": "Str", "enumeration": ["red", "blue"]}

`array` and `multi` say the same. What only we know (`modifiedAt`, `position`) is taken without complaint and not kept,
for programs send back what they read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from kithdesk.attributes.declarations import (
    MAX_BRANCHES,
    MAX_DEPTH,
    NAME,
    Attribute,
    Branch,
    Declaration,
)
from kithdesk.attributes.values import Wrong, clean_value
from kithdesk.core.errors import BadParameter
from kithdesk.core.misfits import misfit_of
from kithdesk.core.names import cleaned_or_none, strict_name

_READ_ONLY = {"name", "position", "createdAt", "modifiedAt", "modifiedBy"}
_TARGET = re.compile(r"(?:customer|company|conversation|user|team|kobject\.[a-zA-Z][a-zA-Z0-9_-]{0,63})\Z")
_ENDING = re.compile(r"[a-z0-9](Str|Txt|Num|At|Date|Bool|Url|Id|Tree)\Z")
_ONLY_OF = {"enumeration": "Str", "target": "Id", "tree": "Tree", "display": "Num"}
_RENAMED = {"multi": "array", "hasSensitiveAttributes": "sensitive"}
_ACCEPTED = {*Declaration.__struct_encode_fields__} - {"name", "position"} | set(_RENAMED)


def read_declaration(
    name: str, said: Mapping[str, Any], before: Attribute | None, *, replace: bool = False
) -> Declaration:
    """What is said of an attribute: on top of what it was before, or with `replace` alone. Raises `BadParameter`."""
    parameter = f"properties.{name}"[:200]
    if not NAME.match(name):
        raise BadParameter("A name is a letter and up to 63 letters, digits and _.", parameter=parameter)
    if not isinstance(said, Mapping):
        raise BadParameter("An object, or null to remove it.", parameter=parameter)
    values = {} if before is None else _values_of(before, replace)
    for called, value in said.items():
        if called in _READ_ONLY:
            continue
        if called not in _ACCEPTED:
            raise BadParameter("There is no such field.", parameter=f"{parameter}.{called}"[:200])
        field = _RENAMED.get(called, called)
        if value is None:
            if field != "sensitive":
                values.pop(field, None)
        else:
            values[field] = value
    if "type" not in values:
        values["type"] = _type_named_by(name, parameter)
    try:
        found = msgspec.convert({**values, "name": name}, Declaration)
    except msgspec.ValidationError as problem:
        misfit = misfit_of(problem)
        field = parameter if misfit.field is None else f"{parameter}.{misfit.field}"
        raise BadParameter(misfit.words, parameter=field) from None
    return _sound(found, parameter)


def _type_named_by(name: str, parameter: str) -> str:
    """Kustomer's clients say the type at the end of the name: `seatsNum`. Raises `BadParameter`."""
    found = _ENDING.search(name)
    if found is None:
        raise BadParameter("Of which type is it?", parameter=f"{parameter}.type")
    return found[1]


def _values_of(attribute: Attribute, replace: bool) -> dict[str, Any]:
    """What stays when nothing is said of it. Nobody shows secrets to everybody by leaving a word out."""
    values = msgspec.to_builtins(attribute)
    stays = {"sensitive"} if replace else _ACCEPTED
    return {field: value for field, value in values.items() if field in stays}


def _sound(said: Declaration, parameter: str) -> Declaration:
    """The same with its texts cleaned. Raises `BadParameter` for what contradicts itself."""
    for field, type in _ONLY_OF.items():
        if getattr(said, field) and said.type != type:
            raise BadParameter(f"This is for attributes of type {type}.", parameter=f"{parameter}.{field}")
    if said.type == "Tree" and not said.tree:
        raise BadParameter("A tree has choices.", parameter=f"{parameter}.tree")
    if said.target is not None and not _TARGET.match(said.target):
        raise BadParameter("There is no such kind of record.", parameter=f"{parameter}.target")
    if said.required and said.sensitive:
        raise BadParameter(
            "What only administrators may write cannot be required.", parameter=f"{parameter}.required"
        )
    named = msgspec.structs.replace(
        said,
        display_name=strict_name(said.display_name, parameter=f"{parameter}.displayName")
        if said.display_name
        else said.name,
        description=cleaned_or_none(said.description, parameter=f"{parameter}.description", maximum=2_000)
        or "",
        enumeration=_choices(said.enumeration, f"{parameter}.enumeration"),
        tree=_branches(said.tree, f"{parameter}.tree"),
    )
    try:
        return msgspec.structs.replace(named, default=clean_value(named, said.default))
    except Wrong as problem:
        raise BadParameter(str(problem), parameter=f"{parameter}.default") from None


def _choices(given: Sequence[str], parameter: str) -> tuple[str, ...]:
    # Values are cleaned before they are compared, so choices are cleaned by the same rule.
    cleaned = [cleaned_or_none(choice, parameter=parameter) for choice in given]
    if None in cleaned:
        raise BadParameter("A choice is empty.", parameter=parameter)
    return tuple(dict.fromkeys(choice for choice in cleaned if choice is not None))


def _branches(given: Sequence[Branch], parameter: str) -> tuple[Branch, ...]:
    left = MAX_BRANCHES

    def sound(branches: Sequence[Branch], depth: int) -> tuple[Branch, ...]:
        nonlocal left
        left -= len(branches)
        if left < 0 or (branches and depth > MAX_DEPTH):
            raise BadParameter(f"At most {MAX_BRANCHES} choices, {MAX_DEPTH} deep.", parameter=parameter)
        if len({branch.name for branch in branches}) < len(branches):
            raise BadParameter("A choice appears twice.", parameter=parameter)
        return tuple(
            Branch(
                name=strict_name(branch.name, parameter=parameter),
                display_name=strict_name(branch.display_name, parameter=parameter)
                if branch.display_name
                else branch.name.strip(),
                children=sound(branch.children, depth + 1),
            )
            for branch in branches
        )

    return sound(given, 1)
