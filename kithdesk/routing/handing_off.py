"""By hand: an agent gives a conversation to a person, to a team, or back to a queue.

A person may give more than capacity allows and to somebody who is away; it counts to their load all the same. What the
program gives never does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kithdesk import conversations
from kithdesk.access import find_teams
from kithdesk.conversations import ConversationId
from kithdesk.conversations.events import Reason
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.core.names import cleaned_or_none
from kithdesk.core.work import Work
from kithdesk.routing import reasons
from kithdesk.routing.arriving import put_back
from kithdesk.routing.desk_floor import DeskFloor
from kithdesk.routing.entities import WorkItem
from kithdesk.routing.errors import TeamNotRouted, UnknownAssignee, UnknownSkill
from kithdesk.routing.events import WorkTransferred
from kithdesk.routing.ids import QueueId
from kithdesk.routing.postponed import AskAgain, EndOffer
from kithdesk.routing.queries.items import find_item
from kithdesk.routing.queries.queues import load_profiles
from kithdesk.routing.queries.skills import known_skills
from kithdesk.routing.queues import check_queue
from kithdesk.routing.serving import serve
from kithdesk.routing.stating import record
from kithdesk.routing.transferring import check_agents, check_transfer

MOST_ASSIGNEES = 10
MAX_REASON = 500
OURS = frozenset({"assignedUsers", "assignedTeams", "queue"})
"""The fields of a conversation that are routing's fact."""


def change(work: Work, conversation_id: ConversationId, changes: Mapping[str, Any]) -> None:
    """`PATCH /v1/conversations/{id}`: who has it changes here, all else in `conversations.change`, in one command.

    With both a queue and people, the people have it, out of that queue. Teams that are named as they stand are no
    change: who sends back what they read takes nothing off anybody.
    """
    rest = {name: value for name, value in changes.items() if name not in OURS}
    conversations.change(work, conversation_id, rest | _check_wishes(work, changes))
    users, teams, queue = (changes.get(name) for name in ("assignedUsers", "assignedTeams", "queue"))
    if teams is not None and set(teams) == set(_get_item(work, conversation_id).teams):
        teams = None
    if users:
        assign(work, conversation_id, users=users, teams=teams, queue=queue)
    elif teams and queue is None:
        hand_off_to_teams(work, conversation_id, teams)
    elif queue is not None:
        hand_off_to_queue(work, conversation_id, queue, teams=teams)
    elif users is not None or teams is not None:
        assign(work, conversation_id, users=users, teams=teams)


