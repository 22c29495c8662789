"""Agents come, go, are asked and give work away; customers write, leave and come back; administrators change their
minds, and the hours. After every step the promises hold, and in the end the journal tells it all."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from sqlalchemy.util import greenlet_spawn

from kithdesk import access, conversations, routing
from kithdesk.app import WIRING
from kithdesk.calendar import Change, change_schedule, create_schedule, delete_schedule
from kithdesk.core.errors import Refusal
from kithdesk.core.postgres.connections import connect
from kithdesk.core.replay import replay
from kithdesk.routing import SettingsChange
from kithdesk.routing.statuses import go_offline
from tests.databases import empty
from tests.routing.desk_model import DeskModel, half_hours, play
from tests.routing.house import PostgresStreet, Street
from tests.routing.promises import late

AGENTS = st.integers(0, 3)
STATUSES = st.sampled_from(["available", "available", "busy", "unavailable", "offline"])
HOURS = st.sampled_from([None, "ours", "theirs"])
OVERFLOWS = st.sampled_from(["queue", "queue", "message", "form"])


class Desk(DeskModel):
    """What may happen."""

    @initialize(
        available=st.lists(AGENTS, unique=True),
        speak_german=st.lists(AGENTS, unique=True),
        enabled=st.booleans(),
        asked=st.booleans(),
        hours=st.tuples(HOURS, HOURS),
    )
    def a_day_begins(
        self,
        available: list[int],
        speak_german: list[int],
        enabled: bool,
        asked: bool,
        hours: tuple[str | None, str | None],
    ) -> None:
        for agent in speak_german:
            self.an_agent_learns(agent, 2, german=True)
        for queue, when in zip(("default", "billing"), hours, strict=True):
            self.a_queue_has_hours(queue, when)
        if enabled:
            self.the_team_changes(enabled=True, serves_billing=True)
        if asked:
            self.the_settings_change({"acceptance": "manual"})
        for about, locale in (("billing", "de"), ("refund", None), ("something else", "de")):
            self.writes(about, locale=locale)
        for agent in available:
            self.an_agent_says(agent, "available")

    # Customers

    @rule()
    def a_customer_has_a_question(self) -> None:
        self.writes("something else")

    @rule()
    def a_customer_has_an_invoice(self) -> None:
        self.writes("billing")

    @rule()
    def a_customer_wants_money_back(self) -> None:
        self.writes("refund")

    @rule(about=st.sampled_from(["something else", "billing"]))
    def a_customer_writes_in_german(self, about: str) -> None:
        self.writes(about, locale="de-AT")

    @precondition(lambda self: self.conversations)
    @rule(data=st.data())
    def a_customer_writes_again(self, data: st.DataObject) -> None:
        conversation = self.pick(data)
        if not self.house.item(conversation).is_ended:
            self.house.writes_again(conversation)

    @precondition(lambda self: self.conversations)
    @rule(data=st.data())
    def a_customer_ends_the_chat(self, data: st.DataObject) -> None:
        self.house.ends(self.pick(data))

    # Agents

    @precondition(lambda self: self.conversations)
    @rule(data=st.data(), agent=AGENTS)
    def an_agent_answers(self, data: st.DataObject, agent: int) -> None:
        conversation = self.pick(data)
        if not self.house.item(conversation).is_ended:
            client_id = str(self.street.clock.now())
            who = self.house.someone(self.agents[agent])
            self.house.run(conversations.reply, conversation, client_id=client_id, body="Yes", by=who)

    @rule(agent=AGENTS, status=STATUSES)
    def an_agent_says(self, agent: int, status: str) -> None:
        user = self.agents[agent]
        self.house.run(routing.set_status, user, status, by=self.house.someone(user))
        self.nobody_offline_has_anything_left(user)

    @rule(agent=AGENTS)
    def an_agent_is_gone(self, agent: int) -> None:
        self.house.run(go_offline, self.agents[agent], reason="connection_lost")
        self.nobody_offline_has_anything_left(self.agents[agent])

    @precondition(lambda self: self.asked())
    @rule(data=st.data(), accepts=st.booleans())
    def an_agent_who_is_asked_says(self, data: st.DataObject, accepts: bool) -> None:
        item = self.house.item(data.draw(st.sampled_from(self.asked())))
        who = self.house.someone(item.offered_to or "")
        self.house.run(routing.accept if accepts else routing.decline, item.id, by=who)

    @precondition(lambda self: self.conversations)
    @rule(data=st.data(), agent=AGENTS)
    def an_agent_who_is_not_asked_cannot_accept(self, data: st.DataObject, agent: int) -> None:
        item = self.house.item(self.pick(data))
        user = self.agents[agent]
        if item.offered_to != user and user not in item.users:
            with pytest.raises(Refusal):
                self.house.run(routing.accept, item.id, by=self.house.someone(user))

    @precondition(lambda self: self.conversations)
    @rule(data=st.data(), change=st.sampled_from(["done", "open", "snoozed", "ended"]))
    def an_agent_changes(self, data: st.DataObject, change: str) -> None:
        conversation = self.pick(data)
        if change == "ended":
            self.house.run(conversations.end, conversation)
        elif change == "snoozed" and self.house.item(conversation).status != "done":
            self.house.run(conversations.snooze, conversation, until=self.street.clock.in_(days=30))
        elif change != "snoozed":
            self.house.run(routing.change, conversation, {"status": change})

    @precondition(lambda self: self.conversations)
    @rule(data=st.data(), agents=st.lists(AGENTS, unique=True, max_size=2))
    def somebody_assigns(self, data: st.DataObject, agents: list[int]) -> None:
        users = [self.agents[agent] for agent in agents]
        self.house.run(routing.assign, self.pick(data), users=users)

    @precondition(lambda self: self.conversations)
    @rule(data=st.data(), to=st.sampled_from(["billing", "default", "team"]))
    def somebody_hands_off(self, data: st.DataObject, to: str) -> None:
        conversation = self.pick(data)
        if to == "team" and not self.team_is_routed:
            with pytest.raises(Refusal, match="serves no queue"):
                self.house.run(routing.transfer, conversation, team=self.team, reason="")
        elif to == "team":
            self.house.run(routing.transfer, conversation, team=self.team, reason="")
        else:
            queue = self.billing if to == "billing" else self.house.read(routing.find_default_queue)
            self.house.run(routing.hand_off_to_queue, conversation, queue)

    # Administrators, and time

    @rule(
        change=st.sampled_from(
            [
                {"capacity_per_agent": 1},
                {"capacity_per_agent": 3},
                {"acceptance": "manual"},
                {"acceptance": "auto"},
                {"wrap_up_seconds": 20},
                {"wrap_up_seconds": 0},
                {"last_agent_hold_seconds": 30},
                {"last_agent_first_seconds": 60},
                {"pause_lower_priority": True},
                {"capacity_by_priority": {50: 1}},
                {"capacity_by_priority": None},
                {"channel_weights": {"chat": 2}},
                {"channel_weights": None},
            ]
        )
    )
    def the_settings_change(self, change: dict[str, Any]) -> None:
        self.house.run(routing.change_settings, SettingsChange(**change))

    @rule(enabled=st.booleans(), serves_billing=st.booleans())
    def the_team_changes(self, enabled: bool, serves_billing: bool) -> None:
        default = self.house.read(routing.find_default_queue)
        queues = (self.billing,) if serves_billing else (default,)
        change = SettingsChange(enabled=enabled, queues=queues)
        self.house.run(routing.change_settings, change, team=self.team)

    @rule(members=st.lists(AGENTS, unique=True, max_size=3))
    def the_members_change(self, members: list[int]) -> None:
        self.house.run(access.change_members, self.team, [self.agents[one] for one in members])

    @rule(agent=AGENTS, level=st.integers(0, 3), german=st.booleans())
    def an_agent_learns(self, agent: int, level: int, german: bool) -> None:
        skills = {**({"refunds": level} if level else {}), **({"lang:de": 1} if german else {})}
        self.house.run(routing.set_skills, self.agents[agent], skills)

    @rule(over=st.sampled_from([None, {"over_waiting": 1}, {"after_seconds": 20}]), how=OVERFLOWS)
    def the_queue_overflows(self, over: dict[str, object] | None, how: str) -> None:
        default = self.house.read(routing.find_default_queue)
        where: dict[str, object] = {"queue": {"to_queue": default}, "form": {"form": True}}.get(how, {})
        overflow = None if over is None else {"message": "It takes a while.", **over, **where}
        self.house.run(routing.change_queue, self.billing, {"overflow": overflow})

    @rule(of=st.sampled_from(["default", "billing"]), hours=HOURS)
    def a_queue_has_hours(self, of: str, hours: str | None) -> None:
        schedule = {None: None, "ours": self.schedule, "theirs": self.other_schedule}[hours]
        queue = self.billing if of == "billing" else self.house.read(routing.find_default_queue)
        self.house.run(routing.change_queue, queue, {"schedule": schedule})

    @rule(first=st.booleans())
    def the_hours_change(self, first: bool) -> None:
        change = Change(hours=half_hours("", first=first).hours)
        self.house.run(change_schedule, self.schedule, change)

    @rule()
    def a_schedule_goes(self) -> None:
        self.house.run(delete_schedule, self.other_schedule)
        self.other_schedule = self.house.run(create_schedule, half_hours("Theirs", first=False)).id

    @precondition(lambda self: self.conversations)
    @rule(data=st.data(), agent=st.one_of(st.none(), AGENTS), refunds=st.booleans())
    def somebody_wishes(self, data: st.DataObject, agent: int | None, refunds: bool) -> None:
        wishes = {
            "preferredUser": None if agent is None else self.agents[agent],
            "skills": ["refunds"] if refunds else [],
        }
        self.house.run(routing.change, self.pick(data), wishes)

    @rule(of=st.sampled_from(["queue", "skill"]))
    def something_goes_and_is_made_anew(self, of: str) -> None:
        run = self.house.run
        for one in self.rules:
            run(routing.delete_rule, one)
        if of == "skill":
            run(routing.remove_skill, self.skill)
            self.skill = run(routing.declare_skill, "Refunds", "refunds")
        else:
            run(routing.delete_queue, self.billing)
            self.billing = run(routing.create_queue, "Billing", "billing", {"priority": 10, "weight": 2})
        self.make_rules()

    @precondition(lambda self: self.conversations)
    @rule(data=st.data(), heavy=st.booleans(), agent=AGENTS)
    def somebody_assigns_out_of_a_queue(self, data: st.DataObject, heavy: bool, agent: int) -> None:
        conversation = self.pick(data)
        queue = self.billing if heavy else self.house.read(routing.find_default_queue)
        users = list(self.house.item(conversation).users) or [self.agents[agent]]
        self.house.run(routing.change, conversation, {"assignedUsers": users, "queue": queue})

    @rule(seconds=st.sampled_from([5, 31, 130, 1_700, 3_600]))
    def time_passes(self, seconds: int) -> None:
        self.street.clock.advance(seconds=seconds)
        self.house.settle()
        asked = [self.house.item(one) for one in self.asked()]
        assert all((item.offered_until or 0) > self.street.clock.now() - 60_000 for item in asked)
        assert self.house.read(late) == []


def test_the_promises_of_routing_hold_whatever_happens_and_the_journal_tells_it_all(tmp_path: Path) -> None:
    database = tmp_path / "machine.sqlite3"
    Desk.street = Street(database)
    play(Desk, examples=40)
    Desk.street.connection.execute("COMMIT")
    Desk.street.close()

    report = replay(database, WIRING)

    assert report.events > 1_000
    assert report.agrees, report


@pytest.mark.long
def test_they_hold_on_postgresql_too(postgres: str) -> None:
    empty(postgres)

    async def on_postgres() -> None:
        connection = await connect(postgres, name="machine")
        try:
            await greenlet_spawn(_play_on, connection)
        finally:
            await connection.close()

    asyncio.run(on_postgres())

    report = replay(postgres, WIRING)

    assert report.events > 1_000
    assert report.agrees, report


def _play_on(connection: Any) -> None:
    Desk.street = PostgresStreet(connection)
    play(Desk, examples=40)
    Desk.street.close()
