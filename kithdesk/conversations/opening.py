"""Opening a conversation: stated together with the first message, by whoever writes it.

Programs may open an empty one (`beginning.py`), in which nobody has said anything yet.
"""

from __future__ import annotations

from typing import Any

import msgspec

from kithdesk import attributes
from kithdesk.conversations.changing import check_name
from kithdesk.conversations.context import Context
from kithdesk.conversations.events import ConversationOpened
from kithdesk.conversations.ids import ConversationId
from kithdesk.conversations.live import Channel, Direction
from kithdesk.conversations.queries import find_by_external_id
from kithdesk.conversations.sending import Target
from kithdesk.conversations.visits import one_visit, visit_of
from kithdesk.core.actors import Actor
from kithdesk.core.clock import Instant
from kithdesk.core.errors import Conflict
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId, card_of


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """What a program wants a new conversation to be. `direction`: who began it, where no message says so. Without
    `custom` it begins with what the organisation's attributes begin with.
    """

    name: str | None = None
    priority: int = 3
    custom: dict[str, Any] | None = None
    external_id: str | None = None
    created_at: Instant | None = None
    channel: Channel | None = None
    direction: Direction | None = None


def check_opening(work: Work, opening: Opening) -> Opening:
    """As it is stated. Raises `BadParameter`, `Conflict`, and refusals of its attributes."""
    if opening.external_id is not None and find_by_external_id(work, opening.external_id) is not None:
        raise Conflict("There is a conversation with this external id.", parameter="externalId")
    return msgspec.structs.replace(
        opening,
        name=check_name(opening.name),
        custom=attributes.check_custom(work, "conversation", opening.custom or {}),
    )


def open_conversation(
    work: Work,
    *,
    customer: CustomerId,
    direction: Direction,
    channel: Channel,
    actor: Actor,
    opening_id: str | None = None,
    context: Context = Context(),  # noqa: B008 - frozen
    opening: Opening = Opening(),  # noqa: B008 - frozen
    is_empty: bool = False,
) -> Target:
    """States it. The caller has checked the `opening` and that the customer stands for themselves, and says the first
    message next, unless it `is_empty`.
    """
    id = ConversationId(work.new_id())
    card = card_of(work, customer)
    work.publish(
        ConversationOpened(
            conversation=id,
            customer=customer,
            channel=channel,
            direction=direction,
            author=actor.author,
            # What a program tells as the customer's proves nothing, either way.
            is_signed_in=actor.is_proven if work.actor.is_visitor else None,
            opening_id=opening_id,
            priority=opening.priority,
            external_id=opening.external_id,
            created_at=opening.created_at,
            name=opening.name,
            customer_name=card["displayName"],
            customer_card=card,
            context=context,
            custom=attributes.defaults(work, "conversation") if opening.custom is None else opening.custom,
            session=_visit_of(work, actor, context),
            is_empty=is_empty,
        ),
        actor=actor,
    )
    return Target(
        id=id,
        customer=customer,
        status="open",
        channel=channel,
        channels=msgspec.json.encode([channel]).decode(),
        ended_at=None,
        message_count=0,
        note_count=0,
        last_message_at=None,
        last_message_direction=None,
        waiting_since=None,
        created_at=work.now if opening.created_at is None else opening.created_at,
        direction=direction,
    )


def _visit_of(work: Work, actor: Actor, context: Context) -> str | None:
    """The visit to the site on which a visitor writes; it may have begun with a page before that."""
    if not actor.is_visitor or actor.author is None:
        return None
    way = one_visit(context.pages)
    return visit_of(work, actor.author, at=Instant(way[0].at) if way else work.now)[0]
