"""Page views: which pages of the site the visitor looks at while a conversation exists."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from kithdesk.conversations.context import Context, Device, clean_title, clean_url
from kithdesk.conversations.events import PageViewed
from kithdesk.conversations.ids import ConversationId
from kithdesk.conversations.last_chat import find_last_of_customer
from kithdesk.conversations.page_queries import utm_of
from kithdesk.conversations.queries import details_of
from kithdesk.conversations.visits import visit_of
from kithdesk.core.clock import DAY, Instant
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId


def view_page(
    work: Work,
    customer: CustomerId | None,
    *,
    url: str,
    title: str = "",
    at: Instant | None = None,
    arrival: Context = Context(),  # noqa: B008 - frozen
    kept: Collection[str] = (),
) -> ConversationId:
    """The visitor is on another page; kept with the conversation they were active in last, and with their visit.

    The page they are on already states nothing, nor does one of the last `MAX_PAGES` that is told again. `at`: when it
    was opened; a time that cannot be is now. `arrival`: how they came, which counts when a visit begins here, and on
    what device; `kept`: names that stay in the address's query.
    Raises `BadParameter` for what is no web address, `NotFound` while there is no conversation.
    """
    shown = clean_url(url, kept)
    if shown is None:
        raise BadParameter("This is not the address of a page.", parameter="url")
    conversation = None if customer is None else find_last_of_customer(work, customer)
    if conversation is None:
        raise NotFound
    named = clean_title(title)
    context = details_of(work, [conversation.id])[conversation.id].context
    pages = context.pages
    moment = at if at is not None and work.now - DAY <= at <= work.now else work.now
    visitor = work.actor.author or ""
    session, is_first = visit_of(work, visitor, at=moment)
    if any((page.url, page.at) == (shown, moment) for page in pages):
        return conversation.id
    if is_first or not pages or (pages[-1].url, pages[-1].title) != (shown, named):
        came = msgspec.structs.replace(arrival, landing=shown, utm=utm_of(url))
        work.publish(
            PageViewed(
                conversation=conversation.id,
                customer=conversation.customer,
                at=moment,
                url=shown,
                title=named,
                session=session,
                visitor=visitor,
                arrival=came if is_first else Context(),
                device=context.moved_to(Device(arrival.device, arrival.browser, arrival.os)),
            )
        )
    return conversation.id
