"""Login: a browser turns out to be a known customer's.

The company signed who it is, so the record is found by that or made. The browser's anonymous record, if it has written
already, is merged into it once, and its conversations follow. Commands of an organisation run one after another, so of
two logins that race, the first moves the record; for the other person the browser is then a new visitor.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from kithdesk.core.names import mailbox_key
from kithdesk.core.work import Work
from kithdesk.customers.creating import create_customer, set_profile
from kithdesk.customers.events import CustomerMerged, VisitorIdentified
from kithdesk.customers.ids import CustomerId, VisitorId
from kithdesk.customers.profile import Email, ExternalId, Profile
from kithdesk.customers.queries import (
    Customer,
    Visitor,
    find_by_email,
    find_by_external_id,
    find_visitor,
    load_customer,
)

ConversationsOf = Callable[[Work, CustomerId], Sequence[str]]


class Identity(msgspec.Struct, frozen=True):
    """What the signed token proves: one of the two. When the company signs both, the e-mail is it."""

    by: Literal["email", "externalId"]
    value: str


class Identified(msgspec.Struct, frozen=True, kw_only=True):
    """`visitor` is another than before when the browser already belonged to somebody else."""

    customer: CustomerId
    visitor: VisitorId
    display_name: str
    email: str | None
    external_id: str | None
    merged: CustomerId | None
    """The anonymous record that moved, if one did."""
    conversations: tuple[str, ...]
    """Its conversations."""


def identify(
    work: Work, visitor: VisitorId | None, identity: Identity, *, conversations_of: ConversationsOf
) -> Identified:
    """Joins the browser to the customer the token names. `visitor` None: a browser without a token yet.

    `conversations_of` lists the conversations of the record that moves. Repeating a login changes nothing.
    """
    before = None if visitor is None else find_visitor(work, visitor)
    customer = _find_or_create(work, identity)
    merged = None
    moved: tuple[str, ...] = ()
    if before is None or before.customer is None:
        visitor = visitor or VisitorId(work.new_id())
        work.publish(VisitorIdentified(customer=customer.id, visitor=visitor, by=identity.by))
    elif before.customer != customer.id:
        visitor, merged = _move(work, before, customer, identity)
        if merged is not None:
            moved = tuple(conversations_of(work, merged))
            work.publish(CustomerMerged(customer=customer.id, source=merged, conversations=list(moved)))
    assert visitor is not None
    return Identified(
        customer=customer.id,
        visitor=visitor,
        display_name=customer.display_name,
        email=customer.profile.emails[0].email if customer.profile.emails else None,
        external_id=customer.profile.external_id,
        merged=merged,
        conversations=moved,
    )


def _move(
    work: Work, before: Visitor, customer: Customer, identity: Identity
) -> tuple[VisitorId, CustomerId | None]:
    """The visitor to go on with, and the record to merge."""
    anonymous = before.customer
    if not before.is_identified:
        work.publish(VisitorIdentified(customer=customer.id, visitor=before.id, by=identity.by))
        return before.id, anonymous
    visitor = VisitorId(work.new_id())
    work.publish(VisitorIdentified(customer=customer.id, visitor=visitor, by=identity.by))
    return visitor, None


def _find_or_create(work: Work, identity: Identity) -> Customer:
    find = find_by_email if identity.by == "email" else find_by_external_id
    id = find(work, identity.value)
    if id is None:
        id = create_customer(work, _proven(Profile(), identity), source="login", is_identified=True)
    customer = load_customer(work, id)
    assert customer is not None
    proven = _proven(customer.profile, identity)
    if proven != customer.profile or not customer.is_identified:
        set_profile(work, customer, proven, is_identified=True)
        customer = load_customer(work, id)
        assert customer is not None
    return customer


def _proven(profile: Profile, identity: Identity) -> Profile:
    """The profile with this address in it, verified."""
    if identity.by == "email":
        key = mailbox_key(identity.value)
        others = tuple(entry for entry in profile.emails if mailbox_key(entry.email) != key)
        mine = next(
            (entry for entry in profile.emails if mailbox_key(entry.email) == key), Email(identity.value)
        )
        if mine.verified:
            return profile
        return msgspec.structs.replace(
            profile, emails=(msgspec.structs.replace(mine, verified=True), *others)
        )
    rest = tuple(entry for entry in profile.external_ids if entry.external_id != identity.value)
    known = next((entry for entry in profile.external_ids if entry.external_id == identity.value), None)
    if known is not None and known.verified:
        return profile
    return msgspec.structs.replace(profile, external_ids=(ExternalId(identity.value, verified=True), *rest))
