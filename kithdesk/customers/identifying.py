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
from kithdesk.core.work import Reads, Work
from kithdesk.customers.creating import create_customer, set_profile
from kithdesk.customers.events import CustomerMerged, VisitorIdentified
from kithdesk.customers.ids import CustomerId, VisitorId
from kithdesk.customers.merging.queries import has_merged_in, list_unproven
from kithdesk.customers.objects.queries import object_ids_of
from kithdesk.customers.profile import Email, ExternalId, Profile
from kithdesk.customers.queries import (
    Customer,
    Visitor,
    find_by_email,
    find_by_external_id,
    find_visitor,
    list_visitors,
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
        _say_identified(work, visitor, customer.id, identity, conversations_of)
    elif before.customer == customer.id:
        if before.proven != proof_of(identity):
            _say_identified(work, before.id, customer.id, identity, conversations_of)
    elif is_anonymous(work, before):
        merged = before.customer
        moved = tuple(conversations_of(work, merged))
        objects, browsers = object_ids_of(work, merged), list_visitors(work, merged)
        source = load_customer(work, merged)
        _say_identified(work, before.id, customer.id, identity, conversations_of)
        work.publish(
            CustomerMerged(
                customer=customer.id,
                source=merged,
                merge=work.new_id(),
                conversations=list(moved),
                kobjects=list(objects),
                visitors=list(browsers),
                source_name="" if source is None else source.display_name,
            )
        )
    else:
        visitor = VisitorId(work.new_id())
        _say_identified(work, visitor, customer.id, identity, conversations_of)
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


def is_anonymous(reads: Reads, visitor: Visitor) -> bool:
    """Whether the record holds this browser's words and nobody else's, so that a login may take it along whole.

    Not after an agent put another record into it: that one's browsers and history were never proven to be this one's.
    """
    if visitor.customer is None or visitor.is_identified or visitor.proven is not None:
        return False
    return not has_merged_in(reads, visitor.customer)


def proof_of(identity: Identity) -> str:
    """What a login proved, as a browser's row keeps it."""
    value = mailbox_key(identity.value) if identity.by == "email" else identity.value
    return f"{identity.by}:{value}"


def _say_identified(
    work: Work,
    visitor: VisitorId,
    customer: CustomerId,
    identity: Identity,
    conversations_of: ConversationsOf,
) -> None:
    """A browser that is on the record by a person's word, and never logged in, sees from now on only what it saw."""
    others = [other for other in list_unproven(work, customer) if other != visitor]
    seen = list(conversations_of(work, customer)) if others else []
    work.publish(
        VisitorIdentified(
            customer=customer,
            visitor=visitor,
            by=identity.by,
            address=proof_of(identity).partition(":")[2],
            narrowed=dict.fromkeys(others, seen),
        )
    )


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
