"""What routing does when others state something. Each runs in the transaction of the event.

    conversation.opened ───────────────▶ to an agent, or into the queue; of the past: in a while, if it is open then
    conversation.updated: open again ──▶ to the agent who had it, or into the queue; by what is of the past: in a while
                          snoozed, done ▶ room: serve whose it was
                          skills, whom ▶ what waits is placed anew
    conversation.ended ────────────────▶ room: serve whose it was
    message.created ───────────────────▶ an agent who answers what waits has it; nothing by what is of the past
    agent.status_changed: available ───▶ serve them
                          away ────────▶ what they were asked goes to the next
                          offline ─────▶ give back
    team.members_changed, skills ──────▶ serve those concerned
    routing.settings_changed, team.… ──▶ serve everybody with room
    queue.changed, schedule.… ─────────▶ its hours: when what waits is given out; or when it overflows
    queue.deleted ─────────────────────▶ what waits in it moves
    skill.removed ─────────────────────▶ what waits asks for it no longer
    user.deactivated ──────────────────▶ offline, and give back
    organisation.created ──────────────▶ the default queue

Nothing reacts to `conversation.assigned`: routing states it itself, and serves whom that made room for.
"""

from __future__ import annotations

from typing import Any

from kithdesk.access.events import (
    OrganisationCreated,
    TeamDeleted,
    TeamMembersChanged,
    TeamRenamed,
    UserDeactivated,
)
from kithdesk.calendar.events import ScheduleChanged, ScheduleDeleted
from kithdesk.conversations import is_opened_now
from kithdesk.conversations.events import (
    ConversationAssigned,
    ConversationEnded,
    ConversationOpened,
    ConversationUpdated,
    MessageCreated,
    Reason,
    is_history,
)
from kithdesk.core.actors import Actor
from kithdesk.core.clock import MINUTE, Instant
from kithdesk.core.events import Event, Recorded
from kithdesk.core.work import Reaction, Work
from kithdesk.routing import reasons
from kithdesk.routing.arriving import arrive, come_back
from kithdesk.routing.desk_floor import DeskFloor
from kithdesk.routing.entities import WorkItem
from kithdesk.routing.events import (
    AgentSkillsChanged,
    AgentStatusChanged,
    QueueChanged,
    QueueDeleted,
    RoutingSettingsChanged,
    SkillRemoved,
)
from kithdesk.routing.everybody import drop_skill, empty_queue, place_if_it_waits, serve_all_anew
from kithdesk.routing.giving_back import give_back, withdraw_offers
from kithdesk.routing.item_rows import WISHES
from kithdesk.routing.judging import LANGUAGE
from kithdesk.routing.opening import on_schedule, set_hours
from kithdesk.routing.postponed import ArriveLate, EndOffer, EndWrapUp, OverflowAnew
from kithdesk.routing.queries.agents import find_agent
from kithdesk.routing.queries.items import find_item
from kithdesk.routing.queries.skills import levels_of, somebody_has
from kithdesk.routing.queues import create_default_queue
from kithdesk.routing.serving import serve
from kithdesk.routing.stating import record
from kithdesk.routing.statuses import go_offline

LATE = 5 * MINUTE
"""How long a program has to say what became of a conversation of the past, before it is somebody's work."""


def make_default_queue(work: Work, _recorded: Recorded[OrganisationCreated]) -> None:
    create_default_queue(work)


def route_opened(work: Work, recorded: Recorded[ConversationOpened]) -> None:
    item = find_item(work, work.organisation, recorded.event.conversation)
    if item is None or item.state != "idle":
        return
    if is_history(recorded):
        _arrive_late(work, item)
    elif recorded.event.is_empty and recorded.event.is_signed_in is not None:
        return  # a visitor's browser, and they have said nothing yet
    elif recorded.event.direction == "in":
        arrive(work, item)
    else:
        _take(work, recorded.actor, item, reasons.WROTE_FIRST)


def _arrive_late(work: Work, item: WorkItem) -> None:
    work.enqueue(
        ArriveLate(conversation=item.conversation, since=item.changed_at),
        at=Instant(work.now + LATE),
        unique=f"{ArriveLate.kind}:{item.conversation}",
        on_conflict="replace",
    )


def route_updated(work: Work, recorded: Recorded[ConversationUpdated]) -> None:
    status = recorded.event.status
    if status is None:
        if recorded.event.changes.keys() & WISHES:
            place_if_it_waits(work, recorded.event.conversation)
        return
    item = find_item(work, work.organisation, recorded.event.conversation)
    if item is None:
        return
    if status.after != "open":
        _leave_hands(work, item)
        return
    if item.state not in ("assigned", "queued", "idle"):
        return
    if recorded.actor.id in item.users:  # an agent who reopens their own work keeps it, however full they are
        return
    if recorded.event.cause == "history":
        _arrive_late(work, item)
    elif not _is_assigned_in(work, item.conversation):
        come_back(work, item)


