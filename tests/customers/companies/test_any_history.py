"""Whatever is done to records and companies, in whatever order, what finds them is what they hold."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kithdesk import conversations, customers
from kithdesk.access import change_settings
from kithdesk.core.actors import system
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.errors import Refusal
from kithdesk.core.ids import Ids
from kithdesk.core.replay import replay
from kithdesk.core.settings import Settings
from kithdesk.customers import Email, ExternalId, Phone, Profile
from kithdesk.customers.address_rows import addresses_of, shared_addresses_of
from kithdesk.customers.companies.creating import create_company, delete_company, update_company
from kithdesk.customers.companies.profile import CompanyProfile
from kithdesk.customers.companies.projections import keys_of
from kithdesk.customers.settings import CompanySettings
from tests.make import ACME
from tests.slices import WIRING
from tests.spine import file_of

BY = system(ACME)
DOMAINS = ("acme.test", "xn--mnchen-3ya.test", "globex.test")
ADDRESSES = ("ana@acme.test", "ANA@Acme.test", "ben@münchen.test", "cy@xn--mnchen-3ya.test", "di@else.test")

few = st.integers(0, 3)
emails = st.lists(st.sampled_from(ADDRESSES), max_size=2).map(
    lambda found: tuple(Email(one) for one in found)
)
records = st.fixed_dictionaries(
    {},
    optional={
        "emails": emails,
        "shared_emails": emails,
        "phones": st.lists(st.sampled_from(["+442079460958", "+34912345678"]), max_size=1).map(
            lambda found: tuple(Phone(one) for one in found)
        ),
        "external_ids": st.lists(st.sampled_from(["1", "2"]), max_size=2, unique=True).map(
            lambda found: tuple(ExternalId(one) for one in found)
        ),
        "company": few,
    },
)
domains = st.lists(st.sampled_from(DOMAINS), max_size=2, unique=True).map(tuple)
moves = st.one_of(
    st.tuples(st.just("create"), records),
    st.tuples(st.just("update"), few, records, st.booleans()),
    st.tuples(st.just("found"), domains),
    st.tuples(st.just("move"), few, domains),
    st.tuples(st.just("close"), few),
    st.tuples(st.just("merge"), few, few),
    st.tuples(st.just("undo"), few),
)


class World:
    """One organisation, and the ids of what has come to be."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.customers: list[str] = []
        self.companies: list[str] = []
        self.merges: list[str] = []

    async def move(self, name: str, *how: Any) -> None:
        with suppress(Refusal):  # what is refused changes nothing, which is what is looked at in the end
            await getattr(self, name)(*how)

    async def create(self, record: dict[str, Any]) -> None:
        done = await self._run(customers.create_customer, Profile(**self._with_company(record)))
        self.customers.append(done)

    async def update(self, which: int, record: dict[str, Any], keeps: bool) -> None:
        if id := self._one(self.customers, which):
            await self._run(customers.update_customer, id, self._with_company(record), keeps_company=keeps)

    async def found(self, domains: tuple[str, ...]) -> None:
        self.companies.append(await self._run(create_company, CompanyProfile(name="A", domains=domains)))

    async def move_away(self, which: int, domains: tuple[str, ...]) -> None:
        if id := self._one(self.companies, which):
            await self._run(update_company, id, {"domains": domains})

    async def close(self, which: int) -> None:
        if id := self._one(self.companies, which):
            await self._run(delete_company, id)

    async def merge(self, source: int, target: int) -> None:
        if self.customers:
            made = await self._run(
                conversations.merge_customers,
                self._one(self.customers, source),
                self._one(self.customers, target),
            )
            self.merges.append(made.id)

    async def undo(self, which: int) -> None:
        if id := self._one(self.merges, which):
            await self._run(conversations.undo_merge, id)

    async def _run(self, verb: Any, *args: Any, **kwargs: Any) -> Any:
        return (await self.desk.run(verb, *args, by=BY, **kwargs)).value

    def _with_company(self, record: dict[str, Any]) -> dict[str, Any]:
        if "company" not in record:
            return record
        return {**record, "company": self._one(self.companies, record["company"])}

    @staticmethod
    def _one(ids: list[str], which: int) -> str | None:
        return ids[which % len(ids)] if ids else None


async def live_through(data: Path, steps: list[tuple[Any, ...]]) -> None:
    clock = ManualClock()
    desk = Desk(Settings(data=data, test=True), WIRING, clock=clock, ids=Ids(1))
    await desk.start(jobs=False)
    try:
        await desk.run(change_settings, CompanySettings, {"joinByDomain": True}, by=BY)
        world = World(desk)
        for name, *how in steps:
            clock.advance(seconds=1)
            await world.move("move_away" if name == "move" else name, *how)
        report = await asyncio.to_thread(replay, file_of(desk), WIRING)
        assert report.agrees, report.differences
        check_keys(file_of(desk))
    finally:
        await desk.stop()


def check_keys(path: Path) -> None:
    """What finds a record is what the record holds, for those that stand for themselves and for no others."""
    connection = sqlite3.connect(path)

    def rows(text: str) -> list[Any]:
        return sorted(connection.execute(text).fetchall())

    profiles = [
        (id, msgspec.json.decode(profile, type=Profile))
        for id, profile in rows("SELECT id, profile FROM customers WHERE merged_into IS NULL")
    ]
    unique = {(*address, id) for id, profile in profiles for address in addresses_of(profile)}
    shared = {(*address, id) for id, profile in profiles for address in shared_addresses_of(profile)}
    members = [(id, profile.company) for id, profile in profiles if profile.company is not None]
    keys = {
        (*key, id)
        for id, profile in rows("SELECT id, profile FROM companies WHERE deleted_at IS NULL")
        for key in keys_of(msgspec.json.decode(profile, type=CompanyProfile))
    }
    assert rows("SELECT kind, value, customer FROM customer_addresses") == sorted(unique)
    assert rows("SELECT kind, value, customer FROM customer_shared_addresses") == sorted(shared)
    assert rows("SELECT customer, company FROM company_members") == sorted(members)
    assert rows("SELECT kind, value, company FROM company_keys") == sorted(keys)
    connection.close()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(moves, min_size=8, max_size=30))
def test_what_finds_a_record_is_what_it_holds(steps: list[tuple[Any, ...]]) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(live_through(Path(folder), steps))
