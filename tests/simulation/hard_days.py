"""Days on which everything goes wrong at once: promises break, offers pass, agents crash, customers turn out to be one
and the same, and an administrator changes rules and people in the midst of it."""

from __future__ import annotations

from typing import Any

from kithdesk import access, conversations, routing, sla
from kithdesk.customers import CustomerId
from kithdesk.routing import SettingsChange
from kithdesk.routing.queries.queues import list_rules
from kithdesk.sla import Metric, Target, Wish
from kithdesk.sla.queries import list_policies
from tests.routing.house import Street
from tests.simulation.histories import History, Move

_PROMISED: dict[Metric, Target] = {"firstResponse": Target(seconds=60), "nextReply": Target(seconds=120)}


class HardDay(History):
    """A house with two promises, in which nothing is spared."""

    def __init__(self, street: Street, seed: int) -> None:
        super().__init__(street, seed)
        self.rules: list[str] = []
        billing = {"and": [{"conversation_queue": {"in": [self.billing]}}]}
        for name, criteria in (("Billing", billing), ("All", {})):
            self.house.run(sla.create_policy, Wish(name=name, criteria=criteria, metrics=_PROMISED))
        short = SettingsChange(
            accept_timeout_seconds=15, wrap_up_seconds=10, language_hold_seconds=20, pause_lower_priority=True
        )
        self.house.run(routing.change_settings, short)

    def moves(self) -> tuple[list[Move], list[Move], list[Move]]:
        often, seldom, rare = super().moves()
        seldom += [
            self.somebody_is_wished_for,
            self.skills_are_wished_for,
            self.it_is_urgent,
            self.it_is_tagged_by_a_name,
            self.everybody_crashes,
            self.an_offer_passes,
            self.an_agent_winds_up,
            self.it_is_given_away_by_an_agent,
        ]
        rare += [
            self.two_customers_are_one,
            self.a_rule_comes,
            self.a_rule_changes,
            self.a_rule_goes,
            self.the_rules_turn_round,
            self.an_agent_leaves,
            self.a_promise_changes,
        ]
        return often, seldom, rare

    # Wishes

    def somebody_is_wished_for(self) -> None:
        user = self.chance.choice([None, *self.agents])
        self.house.run(routing.change, self._pick(), {"preferredUser": user})

    def skills_are_wished_for(self) -> None:
        skills = self.chance.choice([[], ["refunds"]])
        self.house.run(routing.change, self._pick(), {"skills": skills})

    def it_is_urgent(self) -> None:
        self.house.run(routing.change, self._pick(), {"priority": self.chance.randint(1, 5)})

    def it_is_tagged_by_a_name(self) -> None:
        self.house.run(routing.change, self._pick(), {"name": self.chance.choice(["billing", "x"])})

    # Agents

    def everybody_crashes(self) -> None:
        for agent in self.agents:
            self.house.run(routing.go_offline, agent, reason="connection_lost")
        back = self.chance.choice(self.agents)
        self._by(back, routing.set_status, back, "available")

    def an_offer_passes(self) -> None:
        self.house.street.clock.advance(seconds=16)

    def an_agent_winds_up(self) -> None:
        found = [self.house.item(one) for one in self.conversations]
        winding = [item for item in found if item.state == "wrap_up" and item.users]
        if winding:
            item = self.chance.choice(winding)
            self._by(item.users[0], routing.finish_wrap_up, item.id)

    def it_is_given_away_by_an_agent(self) -> None:
        held = [one for one in self.conversations if self.house.item(one).users]
        if held:
            one = self.chance.choice(held)
            self._by(self.house.item(one).users[0], routing.hand_off_to_queue, one, self.billing)

    def an_agent_leaves(self) -> None:
        if len(self.agents) > 4:
            self.house.run(access.deactivate_user, self.agents.pop())

    # Administrators

    def two_customers_are_one(self) -> None:
        one, other = (
            self.house.read(conversations.get_conversation, self._pick()).customer for _ in range(2)
        )
        if one != other:
            self.house.run(conversations.merge_customers, CustomerId(one), CustomerId(other))

    def a_rule_comes(self) -> None:
        default = self.house.read(routing.find_default_queue)
        criteria = {"and": [{"message_body": {"contains": self.chance.choice(("something", "billing"))}}]}
        values: dict[str, Any] = {
            "name": "One more",
            "criteria": criteria,
            "queue": self.chance.choice([default, self.billing]),
            "preferred": self.chance.choice([None, self.agents[0]]),
            "priority": self.chance.choice([None, 5]),
        }
        self.rules.append(str(self.house.run(routing.create_rule, values)))

    def a_rule_changes(self) -> None:
        if self.rules:
            values = {"priority": self.chance.randint(1, 100), "skills": {"refunds": 1}}
            self.house.run(routing.change_rule, self.chance.choice(self.rules), values)

    def a_rule_goes(self) -> None:
        if self.rules:
            self.house.run(routing.delete_rule, self.rules.pop())

    def the_rules_turn_round(self) -> None:
        if len(self.rules) > 1:
            self.rules.reverse()
            known = [rule.id for rule in self.house.read(list_rules)]
            self.house.run(routing.order_rules, known[::-1])

    def a_promise_changes(self) -> None:
        [first, *_] = self.house.read(list_policies)
        metrics: dict[Metric, Target] = {"firstResponse": Target(seconds=self.chance.choice([30, 90]))}
        self.house.run(sla.change_policy, first.id, Wish(metrics=metrics))
