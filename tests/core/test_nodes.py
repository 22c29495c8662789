"""Several processes on one PostgreSQL: two desks that share nothing but the database and a bus that may fail."""

from __future__ import annotations

import asyncio
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import pytest

from kithdesk.core import journal
from kithdesk.core.actors import INSTALLATION, system
from kithdesk.core.clock import DAY, Instant, ManualClock, SystemClock
from kithdesk.core.desk import Desk
from kithdesk.core.events import Event, Recorded
from kithdesk.core.ids import OrganisationId
from kithdesk.core.installation import AnotherKey
from kithdesk.core.settings import Settings
from kithdesk.core.testclock import advance
from kithdesk.core.work import Wiring, Work
from tests.core.wires import Message, Wire
from tests.core.words import BY, ORGANISATION, listed, say
from tests.spine import sql

pytestmark = [pytest.mark.anyio, pytest.mark.only("postgresql")]


class Follower:
    """Notes what a desk hands out."""

    def __init__(self, desk: Desk) -> None:
        self.given: dict[OrganisationId, list[int]] = defaultdict(list)
        desk.feed.follow(self._note)

    def _note(self, organisation: OrganisationId, events: Sequence[Recorded[Event]]) -> None:
        self.given[organisation] += [fact.position for fact in events]

    async def until(self, organisation: OrganisationId, position: int) -> None:
        async with asyncio.timeout(10):
            while not self.given[organisation] or self.given[organisation][-1] < position:  # noqa: ASYNC110
                await asyncio.sleep(0.01)


async def test_positions_are_gapless_in_commit_order_whoever_commits(pair: tuple[Desk, Desk]) -> None:
    done = await asyncio.gather(*(pair[n % 2].run(say, f"w{n:03}", by=BY) for n in range(300)))

    assert sorted(one.position for one in done) == list(range(1, 301))
    facts = (await pair[0].read(journal.read_all, ORGANISATION, after=0, limit=1000, by=BY)).value
    assert [fact.position for fact in facts] == list(range(1, 301))


async def test_ids_increase_in_commit_order_whatever_each_nodes_clock_says(
    pair: tuple[Desk, Desk],
) -> None:
    pair[1].clock = ManualClock(Instant(pair[0].clock.now() - DAY))
    for n in range(20):
        await pair[n % 2].run(say, f"w{n:02}", by=BY)

    facts = (await pair[0].read(journal.read_all, ORGANISATION, after=0, limit=1000, by=BY)).value
    assert [fact.id for fact in facts] == sorted(fact.id for fact in facts)


async def test_every_node_hands_out_every_position_once_and_in_order(pair: tuple[Desk, Desk]) -> None:
    followers = [Follower(desk) for desk in pair]
    for desk in pair:
        await desk.feed.watch(ORGANISATION)

    await asyncio.gather(*(pair[n % 2].run(say, f"w{n:03}", by=BY) for n in range(300)))
    for follower in followers:
        await follower.until(ORGANISATION, 300)

    assert [follower.given[ORGANISATION] for follower in followers] == [list(range(1, 301))] * 2


@pytest.mark.parametrize("seed", range(4))
async def test_a_bus_that_loses_doubles_and_lies_delays_nobody_for_long(
    pair: tuple[Desk, Desk], wire: Wire, seed: int
) -> None:
    chance = random.Random(seed)

    def carry(subject: str, message: dict[str, Any]) -> list[Message]:
        lie = {**message, "position": message["position"] + chance.randrange(-50, 1_000)}
        nonsense = {**message, "position": "far"}
        return chance.choice([[], [(subject, message)] * 3, [(subject, lie)], [(subject, nonsense)]])

    wire.carry = carry
    follower = Follower(pair[1])
    await pair[1].feed.watch(ORGANISATION)

    for n in range(100):
        await pair[n % 2].run(say, f"w{n:03}", by=BY)
    began = asyncio.get_running_loop().time()
    await follower.until(ORGANISATION, 100)

    assert asyncio.get_running_loop().time() - began < 5
    assert follower.given[ORGANISATION] == list(range(1, 101))


async def test_a_fact_of_a_newer_version_is_counted_and_stops_nobody(pair: tuple[Desk, Desk]) -> None:
    follower = Follower(pair[1])
    await pair[1].feed.watch(ORGANISATION)
    await pair[0].run(say, "known", by=BY)
    await sql(
        pair[0],
        f"""INSERT INTO journal (organisation, position, id, kind, on_timeline, actor_type, at, payload)
            VALUES ('{ORGANISATION}', 2, '{"f" * 24}', 'test.of_tomorrow', false, 'system', 0, '{{}}')""",
    )
    await sql(pair[0], f"UPDATE heads SET position = 2, event = NULL WHERE organisation = '{ORGANISATION}'")
    await pair[0].run(say, "later", by=BY)

    await follower.until(ORGANISATION, 3)

    assert follower.given[ORGANISATION] == [1, 2, 3]


async def test_one_organisations_commands_run_one_at_a_time_across_nodes(pair: tuple[Desk, Desk]) -> None:
    def say_when_there_is_room(work: Work, word: str) -> bool:
        if len(listed(work)) >= 5:
            return False
        say(work, word)
        return True

    done = await asyncio.gather(*(pair[n % 2].run(say_when_there_is_room, f"w{n}", by=BY) for n in range(60)))

    assert Counter(one.value for one in done) == {True: 5, False: 55}


async def test_organisations_taken_in_any_order_do_not_wait_for_each_other_forever(
    pair: tuple[Desk, Desk],
) -> None:
    by = [system(OrganisationId(f"{n:024x}")) for n in range(12)]
    orders = [random.Random(seed).sample(by, len(by)) for seed in range(20)]

    done = await asyncio.gather(
        *(
            desk.run(say, f"{number}-{order}-{place}", by=actor)
            for order, actors in enumerate(orders)
            for number, desk in enumerate(pair)
            for place, actor in enumerate(actors)
        )
    )

    assert len(done) == 20 * 2 * 12
    assert [await pair[0].head(actor.organisation) for actor in by] == [40] * 12


async def test_a_server_with_another_secret_key_does_not_start(
    pair: tuple[Desk, Desk], settings: Settings, wiring: Wiring
) -> None:
    stranger = Desk(settings, wiring)

    with pytest.raises(AnotherKey):
        await stranger.start(jobs=False)


async def test_each_node_moves_the_test_clock_on_from_where_another_left_it(pair: tuple[Desk, Desk]) -> None:
    clocks = [SystemClock(), SystemClock()]

    for desk, its in zip(pair, clocks, strict=True):
        await desk.run(advance, its, 1_000, by=INSTALLATION)

    assert [its.offset for its in clocks] == [1_000, 2_000]
