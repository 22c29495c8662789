"""The server that is measured: an installation made with the command line, driven through its public doors alone."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.processes import Server, free_port

IDLE_SECONDS = 2
PASSWORD = "correct horse battery staple"


def find_command() -> str | None:
    """`kithdesk` beside this Python, or what KITHDESK_COMMAND names; None while there is none."""
    named = os.environ.get("KITHDESK_COMMAND")
    beside = Path(sys.executable).with_name("kithdesk")
    return named or (str(beside) if beside.exists() else shutil.which("kithdesk"))


class Doors:
    """Plain HTTP over one kept connection: light enough that the client is not what is measured."""

    def __init__(self, url: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
        self._used_at = 0.0

    def ask(self, method: str, path: str, token: str | None = None, body: object = None) -> tuple[int, bytes]:
        headers = {"Accept": "application/json"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        if isinstance(body, bytes):
            headers["Content-Type"] = "text/csv"
        elif body is not None:
            headers["Content-Type"] = "application/json"
        if time.monotonic() - self._used_at > IDLE_SECONDS:
            self._connection.close()  # The server closes what is idle, and a request would meet it doing so.
        self._used_at = time.monotonic()
        sent = body if isinstance(body, bytes) else None if body is None else json.dumps(body)
        self._connection.request(method, path, sent, headers)
        answer = self._connection.getresponse()
        return answer.status, answer.read()

    def get(self, method: str, path: str, token: str | None = None, body: object = None) -> Any:
        """The answer's JSON. Anything but success is an error here."""
        status, content = self.ask(method, path, token, body)
        if status >= 300:
            raise RuntimeError(f"{method} {path}: {status} {content[:300]!r}")
        return json.loads(content) if content else None

    def visitor_tokens(self, key: str, count: int) -> list[str]:
        return [
            self.get("POST", "/c/v1/tracking/tokens", key)["data"]["attributes"]["token"]
            for _ in range(count)
        ]

    def sign_in(self, email: str) -> str:
        body = {"email": email, "password": PASSWORD}
        token: str = self.get("POST", "/v1/auth/tokens", body=body)["data"]["attributes"]["token"]
        return token


@dataclass(frozen=True)
class Organisation:
    """What `kithdesk init` made."""

    api_key: str
    widget_key: str
    administrator: str


class Installation:
    """A data folder, or with `environment` a database elsewhere, with one organisation."""

    def __init__(
        self, command: str, folder: Path, *, agents: int = 2, environment: Mapping[str, str] | None = None
    ) -> None:
        self._command = command
        self._folder = folder
        self._environment = dict(environment or {})
        folder.mkdir(parents=True)
        self._password = folder / "password"
        self._password.write_text(PASSWORD)
        first = self.found("Bench", "admin@bench.test")
        self.api_key, self.widget_key = first.api_key, first.widget_key
        self.agents = [f"agent{number}@bench.test" for number in range(agents)]
        for number, email in enumerate(self.agents):
            self._run("agent", "create", "--email", email, "--name", f"Agent {number}")

    def found(self, name: str, administrator: str) -> Organisation:
        """Another organisation."""
        made = self._run("init", "--org", name, "--email", administrator)
        return Organisation(made["apiKey"], made["widget"]["key"], administrator)

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self._data() / "kithdesk.sqlite3"

    def fill(self, *, customers: int, messages: int) -> None:
        """With made-up people and what they say."""
        self._run_bare("seed", "load", "--customers", str(customers), "--messages", str(messages))

    def serve(self, *, node: str = "", **environment: str) -> Server:
        """A node, in a data folder of its own when it has a name."""
        port = free_port()
        return Server(
            [self._command, "serve", "--port", str(port), "--data", str(self._data(node))],
            port=port,
            ready="/readyz",
            environment={"KITHDESK_LIMITS": "off"} | self._environment | environment,
            log=self._folder / f"server{node}.log",
        )

    def agent_tokens(self, doors: Doors, count: int) -> list[str]:
        """`count` tokens of as many agents as there are, in turn."""
        tokens = [doors.sign_in(email) for email in self.agents[:count]]
        return [tokens[number % len(tokens)] for number in range(count)]

    def _data(self, node: str = "") -> Path:
        return self._folder / f"data{node}"

    def _run(self, *arguments: str) -> Any:
        return self._run_bare(*arguments, "--password-file", str(self._password))

    def _run_bare(self, *arguments: str) -> Any:
        done = subprocess.run(
            [self._command, *arguments, "--json", "--data", str(self._data())],
            env=os.environ | self._environment,
            capture_output=True,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(f"kithdesk {' '.join(arguments[:2])}: {done.stderr.decode()[-2000:]}")
        return json.loads(done.stdout)
