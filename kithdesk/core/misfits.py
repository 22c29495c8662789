"""What is wrong with a value that does not fit its type, in our words for whoever sent it.

The library that converts words its findings for programmers, quotes what it was given, and may say it otherwise in its
next version. What is not known here is told in general.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

_PLACE = re.compile(r"(?P<found>.*) - at (?:`key` in )?`\$\.?(?P<path>[^`]*)`", re.DOTALL)
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)
_MISSING = re.compile(r"Object missing required field `(.*)`", re.DOTALL)
_LENGTH = re.compile(r"Expected `(.*)` of length (<=|>=) (\d+)")
_RANGE = re.compile(r"Expected `.*` (<=|>=|<|>) (-?\d+(?:\.\d+)?)")
_TYPE = re.compile(r"Expected `(.*)`, got `(.*)`")
_NAMES = {
    "array": "a list",
    "bool": "true or false",
    "float": "a number",
    "int": "a whole number",
    "null": "null",
    "object": "an object",
    "str": "text",
}
_BOUNDS = {"<=": "At most", ">=": "At least", "<": "Less than", ">": "More than"}
_MAX_PLACE = 200


class Misfit(msgspec.Struct, frozen=True):
    """`place` is where it is, such as `attachments[0]`; None for the whole."""

    words: str
    place: str | None

    @property
    def field(self) -> str | None:
        """Of the whole, the field that it is in."""
        return None if self.place is None else re.split(r"[.\[]", self.place, maxsplit=1)[0] or None


def misfit_of(problem: msgspec.ValidationError) -> Misfit:
    text, path = str(problem), ""
    located = _PLACE.fullmatch(text)
    if located is not None:
        text, path = located["found"], located["path"]
    for pattern, words in ((_UNKNOWN, "There is no such field."), (_MISSING, "It is needed.")):
        named = pattern.fullmatch(text)
        if named is not None:
            place = f"{path}.{named[1]}".removeprefix(".")
            return Misfit(words, place[:_MAX_PLACE])
    return Misfit(_words(text), path[:_MAX_PLACE] or None)


def _words(text: str) -> str:
    for pattern, say in _SAID:
        found = pattern.fullmatch(text)
        if found is not None:
            return say(found)
    return "Not a value that is taken here."


def _of_length(found: re.Match[str]) -> str:
    counted = {"str": "characters", "array": "entries", "object": "fields"}.get(found[1], "of it")
    return f"{_BOUNDS[found[2]]} {found[3]} {counted}."


def _in_range(found: re.Match[str]) -> str:
    return f"{_BOUNDS[found[1]]} {found[2].removesuffix('.0')}."


def _of_type(found: re.Match[str]) -> str:
    wanted = [_NAMES.get(name, "another value") for name in found[1].split(" | ")]
    words = " or ".join(dict.fromkeys(wanted))
    return f"{words[0].upper()}{words[1:]}, not {_NAMES.get(found[2], 'this')}."


_SAID: list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]] = [
    (_LENGTH, _of_length),
    (_RANGE, _in_range),
    (_TYPE, _of_type),
]
