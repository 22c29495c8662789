"""A shop's site with the widget on it, and the browsers that visit."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import httpx
from PIL import Image

from kithdesk import access, conversations
from kithdesk.access.identity_secrets import IdentitySecret, seal_identity_secret
from kithdesk.access.ids import SecretId
from kithdesk.app import create_api
from kithdesk.channels import chat
from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import Instant
from kithdesk.core.desk import Desk
from kithdesk.core.ids import OrganisationId
from tests.spine import sql

SECRET = "a secret that the shop keeps on its own server"


@dataclass
class Site:
    """One organisation's site."""

    desk: Desk
    id: OrganisationId
    admin: Actor
    key: str
    secret: str
    app: Any
    clients: list[httpx.AsyncClient] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    """The credentials whose sockets were told to close."""

    @property
    def by(self) -> Actor:
        return system(self.id)

    def browser(
        self, token: str | None = None, *, address: str = "203.0.113.7", **headers: str
    ) -> httpx.AsyncClient:
        """A browser with a visitor's token, or with whatever is given as bearer."""
        shown = {"Authorization": f"Bearer {token}"} if token else {}
        opened = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app, client=(address, 40_000)),
            base_url="http://desk.test",
            headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
            | shown
            | {name.replace("_", "-"): value for name, value in headers.items()},
        )
        self.clients.append(opened)
        return opened

    async def token(self) -> str:
        """A new visitor's token."""
        answer = await self.browser(self.key).post("/c/v1/tracking/tokens")
        assert answer.status_code == 201, answer.text
        return str(answer.json()["data"]["attributes"]["token"])

    async def visitor(self) -> httpx.AsyncClient:
        return self.browser(await self.token())

    def signed(self, secret: str | None = None, header: Any = None, **claims: Any) -> str:
        """A JWT of the shop; `iat` is now unless given."""
        claims.setdefault("iat", self.desk.clock.now() // 1000)
        return jwt_of(header or {"alg": "HS256", "typ": "JWT"}, claims, secret or self.secret)

    async def customers(self) -> list[Any]:
        """Every customer row, by hand."""
        return await sql(self.desk, f"SELECT * FROM customers WHERE organisation = '{self.id}'")

    async def allow(self, *domains: str) -> None:
        """Only these sites may carry the widget."""
        await self.desk.run(
            access.change_settings, access.WidgetSettings, {"allowedDomains": list(domains)}, by=self.admin
        )


async def found_site(desk: Desk, name: str) -> Site:
    id = OrganisationId(desk.ids.new(desk.clock.now()))
    secret = f"{SECRET}: {name}"
    made = await desk.run(
        access.create_organisation,
        name,
        email=f"admin@{name.lower()}.test",
        sealed_secret=seal_identity_secret(desk, secret),
        by=Actor(organisation=id, type="system", roles=frozenset({"org.admin"})),
    )
    admin = Actor(
        organisation=id,
        type="user",
        id=made.value.admin.id,
        author=made.value.admin.id,
        display_name="Admin",
        roles=frozenset({"org.admin", "org.user"}),
    )
    app = chat.OpenToPages(create_api(desk), "")
    site = Site(desk, id, admin, made.value.widget.key, secret, app)
    desk.feed.follow(
        lambda _, facts: site.closed.extend(one for fact in facts for one in fact.event.ended_credentials)
    )
    return site


def jwt_of(header: Any, payload: Any, secret: str, *, signature: bytes | None = None) -> str:
    """A JWT by hand, so that it can be as wrong as a test wants. `payload` bytes are taken as they are."""
    parts = [
        _text(part if isinstance(part, bytes) else json.dumps(part).encode()) for part in (header, payload)
    ]
    body = ".".join(parts)
    made = hmac.digest(secret.encode(), body.encode(), hashlib.sha256) if signature is None else signature
    return f"{body}.{_text(made)}"


def kept(secret: str, *, ends_at: int | None = None) -> IdentitySecret:
    """An identity secret as it is listed."""
    ends = None if ends_at is None else Instant(ends_at)
    return IdentitySecret(id=SecretId("0" * 24), secret=secret, created_at=Instant(0), ends_at=ends)


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


async def say(browser: httpx.AsyncClient, body: str = "Hello", **fields: Any) -> httpx.Response:
    """Sends one message; a first one in a new conversation unless told otherwise."""
    frame: dict[str, Any] = {"id": "m1", "body": body, **fields}
    if "conversation" not in frame:
        frame.setdefault("newConversation", "c1")
    return await browser.post("/c/v1/chat/messages", json=frame)


async def agent_says(site: Site, conversation: str, body: str, client_id: str = "r1") -> dict[str, Any]:
    sent = await site.desk.run(
        conversations.reply,
        conversations.ConversationId(conversation),
        client_id=client_id,
        body=body,
        by=site.admin,
    )
    return sent.value.message


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (80, 60), "teal").save(file, "PNG")
    return file.getvalue()


async def upload(browser: httpx.AsyncClient, content: bytes, name: str = "tent.png") -> Any:
    slot = await browser.post(
        "/c/v1/chat/attachments",
        json={"name": name, "contentType": "image/png", "contentLength": len(content)},
    )
    assert slot.status_code == 201, slot.text
    to = slot.json()["meta"]["upload"]
    bare = {"Authorization": ""}
    done = await browser.post(to["url"], data=to["fields"], files={"file": (name, content)}, headers=bare)
    assert done.status_code == 201, done.text
    return done.json()["data"]
