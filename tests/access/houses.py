"""An organisation with people in it, and how a test comes in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from kithdesk.access import provisioning, set_password
from kithdesk.access.credentials import hash_of, new_token
from kithdesk.access.passwords import hash_password
from kithdesk.access.queries.credentials import list_candidates
from kithdesk.access.sessions import open_session
from kithdesk.core.actors import INSTALLATION, Actor, system
from kithdesk.core.desk import Desk
from kithdesk.core.ids import OrganisationId
from kithdesk.core.names import sign_in_key

PASSWORD = "correct horse and staple"
HOME = "http://127.0.0.1:8080"
CONSOLE = {"Sec-Fetch-Site": "same-origin", "Origin": HOME}
"""What a browser says of a request that the console's own page sends."""

Browse = Callable[..., httpx.AsyncClient]
SignIn = Callable[..., Any]


@dataclass(frozen=True)
class House:
    """An organisation as `init` leaves it, with one more agent. All passwords are `PASSWORD`."""

    id: OrganisationId
    name: str
    admin: str
    admin_email: str
    agent: str
    agent_email: str
    key: str
    widget_key: str
    identity_secret: str

    @property
    def by(self) -> Actor:
        return system(self.id)

    def as_admin(self) -> Actor:
        return Actor(
            organisation=self.id,
            type="user",
            id=self.admin,
            author=self.admin,
            roles=frozenset({"org.admin", "org.user"}),
        )

    def as_agent(self) -> Actor:
        return Actor(
            organisation=self.id,
            type="user",
            id=self.agent,
            author=self.agent,
            roles=frozenset({"org.user"}),
        )


_hashed: list[str] = []


async def found(desk: Desk, name: str) -> House:
    domain = f"{name.lower()}.test"
    if not _hashed:
        _hashed.append(await hash_password(PASSWORD))  # once for all tests: it is slow on purpose
    made = await provisioning.init(desk, name, f"admin@{domain}")
    agent = await provisioning.create_agent(desk, f"ana@{domain}", "Ana", org=name)
    house = House(
        id=made["org"]["id"],
        name=name,
        admin=made["admin"]["id"],
        admin_email=made["admin"]["email"],
        agent=agent["id"],
        agent_email=agent["email"],
        key=made["apiKey"],
        widget_key=made["widget"]["key"],
        identity_secret=made["widget"]["identitySecret"],
    )
    for user in (house.admin, house.agent):
        await desk.run(set_password, user, hash=_hashed[0], by=house.by)
    return house


async def open_session_of(desk: Desk, email: str) -> str:
    """A token of a fresh session, without the time a password takes."""
    [user] = (await desk.read(list_candidates, sign_in_key(email), limit=2, by=INSTALLATION)).value
    token = new_token("session")
    actor = Actor(organisation=user.organisation, type="user", id=user.user, author=user.user)
    await desk.run(open_session, user.user, token_hash=hash_of(token), method="password", by=actor)
    return token
