"""Every SELECT of single conversations. Messages are in `message_queries.py`, lists in `lists.py`.

Each begins with the organisation of who asks; a visitor sees only their own conversations.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import and_, bindparam, exists, func, or_, select

from kithdesk.conversations.context import Context
from kithdesk.conversations.entities import Conversation, Details
from kithdesk.conversations.ids import ConversationId, MessageId
from kithdesk.conversations.live import CHAT
from kithdesk.conversations.tables import conversation_details, conversations, messages
from kithdesk.conversations.taking_up import as_seen, departure_from
from kithdesk.core.actors import Actor
from kithdesk.core.errors import NotFound
from kithdesk.core.ids import is_id
from kithdesk.core.work import Reads
from kithdesk.customers import CustomerId

_decode_context = msgspec.json.Decoder(Context).decode
_decode_skills = msgspec.json.Decoder(tuple[str, ...]).decode
_decode_object = msgspec.json.Decoder(dict[str, Any]).decode


WHOLE = select(*(conversations.c[field] for field in Conversation.__struct_fields__))
_MINE = conversations.c.organisation == bindparam("organisation")
_BY_ID = WHOLE.where(_MINE, conversations.c.id == bindparam("id"))
_BY_IDS = WHOLE.where(_MINE, conversations.c.id.in_(bindparam("ids", expanding=True)))
_CUSTOMER = select(
    *(conversations.c[field] for field in ("customer", "author", "channel", "taken_up_at", "message_count"))
).where(_MINE, conversations.c.id == bindparam("id"))
_BY_EXTERNAL_ID = select(conversations.c.id).where(
    _MINE, conversations.c.external_id == bindparam("external_id")
)
_IDS_OF_CUSTOMER = (
    select(conversations.c.id)
    .where(_MINE, conversations.c.customer == bindparam("customer"))
    .order_by(conversations.c.id)
)
_LIMIT: Any = bindparam("limit")
_UNFINISHED = _IDS_OF_CUSTOMER.where(
    conversations.c.status != "done",
    conversations.c.ended_at.is_(None),
    conversations.c.id > bindparam("after"),
).limit(_LIMIT)
_IDS_SAID = (
    select(messages.c.id)
    .select_from(
        conversations.join(
            messages,
            (messages.c.organisation == conversations.c.organisation)
            & (messages.c.conversation == conversations.c.id),
        )
    )
    .where(_MINE, conversations.c.customer == bindparam("customer"))
    .order_by(messages.c.id.desc())
    .limit(_LIMIT)
)
_OPENED_BY = _IDS_OF_CUSTOMER.where(conversations.c.author.in_(bindparam("authors", expanding=True)))
_HAS_WRITTEN = exists().where(
    messages.c.organisation == conversations.c.organisation,
    messages.c.conversation == conversations.c.id,
    messages.c.author == bindparam("author"),
    messages.c.client_id.is_not(None),  # as the index asks
)
# Or has begun, and nobody has said anything as the customer.
_IS_THEIRS = or_(
    _HAS_WRITTEN, and_(conversations.c.author == bindparam("author"), conversations.c.in_count == 0)
)
_WRITTEN_IN = _IDS_OF_CUSTOMER.where(_IS_THEIRS)
_UNPROVEN_BY = select(conversations.c.id, conversations.c.author, conversations.c.is_signed_in).where(
    _MINE,
    conversations.c.customer == bindparam("customer"),
    conversations.c.is_signed_in.is_not(True),
    conversations.c.channel == CHAT,
    _IS_THEIRS,
)
_LAST_WORDS: Any = func.max(messages.c.number)
_WRITERS = (
    select(messages.c.author)
    .where(
        messages.c.organisation == bindparam("organisation"),
        messages.c.conversation == bindparam("conversation"),
        messages.c.direction == "in",
        messages.c.author.is_not(None),
    )
    .group_by(messages.c.author)
    .order_by(_LAST_WORDS.desc())
)
_DETAILS = select(
    conversation_details.c.conversation,
    conversation_details.c.context,
    conversation_details.c.custom,
    conversation_details.c.claims,
    conversation_details.c.sla,
    conversation_details.c.skills,
    conversation_details.c.preferred_user,
).where(
    conversation_details.c.organisation == bindparam("organisation"),
    conversation_details.c.conversation.in_(bindparam("ids", expanding=True)),
)


def find_conversation(reads: Reads, id: str) -> Conversation | None:
    """The conversation, if who asks may see it."""
    if not is_id(id):
        return None
    row = reads.execute(_BY_ID, {"organisation": reads.organisation, "id": id}).first()
    if row is None or not may_see(reads.actor, row.customer, row.id, row.author, row.channel):
        return None
    found = Conversation(*row)
    if not reads.actor.is_visitor:
        return found
    seen = as_seen(reads, [found])[0]
    return seen if is_told(reads.actor, seen.author, seen.message_count) else None


def is_told(actor: Actor, author: str | None, message_count: int) -> bool:
    """Of what others have begun a visitor knows nothing before something is said in it."""
    return message_count > 0 or not actor.is_visitor or author == actor.author


def may_see(actor: Actor, customer: str, id: str, author: str | None, channel: str) -> bool:
    """Agents see all, visitors their own chats."""
    if not actor.is_visitor:
        return True
    if customer != actor.id or channel != CHAT:
        return False
    return actor.sees is None or id in actor.sees or author == actor.author


def get_conversation(reads: Reads, id: str) -> Conversation:
    """Raises `NotFound`."""
    found = find_conversation(reads, id)
    if found is None:
        raise NotFound
    return found


def may_see_conversation(reads: Reads, id: str) -> bool:
    """Whether it exists for who asks."""
    return _find_seen(reads, id, reads.actor) is not None


def find_customer_of(reads: Reads, id: str, *, by: Actor | None = None) -> CustomerId | None:
    """Whose it is, if who asks has a part in it, or whoever they are `by` now."""
    row = _find_seen(reads, id, by or reads.actor)
    if row is None or departure_from(reads, id, row.taken_up_at) is not None:
        return None
    return CustomerId(row.customer)


def _find_seen(reads: Reads, id: str, by: Actor) -> Any:
    row = None
    if is_id(id):
        row = reads.execute(_CUSTOMER, {"organisation": reads.organisation, "id": id}).first()
    if row is None or not may_see(by, row.customer, id, row.author, row.channel):
        return None
    return row if is_told(by, row.author, row.message_count) else None


def find_conversations(reads: Reads, ids: Sequence[str]) -> list[Conversation]:
    """Those that exist and may be seen, in the order of `ids`."""
    wanted = [id for id in dict.fromkeys(ids) if is_id(id)]
    found = {
        row.id: row for row in reads.execute(_BY_IDS, {"organisation": reads.organisation, "ids": wanted})
    }
    if not reads.actor.is_visitor:
        return [Conversation(*found[id]) for id in wanted if id in found]
    found = {
        id: row
        for id, row in found.items()
        if may_see(reads.actor, row.customer, id, row.author, row.channel)
    }
    seen = as_seen(reads, [Conversation(*found[id]) for id in wanted if id in found])
    return [one for one in seen if is_told(reads.actor, one.author, one.message_count)]


def find_by_external_id(reads: Reads, external_id: str) -> ConversationId | None:
    values = {"organisation": reads.organisation, "external_id": external_id}
    found = reads.execute(_BY_EXTERNAL_ID, values).scalar()
    return None if found is None else ConversationId(found)


class Hearers(NamedTuple):
    """Which browsers hear of who types: those of `customer`, or `only` the one that began what nothing is said in."""

    customer: CustomerId
    only: str | None


def find_hearers(reads: Reads, id: str) -> Hearers | None:
    """None where no visitors take part in it."""
    row = reads.execute(_CUSTOMER, {"organisation": reads.organisation, "id": id}).first()
    if row is None or row.channel != CHAT:
        return None
    return Hearers(CustomerId(row.customer), None if row.message_count else row.author or "")


def conversation_ids_of(reads: Reads, customer: CustomerId) -> list[ConversationId]:
    values = {"organisation": reads.organisation, "customer": customer}
    return [ConversationId(row.id) for row in reads.execute(_IDS_OF_CUSTOMER, values)]


def list_unfinished(
    reads: Reads, customer: CustomerId, *, limit: int, after: str = ""
) -> list[ConversationId]:
    """A customer's conversations that are neither done nor ended, in the order of their ids."""
    values = {"organisation": reads.organisation, "customer": customer, "limit": limit, "after": after}
    return [ConversationId(row.id) for row in reads.execute(_UNFINISHED, values)]


