"""What routing does when others state something. Each runs in the transaction of the event.

    conversation.opened ───────────────▶ to an agent, or into the queue
    conversation.updated: open again ──▶ to the agent who had it, or into the queue
                          snoozed, done ▶ room: serve the queue
    conversation.ended ────────────────▶ room: serve the queue
    message.created ───────────────────▶ an agent who answers what waits has it
    agent.status_changed: available ───▶ serve the queue
                          offline ─────▶ give back
    routing.settings_changed, team.… ──▶ room: serve the queue
    user.deactivated ──────────────────▶ offline, and give back
    organisation.created ──────────────▶ the default queue

Nothing reacts to `conversation.assigned`: routing states it itself, and serves the queue where that made room.
"""

from __future__ import annotations

from typing import Any

from kithdesk.access.events import OrganisationCreated, TeamDeleted, TeamMembersChanged, UserDeactivated
from kithdesk.conversations.events import (
    ConversationAssigned,
    ConversationEnded,
    ConversationOpened,
    ConversationUpdated,
    MessageCreated,
    Reason,
)
from kithdesk.core.actors import Actor
from kithdesk.core.events import Event, Recorded
from kithdesk.core.work import Reaction, Work
from kithdesk.routing import reasons
from kithdesk.routing.assigning import arrive, come_back, give_back, record, serve
from kithdesk.routing.capacity import requeues_when_offline
from kithdesk.routing.events import AgentStatusChanged, RoutingSettingsChanged
from kithdesk.routing.queries import Item, find_agent, find_item
from kithdesk.routing.queues import create_default_queue
from kithdesk.routing.statuses import go_offline


def make_default_queue(work: Work, _recorded: Recorded[OrganisationCreated]) -> None:
    create_default_queue(work)


def route_opened(work: Work, recorded: Recorded[ConversationOpened]) -> None:
    item = find_item(work, work.organisation, recorded.event.conversation)
    if item is None or item.state != "idle":
        return
    if recorded.event.direction == "in":
        arrive(work, item)
    else:
        _take(work, recorded.actor, item, reasons.WROTE_FIRST)


def route_updated(work: Work, recorded: Recorded[ConversationUpdated]) -> None:
    status = recorded.event.status
    if status is None:
        return
    if status.after != "open":
        serve(work)
        return
    item = find_item(work, work.organisation, recorded.event.conversation)
    if item is None or item.state not in ("assigned", "queued", "idle"):
        return
    if recorded.actor.id in item.users:  # an agent who reopens their own work keeps it, however full they are
        return
    if _is_assigned_in(work, item.conversation):
        return
    come_back(work, item)


def _is_assigned_in(work: Work, conversation: str) -> bool:
    """Whether this very command says who has it: then somebody has decided."""
    stated = (recorded.event for recorded in work.published)
    return any(
        isinstance(event, ConversationAssigned) and event.conversation == conversation for event in stated
    )


def route_ended(work: Work, _recorded: Recorded[ConversationEnded]) -> None:
    serve(work)


def route_message(work: Work, recorded: Recorded[MessageCreated]) -> None:
    """An agent who answers what nobody has, has it. A customer who answers what nobody watches arrives."""
    event = recorded.event
    if event.direction == "in" and event.direction_type != "response-in":
        return  # most messages: nothing to look at
    if event.direction == "out" and recorded.actor.type != "user":
        return
    item = find_item(work, work.organisation, event.conversation)
    if item is None or item.state not in ("idle", "queued"):
        return
    if event.direction == "out":
        _take(work, recorded.actor, item, reasons.ANSWERED)
    elif item.state == "idle":
        arrive(work, item)


def _take(work: Work, agent: Actor, item: Item, reason: Reason) -> None:
    """To an agent who acted on it, unless they are offline: nobody would notice their going."""
    if agent.type != "user" or agent.id is None:
        return
    found = find_agent(work, agent.id)
    if found is not None and found.status != "offline":
        record(work, item, users=[agent.id], reason=reason, by=agent)


def route_status(work: Work, recorded: Recorded[AgentStatusChanged]) -> None:
    event = recorded.event
    if event.status == "available":
        serve(work)
    elif event.status == "offline" and requeues_when_offline(work):
        give_back(work, event.user)


def route_capacity(work: Work, _recorded: Recorded[Any]) -> None:
    serve(work)


def route_deactivated(work: Work, recorded: Recorded[UserDeactivated]) -> None:
    """Whatever the settings say: nobody will come back for that work."""
    go_offline(work, recorded.event.user, reason="deactivated")
    give_back(work, recorded.event.user)


REACTIONS: dict[type[Event], tuple[Reaction, ...]] = {
    OrganisationCreated: (make_default_queue,),
    ConversationOpened: (route_opened,),
    ConversationUpdated: (route_updated,),
    ConversationEnded: (route_ended,),
    MessageCreated: (route_message,),
    AgentStatusChanged: (route_status,),
    RoutingSettingsChanged: (route_capacity,),
    TeamMembersChanged: (route_capacity,),
    TeamDeleted: (route_capacity,),
    UserDeactivated: (route_deactivated,),
}
