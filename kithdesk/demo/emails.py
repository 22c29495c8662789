"""What customers and the shop wrote to each other by e-mail, told as an import tells it: days later, as history that is
nobody's work and breaks no promise.
"""

from __future__ import annotations

from kithdesk import conversations
from kithdesk.conversations import Address, ConversationId, Mailed, Opening, Sent, Words
from kithdesk.core.clock import DAY, Instant
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId, get_customer
from kithdesk.demo.shop import NAME
from kithdesk.demo.story import Story

LATE = 2 * DAY
"""How long after it was said it is recorded."""
SHOP = Address("hello@birchandburrow.example", NAME)


def record(
    work: Work, story: Story, number: int, *, customer: CustomerId, conversation: ConversationId | None
) -> Sent:
    """One line of a story that was held by e-mail, the first with its conversation. Repeating it changes nothing."""
    line, sent_at = story.lines[number], Instant(work.now - LATE)
    known = get_customer(work, customer)
    theirs = Address(known.profile.emails[0].email, known.display_name)
    is_theirs = line.by == "customer"
    words = Words(
        body=line.text,
        direction="in" if is_theirs else "out",
        channel="email",
        mailed=Mailed(
            subject=f"Re: {story.subject}" if number else story.subject,
            sender=theirs if is_theirs else SHOP,
            to=(SHOP if is_theirs else theirs,),
        ),
        sent_at=sent_at,
        external_id=f"demo-{story.key}-{number}",
    )
    opening = Opening(external_id=f"demo-{story.key}", created_at=sent_at)
    return conversations.record_message(
        work,
        words,
        conversation=conversation,
        customer=customer,
        opening=opening if conversation is None else None,
    )
