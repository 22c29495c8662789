"""One node of what is under attack, as its operator sees it: a command, a folder, a port, signals."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import resource
import signal
import sys
import time
import urllib.error
import urllib.request
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from parts.ports import free_port
from proofs.shim import Orders

PASSWORD = "correct horse battery staple"


class DidNotStart(Exception):
    """The server ended, or was not ready in time."""


class Server:
    """`kithdesk serve` in a process of its own, started again as often as it is killed."""

    def __init__(
        self,
        command: list[str],
        data: Path,
        log: Path,
        settings: Mapping[str, str] | None = None,
        orders: Orders | None = None,
    ) -> None:
        """`settings` are the installation's, as environment variables; `orders` are for `serve` alone."""
        self.data = data
        self.orders = orders
        """What its disk and its clock are to do; None where nothing is preloaded."""
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._command = command
        self.log = log
        self._settings = dict(settings or {})
        self._process: Process | None = None

    @property
    def is_alive(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def was_started(self) -> bool:
        return self._process is not None

    async def start(self, **environment: str) -> float:
        """Seconds until it was ready, less those in which others had the processor. Raises `DidNotStart`."""
        begin = time.monotonic()
        arguments = ["serve", "--port", str(self.port), "--data", str(self.data)]
        preloaded = {} if self.orders is None else self.orders.environment
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                *arguments,
                env=environment_of(self._settings | preloaded | environment),
                stdin=DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        while not await asyncio.to_thread(self._is_ready):
            if not self.is_alive or time.monotonic() - begin > 60:
                await self.kill()
                raise DidNotStart(self.last_words())
            await asyncio.sleep(0.02)
        return time.monotonic() - begin - self._seconds_without_processor()

    async def kill(self) -> None:
        if self.is_alive:
            self.signal(signal.SIGKILL)
        await self.wait()

    async def wait(self, timeout: float | None = None) -> int | None:
        """Its exit code, or None when it still runs after `timeout`."""
        if self._process is None:
            return 0
        try:
            async with asyncio.timeout(timeout):
                code = await self._process.wait()
        except TimeoutError:
            return None
        return code

    async def end_survivors(self) -> list[str]:
        """What still runs of a dead server after a moment's grace: named, and ended."""
        assert self._process is not None
        left = _processes_of(self._process.pid)
        for _ in range(100):  # a helper that was just being started sees that it is alone once it has begun
            if not left:
                return []
            await asyncio.sleep(0.1)
            left = _processes_of(self._process.pid)
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return list(left.values())

    def signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def limit_file_size(self, most: int) -> None:
        """From now on no file of the server can grow past `most` bytes."""
        assert self._process is not None
        resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

    async def run(self, *arguments: str) -> tuple[int, str]:
        """Another of the program's commands on the same data: exit code and output."""
        process = await asyncio.create_subprocess_exec(
            *self._command,
            *arguments,
            "--data",
            str(self.data),
            env=environment_of(self._settings),
            stdout=PIPE,
            stderr=STDOUT,
        )
        output, _ = await process.communicate()
        assert process.returncode is not None
        return process.returncode, output.decode(errors="replace")

    async def run_for_json(self, *arguments: str) -> Any:
        process = await asyncio.create_subprocess_exec(
            *self._command,
            *arguments,
            *("--json", "--data", str(self.data)),
            env=environment_of(self._settings),
            stdout=PIPE,
            stderr=PIPE,
        )
        output, words = await process.communicate()
        if process.returncode != 0:
            raise DidNotStart(f"kithdesk {' '.join(arguments[:2])}: {words.decode()[-2000:]}")
        return json.loads(output)

    def last_words(self) -> str:
        return self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""

    def _seconds_without_processor(self) -> float:
        """How long it could have run and had to wait: on a busy machine that says nothing of the server."""
        assert self._process is not None
        try:
            return int(Path(f"/proc/{self._process.pid}/schedstat").read_text().split()[1]) / 1e9
        except OSError:  # It killed itself at once.
            return 0.0

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(self.url + "/readyz", timeout=1) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


def default_command() -> list[str]:
    return [os.environ.get("KITHDESK_COMMAND") or str(Path(sys.executable).with_name("kithdesk"))]


def environment_of(more: Mapping[str, str]) -> dict[str, str]:
    """Ours without any installation's settings, and `more`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KITHDESK_")}
    return {**kept, "KITHDESK_TEST": "1", "KITHDESK_LIMITS": "off", **more}


def _processes_of(session: int) -> dict[int, str]:
    """The processes of a session that are not dead yet, with their command lines."""
    found: dict[int, str] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session and fields[0] != "Z":
                words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                found[int(folder.name)] = words.strip()
    return found
