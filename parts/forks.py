"""Servers that are there at once: each is forked from this process, which has loaded the program already.

Loading it takes longer than what many a story asks of its server. Every line that comes in is one to start, as
`{"command": ["demo", …], "log": "/a/file"}`; `{"started": 123}` answers it, and `{"ended": 123}` follows when it has
gone. Whoever closes the standard input ends them all.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from typing import NoReturn

_LOOK_SECONDS = 0.02


def main() -> None:
    """Starts what it is told to, until nobody is there to tell."""
    from kithdesk import cli, demo_server  # noqa: F401 - loaded here, once

    gc.collect()
    gc.freeze()  # what a child collects it would have to copy
    children: set[int] = set()
    try:
        for line in _lines(children):
            order = json.loads(line)
            child = os.fork()
            if child == 0:
                _serve(order["command"], order["log"])
            children.add(child)
            _say(started=child)
    finally:
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)


def _lines(children: set[int]) -> Iterator[bytes]:
    """What is ordered, while who has gone is told."""
    pending = b""
    while True:
        _bury(children)
        if select.select([0], [], [], _LOOK_SECONDS)[0]:
            came = os.read(0, 65_536)
            if not came:
                return
            *whole, pending = (pending + came).split(b"\n")
            yield from whole


def _bury(children: set[int]) -> None:
    while children:
        child, _ = os.waitpid(-1, os.WNOHANG)
        if child == 0:
            return
        children.discard(child)
        _say(ended=child)


def _say(**words: int) -> None:
    os.write(1, json.dumps(words).encode() + b"\n")


def _serve(command: list[str], log: str) -> NoReturn:
    """As a process of its own; nothing of this one's may run on in it, whatever happens."""
    from kithdesk import cli

    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(written, 1)
        os.dup2(written, 2)
        sys.argv = ["kithdesk", *command]
        with suppress(SystemExit):
            cli.main()
    finally:
        if sys.exc_info()[0] is not None:
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)  # nobody asks how it ended: its log says so


if __name__ == "__main__":
    main()
