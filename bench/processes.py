"""The processes around a measure: servers started and stopped, what they use, and the load beside them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self

_TICKS = os.sysconf("SC_CLK_TCK")


class ServerFailed(Exception):
    """A server did not come up, or went away."""


class Server:
    """A server process in a folder of its own, ready when entered and gone when left."""

    def __init__(
        self,
        command: list[str],
        *,
        port: int,
        ready: str,
        environment: dict[str, str] | None = None,
        log: Path,
    ) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.live_url = f"ws://127.0.0.1:{port}"
        self.seconds_to_ready = 0.0
        self._command = command
        self._ready = ready
        self._environment = os.environ | (environment or {})
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def __enter__(self) -> Self:
        begin = time.perf_counter()
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        while not self._answers():
            if self._process.poll() is not None or time.perf_counter() - begin > 60:
                self.__exit__(None, None, None)
                raise ServerFailed(f"{' '.join(self._command)}\n{self._log.read_text()[-2000:]}")
            time.sleep(0.005)
        self.seconds_to_ready = time.perf_counter() - begin
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.url + self._ready, timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def memory_of(pid: int) -> float:
    """Resident megabytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return round(int(line.split()[1]) / 1024, 1)
    return 0.0


def processor_seconds_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def run_load(plan: bytes, *, timeout: float) -> bytes:
    """Plays one plan in a process of its own and returns its result, both as JSON."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"],
        input=plan,
        stdout=subprocess.PIPE,
        timeout=timeout,
        check=False,
    )
    if done.returncode != 0:
        raise ServerFailed("the load failed; its reason is above")
    return done.stdout
