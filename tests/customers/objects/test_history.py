"""Whatever happens to records and their customers, in whatever order: counts count, and the journal alone tells it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kithdesk import conversations, customers
from kithdesk.core.actors import system
from kithdesk.core.clock import Instant, ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.errors import Refusal
from kithdesk.core.ids import Ids
from kithdesk.core.replay import replay
from kithdesk.core.settings import Settings
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId, ObjectId
from kithdesk.customers.objects.keeping import change_object
from kithdesk.customers.objects.klasses import remove_klass
from kithdesk.customers.objects.queries import counts_of
from tests.make import ACME
from tests.slices import WIRING
from tests.spine import file_of, sql

few = st.integers(0, 2)
moves = st.one_of(
    st.tuples(st.just("take_in"), few, few, few),
    st.tuples(st.just("take_in"), few, few, few),
    st.tuples(st.just("give_to"), few, st.integers(0, 3), few),
    st.tuples(st.just("remove"), few, few, few),
    st.tuples(st.just("redefine"), few, few, few),
    st.tuples(st.just("link"), few, few, few),
    st.tuples(st.just("merge"), few, few, few),
    st.tuples(st.just("undo"), few, few, few),
)


class World:
    """Three customers, and orders and parcels of theirs."""

    def __init__(self, work: Work) -> None:
        customers.declare_order_klass(work)
        customers.declare_klass(work, "parcel")
        self.customers = [
            customers.create_customer(work, customers.Profile(name=name)) for name in ("Ana", "Ben", "Eve")
        ]
        self.records: dict[int, ObjectId] = {}
        self.merges: list[str] = []

    def record(self, which: int) -> ObjectId:
        return self.records.get(which, ObjectId("f" * 24))

    def take_in(self, work: Work, which: int, whose: int, version: int) -> None:
        self.records[which], _ = customers.upsert_object(
            work,
            ("order", "parcel")[which % 2],
            external_id=str(which),
            customer=self.customers[whose],
            title=f"Version {version}",
            occurred_at=Instant(version),
        )

    def give_to(self, work: Work, which: int, whose: int, _: int) -> None:
        customer = None if whose == 3 else self.customers[whose]
        change_object(work, self.record(which), {"customer": customer})

    def remove(self, work: Work, which: int, *_: int) -> None:
        customers.remove_object(work, self.record(which))

    def redefine(self, work: Work, which: int, *_: int) -> None:
        """A kind of no records goes, and comes again with another type under the same name."""
        klass = ("order", "parcel")[which % 2]
        remove_klass(work, klass)
        customers.declare_klass(
            work, klass, customers.KlassWish(properties={"sizeStr": {"type": ("Str", "Num", "Bool")[which]}})
        )

    def link(self, work: Work, which: int, whose: int, conversation: int) -> None:
        customers.link_object(
            work,
            self.record(which),
            conversation=f"{conversation:x}" * 24,
            customer=self.customers[whose],
        )

    def merge(self, work: Work, source: int, target: int, _: int) -> None:
        merge = conversations.merge_customers(work, self.customers[source], self.customers[target])
        self.merges.append(merge.id)

    def undo(self, work: Work, which: int, *_: int) -> None:
        if self.merges:
            conversations.undo_merge(work, self.merges[which % len(self.merges)])


def kept_counts(work: Work, ids: list[CustomerId]) -> dict[str, dict[str, int]]:
    return {owner: counts_of(work, owner) for owner in ("", *ids)}


async def live_through(data: Path, steps: list[tuple[Any, ...]]) -> None:
    desk = Desk(Settings(data=data, test=True), WIRING, clock=ManualClock(), ids=Ids(1))
    await desk.start(jobs=False)
    try:
        world = (await desk.run(World, by=system(ACME))).value
        for name, *how in steps:
            verb: Callable[..., None] = getattr(world, name)
            with suppress(Refusal):
                await desk.run(verb, *how, by=system(ACME))
        rows = await sql(desk, "SELECT klass, customer FROM kobjects")
        expected = {owner: Counter[str]() for owner in ("", *world.customers)}
        for klass, customer in rows:
            expected[""][klass] += 1
            if customer is not None:
                expected[customer][klass] += 1
        assert (await desk.run(kept_counts, world.customers, by=system(ACME))).value == expected
        away = await sql(desk, "SELECT id FROM customers WHERE merged_into IS NOT NULL")
        assert not {row[0] for row in away} & {customer for _, customer in rows}
        report = await asyncio.to_thread(replay, file_of(desk), WIRING)
        assert report.agrees, report.differences
    finally:
        await desk.stop()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(moves, min_size=8, max_size=30))
def test_any_history_of_records_is_counted_right_and_can_be_replayed(steps: list[tuple[Any, ...]]) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(live_through(Path(folder), steps))
