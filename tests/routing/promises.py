"""What must hold of an organisation's routing at every moment, read from its rows."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import bindparam, select

from kithdesk.conversations.events import ConversationAssigned
from kithdesk.core.events import Event, Recorded
from kithdesk.core.jobs import jobs
from kithdesk.core.work import Reads
from kithdesk.routing.agent_rows import crowd_of
from kithdesk.routing.choosing import free_share, units, why_not
from kithdesk.routing.entities import AgentRow, Queue, WorkItem, item_of
from kithdesk.routing.events import WorkOffered
from kithdesk.routing.holding_out import holds_out_until
from kithdesk.routing.lines import line_of
from kithdesk.routing.postponed import AskAgain
from kithdesk.routing.queries.agents import count_crowds, held_by
from kithdesk.routing.queries.items import list_lines
from kithdesk.routing.queries.queues import find_queues, load_profiles
from kithdesk.routing.queries.skills import known_skills
from kithdesk.routing.queues import hours_of
from kithdesk.routing.tables import live_assignments, routing_agents, work_items

_ORGANISATION: Any = bindparam("organisation")
_AGENTS = select(*[routing_agents.c[name] for name in AgentRow.__struct_fields__]).where(
    routing_agents.c.organisation == _ORGANISATION
)
_ITEMS = select(*[work_items.c[name] for name in WorkItem.__struct_fields__]).where(
    work_items.c.organisation == _ORGANISATION
)
_LIVE = select(
    live_assignments.c.user,
    live_assignments.c.conversation,
    live_assignments.c.units,
    live_assignments.c.priority,
).where(live_assignments.c.organisation == _ORGANISATION)

_ASKED_LATER = select(jobs.c.unique_key).where(
    jobs.c.organisation == _ORGANISATION, jobs.c.kind == AskAgain.kind
)


def wrong_with(reads: Reads) -> list[str]:
    """Nothing, if all is well."""
    values = {"organisation": reads.organisation}
    agents = [AgentRow(*row) for row in reads.execute(_AGENTS, values)]
    items = [item_of(row) for row in reads.execute(_ITEMS, values)]
    return [
        *_nothing_waits_beside_room(reads, agents, items),
        *_hands_are_counted(reads, agents, items),
        *_nobody_away_is_asked(agents, items),
        *_one_lives(items),
        *_declining_ends(reads, items),
        *_what_is_named_is_there(reads, items),
        *_lines_are_right(reads, items),
        *_crowds_are_right(reads, agents),
        *_wrongly_weighed(reads),
    ]


def late(reads: Reads) -> list[str]:
    """What should have ended by now, once all jobs that are due are done."""
    items = [item_of(row) for row in reads.execute(_ITEMS, {"organisation": reads.organisation})]
    queues = _queues(reads, items)
    seconds = load_profiles(reads, reads.organisation).of("").language_hold_seconds
    wrong = [
        f"{item.conversation} is held no longer, and is still {item.reserved_for}'s"
        for item in items
        if item.is_live and item.held_until is not None and item.held_until <= reads.now
    ]
    wrong += [
        f"{item.conversation} was declined, and nobody is asked again"
        for item in items
        if item.state == "queued" and item.asked_again_at is not None and item.asked_again_at <= reads.now
    ]
    for item in items:
        if item.state == "queued" and item.holds_out and item.queued_at is not None:
            until = holds_out_until(item.queued_at, seconds, hours_of(reads, queues.get(item.queue or "")))
            if until is not None and until <= reads.now:
                wrong.append(f"{item.conversation} still holds out for {item.language}")
    return wrong


def out_of_hours(reads: Reads, heard: list[Recorded[Event]]) -> list[str]:
    """What the program gave out of a queue that was closed just then, by its hours of now."""
    wrong = []
    for fact in heard:
        event = fact.event
        decision = event.decision if isinstance(event, WorkOffered) else None
        if isinstance(event, ConversationAssigned):
            decision = event.reason.decision
        if isinstance(event, WorkOffered | ConversationAssigned) and decision and decision["chosen"]:
            hours = hours_of(reads, find_queues(reads, [event.queue or ""]).get(event.queue or ""))
            if not hours.is_open(fact.at):
                wrong.append(f"{event.conversation} was given out of a closed queue")
    return wrong


def _wrongly_weighed(reads: Reads) -> list[str]:
    """What somebody has takes of them what its traits say by the terms of now."""
    values = {"organisation": reads.organisation}
    profiles = load_profiles(reads, reads.organisation)
    agents = {agent.user: agent for agent in (AgentRow(*row) for row in reads.execute(_AGENTS, values))}
    items = {item.conversation: item for item in map(item_of, reads.execute(_ITEMS, values)) if item.is_live}
    wrong = []
    for row in reads.execute(_LIVE, values):
        agent = agents[row.user]
        expected = units(profiles.terms_of(agent.team), agent.capacity, items[row.conversation].traits)
        if row.units != expected:
            wrong.append(f"{row.conversation} takes {row.units} of {agent.user}, and should {expected}")
    return wrong


def _nothing_waits_beside_room(reads: Reads, agents: list[AgentRow], items: list[WorkItem]) -> list[str]:
    """Who may take it is there, serves its queue, has its skills and room, has not given it away, and has not said no
    since all were last asked."""
    profiles = load_profiles(reads, reads.organisation)
    known = [row.with_terms(profiles.terms_of(row.team)) for row in agents]
    open_queues = {
        id for id, queue in _queues(reads, items).items() if hours_of(reads, queue).is_open(reads.now)
    }
    return [
        f"{item.conversation} waits beside {agent.user}"
        for item in items
        if item.state == "queued" and item.queue in open_queues
        for agent in known
        if why_not(agent, item.traits) is None
    ]


def _queues(reads: Reads, items: list[WorkItem]) -> dict[str, Queue]:
    return find_queues(reads, {item.queue for item in items if item.queue is not None})


def _hands_are_counted(reads: Reads, agents: list[AgentRow], items: list[WorkItem]) -> list[str]:
    rows = reads.execute(_LIVE, {"organisation": reads.organisation}).rows
    live = {(row.user, row.conversation) for row in rows}
    hands = {(user, item.conversation) for item in items if item.is_live for user in item.hands}
    wrong = [f"{pair} is counted or is not" for pair in live ^ hands]
    priorities = {item.conversation: item.priority for item in items if item.is_live}
    wrong += [
        f"{row.conversation} is counted to priority {row.priority}"
        for row in rows
        if row.priority != priorities.get(row.conversation)
    ]
    for agent in agents:
        held = held_by(reads, reads.organisation, agent.user)
        if agent.load != sum(held.values()):
            wrong.append(f"{agent.user} has {sum(held.values())} and counts {agent.load}")
        if agent.free_share != free_share(agent.capacity, agent.load):
            wrong.append(f"{agent.user} has another share free than {agent.free_share}")
    return wrong


def _nobody_away_is_asked(agents: list[AgentRow], items: list[WorkItem]) -> list[str]:
    available = {agent.user for agent in agents if agent.status == "available"}
    asked = [item for item in items if item.state == "offered"]
    return [f"{item.offered_to} is asked, and is away" for item in asked if item.offered_to not in available]


def _declining_ends(reads: Reads, items: list[WorkItem]) -> list[str]:
    """Who declined may not take it for a while (`why_not`): never for good, and only while it waits."""
    asked_later = {
        row.unique_key for row in reads.execute(_ASKED_LATER, {"organisation": reads.organisation})
    }
    wrong = [
        f"{item.conversation} was declined by {item.declined}, and they are never asked again"
        for item in items
        if item.state == "queued" and item.declined and AskAgain.key(item.id) not in asked_later
    ]
    for item in items:
        if item.declined and item.state not in ("queued", "offered"):
            wrong.append(f"{item.conversation} is {item.state}, and still declined by {item.declined}")
        if (item.declined_at is not None) != (item.asked_again_at is not None):
            wrong.append(
                f"{item.conversation} is declined since {item.declined_at} till {item.asked_again_at}"
            )
        if item.declined_at is not None and (item.state != "queued" or not item.declined):
            wrong.append(f"{item.conversation} is {item.state}, and told of as declined by everybody")
    return wrong


def _one_lives(items: list[WorkItem]) -> list[str]:
    living = Counter(item.conversation for item in items if item.is_live)
    wrong = [
        f"{conversation} has {count} living items" for conversation, count in living.items() if count > 1
    ]
    for item in items:
        if item.is_live != (item.state != "completed"):
            wrong.append(f"{item.conversation} is {item.state} and lives: {item.is_live}")
        if item.is_live and item.status == "open" and not item.is_ended and item.state == "idle":
            wrong.append(f"{item.conversation} is open, and neither somebody's nor waiting")
    return wrong


def _what_is_named_is_there(reads: Reads, items: list[WorkItem]) -> list[str]:
    """The queue of what waits or is asked, and the skills that any living item asks for."""
    waiting = [item for item in items if item.state in ("queued", "offered")]
    there = find_queues(reads, {item.queue for item in waiting if item.queue is not None})
    wrong = [
        f"{item.conversation} waits in a queue that is gone" for item in waiting if item.queue not in there
    ]
    asked = {skill for item in items if item.is_live for skill, _ in item.skills}
    return [*wrong, *(f"{skill} is asked for and is gone" for skill in asked - known_skills(reads, asked))]


def _lines_are_right(reads: Reads, items: list[WorkItem]) -> list[str]:
    queued = [item for item in items if item.state == "queued"]
    wrong = [f"{item.conversation} is in no line" for item in queued if item.line != line_of(item.traits)]
    expected = Counter(item.line for item in queued)
    found = {line: count for line, _, count in list_lines(reads)}
    return wrong if found == expected else [*wrong, f"lines {found}, and {dict(expected)} wait"]


def _crowds_are_right(reads: Reads, agents: list[AgentRow]) -> list[str]:
    expected = Counter(crowd for crowd in map(crowd_of, agents) if crowd is not None)
    found = {(row.team, row.kind): row.agents for row in count_crowds(reads)}
    return [] if found == expected else [f"crowds {found}, and there are {dict(expected)}"]
