"""A program in a process of its own, which tests start, freeze, kill and start again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

_READY_WITHIN = 60.0


class DidNotStart(Exception):
    """It ended, or was not ready in time. The message is the end of its log."""


class Program:
    """`is_ready` is asked again and again after a start; what the program says goes to `log`."""

    def __init__(
        self,
        command: Sequence[str],
        log: Path,
        *,
        environment: Mapping[str, str] | None = None,
        is_ready: Callable[[], bool] = lambda: True,
    ) -> None:
        self.log = log
        self._command = list(command)
        self._environment = dict(environment or {})
        self._is_ready = is_ready
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> Self:
        """Returns when it is ready. Raises `DidNotStart`."""
        self.launch()
        self.wait_until_ready()
        return self

    def launch(self) -> None:
        """Only begins: several can get ready at once."""
        assert not self.is_running
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own words
                self._command,
                env=os.environ | self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl+C is for whoever started it, who ends it in good order
            )

    def wait_until_ready(self) -> None:
        """Raises `DidNotStart`."""
        deadline = time.monotonic() + _READY_WITHIN
        while not self._is_ready():
            if not self.is_running or time.monotonic() > deadline:
                self.kill()
                raise DidNotStart(f"{self._command[0]}\n{self.last_words()}")
            time.sleep(0.02)

    def stop(self, within: float = 30) -> int:
        """Asks it to end and waits; kills it when it does not. Answers its exit code."""
        self.ask_to_stop()
        return self.wait(within)

    def ask_to_stop(self) -> None:
        if self.is_running:
            self.signal(signal.SIGTERM)
            self.signal(signal.SIGCONT)  # one that is frozen would not hear

    def wait(self, within: float = 30) -> int:
        if self._process is None:
            return 0
        try:
            return self._process.wait(within)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def kill(self) -> None:
        """As a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def restart(self) -> None:
        self.stop()
        self.start()

    def freeze(self) -> None:
        """Stands still, with all its connections open, until `thaw`."""
        self.signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.signal(signal.SIGCONT)

    def signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def last_words(self) -> str:
        return self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()


def takes_connections(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def answers_well(url: str) -> bool:
    """Whether a GET is answered with 200."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - our own server
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
