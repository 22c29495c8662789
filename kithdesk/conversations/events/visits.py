"""How a visitor's browser came to the site, and what it looked at."""

from __future__ import annotations

from typing import Any, ClassVar

from kithdesk.conversations.context import Context
from kithdesk.core.clock import Instant, iso
from kithdesk.core.events import Event, Personal, Recorded


class PageViewed(Event, frozen=True, kw_only=True):
    """The visitor looked at a page of the site. `session`: on which visit; its first page says how that began."""

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
        }


class VisitBegan(Event, frozen=True, kw_only=True):
    """A browser logged in as the customer, and has written nothing yet. `arrival`: on what device."""

    kind: ClassVar[str] = "visit.began"
    customer: str
    visitor: str
    session: str
    arrival: Personal[Context] = Context()
