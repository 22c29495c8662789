"""The floor in rows: what the live desk knows, read by index, and stated as facts.

An organisation's commands run one at a time, so what is read here is still so when it is acted on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from kithdesk.access import find_user
from kithdesk.calendar import Schedule
from kithdesk.conversations.events import Reason
from kithdesk.core.actors import system
from kithdesk.core.clock import SECOND, Instant
from kithdesk.core.work import Work
from kithdesk.routing import reasons
from kithdesk.routing.choosing import Agent, Crowd, Decision, Waiting, WhyNot, why_not
from kithdesk.routing.declining import wait_declined
from kithdesk.routing.entities import AgentRow, Queue, WorkItem
from kithdesk.routing.events import (
    AgentStatusChanged,
    How,
    WorkLanguageDropped,
    WorkOffered,
    WorkOfferEnded,
)
from kithdesk.routing.holding_out import holds_out_until
from kithdesk.routing.ids import QueueId
from kithdesk.routing.postponed import EndLanguage, EndOffer, OpenQueue, ServeAgent
from kithdesk.routing.profiles import ORGANISATION, Profiles
from kithdesk.routing.queries.agents import (
    best_agents,
    best_skilled,
    count_crowds,
    find_agent,
)
from kithdesk.routing.queries.items import find_item, list_heads, list_lines
from kithdesk.routing.queries.queues import find_queue, find_queues, load_profiles
from kithdesk.routing.queries.skills import somebody_is_here
from kithdesk.routing.queues import hours_of
from kithdesk.routing.stating import record

FIRST = 10
"""How many of a team are looked at before anything else: the chosen, the runners-up, and a few who may not."""
PAGE = 50

MISSED_OFFER = "missed_offer"


class DeskFloor:
    """`Floor` over one command's work."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self._queues: dict[str, Queue | None] = {}
        self._hours: dict[str | None, Schedule] = {}

    @cached_property
    def profiles(self) -> Profiles:
        return load_profiles(self.work, self.work.organisation)

    def queue(self, id: str) -> Queue | None:
        if id not in self._queues:
            self._queues[id] = find_queue(self.work, id)
        return self._queues[id]

    def hours(self, queue: str) -> Schedule:
        found = self.queue(queue)
        schedule = None if found is None else found.terms.schedule
        if schedule not in self._hours:
            self._hours[schedule] = hours_of(self.work, found)
        return self._hours[schedule]

    def know(self, ids: set[str]) -> None:
        """Reads these queues at once."""
        unknown = ids - self._queues.keys()
        if unknown:
            self._queues |= {**dict.fromkeys(unknown), **find_queues(self.work, unknown)}

    # What it shows

    def agent(self, user: str) -> Agent | None:
        row = find_agent(self.work, user)
        return None if row is None else self._known(row)

    def still_waiting(self, item: Waiting) -> Waiting | None:
        found = self._get(item)
        return found.waiting if found.state == "queued" else None

    def crowd_for(self, item: Waiting) -> Crowd:
        hours = self.hours(item.traits.queue)
        if not hours.is_open(self.work.now):
            return Crowd([], is_open=False, opens_at=hours.next_opening(self.work.now))
        serving = self.profiles.serving(item.traits.queue)
        if item.traits.reserved_for is not None:
            return self._only(item.traits.reserved_for, serving)
        seen: dict[str, Agent] = {}
        for team in serving:
            seen.update((agent.user, agent) for agent in self._first_of(team, item))
        if item.preferred is not None and item.preferred not in seen:
            agent = self.agent(item.preferred)
            if agent is not None and why_not(agent, item.traits) is None:
                seen[agent.user] = agent
        others, free = self._count(serving)
        return Crowd(list(seen.values()), others, max(0, free - len(seen)))

    def heads_for(self, agent: Agent) -> Sequence[Waiting]:
        """Of all lines they may serve, those of the highest priority, which go first whatever has waited how long."""
        queues = None if agent.terms.serves_all_but else agent.terms.queues
        found = list_lines(self.work, queues)
        self.know({traits.queue for _, traits, _ in found})
        lines = [
            (traits.priority, line)
            for line, traits, _ in found
            if why_not(agent, traits) is None and self.hours(traits.queue).is_open(self.work.now)
        ]
        if not lines:
            return []
        first = min(priority for priority, _ in lines)
        heads = list_heads(self.work, [line for priority, line in lines if priority == first])
        return [head.waiting for head in heads]

    def may_hold_out(self, item: Waiting) -> bool:
        until = self.holds_out_until(self._get(item), item.traits.queue)
        if until is not None and self.work.now >= until:
            return False
        is_open = self.hours(item.traits.queue).is_open(self.work.now)
        return not is_open or somebody_is_here(self.work, item.traits.language or "")

    def holds_out_until(self, item: WorkItem, queue: str) -> Instant | None:
        """When it has waited long enough for its language; None: not before its queue opens one day."""
        since = self.work.now if item.queued_at is None else item.queued_at
        seconds = self.profiles.of(ORGANISATION).language_hold_seconds
        return holds_out_until(since, seconds, self.hours(queue))

    def seconds_to_accept(self, item: Waiting, agent: Agent) -> int | None:
        queue, profile = self.queue(item.traits.queue), self.profiles.of(agent.team)
        acceptance = (None if queue is None else queue.terms.acceptance) or profile.acceptance
        return profile.accept_timeout_seconds if acceptance == "manual" else None

    # What it lets happen

    def wait(self, item: Waiting, reason: Reason, decision: Decision | None) -> None:
        found = self._get(item)
        if found.state != "queued" or found.queue != item.traits.queue:
            why = reasons.with_decision(reason, decision)
            record(self.work, found, users=[], reason=why, queue=QueueId(item.traits.queue))
        self.wait_for_opening(item.traits.queue)
        if item.traits.language is not None:
            self.hold_out(self._get(item))
        if (item.traits.declined or item.traits.not_for) and decision is not None:
            wait_declined(self.work, self._get(item), decision)

    def wait_for_opening(self, queue: str) -> None:
        """Something waits there: when its queue opens next, whoever has room is served."""
        at = self.hours(queue).next_opening(self.work.now)
        if at is not None:
            self.work.enqueue(OpenQueue(queue=queue), at=at, unique=OpenQueue.key(queue))

    def hold_out(self, item: WorkItem) -> None:
        """For its language, until so much of its queue's hours has passed."""
        until = self.holds_out_until(item, item.queue or "")
        if until is not None:
            job = EndLanguage(item=item.id)
            self.work.enqueue(job, at=until, unique=EndLanguage.key(item.id), on_conflict="replace")

    def assign(self, item: Waiting, user: str, decision: Decision) -> None:
        record(
            self.work,
            self._get(item),
            users=[user],
            reason=reasons.of_decision(decision),
            queue=QueueId(item.traits.queue),
        )

    def offer(self, item: Waiting, user: str, decision: Decision, seconds: int, asking: Reason) -> None:
        self.wait(item, asking, None)
        until = Instant(self.work.now + seconds * SECOND)
        self.work.publish(
            WorkOffered(
                item=item.id,
                conversation=item.conversation,
                queue=item.traits.queue,
                user=user,
                until=until,
                decision=reasons.document(decision),
            ),
            actor=system(self.work.organisation),
        )
        job = EndOffer(item=item.id, user=user, until=until)
        self.work.enqueue(job, at=until, unique=EndOffer.key(item.id), on_conflict="replace")

    def end_offer(self, item: Waiting, user: str, how: How) -> None:
        by = self.work.actor if how == "declined" else system(self.work.organisation)
        self.work.publish(
            WorkOfferEnded(
                item=item.id, conversation=item.conversation, queue=item.traits.queue, user=user, how=how
            ),
            actor=by,
        )
        self.work.cancel(EndOffer.key(item.id))

    def drop_language(self, item: Waiting) -> Waiting:
        self.work.publish(
            WorkLanguageDropped(
                item=item.id,
                conversation=item.conversation,
                queue=item.traits.queue,
                language=item.traits.language or "",
            ),
            actor=system(self.work.organisation),
        )
        return item.in_any_language()

    def set_unavailable(self, user: str) -> None:
        agent = find_agent(self.work, user)
        if agent is not None and agent.status == "available":
            name = find_user(self.work, user)
            self.work.publish(
                AgentStatusChanged(
                    user=user,
                    status="unavailable",
                    before="available",
                    reason=MISSED_OFFER,
                    display_name="" if name is None else name.display_name,
                    team=agent.chosen_team,
                ),
                actor=system(self.work.organisation),
            )

    def serve_later(self, users: Sequence[str]) -> None:
        for user in users:
            self.work.enqueue(ServeAgent(user=user), unique=f"{ServeAgent.kind}:{user}")

    # Details

    def _get(self, item: Waiting) -> WorkItem:
        found = find_item(self.work, self.work.organisation, item.conversation)
        assert found is not None
        return found

    def _known(self, row: AgentRow) -> Agent:
        return row.with_terms(self.profiles.terms_of(row.team))

    def _first_of(self, team: str, item: Waiting) -> list[Agent]:
        """The best few of a team, and on until one of them may take the item."""
        rows = best_agents(self.work, team, FIRST)
        found = [self._known(row) for row in rows]
        if len(rows) < FIRST or _somebody_may(found, item):
            return found
        skills = dict(item.traits.skills)
        if item.traits.language is not None:
            skills.setdefault(item.traits.language, 1)
        # Those who have what is asked are few among the others, and are looked through from their own first.
        offset = 0 if skills else FIRST
        while len(rows) in (FIRST, PAGE):
            if skills:
                rows = best_skilled(self.work, team, skills, PAGE, offset)
            else:
                rows = best_agents(self.work, team, PAGE, offset)
            page = [self._known(row) for row in rows]
            found += page
            if _somebody_may(page, item):
                break
            offset += PAGE
        return found

    def _only(self, user: str, serving: Sequence[str]) -> Crowd:
        agent = self.agent(user)
        others, free = self._count(serving)
        others["held_for_another"] += max(0, free - 1)
        return Crowd([] if agent is None else [agent], others)

    def _count(self, serving: Sequence[str]) -> tuple[Counter[WhyNot], int]:
        """Those who need not be looked at one by one, and how many have room."""
        others: Counter[WhyNot] = Counter()
        free = 0
        for crowd in count_crowds(self.work):
            if crowd.kind == "away":
                others["away"] += crowd.agents
            elif crowd.team not in serving:
                others["not_serving"] += crowd.agents
            elif crowd.kind == "full":
                others["full"] += crowd.agents
            else:
                free += crowd.agents
        return others, free


def _somebody_may(agents: Sequence[Agent], item: Waiting) -> bool:
    return any(why_not(agent, item.traits) is None for agent in agents)
