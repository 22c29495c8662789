"""Merging by an agent's word: two records turn out to be one person's.

Nothing ever merges by itself: a typed or claimed address is a hint to people, and only a signed login or an agent joins
records. Everything that was the source's becomes the target's, and the source answers as the target from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from kithdesk.core.errors import NotFound
from kithdesk.core.work import Reads, Work
from kithdesk.customers.events import CustomerMerged, Narrowed
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.merging.entities import Merge, Moved
from kithdesk.customers.merging.errors import MergedAway, SameCustomer, TooMuchToMove
from kithdesk.customers.merging.queries import find_standing, get_merge, list_unproven, proven_addresses
from kithdesk.customers.merging.rules import Field, merged_profile
from kithdesk.customers.objects.queries import object_ids_of
from kithdesk.customers.profile import Profile, display_name_of
from kithdesk.customers.queries import Customer, customer_ids, get_customer, list_visitors

ConversationsOf = Callable[[Reads, CustomerId], Sequence[str]]

MAX_MOVED = 2_000

Caution = Literal["unproven_browsers", "two_logins"]


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What a merge would make. `warnings` do not keep anybody from it."""

    source: Customer
    target: Customer
    result: Profile
    fields: list[Field]
    moves: Moved
    warnings: tuple[Caution, ...]


def merge_customers(
    work: Work, source: CustomerId, target: CustomerId, *, conversations_of: ConversationsOf
) -> tuple[Merge, bool]:
    """Makes the source a part of the target; also says whether this call did it.

    Merging again what is merged answers the first merge. Raises `NotFound`, `SameCustomer`, `MergedAway`,
    `TooMuchToMove`.
    """
    known = find_standing(work, source, target)
    if known is not None and not work.actor.is_visitor:
        return known, False
    one, other = _both(work, source, target)
    profile, _ = merged_profile(one.profile, other.profile)
    moved, narrowed = _movable(work, source, target, conversations_of)
    merge = work.new_id()
    work.publish(
        CustomerMerged(
            customer=target,
            source=source,
            merge=merge,
            by="agent",
            conversations=list(moved.conversations),
            kobjects=list(moved.kobjects),
            visitors=list(moved.visitors),
            carried=list(customer_ids(work, source)[1:]),
            narrowed=narrowed,
            is_identified=one.is_identified or other.is_identified,
            was_identified=other.is_identified,
            display_name=display_name_of(profile, target),
            source_name=one.display_name,
            profile=profile,
            before=other.profile,
        )
    )
    return get_merge(work, merge), True


def preview_merge(
    reads: Reads, source: CustomerId, target: CustomerId, *, conversations_of: ConversationsOf
) -> Preview:
    """The same without doing it, and refused for the same reasons."""
    one, other = _both(reads, source, target)
    profile, fields = merged_profile(one.profile, other.profile)
    return Preview(
        source=one,
        target=other,
        result=profile,
        fields=fields,
        moves=_movable(reads, source, target, conversations_of)[0],
        warnings=_warnings(reads, one, other),
    )


def _both(reads: Reads, source: CustomerId, target: CustomerId) -> tuple[Customer, Customer]:
    if source == target:
        get_customer(reads, source)
        raise SameCustomer
    return _standing(reads, source, "source"), _standing(reads, target, "target")


def _standing(reads: Reads, id: CustomerId, parameter: str) -> Customer:
    if reads.actor.is_visitor:
        raise NotFound
    found = get_customer(reads, id)
    if found.id != id:
        raise MergedAway(found.id, parameter)
    return found


def _movable(
    reads: Reads, source: CustomerId, target: CustomerId, conversations_of: ConversationsOf
) -> tuple[Moved, list[Narrowed]]:
    moved = Moved(
        tuple(conversations_of(reads, source)),
        tuple(object_ids_of(reads, source)),
        tuple(list_visitors(reads, source)),
    )
    # An agent's word, which somebody may have talked them into, opens nobody's history to a browser that never proved
    # whose it is: it sees what it saw, and what it opens itself, until it logs in.
    browsers = {customer: list_unproven(reads, customer) for customer in (source, target)}
    changed = (*moved.conversations, *moved.kobjects, *moved.visitors, *browsers[target])
    if len(changed) > MAX_MOVED:
        raise TooMuchToMove(MAX_MOVED)
    return moved, [
        Narrowed(tuple(unproven), tuple(conversations_of(reads, customer)))
        for customer, unproven in browsers.items()
        if unproven
    ]


def _warnings(reads: Reads, source: Customer, target: Customer) -> tuple[Caution, ...]:
    """What the agent should know beforehand."""
    found: list[Caution] = []
    browsers = {**proven_addresses(reads, source.id), **proven_addresses(reads, target.id)}
    if None in browsers.values():
        found.append("unproven_browsers")
    logins = [
        {one.external_id for one in each.profile.external_ids if one.verified} for each in (source, target)
    ]
    if all(logins) and not logins[0] & logins[1]:
        found.append("two_logins")
    return tuple(found)
