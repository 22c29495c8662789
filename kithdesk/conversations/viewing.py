"""Page views: which pages of the site the visitor looks at while a conversation exists."""

from __future__ import annotations

from kithdesk.conversations.context import clean_title, clean_url
from kithdesk.conversations.events import PageViewed
from kithdesk.conversations.ids import ConversationId
from kithdesk.conversations.queries import details_of, find_last_of_customer
from kithdesk.core.clock import DAY, Instant
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId


def view_page(
    work: Work, customer: CustomerId | None, *, url: str, title: str = "", at: Instant | None = None
) -> ConversationId:
    """The visitor is on another page; kept with the conversation they were active in last.

    The page they are on already states nothing. `at`: when it was opened; a time that cannot be is now.
    Raises `BadParameter` for what is no web address, `NotFound` while there is no conversation.
    """
    shown = clean_url(url)
    if shown is None:
        raise BadParameter("This is not the address of a page.", parameter="url")
    conversation = None if customer is None else find_last_of_customer(work, customer)
    if conversation is None:
        raise NotFound
    named = clean_title(title)
    pages = details_of(work, [conversation.id])[conversation.id].context.pages
    if not pages or (pages[-1].url, pages[-1].title) != (shown, named):
        moment = at if at is not None and work.now - DAY <= at <= work.now else work.now
        work.publish(
            PageViewed(
                conversation=conversation.id,
                customer=conversation.customer,
                at=moment,
                url=shown,
                title=named,
            )
        )
    return conversation.id
