"""Servers forked from a process that has loaded the program already."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kithdesk import __version__
from parts.ports import free_port
from tests.commands.programs import status_of, until


@pytest.fixture
def forks() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "parts.forks"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def told(forks: subprocess.Popen[str]) -> dict[str, int]:
    assert forks.stdout is not None
    words: dict[str, int] = json.loads(forks.stdout.readline())
    return words


def order(forks: subprocess.Popen[str], *command: str, log: Path) -> None:
    assert forks.stdin is not None
    forks.stdin.write(json.dumps({"command": command, "log": str(log)}) + "\n")
    forks.stdin.flush()


def test_each_runs_its_own_command_and_all_end_with_who_started_them(
    forks: subprocess.Popen[str], tmp_path: Path
) -> None:
    port = free_port()
    order(forks, "serve", "--port", str(port), "--data", str(tmp_path / "data"), log=tmp_path / "serving.log")
    order(forks, "--version", log=tmp_path / "version.log")

    serving, version = told(forks)["started"], told(forks)["started"]
    assert told(forks) == {"ended": version}
    assert serving != version
    assert __version__ in (tmp_path / "version.log").read_text()
    until(lambda: status_of(f"http://127.0.0.1:{port}/readyz")[0] == 200)

    assert forks.stdin is not None
    forks.stdin.close()
    assert forks.wait() == 0
    until(lambda: status_of(f"http://127.0.0.1:{port}/healthz")[0] == 0)
