"""Who serves a conversation. Deciding it is routing's; this keeps what was decided, so that lists can show it."""

from __future__ import annotations

from collections.abc import Sequence

from kithdesk.access import find_teams, find_users
from kithdesk.conversations.events import ConversationAssigned, Reason
from kithdesk.conversations.ids import ConversationId
from kithdesk.conversations.queries import get_conversation
from kithdesk.conversations.sending import begun_by
from kithdesk.core.work import Work


def record_assignment(
    work: Work,
    conversation_id: ConversationId,
    *,
    queue: str | None,
    users: Sequence[str],
    teams: Sequence[str],
    reason: Reason,
) -> None:
    """States who has it now. The caller has checked that they exist. Raises `NotFound`."""
    conversation = get_conversation(work, conversation_id)
    names: dict[str, str] = {}
    if users:
        names.update((user.id, user.display_name) for user in find_users(work, users))
    if teams:
        names.update((team.id, team.name) for team in find_teams(work, teams))
    work.publish(
        ConversationAssigned(
            conversation=conversation.id,
            customer=conversation.customer,
            queue=queue,
            users=list(users),
            teams=list(teams),
            users_before=conversation.users,
            teams_before=conversation.teams,
            queue_before=conversation.queue,
            reason=reason,
            names=names,
            channel=conversation.channel,
            begun_by=begun_by(work, conversation),
        )
    )
