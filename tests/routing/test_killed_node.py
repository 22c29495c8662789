"""A node that asked somebody dies in that moment, as by a power cut, and another goes on with what it began."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from parts.ports import free_port
from parts.program import Program, answers_well
from tests.commands.programs import kithdesk
from tests.databases import empty

pytestmark = [pytest.mark.only("postgresql"), pytest.mark.long]

PATIENCE = 90
ACCEPT_SECONDS = 12


@dataclass
class Node:
    """`kithdesk serve` in a process of its own, and what the company's own program asks of it."""

    program: Program
    api: httpx.Client

    def get(self, path: str) -> Any:
        return self._data(self.api.get(path))

    def put(self, path: str, body: object) -> Any:
        return self._data(self.api.put(path, json=body))

    def post(self, path: str, body: object = None, *, token: str | None = None) -> Any:
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        return self._data(self.api.post(path, json=body, headers=headers))

    def asks(self, agent: str) -> list[str]:
        """The items that somebody is asked to take."""
        return [one["id"] for one in self.get(f"/v1/routing/users/{agent}/work-items?status=offered")]

    @staticmethod
    def _data(answer: httpx.Response) -> Any:
        assert answer.is_success, answer.text
        return answer.json().get("data", answer.json())


@pytest.fixture
def nodes(tmp_path: Path, postgres: str) -> Iterator[tuple[Node, Node]]:
    """Two on one database."""
    empty(postgres)
    environment = {
        "KITHDESK_DATABASE_URL": postgres,
        "KITHDESK_SECRET_KEY": "k" * 32,
        "KITHDESK_LIMITS": "off",
        "KITHDESK_TEST": "1",
    }
    made = kithdesk(
        *("init", "--org", "Outdoor", "--email", "admin@outdoor.test", "--json", "--data", tmp_path / "a"),
        **environment,
    )
    assert made.code == 0, made.err
    key = json.loads(made.out)["apiKey"]
    with ExitStack() as stack:
        yield tuple(_serve(stack, tmp_path / name, key, environment) for name in "ab")  # type: ignore[misc]


def _serve(stack: ExitStack, data: Path, key: str, environment: dict[str, str]) -> Node:
    data.mkdir(exist_ok=True)
    url = f"http://127.0.0.1:{(port := free_port())}"
    command = [sys.executable, "-m", "kithdesk", "serve", "--port", str(port), "--data", str(data)]
    program = Program(
        command,
        data / "log",
        environment=environment,
        is_ready=lambda: answers_well(f"{url}/readyz"),
    )
    stack.enter_context(program)
    api = httpx.Client(base_url=url, headers={"Authorization": f"Bearer {key}"}, timeout=PATIENCE)
    return Node(program, stack.enter_context(api))


def test_the_node_that_asked_is_killed_and_the_other_asks_the_next_in_time(nodes: tuple[Node, Node]) -> None:
    here, there = nodes
    here.put("/v1/routing/settings", {"acceptance": "manual", "acceptTimeoutSeconds": ACCEPT_SECONDS})
    agents = [_available(here, name) for name in ("Ana", "Ben")]
    _somebody_writes(here)
    ((item, first),) = [(item, agent) for agent in agents for item in here.asks(agent)]
    (second,) = set(agents) - {first}

    here.program.kill()

    assert there.asks(first) == [item]
    _until(lambda: there.asks(second) == [item])
    assert there.asks(first) == []
    status = there.get(f"/v1/routing/users/{first}/status")["attributes"]
    assert (status["status"], status["reason"]) == ("unavailable", "missed_offer")
    shown = there.get(f"/v1/routing/work-items/{item}")["attributes"]
    assert 0 < shown["remaining"] <= ACCEPT_SECONDS * 1_000


def _available(node: Node, name: str) -> str:
    made = node.post("/v1/users", {"displayName": name, "email": f"{name.lower()}@outdoor.test"})
    node.put(f"/v1/routing/users/{made['id']}/status", {"status": "available"})
    return str(made["id"])


def _somebody_writes(node: Node) -> None:
    widget = node.get("/v1/orgs/current")["attributes"]["widgetKey"]
    token = node.post("/c/v1/tracking/tokens", token=widget)["attributes"]["token"]
    node.post("/c/v1/chat/messages", {"id": "1", "newConversation": "1", "body": "Hello"}, token=token)


def _until(happened: Any) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.1)
