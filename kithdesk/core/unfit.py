"""What is wrong with a request, in our words for whoever sent it.

The framework words its findings for programmers, and may say them otherwise in its next version: only their kind and
their numbers are taken. What our own checks say is said as it is. What is not known here is told in general.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from kithdesk.core.errors import BadParameter

_AROUND = ("body", "query", "path", "header")
"""Where a value came from, which is no part of its name."""
_UNION = re.compile(r"[a-z]+\[.*|[A-Z]\w*|str|int|float|bool|dict|list|none")
"""Which part of a union a finding is about: the framework's names of types, and of our classes."""
_MAX_PLACE = 200
_MAX_WORDS = 500
_CHOICE = re.compile(r"'((?:[^'\\]|\\.)*)'")

_NOT_TAKEN = "Not a value that is taken here."
_TYPES: dict[str, str] = {
    "string": "Text",
    "int": "A whole number",
    "float": "A number",
    "finite": "A number",
    "decimal": "A number",
    "bool": "True or false",
    "list": "A list",
    "tuple": "A list",
    "set": "A list",
    "dict": "An object",
    "mapping": "An object",
    "model": "An object",
    "dataclass": "An object",
    "none": "Null",
    "date": "A date, such as 2026-11-24",
    "datetime": "A time in ISO 8601, such as 2026-11-24T09:30:00.000Z",
    "url": "The address of a page",
    "json": "JSON",
}
_BOUNDS: dict[str, tuple[str, str]] = {
    "greater_than_equal": ("At least", "ge"),
    "greater_than": ("More than", "gt"),
    "less_than_equal": ("At most", "le"),
    "less_than": ("Less than", "lt"),
}
_LENGTHS: dict[str, tuple[str, str, str]] = {
    "string_too_long": ("At most", "max_length", "characters"),
    "string_too_short": ("At least", "min_length", "characters"),
    "too_long": ("At most", "max_length", "entries"),
    "too_short": ("At least", "min_length", "entries"),
}


def refusals_of(errors: list[Any]) -> list[BadParameter]:
    """One for each finding of the framework's; of what may be one thing or another, one."""
    found: dict[Any, BadParameter] = {}
    for error in errors:
        refusal = BadParameter(_words(error)[:_MAX_WORDS], parameter=_place(error["loc"]))
        key = (refusal.parameter, None if _is_of_union(error["loc"]) else refusal.detail)
        found.setdefault(key, refusal)
    return list(found.values())


def _place(parts: tuple[Any, ...]) -> str | None:
    named = parts[1:] if parts and parts[0] in _AROUND else parts
    return ".".join(str(part) for part in named if not _is_member(part))[:_MAX_PLACE] or None


def _is_of_union(parts: tuple[Any, ...]) -> bool:
    return any(_is_member(part) for part in parts)


def _is_member(part: Any) -> bool:
    return isinstance(part, str) and _UNION.fullmatch(part) is not None


def _words(error: Mapping[str, Any]) -> str:
    kind, context = error["type"], error.get("ctx") or {}
    say = _SAID.get(kind)
    if say is not None:
        return say(context)
    if kind in _BOUNDS:
        bound, name = _BOUNDS[kind]
        return f"{bound} {_number(context.get(name))}."
    if kind in _LENGTHS:
        bound, name, counted = _LENGTHS[kind]
        return f"{bound} {_number(context.get(name))} {counted}."
    return _of_kind(kind)


def _of_kind(kind: str) -> str:
    """By the type that is due: findings are named after it."""
    due = _TYPES.get(kind.partition("_")[0])
    return _NOT_TAKEN if due is None else f"{due}."


def _number(value: Any) -> str:
    return str(value).removesuffix(".0")


def _own(context: Mapping[str, Any]) -> str:
    return str(context.get("error") or _NOT_TAKEN)


def _choice(context: Mapping[str, Any]) -> str:
    choices = _CHOICE.findall(str(context.get("expected", context.get("expected_tags", ""))))
    return f"One of {', '.join(choices)}." if choices else "Not one of those that there are."


def _always(words: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda _context: words


_SAID: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "missing": _always("It is needed."),
    "extra_forbidden": _always("There is no such field."),
    "value_error": _own,
    "assertion_error": _own,
    "literal_error": _choice,
    "enum": _choice,
    "union_tag_invalid": _choice,
    "union_tag_not_found": _choice,
    "string_pattern_mismatch": _always("Not of the form that is due."),
}
