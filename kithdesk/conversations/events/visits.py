"""How a visitor's browser came to the site, and what it looked at."""

from __future__ import annotations

from typing import Any, ClassVar

from kithdesk.conversations.context import Context, Device
from kithdesk.core.clock import Instant, iso
from kithdesk.core.events import Event, Personal, Recorded


class PageViewed(Event, frozen=True, kw_only=True):
    """The visitor looked at a page of the site. `session`: on which visit; its first page says how that began.

    `device`: what they look from, where that is another than until now.
    """

    kind: ClassVar[str] = "page.viewed"
    on_timeline: ClassVar[bool] = True
    conversation: str
    customer: str
    at: int
    url: Personal[str] = ""
    title: Personal[str] = ""
    session: str | None = None
    visitor: str | None = None
    arrival: Personal[Context] = Context()
    device: Personal[Device | None] = None

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {
            "conversation": self.conversation,
            "customer": self.customer,
            "url": self.url,
            "title": self.title,
            "at": iso(Instant(self.at)),
            "session": self.session,
            "referrer": self.arrival.referrer,
            "utm": self.arrival.utm,
            "device": None if self.device is None else self.device.device,
            "browser": None if self.device is None else self.device.browser,
            "os": None if self.device is None else self.device.os,
        }


class VisitBegan(Event, frozen=True, kw_only=True):
    """A browser logged in as the customer, and has written nothing yet. `arrival`: on what device."""

    kind: ClassVar[str] = "visit.began"
    customer: str
    visitor: str
    session: str
    arrival: Personal[Context] = Context()
