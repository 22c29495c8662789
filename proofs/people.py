"""The organisation that is attacked: made once, with all the tokens, and copied for each history."""

from __future__ import annotations

import atexit
import shutil
import signal
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from proofs.server import PASSWORD, Server, default_command

CAPACITY = 3
"""Open conversations an agent may be given at once."""


@dataclass(frozen=True)
class Browser:
    """What a visitor's browser keeps: its token, and whom its client ids belong to."""

    token: str
    tracking_id: str


@dataclass
class People:
    """One organisation's data folder, its agents and its visitors."""

    data: Path
    organisation: str
    api_key: str
    widget_key: str
    identity_secret: str
    agents: list[str] = field(default_factory=list)
    """User ids."""
    agent_tokens: list[str] = field(default_factory=list)
    browsers: list[Browser] = field(default_factory=list)


_moved_in: list[People] = []
"""The one organisation of this process, once it is founded."""


async def people_of(visitors: int, agents: int) -> People:
    """At least so many of each. Whoever is new to the organisation moves in; the data folder is at rest afterwards."""
    if not _moved_in:
        _moved_in.append(await _found_organisation())
    people = _moved_in[0]
    await _hire(people, agents)
    if len(people.agent_tokens) < agents or len(people.browsers) < visitors:
        server = _server(people.data)
        await server.start()
        try:
            await _hand_out_tokens(server, people, visitors)
        finally:
            server.signal(signal.SIGTERM)
            await server.wait(timeout=30)
            await server.kill()
            await server.end_survivors()
    return people


async def _found_organisation() -> People:
    folder = Path(tempfile.mkdtemp(prefix="kithdesk-people-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "password").write_text(PASSWORD)
    who = ["--org", "Proof", "--email", "admin@proof.test", "--password-file", str(folder / "password")]
    made = await _server(folder / "data").run_for_json("init", *who)
    widget = made["widget"]
    return People(folder / "data", made["org"]["id"], made["apiKey"], widget["key"], widget["identitySecret"])


async def _hire(people: People, agents: int) -> None:
    for number in range(len(people.agents), agents):
        who = ["--email", _email(number), "--name", f"agent{number}", "--role", "agent"]
        secret = ["--password-file", str(people.data.parent / "password")]
        agent = await _server(people.data).run_for_json("agent", "create", *who, *secret)
        people.agents.append(agent["id"])


async def _hand_out_tokens(server: Server, people: People, visitors: int) -> None:
    async with httpx.AsyncClient(base_url=server.url, timeout=30) as http:
        key, widget = ({"Authorization": f"Bearer {one}"} for one in (people.api_key, people.widget_key))
        settings = {"capacityPerAgent": CAPACITY}
        (await http.put("/v1/routing/settings", json=settings, headers=key)).raise_for_status()
        for number in range(len(people.agent_tokens), len(people.agents)):
            body = {"email": _email(number), "password": PASSWORD}
            answer = (await http.post("/v1/auth/tokens", json=body)).raise_for_status()
            people.agent_tokens.append(_token(answer))
        while len(people.browsers) < visitors:
            answer = (await http.post("/c/v1/tracking/tokens", headers=widget)).raise_for_status()
            browser = Browser(_token(answer), answer.json()["data"]["attributes"]["trackingId"])
            people.browsers.append(browser)


def _server(data: Path) -> Server:
    return Server(default_command(), data, data.parent / "server.log")


def _email(number: int) -> str:
    return f"agent{number}@proof.test"


def _token(answer: httpx.Response) -> str:
    token: str = answer.json()["data"]["attributes"]["token"]
    return token
