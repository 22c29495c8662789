"""What commands say: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any, NoReturn

_GLANCE_SECONDS = 0.1
_LINE_SECONDS = 30


def show(result: dict[str, Any], as_json: bool, describe: Callable[[dict[str, Any]], str]) -> None:
    if as_json:
        print_json(result)
    else:
        print(describe(result))


def print_json(result: dict[str, Any]) -> None:
    print(json.dumps(result, ensure_ascii=False))


def progress(what: str = "events") -> Callable[[int, int], None]:
    """Counts along for a person who watches."""
    if not sys.stderr.isatty():
        return lambda _done, _total: None

    shown_at = 0.0

    def count(done: int, total: int) -> None:
        nonlocal shown_at
        if done < total and time.monotonic() < shown_at + _GLANCE_SECONDS:
            return
        shown_at = time.monotonic()
        print(f"\r{done}/{total} {what}", end="" if done < total else "\n", file=sys.stderr)

    return count


def progress_in_words() -> Callable[[str], None]:
    """The same in words, each in the place of the last; in a log, which keeps all of them, a line now and then."""
    if sys.stderr.isatty():
        return lambda words: print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)
    next_at = 0.0

    def note(words: str) -> None:
        nonlocal next_at
        if time.monotonic() >= next_at:
            next_at = time.monotonic() + _LINE_SECONDS
            announce(words)

    return note


def announce(words: str) -> None:
    """What begins now, or ends, whoever reads it."""
    print(words, file=sys.stderr, flush=True)


def say(words: str) -> None:
    """What is going on, for a person who watches."""
    if sys.stderr.isatty():
        print(words, file=sys.stderr)


def fail(words: str, code: int = 1) -> NoReturn:
    """Ends the program with one sentence."""
    print(f"kithdesk: {words}", file=sys.stderr)
    sys.exit(code)
