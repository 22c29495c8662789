"""What commands say: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any, NoReturn


def show(result: dict[str, Any], as_json: bool, describe: Callable[[dict[str, Any]], str]) -> None:
    if as_json:
        print_json(result)
    else:
        print(describe(result))


def print_json(result: dict[str, Any]) -> None:
    print(json.dumps(result, ensure_ascii=False))


def progress(quiet: bool) -> Callable[[int, int], None] | None:
    """Counts along for a person who watches; None when nobody does."""
    if quiet or not sys.stderr.isatty():
        return None

    def count(done: int, total: int) -> None:
        print(f"\r{done}/{total} events", end="" if done < total else "\n", file=sys.stderr)

    return count


def say(words: str) -> None:
    """What is going on, for a person who watches."""
    if sys.stderr.isatty():
        print(words, file=sys.stderr)


def fail(words: str, code: int = 1) -> NoReturn:
    """Ends the program with one sentence."""
    print(f"kithdesk: {words}", file=sys.stderr)
    sys.exit(code)
