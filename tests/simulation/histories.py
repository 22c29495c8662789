"""Random days of a house: what customers, agents and administrators may do, in any order."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from random import Random

from kithdesk import access, conversations, routing
from kithdesk.calendar import create_schedule
from kithdesk.core.clock import HOUR, SECOND
from kithdesk.core.errors import Refusal
from kithdesk.routing import SettingsChange
from kithdesk.routing.errors import TeamNotRouted
from tests.routing.desk_model import half_hours
from tests.routing.house import House, Street

WORDS = ("billing", "refund", "something else")
SETTINGS = (
    {"capacity_per_agent": 1},
    {"capacity_per_agent": 3},
    {"acceptance": "manual"},
    {"acceptance": "auto"},
    {"wrap_up_seconds": 20},
    {"wrap_up_seconds": 0},
    {"last_agent_hold_seconds": 30},
    {"pause_lower_priority": True},
    {"capacity_by_priority": {50: 1}},
    {"capacity_by_priority": None},
    {"channel_weights": {"chat": 2}},
)


Move = Callable[[], None]


class History:
    """A house in which something happens."""

    def __init__(self, street: Street, seed: int) -> None:
        self.chance = Random(seed)
        clock = street.clock
        clock.advance(seconds=(HOUR - clock.now() % HOUR) / SECOND)  # the same moves meet the same hours
        self.house = House(street)
        run = self.house.run
        self.agents = [self.house.new_agent(number) for number in range(5)]
        self.conversations: list[conversations.ConversationId] = []
        run(routing.change_settings, SettingsChange(capacity_per_agent=2))
        self.billing = run(routing.create_queue, "Billing", "billing", {"priority": 10, "weight": 2})
        self.team = run(access.create_team, "Experts").id
        run(access.change_members, self.team, self.agents[:2])
        run(routing.declare_skill, "Refunds", "refunds")
        run(routing.declare_skill, "German", "lang:de")
        self.schedule = run(create_schedule, half_hours("Ours", first=True)).id
        for word, skills in (("billing", {}), ("refund", {"refunds": 2})):
            criteria = {"and": [{"message_body": {"contains": word}}]}
            values = {"name": word, "criteria": criteria, "queue": self.billing, "skills": skills}
            run(routing.create_rule, values)
        if self.chance.random() < 0.5:
            self.the_team_changes()
        if self.chance.random() < 0.5:
            run(routing.change_settings, SettingsChange(acceptance="manual"))
        for agent in self.agents[:3]:
            self._by(agent, routing.set_status, agent, "available")
            run(routing.set_skills, agent, {"refunds": self.chance.randint(1, 3)})

    def goes_on(self, moves: int, *, admin: bool = True) -> None:
        """Something happens, and what is due is done before the next does."""
        often, seldom, rare = self.moves()
        for _ in range(moves):
            which = self.chance.choice([often, often, seldom, rare if admin else often])
            with suppress(Refusal):
                self.chance.choice(which)()
            self.house.settle()

    def moves(self) -> tuple[list[Move], list[Move], list[Move]]:
        """What happens often, seldom, and when administrators are at it."""
        often = [
            self.somebody_writes,
            self.somebody_writes,
            self.somebody_writes,
            self.somebody_writes_again,
            self.an_agent_answers,
            self.an_agent_answers,
            self.an_agent_closes,
            self.an_agent_closes,
            self.an_agent_says,
            self.an_offer_is_answered,
            self.an_offer_is_answered,
            self.an_offer_is_answered,
            self.time_passes,
            self.time_passes,
        ]
        seldom = [
            self.it_is_snoozed,
            self.it_comes_back,
            self.it_ends,
            self.it_is_assigned,
            self.it_is_handed_off,
            self.it_is_transferred,
            self.an_agent_is_gone,
        ]
        rare = [
            self.the_settings_change,
            self.the_team_changes,
            self.an_agent_learns,
            self.it_overflows,
            self.its_hours_change,
        ]
        return often, seldom, rare

    # Customers

    def somebody_writes(self) -> None:
        if len(self.conversations) < 60:
            word = self.chance.choice(WORDS)
            locale = self.chance.choice([None, None, "de"])
            self.conversations.append(self.house.arrives(f"It is about {word}", locale=locale))

    def somebody_writes_again(self) -> None:
        self.house.writes_again(self._pick())

    # Agents

    def an_agent_answers(self) -> None:
        conversation = self._pick()
        users = self.house.item(conversation).users
        agent = users[0] if users and self.chance.random() < 0.8 else self.chance.choice(self.agents)
        client_id = str(self.house.street.clock.now())
        self._by(agent, conversations.reply, conversation, client_id=client_id, body="Yes")

    def an_agent_closes(self) -> None:
        conversation = self._pick()
        users = self.house.item(conversation).users
        if users:
            self._by(users[0], routing.change, conversation, {"status": "done"})

    def an_agent_says(self) -> None:
        status = self.chance.choice(["available", "available", "available", "busy", "unavailable", "offline"])
        agent = self.chance.choice(self.agents)
        self._by(agent, routing.set_status, agent, status)

    def an_agent_is_gone(self) -> None:
        self.house.run(routing.go_offline, self.chance.choice(self.agents), reason="connection_lost")

    def an_offer_is_answered(self) -> None:
        asked = [one for one in self.conversations if self.house.item(one).state == "offered"]
        if asked:
            item = self.house.item(self.chance.choice(asked))
            verb = routing.accept if self.chance.random() < 0.7 else routing.decline
            self._by(item.offered_to or "", verb, item.id)

    def it_is_snoozed(self) -> None:
        self.house.run(conversations.snooze, self._pick(), until=self.house.street.clock.in_(days=30))

    def it_comes_back(self) -> None:
        self.house.run(routing.change, self._pick(), {"status": "open"})

    def it_ends(self) -> None:
        self.house.run(conversations.end, self._pick())

    def it_is_assigned(self) -> None:
        users = self.chance.sample(self.agents, self.chance.randint(0, 2))
        self.house.run(routing.assign, self._pick(), users=users)

    def it_is_handed_off(self) -> None:
        self.house.run(routing.hand_off_to_queue, self._pick(), self.billing)

    def it_is_transferred(self) -> None:
        with suppress(TeamNotRouted):
            self.house.run(routing.transfer, self._pick(), team=self.team, reason="")

    # Administrators, and time

    def the_settings_change(self) -> None:
        self.house.run(routing.change_settings, SettingsChange(**self.chance.choice(SETTINGS)))

    def the_team_changes(self) -> None:
        default = self.house.read(routing.find_default_queue)
        queues = (self.billing,) if self.chance.random() < 0.7 else (default,)
        change = SettingsChange(enabled=self.chance.random() < 0.7, queues=queues)
        self.house.run(routing.change_settings, change, team=self.team)

    def an_agent_learns(self) -> None:
        level = self.chance.randint(0, 3)
        self.house.run(
            routing.set_skills, self.chance.choice(self.agents), {"refunds": level} if level else {}
        )

    def it_overflows(self) -> None:
        default = self.house.read(routing.find_default_queue)
        over = self.chance.choice([None, {"over_waiting": 1}, {"after_seconds": 20}])
        what = self.chance.choice([{"to_queue": default}, {"message": "It takes long"}])
        overflow = None if over is None else {**what, **over}
        self.house.run(routing.change_queue, self.billing, {"overflow": overflow})

    def its_hours_change(self) -> None:
        schedule = self.chance.choice([None, self.schedule])
        self.house.run(routing.change_queue, self.billing, {"schedule": schedule})

    def time_passes(self) -> None:
        self.house.street.clock.advance(seconds=self.chance.choice([5, 31, 200]))

    # Details

    def _pick(self) -> conversations.ConversationId:
        if not self.conversations:
            self.somebody_writes()
        return self.chance.choice(self.conversations)

    def _by(self, agent: str, verb: object, *args: object, **values: object) -> None:
        self.house.run(verb, *args, by=self.house.someone(agent), **values)
