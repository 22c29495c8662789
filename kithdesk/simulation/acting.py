"""Who acts in another world, and what they do by hand."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import structs

from kithdesk import routing
from kithdesk.conversations import ConversationId
from kithdesk.conversations.events import ConversationAssigned
from kithdesk.core.actors import Actor
from kithdesk.core.ids import OrganisationId
from kithdesk.core.work import Work

_ADMIN = frozenset({"org.admin"})
"""What an agent was let do then, they are let do again; their roles are not in the journal."""


def whoever(actor: Actor, holders: Collection[str], users: tuple[str, ...]) -> Actor:
    """Whoever has it now does what was done by one of those who had it."""
    if not actor.is_agent:
        return actor
    if actor.id in holders and users and actor.id not in users:
        return structs.replace(actor, type="user", id=users[0], author=users[0], roles=_ADMIN)
    return structs.replace(actor, roles=_ADMIN)


def agent(organisation: OrganisationId, user: str) -> Actor:
    return Actor(organisation=organisation, type="user", id=user, author=user, roles=frozenset({"org.user"}))


def give_by_hand(work: Work, event: ConversationAssigned, absent: Collection[str]) -> None:
    """To the same people, out of the same queue; where none of them is there, back into that queue. What was handed to
    a team goes the way to it that there is in this world."""
    conversation = ConversationId(event.conversation)
    users = [user for user in event.users if user not in absent]
    if event.reason.code == routing.HANDED_TO_TEAM.code:
        routing.hand_off_to_teams(work, conversation, event.teams)
    elif event.reason.code != routing.HANDED_OFF.code and (users or not event.users):
        routing.assign(work, conversation, users=users, teams=event.teams, queue=event.queue)
    elif event.queue is not None:
        routing.hand_off_to_queue(work, conversation, event.queue, teams=event.teams)
