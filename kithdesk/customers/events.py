"""The facts this slice states.

`customer.updated` carries the whole new profile for the projector and, for readers, what changed in it.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import msgspec

from kithdesk.core.actors import Actor
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
    """`source` was merged into `customer`: by an agent, or at a login the anonymous record into the known one.

    The ids are those of what moved; `carried` had been merged into the source before. `profile` is the customer's
    from now on, or None when a login left it as it was; `before` is what it was, which undoing needs.
    """

    kind: ClassVar[str] = "customer.merged"
    on_timeline: ClassVar[bool] = True
    customer: str
    source: str
    conversations: list[str]
    kobjects: list[str] = []  # noqa: RUF012 - structs copy it
    visitors: list[str] = []  # noqa: RUF012 - structs copy it
    carried: list[str] = []  # noqa: RUF012 - structs copy it
    merge: str = ""
    by: Literal["login", "agent"] = "login"
    is_identified: bool | None = None
    display_name: Personal[str] = ""
    source_name: Personal[str] = ""
    profile: Personal[Profile | None] = None
    before: Personal[Profile | None] = None

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {
            "customer": self.customer,
            "from": self.source,
            "conversations": self.conversations,
            "kobjects": self.kobjects,
            "visitors": self.visitors,
            "merge": self.merge or None,
            "by": self.by,
            "fromName": self.source_name or None,
        }


class CustomerUnmerged(Event, frozen=True, kw_only=True):
    """`customer` stands for itself again, and is no longer part of `of`. The ids are those of what went back with it.

    `carried` are records that had been merged into it before. `profile` is its own from now on, `of_profile` the
    other's. `CustomerParted` tells the other's readers of the same.
    """

    kind: ClassVar[str] = "customer.unmerged"
    on_timeline: ClassVar[bool] = True
    customer: str
    of: str
    merge: str
    conversations: list[str]
    kobjects: list[str]
    visitors: list[str]
    carried: list[str]
    is_identified: bool
    of_is_identified: bool
    display_name: Personal[str] = ""
    of_display_name: Personal[str] = ""
    profile: Personal[Profile] = Profile()
    of_profile: Personal[Profile] = Profile()

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {
            "customer": self.customer,
            "displayName": self.display_name,
            "of": self.of,
            "ofName": self.of_display_name or None,
            "merge": self.merge,
            "conversations": self.conversations,
            "kobjects": self.kobjects,
            "visitors": self.visitors,
        }


class CustomerParted(Event, frozen=True, kw_only=True):
    """`source` is no longer part of `customer`; these went with it. Stated beside `CustomerUnmerged`, which moves."""

    kind: ClassVar[str] = "customer.parted"
    on_timeline: ClassVar[bool] = True
    customer: str
    source: str
    merge: str
    conversations: list[str]
    kobjects: list[str]
    visitors: list[str]
    display_name: Personal[str] = ""
    source_name: Personal[str] = ""
    changes: Personal[dict[str, Change]] = {}  # noqa: RUF012 - structs copy it

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {
            "customer": self.customer,
            "displayName": self.display_name,
            "from": self.source,
            "fromName": self.source_name or None,
            "merge": self.merge,
            "conversations": self.conversations,
            "kobjects": self.kobjects,
            "visitors": self.visitors,
            "changes": msgspec.to_builtins(self.changes),
        }


class DuplicateDismissed(Event, frozen=True, kw_only=True):
    """An agent said that these two are not the same person."""

    kind: ClassVar[str] = "customer.duplicate_dismissed"
    customer: str
    other: str

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {"customer": self.customer, "other": self.other}


class VisitorIdentified(Event, frozen=True, kw_only=True):
    """A browser logged in as this customer, by a token that the company signed. `address` is what the token proved."""

    kind: ClassVar[str] = "visitor.identified"
    on_timeline: ClassVar[bool] = True
    customer: str
    visitor: str
    by: Literal["email", "externalId"]
    address: Personal[str] = ""

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {"customer": self.customer, "visitor": self.visitor, "by": self.by, "at": iso(recorded.at)}


class VisitorDescribed(Event, frozen=True, kw_only=True):
    """A page said something of a visitor who is no customer yet."""

    kind: ClassVar[str] = "visitor.described"
    visitor: str
    claims: Personal[Claims] = Claims()


def moved_visitors(recorded: Recorded[Event]) -> dict[str, Actor]:
    """The browsers that an agent's merge, or its undoing, has made another customer's, each as who they are now.

    Not those of a login: whoever logs in has a new token, and the old one is dead.
    """
    event = recorded.event
    if not isinstance(event, CustomerUnmerged) and not (
        isinstance(event, CustomerMerged) and event.by == "agent"
    ):
        return {}
    return {
        visitor: Actor(
            organisation=recorded.organisation,
            type="customer",
            id=event.customer,
            author=visitor,
            display_name=event.display_name,
        )
        for visitor in event.visitors
    }
