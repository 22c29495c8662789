"""What happened to a customer or a conversation, beside what was said: the events that Kustomer's clients list.

A customer's are the pages they looked at, what the company told of them, and the changes of their record. What is of a
conversation is listed with that.
"""

from __future__ import annotations

from functools import partial
from itertools import islice

from kithdesk.conversations import ConversationId, get_conversation
from kithdesk.conversations.events import MessageCreated, NoteCreated, PageViewed
from kithdesk.core import journal
from kithdesk.core.errors import NotFound
from kithdesk.core.events import Event, Recorded
from kithdesk.core.ids import EventId
from kithdesk.core.journal_pages import page_of_conversation, page_of_customers
from kithdesk.core.work import Reads
from kithdesk.customers import CustomerId, find_names, get_customer
from kithdesk.timeline.past import Past, past_of, read_past
from kithdesk.timeline.reading import named, read_own

MOST = 10_000
"""Where merges were undone, whose an event is cannot be counted but by looking: so many are looked for."""
_PAGES = (PageViewed.kind,)
_SAID = (MessageCreated.kind, NoteCreated.kind)


def list_customer_events(
    reads: Reads, customer: CustomerId, *, limit: int, offset: int
) -> tuple[list[Recorded[Event]], int]:
    """The latest first, and how many there are. Raises `NotFound`."""
    known = get_customer(reads, customer)
    past = past_of(reads, known.id)
    if past.stays:
        found = _where_parted(reads, past)
        page, total = found[offset : offset + limit], len(found)
    else:
        page, total = page_of_customers(
            reads, reads.organisation, past.ids, besides=_PAGES, limit=limit, offset=offset
        )
    return [named(one, known.display_name) for one in page], total


def get_customer_event(reads: Reads, customer: CustomerId, event: EventId) -> Recorded[Event]:
    """One of them. Raises `NotFound`."""
    known = get_customer(reads, customer)
    found = journal.read_event(reads, reads.organisation, event)
    if found is None or not _is_listed(found) or not past_of(reads, known.id).has(found):
        raise NotFound
    return named(found, known.display_name)


def list_conversation_events(
    reads: Reads, conversation: ConversationId, *, limit: int, offset: int
) -> tuple[list[Recorded[Event]], int]:
    """The latest first, without messages and notes, and how many there are. Raises `NotFound`."""
    known = get_conversation(reads, conversation)
    name = find_names(reads, [known.customer]).get(known.customer, "")
    page, total = page_of_conversation(
        reads, reads.organisation, known.id, without=_SAID, limit=limit, offset=offset
    )
    return [named(one, name) for one in page], total


def _where_parted(reads: Reads, past: Past) -> list[Recorded[Event]]:
    own = [partial(read_own, reads, id, backward=True) for id in past.ids]
    found = read_past(reads, past, own, cursor=journal.END, backward=True)
    return list(islice(filter(_is_listed, found), MOST))


def _is_listed(recorded: Recorded[Event]) -> bool:
    return recorded.event.on_timeline and (
        recorded.conversation is None or isinstance(recorded.event, PageViewed)
    )
