"""The facts this slice states.

`customer.updated` carries the whole new profile for the projector and, for readers, what changed in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

import msgspec

from kithdesk.core.actors import Actor
from kithdesk.core.clock import iso
from kithdesk.core.events import Change, Event, Personal, Recorded
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.live import live_customer
from kithdesk.customers.profile import Claims, Profile, Told

Source = Literal["visitor", "login", "api", "import"]


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

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any] | None:
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
    """`profile` and `claims` are None where they stayed as they were. `told`: by another system, not by people.

    `is_undo`: an import was taken back.
    """

    kind: ClassVar[str] = "customer.updated"
    on_timeline: ClassVar[bool] = True
    customer: str
    is_identified: bool
    display_name: Personal[str] = ""
    profile: Personal[Profile | None] = None
    claims: Personal[Claims | None] = None
    changes: Personal[dict[str, Change]] = {}  # noqa: RUF012 - structs copy it
    told: Personal[Told | None] = None
    is_undo: bool = False

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {
            "customer": self.customer,
            "displayName": self.display_name,
            "changes": msgspec.to_builtins(self.changes),
            **({"isUndo": True} if self.is_undo else {}),
        }


class CustomerRemoved(Event, frozen=True, kw_only=True):
    """The record was made by mistake, and is as if it never was. Its addresses are free."""

    kind: ClassVar[str] = "customer.removed"
    customer: str
    display_name: Personal[str] = ""

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {"customer": self.customer}


class Narrowed(msgspec.Struct, frozen=True):
    """Browsers of one record that never logged in, and the conversations that they go on seeing: the same for all."""

    visitors: tuple[str, ...]
    conversations: tuple[str, ...]


class CustomerMerged(Event, frozen=True, kw_only=True):
    """`source` was merged into `customer`: by an agent, or at a login the anonymous record into the known one.

    The ids are those of what moved; `carried` had been merged into the source before. `profile` is the customer's
    from now on, or None when a login left it as it was. `before` is what it was, and `was_identified` whether somebody
    had logged in as it: undoing needs them.
    """

    kind: ClassVar[str] = "customer.merged"
    on_timeline: ClassVar[bool] = True
    customer: str
    source: str
    conversations: list[str]
    kobjects: list[str] = []  # noqa: RUF012 - structs copy it
    visitors: list[str] = []  # noqa: RUF012 - structs copy it
    carried: list[str] = []  # noqa: RUF012 - structs copy it
    narrowed: list[Narrowed] = []  # noqa: RUF012 - structs copy it
    """Of either record, where any of its browsers never logged in."""
    merge: str = ""
    by: Literal["login", "agent"] = "login"
    is_identified: bool | None = None
    was_identified: bool = False
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
    narrowed: list[str] = []  # noqa: RUF012 - structs copy it
    """Browsers that go on seeing a part: there is more in their record by now than they saw or its browsers opened."""
    display_name: Personal[str] = ""
    of_display_name: Personal[str] = ""
    profile: Personal[Profile] = Profile()
    of_profile: Personal[Profile] = Profile()

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any] | None:
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


class VisitorRecordCreated(CustomerCreated, frozen=True, kw_only=True):
    """A browser that logs in has a record of its own for a moment: what is its, and not the rest of where it was."""

    kind: ClassVar[str] = "visitor.record_created"
    on_timeline: ClassVar[bool] = False

    def for_agents(self, recorded: Recorded[Any]) -> None:
        """They hear of the merge that follows."""


class VisitorParted(CustomerUnmerged, frozen=True, kw_only=True):
    """What a browser wrote at `of` is the record `customer`'s, as if it had always been: its login takes it along."""

    kind: ClassVar[str] = "visitor.parted"
    on_timeline: ClassVar[bool] = False

    def for_agents(self, recorded: Recorded[Any]) -> None:
        """They hear of each conversation."""


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
    narrowed: list[Narrowed] = []  # noqa: RUF012 - structs copy it
    """Where there are other browsers of the record, which never logged in."""
    address: Personal[str] = ""

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any]:
        return {"customer": self.customer, "visitor": self.visitor, "by": self.by, "at": iso(recorded.at)}


class VisitorDescribed(Event, frozen=True, kw_only=True):
    """A page said something of a visitor who is no customer yet."""

    kind: ClassVar[str] = "visitor.described"
    visitor: str
    claims: Personal[Claims] = Claims()


class MovedVisitor(msgspec.Struct, frozen=True):
    """A browser after a merge, its undoing, or a login elsewhere. What is None stays as it was."""

    customer: str
    display_name: str | None = None
    sees: frozenset[str] | None = None

    def applied_to(self, actor: Actor) -> Actor:
        sees = actor.sees if self.sees is None else self.sees
        # Who may not see what the other record holds is not told its name either.
        name = actor.display_name if sees is not None or self.display_name is None else self.display_name
        return msgspec.structs.replace(actor, id=self.customer, display_name=name, sees=sees)


def moved_visitors(event: Event) -> dict[str, MovedVisitor]:
    """The browsers that are another customer's by this, or may see less.

    Not the one that logs in: it has a new token, and the old one is dead.
    """
    if isinstance(event, CustomerUnmerged):
        return {id: MovedVisitor(event.customer, event.display_name) for id in event.visitors}
    if isinstance(event, VisitorIdentified):
        return _narrowed(event.customer, None, event.narrowed)
    if not isinstance(event, CustomerMerged) or event.by != "agent":
        return {}
    name = event.display_name
    moved = {id: MovedVisitor(event.customer, name) for id in event.visitors}
    return moved | _narrowed(event.customer, name, event.narrowed)


def _narrowed(customer: str, name: str | None, narrowed: Sequence[Narrowed]) -> dict[str, MovedVisitor]:
    found: dict[str, MovedVisitor] = {}
    for each in narrowed:
        moved = MovedVisitor(customer, name, frozenset(each.conversations))
        found |= dict.fromkeys(each.visitors, moved)
    return found
