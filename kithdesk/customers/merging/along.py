"""What a login takes along: what its browser said before it was known whose it is.

The browser's record goes whole, when nothing but the browser's words and what agents noted of it are there. An address
or a custom object may be somebody else's, for an agent typed it or a shop's order found it, and so may be a
conversation in which this browser never wrote: then only its own conversations go, by a record that is made for them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from kithdesk.core.work import Reads, Work
from kithdesk.customers.address_rows import addresses_of, shared_addresses_of
from kithdesk.customers.events import CustomerMerged, VisitorParted, VisitorRecordCreated
from kithdesk.customers.ids import CustomerId, VisitorId
from kithdesk.customers.merging.queries import has_merged_in
from kithdesk.customers.merging.rules import merged_profile
from kithdesk.customers.objects.queries import object_ids_of
from kithdesk.customers.profile import Profile, display_name_of, nameless
from kithdesk.customers.queries import Customer, Visitor, get_whole, list_visitors

ConversationsOf = Callable[[Reads, CustomerId], Sequence[str]]
WrittenIn = Callable[[Reads, CustomerId, VisitorId], Sequence[str]]
"""Of a customer's conversations those in which a browser has written."""


class Along(msgspec.Struct, frozen=True, kw_only=True):
    """The anonymous record that moves, and its conversations. `left`: the record they were taken from, which stays."""

    source: CustomerId
    conversations: tuple[str, ...]
    visitor: VisitorId
    left: CustomerId | None = None


def take_along(
    work: Work, visitor: Visitor, *, conversations_of: ConversationsOf, written_in: WrittenIn
) -> Along | None:
    """What is to be merged into who logged in. None when nothing of the browser's record may go."""
    if not _may_go(work, visitor):
        return None
    assert visitor.customer is not None
    record = get_whole(work, visitor.customer)
    said = conversations_of(work, record.id)
    # What somebody proven took up holds their words, which no other login takes from where an undoing has put them.
    theirs = [id for id in written_in(work, record.id, visitor.id) if id not in visitor.departed]
    if not _holds_more(work, record, visitor.id, others=set(said) - set(theirs)):
        return Along(source=record.id, conversations=tuple(said), visitor=visitor.id)
    if not theirs:
        return None
    return Along(
        source=_part(work, record, visitor.id, theirs),
        conversations=tuple(theirs),
        visitor=visitor.id,
        left=record.id,
    )


def _may_go(reads: Reads, visitor: Visitor) -> bool:
    """Not from somebody who has logged in, nor after an agent put another record into it: that one's browsers and
    history were never proven to be this one's."""
    if visitor.customer is None or visitor.is_identified or visitor.proven is not None:
        return False
    return not has_merged_in(reads, visitor.customer)


def _holds_more(reads: Reads, record: Customer, visitor: VisitorId, *, others: set[str]) -> bool:
    """Whether anything there may be somebody else's."""
    profile = record.profile
    return bool(
        others
        or any(addresses_of(profile))
        or any(shared_addresses_of(profile))
        or object_ids_of(reads, record.id)
        or list_visitors(reads, record.id) != [visitor]
    )


def _part(work: Work, record: Customer, visitor: VisitorId, conversations: Sequence[str]) -> CustomerId:
    """A record of the browser's own, with its conversations and their past."""
    id = CustomerId(work.new_id())
    name = nameless(id)
    work.publish(VisitorRecordCreated(customer=id, source="login", visitor=visitor, display_name=name))
    work.publish(
        VisitorParted(
            customer=id,
            of=record.id,
            merge=work.new_id(),
            conversations=list(conversations),
            kobjects=[],
            visitors=[visitor],
            carried=[],
            is_identified=False,
            of_is_identified=record.is_identified,
            display_name=name,
            of_display_name=record.display_name,
            of_profile=record.profile,
        )
    )
    return id


def merge_along(work: Work, along: Along, customer: Customer) -> None:
    """The record becomes a part of the customer's, who keeps what agents noted on it."""
    source = get_whole(work, along.source)
    profile: Profile = merged_profile(source.profile, customer.profile)[0]
    work.publish(
        CustomerMerged(
            customer=customer.id,
            source=source.id,
            merge=work.new_id(),
            conversations=list(along.conversations),
            kobjects=[],
            visitors=[along.visitor],
            is_identified=True,
            was_identified=True,
            display_name=display_name_of(profile, customer.id),
            source_name=source.display_name,
            profile=profile,
        )
    )
