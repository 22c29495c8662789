"""Making a scenario so: the changes that an administrator would make, by the verbs that make them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import UNSET, structs

from kithdesk import access, routing
from kithdesk.calendar import find_schedule
from kithdesk.core.clock import Instant
from kithdesk.core.errors import Refusal
from kithdesk.core.events import Event, Recorded
from kithdesk.core.work import Reads, Work
from kithdesk.routing.events import (
    AgentSkillsChanged,
    AgentStatusChanged,
    QueueChanged,
    QueueCreated,
    QueueDeleted,
    QueueRuleChanged,
    QueueRuleCreated,
    QueueRuleDeleted,
    QueueRulesOrdered,
    RoutingSettingsChanged,
)
from kithdesk.simulation.errors import BadScenario
from kithdesk.simulation.playing import Player
from kithdesk.simulation.scenario import Newcomer, QueueChange, Rule, Scenario, settings_of
from kithdesk.simulation.script import Script

_RULES = (QueueRuleCreated, QueueRuleChanged, QueueRuleDeleted, QueueRulesOrdered)
GONE = "simulated"
Stretch = tuple[Instant, Instant]


class Names:
    """What the past calls its queues and rules. `to_come`: the same once the period is over."""

    def __init__(self) -> None:
        self.to_come: Names | None = None
        self.queues: dict[str, str] = {}
        self.keys: dict[str, str] = {}
        self.rules: dict[str, None] = {}

    def hear(self, recorded: Recorded[Event]) -> None:
        event = recorded.event
        if isinstance(event, QueueCreated):
            self.queues[event.queue], self.keys[event.key] = event.name, event.queue
        elif isinstance(event, QueueChanged):
            self.queues[event.queue] = event.name
        elif isinstance(event, QueueDeleted):
            self.keys = {key: queue for key, queue in self.keys.items() if queue != event.queue}
        elif isinstance(event, QueueRuleCreated):
            self.rules[event.queue_rule] = None
        elif isinstance(event, QueueRuleDeleted):
            self.rules.pop(event.queue_rule, None)

    def queue(self, called: str, at: str) -> str:
        """By its key, or its id. Raises `BadScenario`."""
        queue = self.find_queue(called)
        if queue is not None:
            return queue
        later = None if self.to_come is None else self.to_come.find_queue(called)
        if self.to_come is not None and later is not None:
            name = self.to_come.queues[later]
            raise BadScenario(f"{name} is younger than the period: let it begin later.", parameter=at)
        raise BadScenario(f"There was no queue {called}.", parameter=at)

    def find_queue(self, called: str) -> str | None:
        return called if called in self.keys.values() else self.keys.get(called)


def apply_scenario(work: Work, scenario: Scenario, names: Names) -> list[tuple[str, Newcomer]]:
    """Everything but the load and the hours. Answers who is new. Raises `BadScenario`."""
    for called, queue in scenario.queues.items():
        at = f"scenario.queues.{called}"
        _try(at, routing.change_queue, work, names.queue(called, at), _queue_values(queue, names, at))
    if scenario.rules is not None:
        _replace_rules(work, scenario.rules, names)
    for team in scenario.teams:
        at = f"scenario.teams.{team}"
        change = settings_of(scenario, team)
        if change.queues is not UNSET:
            change = structs.replace(
                change, queues=tuple(names.queue(called, at) for called in change.queues)
            )
        _try(at, routing.change_settings, work, change, team=team or None)
    for user, levels in scenario.skills.items():
        _try(f"scenario.skills.{user}", routing.set_skills, work, user, levels)
    for user in scenario.roster.remove:
        _try("scenario.roster.remove", access.get_user, work, user)
        routing.go_offline(work, user, reason=GONE)
    return [
        (_newcomer(work, one, place, number), one)
        for place, one in enumerate(scenario.roster.add)
        for number in range(one.count)
    ]


def passed_over(scenario: Scenario, names: Names) -> Any:
    """Which facts of the past are not so: who changes something has it stay so."""
    queues = {names.find_queue(called) for called in scenario.queues}

    def is_not_so(event: Event) -> bool:
        if isinstance(event, QueueChanged):
            return event.queue in queues
        if isinstance(event, RoutingSettingsChanged):
            return (event.team or "") in scenario.teams
        if isinstance(event, AgentSkillsChanged):
            return event.user in scenario.skills
        return isinstance(event, _RULES) and scenario.rules is not None

    return is_not_so


def put_hours(
    player: Player, reads: Reads, newcomers: Iterable[tuple[str, Newcomer]], script: Script
) -> None:
    """When each of those who are new comes and goes. Raises `BadScenario`."""
    for user, one in newcomers:
        for begins, ends in _hours(reads, one, script):
            _put_status(player, user, "available", "offline", begins)
            if ends < script.ends:
                _put_status(player, user, "offline", "available", ends)


def _put_status(player: Player, user: str, status: Any, before: Any, at: Instant) -> None:
    def say(work: Work) -> None:
        work.publish(AgentStatusChanged(user=user, status=status, before=before))

    player.put(at, say)


def _hours(reads: Reads, one: Newcomer, script: Script) -> list[Stretch]:
    if one.schedule is not None:
        schedule = find_schedule(reads, one.schedule)
        if schedule is None:
            raise BadScenario("There was no such schedule.", parameter="scenario.roster.add")
        found, at = [], script.begins
        while at < script.ends:
            begins = at if schedule.is_open(at) else schedule.next_opening(at)
            if begins is None or begins >= script.ends:
                break
            ends = schedule.next_closing(begins)
            at = script.ends if ends is None else min(ends, script.ends)
            found.append((begins, at))
        return found
    return there(script, one.like)


def there(script: Script, like: str | None) -> list[Stretch]:
    """When somebody was there: one of them, or with None anybody at all."""
    here = {user for user in script.available_before if like in (None, user)}
    found: list[Stretch] = []
    since = script.begins if here else None
    for recorded in script.recorded:
        event = recorded.event
        if not isinstance(event, AgentStatusChanged) or like not in (None, event.user):
            continue
        if event.status == "available":
            here.add(event.user)
        else:
            here.discard(event.user)
        if here and since is None:
            since = recorded.at
        elif not here and since is not None:
            found.append((since, recorded.at))
            since = None
    return found if since is None else [*found, (since, script.ends)]


def _queue_values(change: QueueChange, names: Names, at: str) -> dict[str, Any]:
    values = {name: value for name, value in structs.asdict(change).items() if value is not UNSET}
    if change.overflow is not UNSET and change.overflow is not None:
        values["overflow"] = {
            **structs.asdict(change.overflow),
            "to_queue": names.queue(change.overflow.to_queue, f"{at}.overflow"),
        }
    return values


def _replace_rules(work: Work, rules: Iterable[Rule], names: Names) -> None:
    for id in names.rules:
        routing.delete_rule(work, id)
    for place, rule in enumerate(rules):
        at = f"scenario.rules.{place}"
        values: Mapping[str, Any] = {**structs.asdict(rule), "queue": names.queue(rule.queue, at)}
        _try(at, routing.create_rule, work, values)


def _newcomer(work: Work, one: Newcomer, place: int, number: int) -> str:
    at = "scenario.roster.add"
    name = one.name if one.count == 1 else f"{one.name} {number + 1}"
    email = f"simulated-{place}-{number}@simulation.invalid"
    made = access.create_user(work, email=email, display_name=name)
    user = str(made.id)
    if one.team is not None:
        team = _try(at, access.get_team, work, one.team)
        _try(at, access.change_members, work, one.team, [*team.members, user])
    if one.skills:
        _try(at, routing.set_skills, work, user, one.skills)
    return user


def _try(at: str, verb: Any, *args: Any, **values: Any) -> Any:
    """Raises what the verb refuses as a `BadScenario`, which says where."""
    try:
        return verb(*args, **values)
    except Refusal as refusal:
        raise BadScenario(f"{refusal.detail or refusal.title}", parameter=at) from None
