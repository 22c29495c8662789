"""Browsers that see less from now on, as the facts say it: one list of conversations for all of a record."""

from __future__ import annotations

import pytest
from sqlalchemy import null, select, update

from kithdesk import conversations
from kithdesk.core.actors import Actor
from kithdesk.core.clock import Instant
from kithdesk.core.ids import EventId
from kithdesk.customers import (
    Claims,
    CustomerId,
    Departure,
    Email,
    Identity,
    Profile,
    VisitorId,
    create_customer,
    depart,
    find_visitor,
    unproven_browsers_in,
    update_customer,
)
from kithdesk.customers.events import CustomerMerged, Narrowed, VisitorIdentified, moved_visitors
from kithdesk.customers.merging.errors import TooMuchToMove
from kithdesk.customers.tables import visitor_sights, visitors
from tests.customers.test_merging import merge
from tests.make import Make


@pytest.fixture
def kiosk(make: Make) -> tuple[CustomerId, Narrowed]:
    """A record with three browsers that never logged in and see all of it."""
    browsers = [make.visitor() for _ in range(3)]
    begun = [make.conversation(visitor=browser) for browser in browsers]
    for one in begun[1:]:
        merge(make, one.customer, begun[0].customer)
    with make.work(make.system) as work:
        work.execute(update(visitors).values(sees=null()), {})
    ids = sorted(browser.author or "" for browser in browsers)
    return CustomerId(begun[0].customer), Narrowed(tuple(ids), tuple(one.id for one in begun))


def seen(make: Make, browsers: tuple[str, ...]) -> set[tuple[str, ...] | None]:
    with make.work(make.system) as work:
        found = [find_visitor(work, VisitorId(id)) for id in browsers]
    return {None if one is None else one.sees for one in found}


def narrowed_by(event: CustomerMerged | VisitorIdentified) -> list[tuple[list[str], list[str]]]:
    return [(sorted(one.visitors), sorted(one.conversations)) for one in event.narrowed]


def test_a_merge_says_once_what_all_browsers_of_a_record_go_on_seeing(
    make: Make, kiosk: tuple[CustomerId, Narrowed]
) -> None:
    record, expected = kiosk
    ana = make.customer("Ana")

    with make.work(make.agent()) as work:
        conversations.merge_customers(work, record, ana.id)
        (merged,) = [one.event for one in work.published if isinstance(one.event, CustomerMerged)]

    assert narrowed_by(merged) == [([*expected.visitors], sorted(expected.conversations))]
    assert seen(make, expected.visitors) == {merged.narrowed[0].conversations}
    with make.work(make.system) as work:  # however many they are, the list is kept once
        lists = {row.sees for row in work.execute(select(visitors), {}) if row.id in expected.visitors}
        assert len(lists) == 1
        assert lists < {row.id for row in work.execute(select(visitor_sights), {})}
    moved = moved_visitors(merged)
    assert {one.sees for one in moved.values()} == {frozenset(expected.conversations)}
    assert sorted(moved) == [*expected.visitors]


def test_a_login_says_it_once_as_well(make: Make, kiosk: tuple[CustomerId, Narrowed]) -> None:
    record, expected = kiosk
    with make.work(make.agent()) as work:
        update_customer(work, record, {"emails": (Email("maya@acme.test"),)})

    said = log_in(make, make.visitor(), "maya@acme.test")

    assert said.customer == record
    assert narrowed_by(said) == [([*expected.visitors], sorted(expected.conversations))]
    assert seen(make, expected.visitors) == {said.narrowed[0].conversations}


def log_in(make: Make, visitor: Actor, email: str) -> VisitorIdentified:
    with make.work(visitor) as work:
        conversations.identify(work, VisitorId(visitor.author or ""), Identity("email", email))
        (said,) = [one.event for one in work.published if isinstance(one.event, VisitorIdentified)]
    return said


@pytest.mark.parametrize("most", [3, 6])
def test_browsers_count_in_what_one_merge_may_change(
    make: Make, monkeypatch: pytest.MonkeyPatch, kiosk: tuple[CustomerId, Narrowed], most: int
) -> None:
    """Into Ana's record go three conversations and three browsers; the other way round, three see less."""
    record, ana = kiosk[0], make.customer("Ana")

    for source, target, needs in ((record, ana.id, 6), (ana.id, record, 3)):
        monkeypatch.setattr("kithdesk.customers.merging.joining.MAX_MOVED", needs - 1)
        with make.work(make.agent()) as work, pytest.raises(TooMuchToMove):
            conversations.preview_merge(work, source, target)
    monkeypatch.setattr("kithdesk.customers.merging.joining.MAX_MOVED", most)
    merge(make, *((record, ana.id) if most == 6 else (ana.id, record)))


def test_a_browser_that_gets_a_record_has_a_part_in_all_of_it_again(make: Make) -> None:
    browser = VisitorId(make.visitor().author or "")
    conversation = make.conversation(visitor=make.visitor())
    gone = Departure(1, EventId("e" * 24), Instant(1))
    with make.work(make.system) as work:
        create_customer(work, Profile(), source="visitor", visitor=browser, claims=Claims())
        depart(work, [browser], conversation.id, gone)

        record = create_customer(work, Profile(), source="visitor", visitor=browser, claims=Claims())

        known = find_visitor(work, browser)
        assert known is not None
        assert known.departed == {}
        assert unproven_browsers_in(work, record, conversation.id, None) == [browser]
        depart(work, [browser], conversation.id, gone)
        assert unproven_browsers_in(work, record, conversation.id, None) == []
