"""Reading JSON from strangers: one strict parser, with limits on depth and size.

RFC 8259 leaves duplicate keys, huge numbers and lone surrogates open, and two parsers that differ there are a hole.
All of them are refused here.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

MAX_DEPTH = 32
MAX_KEYS = 10_000
MAX_VALUES = 50_000
_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_KEYS = re.compile(rb'""\s*:')
_BYTE = re.compile(r"\((byte \d+)\)\Z")
_NESTING = bytes(set(range(256)) - set(b"[]{}"))
_decode = msgspec.json.Decoder().decode
encode = msgspec.json.Encoder().encode


def parse(raw: bytes) -> Any:
    """The value. Raises `ValueError` saying what is wrong."""
    try:
        value = _decode(raw)
    except RecursionError:
        raise ValueError(f"nested deeper than {MAX_DEPTH} levels") from None
    except msgspec.ValidationError:
        raise ValueError("a number is out of range") from None
    except (msgspec.DecodeError, ValueError) as problem:
        place = _BYTE.search(str(problem))
        raise ValueError("not valid JSON" if place is None else f"not valid JSON at {place[1]}") from None
    # Only now are all strings known to end, without which this pattern would take quadratic time.
    skeleton = _STRINGS.sub(b'""', raw)
    if _is_too_deep(skeleton):
        raise ValueError(f"nested deeper than {MAX_DEPTH} levels")
    if skeleton.count(b",") > MAX_VALUES:
        raise ValueError(f"more than {MAX_VALUES} values")
    keys = len(_KEYS.findall(skeleton))
    if keys > MAX_KEYS:
        raise ValueError(f"more than {MAX_KEYS} keys")
    if _check(value) != keys:
        raise ValueError("a key appears twice in one object")
    return value


def _is_too_deep(skeleton: bytes) -> bool:
    """Takes the innermost brackets away, once for each level."""
    brackets = skeleton.translate(None, _NESTING)
    for _ in range(MAX_DEPTH):
        if not brackets:
            return False
        brackets = brackets.replace(b"[]", b"").replace(b"{}", b"")
    return bool(brackets)


def _check(value: Any) -> int:
    """Counts keys, and refuses characters that one of the databases could not keep."""
    if isinstance(value, str):
        if "\0" in value:
            raise ValueError("text may not contain NUL")
        return 0
    if isinstance(value, dict):
        for key in value:
            _check(key)
        return len(value) + sum(_check(entry) for entry in value.values())
    if isinstance(value, list):
        return sum(_check(entry) for entry in value)
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise ValueError("a number is out of range")
    return 0