def ids_said_with(reads: Reads, customer: CustomerId, *, limit: int) -> list[MessageId]:
    """The newest messages and notes in any of a customer's conversations."""
    values = {"organisation": reads.organisation, "customer": customer, "limit": limit}
    return [MessageId(row.id) for row in reads.execute(_IDS_SAID, values)]


def conversations_opened_by(reads: Reads, customer: CustomerId, authors: Sequence[str]) -> frozenset[str]:
    """Those of a customer's conversations that one of these browsers opened."""
    values = {"organisation": reads.organisation, "customer": customer, "authors": list(authors)}
    return frozenset(row.id for row in reads.execute(_OPENED_BY, values))


def conversations_written_in(reads: Reads, customer: CustomerId, author: str) -> list[ConversationId]:
    """Those of a customer's conversations in which this browser has written, or which it has begun to write in."""
    values = {"organisation": reads.organisation, "customer": customer, "author": author}
    return [ConversationId(row.id) for row in reads.execute(_WRITTEN_IN, values)]


class Unproven(NamedTuple):
    """A conversation of which it is not known that who writes in it has signed in, and who opened it."""

    id: ConversationId
    author: str | None
    is_signed_in: bool | None


def conversations_unproven_by(reads: Reads, customer: CustomerId, author: str) -> list[Unproven]:
    """Those of a customer's chats in which this browser has written, or which it has begun to write in."""
    values = {"organisation": reads.organisation, "customer": customer, "author": author}
    return [
        Unproven(ConversationId(row.id), row.author, row.is_signed_in)
        for row in reads.execute(_UNPROVEN_BY, values)
    ]


def writers_in(reads: Reads, conversation: str) -> list[str]:
    """By whose browser or program something was said as the customer, who did so last before the others."""
    values = {"organisation": reads.organisation, "conversation": conversation}
    return [row.author for row in reads.execute(_WRITERS, values)]


def details_of(reads: Reads, ids: Sequence[str]) -> dict[str, Details]:
    """By conversation."""
    values = {"organisation": reads.organisation, "ids": list(ids)}
    return {
        row.conversation: Details(
            _decode_context(row.context),
            _decode_object(row.custom),
            _decode_object(row.claims),
            None if row.sla is None else _decode_object(row.sla),
            _decode_skills(row.skills) if row.skills != "[]" else (),
            row.preferred_user,
        )
        for row in reads.execute(_DETAILS, values)
    }
