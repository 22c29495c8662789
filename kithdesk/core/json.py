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
_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_KEYS = re.compile(rb'""\s*:')
_NESTING = bytes(set(range(256)) - set(b"[]{}"))
_decode = msgspec.json.Decoder().decode
encode = msgspec.json.Encoder().encode


def parse(raw: bytes) -> Any:
    """The value. Raises `ValueError` saying what is wrong."""
    skeleton = _STRINGS.sub(b'""', raw)
    if _depth(skeleton) > MAX_DEPTH:
        raise ValueError(f"nested deeper than {MAX_DEPTH} levels")
    keys = len(_KEYS.findall(skeleton))
    if keys > MAX_KEYS:
        raise ValueError(f"more than {MAX_KEYS} keys")
    try:
        value = _decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as problem:
        raise ValueError(f"not valid JSON: {problem}") from None
    if _check(value) != keys:
        raise ValueError("a key appears twice in one object")
    return value


def _depth(skeleton: bytes) -> int:
    deepest = depth = 0
    for byte in skeleton.translate(None, _NESTING):
        if byte in b"[{":
            depth += 1
            if depth > MAX_DEPTH:
                return depth
            deepest = max(deepest, depth)
        else:
            depth -= 1
    return deepest


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
