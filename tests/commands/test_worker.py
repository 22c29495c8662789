"""`kithdesk worker`: jobs without a server, and probes where they are asked for."""

from __future__ import annotations

import json
import signal
import time
import urllib.error
import urllib.request
from pathlib import Path

from parts.ports import free_port
from tests.commands.programs import PATIENCE, kithdesk, started
from tests.databases import empty


def test_a_worker_answers_probes_and_ends_calmly(tmp_path: Path, postgres: str) -> None:
    empty(postgres)
    port = free_port()
    environment = {"KITHDESK_DATABASE_URL": postgres, "KITHDESK_SECRET_KEY": "k" * 32}
    with started("worker", "--data", tmp_path, "--port", str(port), **environment) as worker:
        assert _ready(port) == {"status": "ready"}
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
            assert b"kithdesk_job_delay_seconds" in answer.read()
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(PATIENCE) == 0


def test_a_worker_beside_sqlite_is_refused(tmp_path: Path) -> None:
    ended = kithdesk("worker", "--data", tmp_path)

    assert ended.code == 2
    assert "needs PostgreSQL" in ended.err


def _ready(port: int) -> object:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
                return json.load(answer)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError
