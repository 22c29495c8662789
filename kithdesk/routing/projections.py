"""Events into routing's rows. A work item follows its conversation; an agent's load follows their work items."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import bindparam, delete, insert

from kithdesk.access.events import TeamDeleted, TeamMembersChanged
from kithdesk.conversations.events import (
    ConversationAssigned,
    ConversationEnded,
    ConversationOpened,
    ConversationUpdated,
)
from kithdesk.core.events import Event, Recorded
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Projector, Rows
from kithdesk.routing.agent_rows import count, count_all, put_agent, touch
from kithdesk.routing.capacity import ORGANISATION
from kithdesk.routing.events import AgentStatusChanged, QueueCreated, RoutingSettingsChanged
from kithdesk.routing.queries import Item, State, find_item
from kithdesk.routing.reasons import GAVE_AWAY, KEEPS_PLACE
from kithdesk.routing.tables import (
    live_assignments,
    queues,
    routing_settings,
    routing_team_members,
    work_items,
)

# Queues, settings, teams

_INSERT_QUEUE = insert(queues)
_PUT_SETTINGS = Upsert(routing_settings, ["organisation", "team"])
_FORGET_SETTINGS = delete(routing_settings).where(
    routing_settings.c.organisation == bindparam("organisation"), routing_settings.c.team == bindparam("team")
)
_JOIN_TEAM = Upsert(routing_team_members, ["organisation", "user", "team"], [])
_LEAVE_TEAM = delete(routing_team_members).where(
    routing_team_members.c.organisation == bindparam("organisation"),
    routing_team_members.c.user == bindparam("user"),
    routing_team_members.c.team == bindparam("team"),
)
_FORGET_TEAM = delete(routing_team_members).where(
    routing_team_members.c.organisation == bindparam("organisation"),
    routing_team_members.c.team == bindparam("team"),
)


def project_queue_created(rows: Rows, recorded: Recorded[QueueCreated]) -> None:
    event = recorded.event
    rows.execute(
        _INSERT_QUEUE,
        {
            "organisation": recorded.organisation,
            "id": event.queue,
            "name": event.name,
            "key": event.key,
            "is_default": event.is_default,
            "created_at": recorded.at,
        },
    )


def project_settings_changed(rows: Rows, recorded: Recorded[RoutingSettingsChanged]) -> None:
    event = recorded.event
    rows.execute(
        _PUT_SETTINGS,
        {
            "organisation": recorded.organisation,
            "team": event.team or ORGANISATION,
            "capacity_per_agent": event.capacity_per_agent,
            "requeue_when_offline": event.requeue_when_offline,
            "changed_at": recorded.at,
        },
    )
    count_all(rows)


def project_team_members(rows: Rows, recorded: Recorded[TeamMembersChanged]) -> None:
    event = recorded.event
    for statement, users in ((_JOIN_TEAM, event.added), (_LEAVE_TEAM, event.removed)):
        for user in users:
            rows.execute(statement, {"organisation": rows.organisation, "user": user, "team": event.team})
    for user in (*event.added, *event.removed):
        count(rows, user)


def project_team_deleted(rows: Rows, recorded: Recorded[TeamDeleted]) -> None:
    team = {"organisation": rows.organisation, "team": recorded.event.team}
    rows.execute(_FORGET_TEAM, team)
    rows.execute(_FORGET_SETTINGS, team)
    count_all(rows)


# Agents


def project_status_changed(rows: Rows, recorded: Recorded[AgentStatusChanged]) -> None:
    event = recorded.event
    put_agent(rows, event.user, event.status, at=recorded.at, reason=event.reason, changed_at=recorded.at)
    count(rows, event.user)


# Work items

_PUT_ITEM = Upsert(work_items, ["organisation", "conversation"])
_TAKE = Upsert(live_assignments, ["organisation", "user", "conversation"], [])
_LET_GO = delete(live_assignments).where(
    live_assignments.c.organisation == bindparam("organisation"),
    live_assignments.c.user == bindparam("user"),
    live_assignments.c.conversation == bindparam("conversation"),
)


def project_opened(rows: Rows, recorded: Recorded[ConversationOpened]) -> None:
    _put(
        rows,
        Item(
            conversation=recorded.event.conversation,
            queue=None,
            state="idle",
            status="open",
            is_ended=False,
            queued_count=0,
            entered_at=recorded.at,
            changed_at=recorded.at,
            not_for=None,
            users=(),
            teams=(),
        ),
    )


def project_updated(rows: Rows, recorded: Recorded[ConversationUpdated]) -> None:
    status = recorded.event.status
    if status is None:
        return
    item = _item(rows, recorded.event.conversation)
    if item is not None:
        _move(rows, recorded, item, msgspec.structs.replace(item, status=status.after))


def project_ended(rows: Rows, recorded: Recorded[ConversationEnded]) -> None:
    item = _item(rows, recorded.event.conversation)
    if item is not None:
        _move(rows, recorded, item, msgspec.structs.replace(item, is_ended=True))


def project_assigned(rows: Rows, recorded: Recorded[ConversationAssigned]) -> None:
    event = recorded.event
    item = _item(rows, event.conversation)
    if item is None:
        return
    after = msgspec.structs.replace(
        item, queue=event.queue, users=tuple(event.users), teams=tuple(event.teams)
    )
    code = event.reason.code
    if code in GAVE_AWAY:
        after = msgspec.structs.replace(
            after, not_for=event.users_before[0] if event.users_before else None, entered_at=recorded.at
        )
    _move(rows, recorded, item, after, keeps_place=code in KEEPS_PLACE)


def _move(
    rows: Rows, recorded: Recorded[Event], before: Item, after: Item, *, keeps_place: bool = False
) -> None:
    """Writes the item in the state that follows, and what each agent has live now."""
    state = _state_of(after)
    enters = state == "queued" and before.state != "queued"
    after = msgspec.structs.replace(
        after,
        state=state,
        queued_count=before.queued_count + enters,
        entered_at=recorded.at if enters and not keeps_place else after.entered_at,
        changed_at=recorded.at,
        not_for=after.not_for if state == "queued" else None,
    )
    _put(rows, after)
    had = before.users if before.state == "assigned" else ()
    has = after.users if state == "assigned" else ()
    for user in had:
        if user not in has:
            _let_go(rows, user, after)
    for user in has:
        if user not in had:
            _take(rows, recorded, user, after)


def _let_go(rows: Rows, user: str, item: Item) -> None:
    rows.execute(_LET_GO, _live(rows, user, item))
    count(rows, user)


def _take(rows: Rows, recorded: Recorded[Event], user: str, item: Item) -> None:
    rows.execute(_TAKE, _live(rows, user, item))
    if not touch(rows, user, recorded.at):  # given by hand to somebody who has never said they are here
        put_agent(rows, user, "offline", at=recorded.at)
    count(rows, user)


def _state_of(item: Item) -> State:
    if item.status == "done" or item.is_ended:
        return "completed"
    if item.status == "snoozed":
        return "paused"
    if item.users:
        return "assigned"
    return "queued" if item.queue is not None else "idle"


def _item(rows: Rows, conversation: str) -> Item | None:
    return find_item(rows, rows.organisation, conversation)


def _live(rows: Rows, user: str, item: Item) -> dict[str, Any]:
    return {"organisation": rows.organisation, "user": user, "conversation": item.conversation}


def _put(rows: Rows, item: Item) -> None:
    row = msgspec.structs.asdict(item)
    row["users"], row["teams"] = (msgspec.json.encode(ids).decode() for ids in (item.users, item.teams))
    rows.execute(_PUT_ITEM, {"organisation": rows.organisation, **row})


PROJECTORS: dict[type[Event], tuple[Projector, ...]] = {
    QueueCreated: (project_queue_created,),
    RoutingSettingsChanged: (project_settings_changed,),
    TeamMembersChanged: (project_team_members,),
    TeamDeleted: (project_team_deleted,),
    AgentStatusChanged: (project_status_changed,),
    ConversationOpened: (project_opened,),
    ConversationUpdated: (project_updated,),
    ConversationEnded: (project_ended,),
    ConversationAssigned: (project_assigned,),
}
