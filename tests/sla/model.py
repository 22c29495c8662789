"""What clocks should show after whatever happened, kept beside a house to which the same happens."""

from __future__ import annotations

from typing import Any

from kithdesk import conversations
from kithdesk.calendar.opening import OpeningTimes
from kithdesk.calendar.rules import Rules
from kithdesk.conversations import ConversationId, get_conversation
from kithdesk.core.clock import DAY, MINUTE, Instant
from kithdesk.core.desk import Desk
from kithdesk.customers import update_customer
from kithdesk.sla import METRICS, Promise, Target
from kithdesk.sla.clocks import Step
from kithdesk.sla.queries import Clocked, find_clocked
from kithdesk.sla.reckoning import MAX_STEPS
from tests.sla.conftest import WIRING
from tests.sla.houses import House
from tests.sla.matter import Matter
from tests.sla.reference import count
from tests.spine import sql

START = Instant(1_780_000_020_000 // MINUTE * MINUTE)
WEEKS: list[dict[str, Any]] = [
    {str(day): [(540, 1_020)] for day in range(7)},
    {str(day): [(0, 300), (600, 1_440)] for day in range(7)},
    {str(day): [(1_200, 240)] for day in range(7)},
]


class World:
    """The house, and the model beside it."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.matters: dict[ConversationId, Matter] = {}
        self.promises: dict[tuple[bool, int], Promise] = {}
        self.numbers = {True: 0, False: 0}
        self.ids: dict[bool, Any] = {}
        self.is_on = {True: True, False: True}
        self.week = 0
        self.has_talked = False

    @property
    def now(self) -> Instant:
        return self.house.clock.now()

    async def begin(self) -> None:
        self.schedule = await self.house.schedule(WEEKS[0])
        for is_urgent in (True, False):
            said = self._said(45 if is_urgent else 200, True)
            which = {"or": [{"conversation_priority": {"gte": 4}}, {"customer_tags": {"contains": "vip"}}]}
            policy = await self.house.policy(
                "Urgent" if is_urgent else "All",
                criteria=which if is_urgent else {},
                schedule=self.schedule.id,
                **said,
            )
            self.ids[is_urgent] = policy.id
            self._keep(is_urgent, policy.promise)

    def _said(self, minutes: int, pauses: bool) -> dict[str, Any]:
        target = Target(seconds=minutes * 60, by_priority={"5": minutes // 2 * 60})
        return {"metrics": dict.fromkeys(METRICS, target), "pause_on_snooze": pauses, "warn_before": 300}

    def _keep(self, is_urgent: bool, promise: Promise) -> None:
        self.numbers[is_urgent] += 1
        self.promises[is_urgent, self.numbers[is_urgent]] = promise

    def _ask(self, matter: Matter) -> None:
        """The first policy that matches, which is kept in its version by who has it already. What is done or has
        ended, and history alone, is not asked about."""
        if matter.status == "done" or matter.has_ended or not matter.is_work:
            return
        matter.promised_priority = matter.priority
        is_urgent = matter.priority >= 4 or matter.is_vip
        found = next((one for one in (True, False) if self.is_on[one] and (not one or is_urgent)), None)
        if found is None:
            matter.has = None
        elif matter.has is None or matter.has[0] is not found:
            if matter.has is None and matter.was_cut_off:
                matter.is_told = False
            matter.has = (found, self.numbers[found])

    def _pick(self, which: int) -> tuple[ConversationId, Matter] | None:
        known = list(self.matters.items())
        return known[which % len(known)] if known else None

    # What happens

    async def move(self, name: str, *how: Any) -> None:
        if name in ("arrive", "recall", "promise", "switch", "reschedule", "wait", "be_away"):
            await getattr(self, name)(*how)
            return
        picked = self._pick(how[0])
        if picked is not None:
            await getattr(self, name)(*picked, *how[1:])

    async def arrive(self, _: int) -> None:
        if len(self.matters) < 3:
            matter = self.matters[await self.house.arrive()] = Matter(self.now)
            self._ask(matter)

    async def recall(self, _: int) -> None:
        """A program records what somebody wrote days ago."""
        if len(self.matters) < 3:
            matter = self.matters[await self.house.recall(days=3)] = Matter(self.now)
            matter.is_work = False

    async def write(self, id: ConversationId, matter: Matter) -> None:
        if matter.has_ended:
            return
        await self.house.writes(id)
        is_new = not matter.is_unanswered or matter.status != "open"
        matter.is_unanswered = True
        if matter.status != "open":
            matter.status = "open"
            matter.steps.append(Step(self.now, "open"))
        if is_new:
            matter.steps.append(Step(self.now, "in"))
        if is_new or not matter.is_work:
            matter.become_work(self.now)
            self._ask(matter)

    async def answer(self, id: ConversationId, matter: Matter) -> None:
        if matter.has_ended:
            return
        if not matter.is_work and any(step.what == "done" for step in matter.steps):
            return  # its row does not tell that somebody waited twice before it was work
        matter.become_work(self.now)
        await self.house.answers(id)
        matter.is_unanswered = False
        matter.steps.append(Step(self.now, "out"))

    async def talk(self, id: ConversationId, matter: Matter) -> None:
        """So long that what it is counted from is kept in short. Once: it takes its time."""
        if self.has_talked:
            return
        self.has_talked = True
        for _ in range(MAX_STEPS // 2 + 1):
            await self.answer(id, matter)
            await self.write(id, matter)

    async def note(self, id: ConversationId, matter: Matter) -> None:
        if not matter.has_ended:
            await self.house.answers(id, kind="note")

    async def snooze(self, id: ConversationId, matter: Matter, minutes: int) -> None:
        if matter.status == "done":
            return
        matter.until = Instant(self.now + minutes * MINUTE)
        await self.house.snoozes(id, until=matter.until)
        if matter.status == "open":
            matter.status = "snoozed"
            matter.steps.append(Step(self.now, "snoozed"))
        self._ask(matter)

    async def close(self, id: ConversationId, matter: Matter) -> None:
        await self.house.changes(id, status="done")
        if matter.status != "done":
            matter.status = "done"
            matter.steps.append(Step(self.now, "done"))

    async def end(self, id: ConversationId, matter: Matter) -> None:
        await self.house.run(conversations.end, id, by=self.house.agent)
        if not matter.has_ended:
            matter.has_ended = True
            matter.steps.append(Step(self.now, "ended"))

    async def reopen(self, id: ConversationId, matter: Matter) -> None:
        await self.house.changes(id, status="open")
        if matter.status == "open":
            return
        goes_on = matter.status == "done" and matter.is_unanswered
        matter.steps.append(Step(self.now, "reopened" if matter.status == "done" else "open"))
        matter.status, matter.was_cut_off = "open", matter.was_cut_off or goes_on
        self._ask(matter)

    async def prioritise(self, id: ConversationId, matter: Matter, priority: int) -> None:
        await self.house.changes(id, priority=priority)
        if matter.priority != priority:
            matter.priority = priority
            self._ask(matter)

    async def rename(self, id: ConversationId, matter: Matter) -> None:
        await self.house.changes(id, name=f"Matter {next(self.house.numbers)}")
        self._ask(matter)

    async def favour(self, id: ConversationId, matter: Matter) -> None:
        """Its customer is tagged, or no longer. Without a policy that looks at customers nothing is asked."""
        matter.is_vip = not matter.is_vip
        customer = (await self.house.read(get_conversation, id)).customer
        await self.house.run(update_customer, customer, {"tags": ("vip",) if matter.is_vip else ()})
        if self.is_on[True]:
            self._ask(matter)

    async def promise(self, is_urgent: bool, minutes: int, pauses: bool) -> None:
        before = self.promises[is_urgent, self.numbers[is_urgent]]
        policy = await self.house.change(self.ids[is_urgent], **self._said(minutes, pauses))
        if policy.promise != before:
            self._keep(is_urgent, policy.promise)
        assert policy.number == self.numbers[is_urgent]

    async def switch(self, is_urgent: bool) -> None:
        self.is_on[is_urgent] = not self.is_on[is_urgent]
        await self.house.change(self.ids[is_urgent], is_enabled=self.is_on[is_urgent])

    async def reschedule(self, week: int) -> None:
        self.week = week
        await self.house.reschedule(self.schedule.id, WEEKS[week])
        await self.house.desk.jobs.settle()

    async def wait(self, minutes: int) -> None:
        """While the server runs: whatever is due is done when it is due."""
        until = Instant(self.now + minutes * MINUTE)
        while True:
            ((due,),) = await sql(
                self.house.desk,
                f"SELECT min(run_at) FROM jobs WHERE status = 'waiting' AND run_at <= {until}",
            )
            await self._pass(max(self.now, due) if due is not None else until)
            if due is None:
                return

    async def be_away(self, minutes: int) -> None:
        """The server is not there. It finds what is due when it comes back, as another process."""
        house = self.house
        await house.desk.stop()
        house.clock.advance(minutes=minutes)
        house.desk = Desk(house.desk.settings, WIRING, clock=house.clock, ids=house.desk.ids)
        await house.desk.start(jobs=False)
        await self._pass(self.now)

    async def _pass(self, at: Instant) -> None:
        self.house.clock.advance(seconds=(at - self.now) / 1_000)
        await self.house.desk.jobs.settle()
        for matter in self.matters.values():
            if matter.status == "snoozed" and matter.until <= self.now:
                matter.status = "open"
                matter.steps.append(Step(self.now, "open"))
                self._ask(matter)

    # What must hold

    async def check(self) -> None:
        times = OpeningTimes(
            Rules(timezone="UTC", week=tuple(tuple(WEEKS[self.week][str(day)]) for day in range(7)))  # type: ignore[arg-type]
        )
        for id, matter in self.matters.items():
            clocked = await self.house.read(find_clocked, self.house.id, id)
            timers = await sql(
                self.house.desk,
                f"SELECT run_at FROM jobs WHERE unique_key = 'sla_due:{id}' AND status = 'waiting'",
            )
            if matter.has is None:
                assert clocked is None or clocked.is_past
                assert timers == []
            else:
                assert clocked is not None
                assert not clocked.is_past
                next_at = clocked.standing.next_at
                assert timers == ([] if next_at is None else [(next_at,)])
                assert next_at is None or next_at > self.now
                if matter.is_told:
                    await self._check_clocks(id, matter, clocked, times)

    async def _check_clocks(
        self, id: ConversationId, matter: Matter, clocked: Clocked, times: OpeningTimes
    ) -> None:
        assert matter.has is not None
        standing, promise = clocked.standing, self.promises[matter.has]
        assert (standing.matched.number, standing.priority) == (matter.has[1], matter.promised_priority)
        assert standing.matched.name == ("Urgent" if matter.has[0] else "All")
        span = {"priority": matter.promised_priority, "starts": matter.began}
        so_far = count(matter.steps, promise, times.is_open, until=self.now, **span)
        ahead = count(matter.steps, promise, times.is_open, until=self.now + 3 * DAY, **span)
        assert {one.metric for one in standing.clocks} == set(so_far)
        for clock in standing.clocks:
            now = so_far[clock.metric]
            assert (clock.since, clock.ended) == (now.since, now.ended)
            if clock.state == "pending":
                # What was broken under an earlier promise, or in other hours, is late since then.
                assert clock.due == ahead[clock.metric].due or (
                    clock.is_broken and clock.due is not None and clock.due <= self.now
                )
                assert clock.is_broken or clock.due is None or clock.due > self.now
        broken = await self.house.breaches(id)
        assert len(broken) == len(set(broken))
        assert {one for one, _ in broken} >= {one.metric for one in standing.clocks if one.is_broken}
        if any(one.is_broken for one in standing.clocks):
            assert standing.breach is not None
