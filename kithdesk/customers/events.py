"""The facts this slice states.

`customer.updated` carries the whole new profile for the projector and, for readers, what changed in it.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import msgspec

from kithdesk.core.clock import iso
from kithdesk.core.events import Event, Personal, Recorded
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.live import live_customer
from kithdesk.customers.profile import Claims, Profile

Source = Literal["visitor", "login", "api", "import"]


class Change(msgspec.Struct, frozen=True):
    """One field, before and after, in the words of the API."""

    before: Any
    after: Any


class CustomerCreated(Event, frozen=True, kw_only=True):
    """`visitor` is the browser whose first message or login made the record. `created_at`: backdated by an import."""

    kind: ClassVar[str] = "customer.created"
    on_timeline: ClassVar[bool] = True
    customer: str
    source: Source
    visitor: str | None = None
    is_identified: bool = False
    created_at: int | None = None
    imported_at: int | None = None
    display_name: Personal[str] = ""
    profile: Personal[Profile] = Profile()
    claims: Personal[Claims] = Claims()

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {
            "customer": live_customer(
                id=CustomerId(self.customer),
                display_name=self.display_name,
                profile=self.profile,
                claims=self.claims,
                is_identified=self.is_identified,
                created_at=recorded.at if self.created_at is None else self.created_at,
                last_seen_at=None if self.visitor is None else recorded.at,
            )
        }


class CustomerUpdated(Event, frozen=True, kw_only=True):
    """`profile` and `claims` are None where they stayed as they were."""

    kind: ClassVar[str] = "customer.updated"
    on_timeline: ClassVar[bool] = True
    customer: str
    is_identified: bool
    display_name: Personal[str] = ""
    profile: Personal[Profile | None] = None
    claims: Personal[Claims | None] = None
    changes: Personal[dict[str, Change]] = {}  # noqa: RUF012 - structs copy it

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {
            "customer": self.customer,
            "displayName": self.display_name,
            "changes": msgspec.to_builtins(self.changes),
        }


class CustomerMerged(Event, frozen=True, kw_only=True):
    """`source` was merged into `customer`: at a login, the anonymous record into the known one."""

    kind: ClassVar[str] = "customer.merged"
    on_timeline: ClassVar[bool] = True
    customer: str
    source: str
    conversations: list[str]
    """Those that moved."""

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {"customer": self.customer, "from": self.source, "conversations": self.conversations}


class VisitorIdentified(Event, frozen=True, kw_only=True):
    """A browser logged in as this customer, by a token that the company signed."""

    kind: ClassVar[str] = "visitor.identified"
    on_timeline: ClassVar[bool] = True
    customer: str
    visitor: str
    by: Literal["email", "externalId"]

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {"customer": self.customer, "visitor": self.visitor, "by": self.by, "at": iso(recorded.at)}


class VisitorDescribed(Event, frozen=True, kw_only=True):
    """A page said something of a visitor who is no customer yet."""

    kind: ClassVar[str] = "visitor.described"
    visitor: str
    claims: Personal[Claims] = Claims()