def _check_wishes(work: Work, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Raises `UnknownSkill`, `UnknownAssignee`."""
    wishes: dict[str, Any] = {}
    if "skills" in changes:
        wishes["skills"] = sorted(set(changes["skills"]))
        if len(known_skills(work, wishes["skills"])) != len(wishes["skills"]):
            raise UnknownSkill
    user = changes.get("preferredUser")
    if user is not None:
        check_agents(work, [user], parameter="preferredUser")
    return wishes


def assign(
    work: Work,
    conversation_id: ConversationId,
    *,
    users: Sequence[str] | None = None,
    teams: Sequence[str] | None = None,
    queue: str | None = None,
) -> None:
    """Sets who has a conversation; None leaves people or teams as they are. Without people it goes back to the queue.

    Raises `NotFound`; `UnknownAssignee` for a stranger, a program, or an agent who has left; `UnknownQueue`;
    `TransferRestricted`.
    """
    item = _get_item(work, conversation_id)
    wanted = list(item.users) if users is None else _check_users(work, users)
    groups = list(item.teams) if teams is None else _check_teams(work, teams)
    target = item.queue if queue is None else check_queue(work, queue)
    if (tuple(wanted), tuple(groups), target) == (item.users, item.teams, item.queue):
        return
    gave_up = bool(item.users) and not wanted
    reason = reasons.UNASSIGNED if gave_up else reasons.BY_HAND
    check_transfer(
        work, users=set(wanted) - set(item.users), teams=set(groups) - set(item.teams), queue=queue
    )
    record(work, item, users=wanted, teams=groups, queue=target, reason=reason, by=work.actor)
    _go_on(work, item)


def hand_off_to_queue(
    work: Work, conversation_id: ConversationId, queue_id: str, *, teams: Sequence[str] | None = None
) -> None:
    """Takes it off everybody and lets it wait, from now, for somebody other than who had it. `teams` None: as they are.

    Raises `NotFound`, `UnknownAssignee`, `UnknownQueue`, `TransferRestricted`.
    """
    item = _get_item(work, conversation_id)
    queue = check_queue(work, queue_id)
    groups = list(item.teams) if teams is None else _check_teams(work, teams)
    if item.users or (item.teams, item.queue) != (tuple(groups), queue):
        check_transfer(work, teams=set(groups) - set(item.teams), queue=queue)
        _hand_off(work, item, teams=groups, queue=queue, reason=reasons.HANDED_OFF)


def hand_off_to_teams(work: Work, conversation_id: ConversationId, teams: Sequence[str]) -> None:
    """The same, through the first of the queues that the first of the teams serves.

    Raises `NotFound`, `UnknownAssignee`, `TransferRestricted`, `TeamNotRouted` where one of them serves none.
    """
    item = _get_item(work, conversation_id)
    wanted = _check_teams(work, teams)
    check_transfer(work, teams=wanted)
    queue = _way_to(work, wanted)
    if (item.users, item.teams, item.queue) != ((), tuple(wanted), queue):
        _hand_off(work, item, teams=wanted, queue=queue, reason=reasons.HANDED_TO_TEAM)


def transfer(
    work: Work,
    conversation_id: ConversationId,
    *,
    reason: str,
    queue: str | None = None,
    team: str | None = None,
    user: str | None = None,
) -> None:
    """Gives it to one of a queue, a team or an agent, and says why in the agent's words.

    Raises `NotFound`, `BadParameter` unless it is one of the three, `UnknownQueue`, `UnknownAssignee`, `TeamNotRouted`,
    `TransferRestricted`.
    """
    item = _get_item(work, conversation_id)
    given = [name for name in (queue, team, user) if name is not None]
    if len(given) != 1:
        raise BadParameter("One of queue, team and user.", parameter="queue")
    words = cleaned_or_none(reason, parameter="reason", maximum=MAX_REASON) or ""
    before = len(work.published)
    if queue is not None:
        hand_off_to_queue(work, conversation_id, queue)
    elif user is not None:
        assign(work, conversation_id, users=[user])
    elif team is not None:
        hand_off_to_teams(work, conversation_id, [team])
    if len(work.published) > before:
        after = find_item(work, work.organisation, item.conversation) or item
        work.publish(
            WorkTransferred(
                item=item.id,
                conversation=item.conversation,
                customer=conversations.get_conversation(work, conversation_id).customer,
                queue=queue or after.queue,
                reason=words,
            )
        )


def _way_to(work: Work, teams: Sequence[str]) -> QueueId:
    """Raises `TeamNotRouted`."""
    profiles = load_profiles(work, work.organisation)
    for team in find_teams(work, teams):
        if not profiles.of(team.id).queues:
            raise TeamNotRouted(team.name)
    return QueueId(profiles.of(teams[0]).queues[0])


def _hand_off(work: Work, item: WorkItem, *, teams: Sequence[str], queue: QueueId, reason: Reason) -> None:
    record(work, item, users=[], teams=teams, queue=queue, reason=reason, by=work.actor)
    _go_on(work, item)


def _go_on(work: Work, before: WorkItem) -> None:
    """What waits now finds somebody, and who has room again finds what waits."""
    work.cancel(EndOffer.key(before.id))
    work.cancel(AskAgain.key(before.id))  # whoever gives it away now is left alone from now
    item = find_item(work, work.organisation, before.conversation)
    if item is not None and item.state == "queued":
        put_back(work, item, otherwise=reasons.WAITING)
    serve(DeskFloor(work), before.hands)


def _get_item(work: Work, conversation_id: ConversationId) -> WorkItem:
    if not conversations.may_see_conversation(work, conversation_id):
        raise NotFound
    item = find_item(work, work.organisation, conversation_id)
    if item is None:
        raise NotFound
    return item


def _check_users(work: Work, users: Sequence[str]) -> list[str]:
    wanted = _few(users, "assignedUsers")
    check_agents(work, wanted, parameter="assignedUsers")
    return wanted


def _check_teams(work: Work, teams: Sequence[str]) -> list[str]:
    wanted = _few(teams, "assignedTeams")
    found = {team.id for team in find_teams(work, wanted) if team.deleted_at is None}
    if len(found) != len(wanted):
        raise UnknownAssignee("assignedTeams")
    return wanted


def _few(ids: Sequence[str], parameter: str) -> list[str]:
    """Each once, in the order given."""
    wanted = list(dict.fromkeys(ids))
    if len(wanted) > MOST_ASSIGNEES:
        raise BadParameter(f"At most {MOST_ASSIGNEES}.", parameter=parameter)
    return wanted
