"""A visitor writes. The first message makes the customer, or a chat that is begun before it; nothing else does."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from kithdesk import conversations
from kithdesk.access import WidgetSettings, read_settings
from kithdesk.channels.chat.moving import judged_again
from kithdesk.conversations import AttachmentId, Begun, Context, ConversationId, Sent
from kithdesk.core.clock import Instant
from kithdesk.core.errors import NotFound
from kithdesk.core.work import Reads, Work
from kithdesk.customers import CustomerId, VisitorId, customer_of_visitor, find_visitor

MAX_USER_AGENT = 512

_device_of = lru_cache(4_096)(conversations.parse_user_agent)


class Telling(msgspec.Struct, frozen=True):
    """What a browser tells of itself, as it came. It is read only when a conversation opens."""

    sent: Mapping[str, Any]
    user_agent: str


def context_of(sent: msgspec.Struct | Mapping[str, Any] | None, headers: Mapping[str, str]) -> Telling:
    """The `context` of a `send` frame and the headers of the request or handshake it came with."""
    told = {} if sent is None else msgspec.to_builtins(sent)
    return Telling(told, headers.get("user-agent", "")[:MAX_USER_AGENT])


def send_as_visitor(
    work: Work,
    *,
    conversation: ConversationId | None,
    new_conversation: str | None,
    client_id: str,
    body: str,
    attachments: Sequence[str] = (),
    context: Telling | None = None,
) -> Sent:
    """A visitor's message, by the fields of a `send` frame. Sending it again gives the first answer.

    Raises `NotFound` for a conversation that is not theirs, `ConversationEnded`, `MessageIdReused`, and refusals of the
    message itself.
    """
    _become_customer(work, opens=conversation is None)
    assert work.actor.id is not None
    return conversations.receive(
        work,
        conversation=conversation,
        new_conversation=None if conversation is not None else new_conversation,
        customer=CustomerId(work.actor.id),
        author=work.actor.author or "",
        client_id=client_id,
        body=body,
        attachments=[AttachmentId(attachment) for attachment in attachments],
        channel=conversations.CHAT,
        context=None if conversation is not None else read_telling(work, context),
    )


def begin_session(work: Work, context: Telling | None = None) -> Begun:
    """The visitor's own conversation in which nothing is said yet: the one there is, or a new one.

    Raises `IdentityMoved`, `NotFound`.
    """
    _become_customer(work, opens=True)
    assert work.actor.id is not None
    customer, browser = CustomerId(work.actor.id), work.actor.author or ""
    return conversations.begin_chat(work, customer, browser, read_telling(work, context))


def has_begun_session(reads: Reads) -> bool:
    """Whether there is such a one."""
    customer, browser = reads.actor.id, reads.actor.author or ""
    return customer is not None and (
        conversations.find_empty_chat(reads, CustomerId(customer), browser) is not None
    )


def visit(
    work: Work, *, url: str, title: str = "", at: Instant | None = None, context: Telling | None = None
) -> None:
    """The visitor is on another page of the site; kept without what follows `?` and `#`, but for what is allowed.

    Raises `NotFound` while they have no conversation, `BadParameter` for what is no address of a page.
    """
    # Before anything is looked up: who their record was parted from has conversations, too.
    work.actor = judged_again(work) or work.actor
    customer = None if work.actor.id is None else CustomerId(work.actor.id)
    conversations.view_page(
        work,
        customer,
        url=url,
        title=title,
        at=at,
        arrival=read_telling(work, context) or Context(),
        kept=_kept(work) if "?" in url else (),
    )


def _become_customer(work: Work, *, opens: bool) -> None:
    """From here on the command is the customer's: found by the visitor, or made when this opens a conversation.

    The actor may have been judged before a message of another tab made the customer, so the rows are asked again.
    """
    actor = work.actor
    if actor.id is not None and (actor.display_name or actor.sees is not None):
        return
    visitor = VisitorId(actor.author or "")
    if actor.id is None and opens:
        customer_of_visitor(work, visitor)
    found = find_visitor(work, visitor)
    if found is None or found.customer is None:
        raise NotFound
    work.actor = conversations.as_known_now(work, actor, found)


def read_telling(work: Work, telling: Telling | None) -> Context | None:
    """It, checked. Raises `BadParameter`."""
    if telling is None:
        return None
    hints = telling.sent.get("clientHints")
    device = _device_of(telling.user_agent)
    if isinstance(hints, Mapping):
        device = conversations.with_hints(device, hints)
    kept = _kept(work) if telling.sent.get("pages") else ()
    return conversations.context_of(telling.sent, device, now=work.now, kept=kept)


def _kept(work: Work) -> Collection[str]:
    return read_settings(work, WidgetSettings).kept_query
