"""`kithdesk` as its operator runs it: a process, its words, its exit code."""

from __future__ import annotations

import io
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import structlog

from kithdesk.cli import app
from kithdesk.core.tables import metadata
from parts.ports import free_port
from tests.core.words import words

PATIENCE = 60


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str


def kithdesk(*arguments: str | Path, **environment: str) -> Ended:
    """Runs a command to its end."""
    return _run([], arguments, environment)


def kithdesk_short_of_disk(*arguments: str | Path, blocks: int, **environment: str) -> Ended:
    """The same. `blocks`: how many kilobytes a file of its may have, as if the disk were full then."""
    return _run(["bash", "-c", f'ulimit -f {blocks}; exec "$@"', "bash"], arguments, environment)


def _run(before: list[str], arguments: Sequence[str | Path], environment: dict[str, str]) -> Ended:
    done = subprocess.run(
        [*before, sys.executable, "-m", "kithdesk", *arguments],
        env=_environment(environment),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def called(*arguments: str | Path, **environment: str) -> Ended:
    """The same in this process, where starting another would take longer than the command."""
    out, err = io.StringIO(), io.StringIO()
    before, logging = dict(os.environ), structlog.get_config()
    os.environ |= _environment(environment)
    try:
        with redirect_stdout(out), redirect_stderr(err), _as_installed():
            app([str(one) for one in arguments])
        code = 0
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        os.environ.clear()
        os.environ.update(before)
        structlog.configure(**logging)  # a command sends what is logged elsewhere
    return Ended(code, out.getvalue(), err.getvalue())


@contextmanager
def _as_installed() -> Iterator[None]:
    """Without the table that tests declare: what a program of its own has made has none such."""
    metadata.remove(words)
    try:
        yield
    finally:
        metadata._add_table(words.name, None, words)


@contextmanager
def started(*arguments: str | Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Runs a command until it ends, or this does."""
    command = [sys.executable, "-m", "kithdesk", *arguments]
    with subprocess.Popen(
        command, env=_environment(environment), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as program:
        yield program
        program.kill()


@contextmanager
def serving(data: Path, *arguments: str, **environment: str) -> Iterator[str]:
    """`kithdesk serve` on a free port, from the moment its port is open; ends calmly or fails the test."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "kithdesk",
        "serve",
        "--port",
        str(port),
        "--data",
        str(data),
        *arguments,
    ]
    with subprocess.Popen(command, env=_environment(environment), stderr=subprocess.PIPE) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            until(lambda: server.poll() is not None or status_of(f"{address}/healthz")[0] == 200)
            assert server.poll() is None, server.communicate()[1].decode()
            yield address
        finally:
            server.send_signal(signal.SIGTERM)
            words = server.communicate(timeout=PATIENCE)[1]
    assert server.returncode == 0, words.decode()


def status_of(address: str, **headers: str) -> tuple[int, str]:
    """Status and body of a GET; 0 when nobody answers."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as problem:
        return problem.code, problem.read().decode()
    except OSError:
        return 0, ""


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


@contextmanager
def somebody_writes(database: Path) -> Iterator[None]:
    """Keeps everybody else from migrating."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


def _environment(more: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KITHDESK_")}
    return kept | more
