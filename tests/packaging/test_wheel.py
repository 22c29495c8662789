"""The wheel is all that a server needs: built, installed into an empty environment, and served from there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from parts.ports import free_port

pytestmark = pytest.mark.packaging

ROOT = Path(__file__).parents[2]
UV = Path(sys.executable).with_name("uv")
_PATIENCE = 60


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive, packed from this tree."""
    folder = tmp_path_factory.mktemp("dist")
    _run(
        UV, "build", "--wheel", "--no-build-isolation", "--python", sys.executable, "--out-dir", folder, ROOT
    )
    (archive,) = folder.glob("kithdesk-*.whl")
    return archive


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment that holds the wheel and what the lock says it needs, and nothing else."""
    folder = tmp_path_factory.mktemp("environment")
    _run(UV, "venv", "--python", sys.executable, folder)
    install = (
        "pip",
        "install",
        "--python",
        folder / "bin" / "python",
        "--constraint",
        _plain_lock(folder),
        wheel,
    )
    if not _succeeds(UV, "--offline", *install):  # what is in uv's cache already needs no network
        _run(UV, *install)
    return folder


def test_the_wheel_serves_health_and_widget(environment: Path, tmp_path: Path) -> None:
    with _serving(environment, tmp_path) as address:
        health = _fetch(f"{address}/healthz")
        widget = _fetch(f"{address}/widget.js")

    assert health.status == 200
    assert widget.status == 200
    assert "javascript" in widget.headers["content-type"]


def test_the_wheel_brings_the_console(environment: Path, tmp_path: Path) -> None:
    with _serving(environment, tmp_path) as address:
        console = _fetch(f"{address}/")
        assert _fetch(f"{address}/docs/assets/swagger-ui.css").status == 200

    assert console.status == 200
    assert "text/html" in console.headers["content-type"]


def test_the_wheel_makes_an_organisation(environment: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"

    made = _run(
        *(environment / "bin" / "kithdesk", "init", "--org", "Acme", "--email", "admin@acme.test"),
        *("--data", data, "--json"),
        cwd=tmp_path,
    )

    assert json.loads(made)["admin"]["email"] == "admin@acme.test"


@contextmanager
def _serving(environment: Path, folder: Path) -> Iterator[str]:
    """`kithdesk serve` on a free port, away from the source tree, so that nothing but the wheel can be found."""
    port = free_port()
    log = folder / "server.log"
    command: list[str | Path] = [
        environment / "bin" / "kithdesk",
        "serve",
        "--port",
        str(port),
        "--data",
        folder / "data",
    ]
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=folder, env=_clean_environment(), stdout=output, stderr=output)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_until_ready(address, server, log)
            yield address
        finally:
            server.send_signal(signal.SIGTERM)
            code = server.wait(timeout=_PATIENCE)
    assert code == 0, log.read_text()


def _wait_until_ready(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        assert server.poll() is None, log.read_text()
        try:
            if _fetch(f"{address}/readyz").status == 200:
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    pytest.fail(f"not ready after {_PATIENCE} s:\n{log.read_text()}")


class Answer:
    """Status and headers of one GET."""

    def __init__(self, status: int, headers: dict[str, str]) -> None:
        self.status = status
        self.headers = headers


def _fetch(address: str) -> Answer:
    with urllib.request.urlopen(address, timeout=10) as answer:
        answer.read()
        return Answer(answer.status, {name.lower(): value for name, value in answer.headers.items()})


def _plain_lock(folder: Path) -> Path:
    """The lock as constraints: uv takes no hashes there, and the wheel under test has none."""
    lines = (ROOT / "requirements" / "runtime.txt").read_text().splitlines()
    plain = folder / "constraints.txt"
    plain.write_text(
        "\n".join(line.removesuffix(" \\") for line in lines if not line.lstrip().startswith("--hash"))
    )
    return plain


def _clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("KITHDESK_", "PYTHON"))}


def _run(*command: str | Path, cwd: Path = ROOT) -> str:
    done = subprocess.run(
        command, cwd=cwd, env=_clean_environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _succeeds(*command: str | Path) -> bool:
    return subprocess.run(command, env=_clean_environment(), capture_output=True, check=False).returncode == 0
