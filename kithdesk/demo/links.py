"""What the demo prints when it is ready."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from kithdesk.core.ids import OrganisationId

_OTHER_NAME = {"127.0.0.1": "localhost", "localhost": "127.0.0.1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoLinks:
    """Where everything is. `console` signs in once; `agent` is who it signs in."""

    organisation: OrganisationId
    agent: str
    agent_name: str
    widget_key: str
    base_url: str
    shop: str
    console: str
    docs: str

    def describe(self) -> str:
        """A few lines for a terminal, without colour."""
        return "\n".join(
            [
                "",
                "  Kithdesk is ready, with a shop to try it in.",
                "",
                f"  Shop     {self.shop}",
                "           Be a visitor: the chat is at the bottom right.",
                f"  Console  {self.console}",
                f"           Be {self.agent_name}, who answers. The link works once, for ten minutes;",
                "           “Staff” at the foot of the shop makes another.",
                f"  Docs     {self.docs}",
                "",
                "  Put the shop and the console side by side and write. Ctrl+C stops; everything is kept.",
                "",
            ]
        )


def shop_url(base_url: str) -> str:
    """The shop on the other name of this machine, so that it and the server are two sites, as in real life."""
    parts = urlsplit(base_url)
    host = _OTHER_NAME.get(parts.hostname or "", parts.hostname or "localhost")
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{host}{port}/shop/"