def _leave_hands(work: Work, item: WorkItem) -> None:
    """It waits for nobody now. Who had it, or was asked, has room."""
    if item.state == "wrap_up" and item.wrap_up_until is not None:
        work.enqueue(
            EndWrapUp(item=item.id),
            at=item.wrap_up_until,
            unique=EndWrapUp.key(item.id),
            on_conflict="replace",
        )
    asked = () if item.offered_to is None else (item.offered_to,)
    if asked and item.state != "offered":  # it may be offered anew, where this is done a second time
        work.cancel(EndOffer.key(item.id))
    serve(DeskFloor(work), (*item.users, *asked))


def _is_assigned_in(work: Work, conversation: str) -> bool:
    """Whether this very command says who has it: then somebody has decided."""
    stated = (recorded.event for recorded in work.published)
    return any(
        isinstance(event, ConversationAssigned) and event.conversation == conversation for event in stated
    )


def route_ended(work: Work, recorded: Recorded[ConversationEnded]) -> None:
    item = find_item(work, work.organisation, recorded.event.conversation)
    if item is not None:
        _leave_hands(work, item)


def route_message(work: Work, recorded: Recorded[MessageCreated]) -> None:
    """An agent who answers what nobody has, has it. A customer who writes in what nobody watches arrives."""
    event = recorded.event
    if event.direction_type == "followup-in":
        return  # most messages: nothing to look at
    if event.direction_type == "initial-in" and is_opened_now(work, event.conversation):
        return  # it has arrived with that
    if is_history(recorded) or (event.direction == "out" and recorded.actor.type != "user"):
        return
    item = find_item(work, work.organisation, event.conversation)
    if item is None or item.state not in ("idle", "queued", "offered"):
        return
    if event.direction == "out":
        _take(work, recorded.actor, item, reasons.ANSWERED)
    elif item.state == "idle":
        arrive(work, item)


def _take(work: Work, agent: Actor, item: WorkItem, reason: Reason) -> None:
    """To an agent who acted on it, unless they are offline: nobody would notice their going."""
    if agent.type != "user" or agent.id is None:
        return
    found = find_agent(work, agent.id)
    if found is None or found.status == "offline":
        return
    record(work, item, users=[agent.id], reason=reason, by=agent)
    if item.state == "offered":
        work.cancel(EndOffer.key(item.id))
        serve(DeskFloor(work), item.hands)


def route_status(work: Work, recorded: Recorded[AgentStatusChanged]) -> None:
    """Unless they are something else by now: a reaction that failed and is tried again comes after later ones."""
    event = recorded.event
    agent = find_agent(work, event.user)
    if event.status != ("offline" if agent is None else agent.status):
        return
    if event.status == "available":
        serve(DeskFloor(work), [event.user])
    elif event.status == "offline":
        give_back(work, event.user)
    else:
        withdraw_offers(work, event.user)


def route_members(work: Work, recorded: Recorded[TeamMembersChanged]) -> None:
    serve(DeskFloor(work), [*recorded.event.added, *recorded.event.removed])


def route_skills(work: Work, recorded: Recorded[AgentSkillsChanged]) -> None:
    event = recorded.event
    for skill in sorted(set(event.before) - set(event.skills)):
        if skill.startswith(LANGUAGE) and not somebody_has(work, skill):
            drop_skill(work, skill)
    serve(DeskFloor(work), [event.user])


def route_skill_removed(work: Work, recorded: Recorded[SkillRemoved]) -> None:
    drop_skill(work, recorded.event.key)


def route_settings(work: Work, _recorded: Recorded[Any]) -> None:
    serve_all_anew(work)


def route_queue_changed(work: Work, recorded: Recorded[QueueChanged]) -> None:
    event = recorded.event
    if event.terms.schedule != event.before.get("schedule"):
        set_hours(work, [event.queue])
    overflow = event.terms.overflow
    if (None if overflow is None else overflow.after_seconds) != event.before.get("overflowAfterSeconds"):
        job = OverflowAnew(queue=event.queue)
        work.enqueue(job, unique=OverflowAnew.key(event.queue), on_conflict="replace")


def route_queue_deleted(work: Work, recorded: Recorded[QueueDeleted]) -> None:
    empty_queue(work, recorded.event.queue)


def route_deactivated(work: Work, recorded: Recorded[UserDeactivated]) -> None:
    """Whatever the settings say: nobody will come back for that work. And nothing may wait for what they could."""
    user = recorded.event.user
    go_offline(work, user, reason="deactivated")
    give_back(work, user, everything=True)
    levels = levels_of(work, user)
    if levels:
        work.publish(AgentSkillsChanged(user=user, skills={}, before=levels))


REACTIONS: dict[type[Event], tuple[Reaction, ...]] = {
    OrganisationCreated: (make_default_queue,),
    ConversationOpened: (route_opened,),
    ConversationUpdated: (route_updated,),
    ConversationEnded: (route_ended,),
    MessageCreated: (route_message,),
    AgentStatusChanged: (route_status,),
    AgentSkillsChanged: (route_skills,),
    SkillRemoved: (route_skill_removed,),
    TeamMembersChanged: (route_members,),
    TeamRenamed: (route_settings,),
    RoutingSettingsChanged: (route_settings,),
    TeamDeleted: (route_settings,),
    QueueChanged: (route_queue_changed,),
    QueueDeleted: (route_queue_deleted,),
    ScheduleChanged: (on_schedule,),
    ScheduleDeleted: (on_schedule,),
    UserDeactivated: (route_deactivated,),
}
