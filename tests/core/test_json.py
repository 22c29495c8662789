"""T45: what strangers send as JSON."""

from __future__ import annotations

import time

import pytest

from kithdesk.core import json


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 33 + b"1" + b"}" * 33,
        b"{" + b",".join(b'"k%d":1' % n for n in range(10_001)) + b"}",
        b'{"a":1,"a":2}',
        b'{"a":{"b":1,"b":2}}',
        b"1e999",
        b"NaN",
        b"[Infinity]",
        b"1" * 10_000,
        b'{"n":9223372036854775808}',
        b'"\\ud800"',
        b'"\\u0000"',
        b'{"a\\u0000b":1}',
        '{"a":1}'.encode("utf-16"),
        b"\xef\xbb\xbf{}",
        b'"\xff"',
        b"{'a':1}",
        b'{"a":1} {"b":2}',
        b"",
    ],
)
def test_T45_what_parsers_disagree_about_is_refused_quickly(raw: bytes) -> None:
    started = time.process_time()

    with pytest.raises(ValueError):  # noqa: PT011 - whatever its words
        json.parse(raw)

    assert time.process_time() - started < 20


def test_T45_a_large_harmless_body_is_read() -> None:
    raw = b'{"' + b"a" * 100 + b'":"' + b"b" * 900_000 + b'","list":[1,2.5,null,true,{"x":"\\"quoted\\": "}]}'

    assert json.parse(raw)["list"][4] == {"x": '"quoted": '}


def test_the_limits_themselves_pass() -> None:
    assert json.parse(b"[" * 32 + b"]" * 32)
    keys = b"{" + b",".join(b'"k%d":1' % n for n in range(10_000)) + b"}"
    assert len(json.parse(keys)) == 10_000


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b'{"a":}', "not valid JSON at byte 5"),
        (b'{"a":1', "not valid JSON"),
        (b'"\xff"', "not valid JSON"),
        (b"1e999", "a number is out of range"),
    ],
)
def test_what_is_wrong_is_said_in_our_words(raw: bytes, words: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - its words are the promise
        json.parse(raw)

    assert str(caught.value) == words
