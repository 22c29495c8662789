"""A merge was a mistake: the two part again."""

from __future__ import annotations

import msgspec
import pytest

from kithdesk import conversations, customers
from kithdesk.conversations import ConversationId
from kithdesk.conversations.opening import open_conversation
from kithdesk.core.clock import DAY, ManualClock
from kithdesk.core.errors import NotFound
from kithdesk.core.events import Change
from kithdesk.customers import CompanyProfile, Customer, CustomerId, Email, Identity, Merge, VisitorId
from kithdesk.customers.events import CustomerParted
from kithdesk.customers.merging.entities import UNDO_WITHIN
from kithdesk.customers.merging.errors import CannotUndo, MergedOn, UndoneTooLate
from kithdesk.customers.merging.queries import list_merges
from kithdesk.customers.queries import count_customers
from tests.customers.test_merging import log_in, merge, record
from tests.make import Make


def undo(make: Make, made: Merge) -> Merge:
    with make.work(make.agent()) as work:
        return conversations.undo_merge(work, made.id)


def change(make: Make, id: str, **changes: object) -> None:
    with make.work(make.agent()) as work:
        customers.update_customer(work, CustomerId(id), changes)


def known(customer: Customer) -> Customer:
    """Without what only says that something happened."""
    return msgspec.structs.replace(
        customer,
        updated_at=0,
        modified_at=0,
        modified_by=customer.created_by,
        rev=0,
        activity=msgspec.structs.replace(customer.activity, last_activity_at=0),
    )


def test_both_are_as_they_were(make: Make) -> None:
    make.attributes("customer", planStr="Str")
    conversation = make.conversation("From Ana")
    change(make, conversation.customer, name="Ana", emails=(Email("ana@acme.test"),), tags=("a",))
    other = make.conversation("From Ben")
    change(make, other.customer, name="Ben", tags=("b",), custom={"planStr": "pro"})
    before = record(make, conversation.customer), record(make, other.customer)

    made = undo(make, merge(make, conversation.customer, other.customer))

    after = record(make, conversation.customer), record(make, other.customer)
    assert [known(one) for one in after] == [known(one) for one in before]
    assert made.is_undone
    assert made.returned == made.moved
    assert make.seen(conversation.id).customer == conversation.customer
    assert make.seen(other.id).customer == other.customer
    with make.work(make.system) as work:
        assert count_customers(work) == 2
        assert customers.find_by_email(work, "ana@acme.test") == conversation.customer


def test_what_was_said_since_goes_back_with_its_conversation(make: Make) -> None:
    visitor = make.visitor()
    conversation = make.conversation("One", visitor=visitor)
    target = make.customer("Ben")
    made = merge(make, conversation.customer, target.id)
    make.message(make.seen(conversation.id), "Two")
    opened = make.conversation("New", visitor=visitor)

    undo(make, made)

    assert make.as_customer(visitor).id == conversation.customer
    assert make.seen(opened.id).customer == make.seen(conversation.id).customer == conversation.customer
    counted = record(make, conversation.customer).activity
    assert (counted.conversations_open, counted.preview) == (2, "New")
    assert record(make, target.id).activity.conversations_open == 0


def test_what_agents_wrote_on_the_target_since_stays(make: Make) -> None:
    source, target = make.customer("Ana", tags=("a",)), make.customer()
    made = merge(make, source.id, target.id)
    change(make, target.id, tags=("a", "new"), gender="f")

    undo(make, made)

    assert record(make, target.id).profile.tags == ("new",)
    assert record(make, target.id).profile.gender == "f"
    assert record(make, target.id).profile.name is None
    assert record(make, source.id).profile == source.profile


def test_a_company_that_leaves_with_the_source_is_told_by_name(make: Make) -> None:
    ana, ben = make.conversation("From Ana").customer, make.conversation("From Ben").customer
    with make.work(make.agent()) as work:
        acme = customers.create_company(work, CompanyProfile(name="Acme"))
    change(make, ana, company=acme)
    made = merge(make, ana, ben)

    with make.work(make.agent()) as work:
        conversations.undo_merge(work, made.id)
        told = [stated.event for stated in work.published if isinstance(stated.event, CustomerParted)]

    assert told[0].changes["company"] == Change(acme, None)
    assert told[0].changes["companyName"] == Change("Acme", None)


def test_an_address_that_somebody_else_got_meanwhile_stays_theirs(make: Make) -> None:
    source, target = make.customer("Ana", email="ana@acme.test"), make.customer("Ben")
    made = merge(make, source.id, target.id)
    change(make, target.id, emails=())
    third = make.customer("Cem", email="ana@acme.test")

    undo(make, made)

    assert record(make, source.id).profile.emails == ()
    with make.work(make.system) as work:
        assert customers.find_by_email(work, "ana@acme.test") == third.id


def test_a_browser_that_logged_in_since_is_where_its_login_says(make: Make) -> None:
    visitors = [make.visitor() for _ in range(3)]
    moved = [make.conversation(visitor=visitor).customer for visitor in visitors[:2]]
    source, target = make.customer("Ana", email="ana@acme.test"), make.customer("Ben", email="ben@acme.test")
    for anonymous in moved:
        merge(make, anonymous, source.id)
    made = merge(make, source.id, target.id)

    log_in(make, make.as_customer(visitors[0]), "ben@acme.test")
    log_in(make, visitors[2], "ana@acme.test")
    undo(make, made)

    assert [make.as_customer(visitor).id for visitor in visitors] == [target.id, source.id, source.id]


def test_undoing_again_changes_nothing(make: Make) -> None:
    made = merge(make, make.customer("Ana").id, make.customer("Ben").id)
    first = undo(make, made)

    with make.work(make.agent()) as work:
        assert conversations.undo_merge(work, made.id) == first
        assert work.published == []


def test_each_conversation_that_goes_back_says_so(make: Make) -> None:
    conversation, target = make.conversation(), make.customer("Ben")
    made = merge(make, conversation.customer, target.id)

    with make.work(make.agent()) as work:
        conversations.undo_merge(work, made.id)
        kinds = [stated.event.kind for stated in work.published]
        moved = work.published[-1].event.for_agents(work.published[-1])

    assert kinds == ["customer.unmerged", "customer.parted", "conversation.moved"]
    assert moved is not None
    assert (moved["customer"], moved["from"], moved["cause"]) == (conversation.customer, target.id, "undo")


def test_a_chain_parts_from_its_end(make: Make) -> None:
    conversation, ben, cem = make.conversation(), make.customer("Ben"), make.customer("Cem")
    first = merge(make, conversation.customer, ben.id)
    second = merge(make, ben.id, cem.id)

    with pytest.raises(MergedOn):
        undo(make, first)
    undo(make, second)
    assert record(make, conversation.customer).id == make.seen(conversation.id).customer == ben.id
    undo(make, first)

    assert record(make, conversation.customer).id == conversation.customer
    assert make.seen(conversation.id).customer == conversation.customer


def test_they_can_be_merged_and_parted_again(make: Make) -> None:
    conversation, target = make.conversation(), make.customer("Ben")

    for _ in range(2):
        made = merge(make, conversation.customer, target.id)
        assert make.seen(conversation.id).customer == target.id
        undo(make, made)

    assert make.seen(conversation.id).customer == conversation.customer
    assert record(make, conversation.customer).activity.conversations_open == 1


def test_it_can_be_undone_for_thirty_days(make: Make, clock: ManualClock) -> None:
    one, other = (merge(make, make.customer("Ana").id, make.customer("Ben").id) for _ in range(2))

    clock.advance(days=UNDO_WITHIN // DAY)
    assert undo(make, one).is_undone
    clock.advance(seconds=1)

    with pytest.raises(UndoneTooLate):
        undo(make, other)


def test_a_logins_merge_cannot_be_undone(make: Make) -> None:
    visitor = make.visitor()
    make.conversation(visitor=visitor)
    identified = log_in(make, make.as_customer(visitor), "ana@acme.test")

    with make.work(make.agent()) as work:
        [made], _ = list_merges(work, [identified.customer], limit=10, offset=0)
        with pytest.raises(CannotUndo):
            conversations.undo_merge(work, made.id)


def test_T22_another_organisations_merge_is_not_there(make: Make, other: Make) -> None:
    theirs = merge(other, other.customer("Ana").id, other.customer("Ben").id)

    with pytest.raises(NotFound):
        undo(make, theirs)

    assert record(other, theirs.source).id == theirs.target


@pytest.mark.parametrize("is_chain", [False, True])
def test_T17_a_writer_judged_before_the_undoing_still_writes(make: Make, is_chain: bool) -> None:
    visitor = make.visitor()
    conversation = make.conversation(visitor=visitor)
    target = make.customer("Ben")
    merges = [merge(make, conversation.customer, target.id)]
    if is_chain:
        merges.append(merge(make, target.id, make.customer("Cem").id))
    judged_before = make.narrow(visitor)
    for made in reversed(merges):
        undo(make, made)

    for named, new in ((conversation.id, None), (None, "another")):
        with make.work(judged_before) as work:
            sent = conversations.receive(
                work,
                conversation=named,
                new_conversation=new,
                customer=CustomerId(judged_before.id or ""),
                author=visitor.author or "",
                client_id=f"late-{new}",
                body="Still here",
            )
        assert make.seen(sent.conversation).customer == conversation.customer
        assert sent.message["sentBy"]["id"] == conversation.customer


def test_T16_a_writer_judged_before_the_merge_is_not_told_whose_it_became(make: Make) -> None:
    visitor, target = make.visitor(), make.customer("Ben")
    conversation = make.conversation(visitor=visitor)
    secret = make.conversation("Secret")
    merge(make, secret.customer, target.id)
    judged_before = make.as_customer(visitor)
    merge(make, conversation.customer, target.id)

    def write(named: str | None, new: str | None) -> conversations.Sent:
        with make.work(judged_before) as work:
            return conversations.receive(
                work,
                conversation=None if named is None else ConversationId(named),
                new_conversation=new,
                customer=CustomerId(judged_before.id or ""),
                author=visitor.author or "",
                client_id="late",
                body="Still here",
            )

    for sent in (write(conversation.id, None), write(None, "another")):
        assert sent.message["sentBy"]["displayName"] != "Ben"
    with pytest.raises(NotFound):
        write(secret.id, None)


def test_T16_the_identity_of_what_stays_is_what_it_proved(make: Make) -> None:
    proven, target = make.visitor(), make.customer("Ben", email="ben@acme.test")
    source = log_in(make, proven, "ana@acme.test").customer
    made = merge(make, source, target.id)
    assert record(make, target.id).is_identified

    undo(make, made)

    assert record(make, source).is_identified
    assert not record(make, target.id).is_identified


@pytest.mark.parametrize("has_login", [False, True])
def test_T16_nobody_is_identified_because_a_merge_was_undone(make: Make, has_login: bool) -> None:
    """An address that the company marked as verified is its word, and no login."""
    target, source = make.customer("Ben"), make.customer("Ana")
    change(make, target.id, emails=(Email("ben@acme.test", verified=True),))
    change(make, source.id, emails=(Email("ana@acme.test", verified=True),))
    if has_login:
        log_in(make, make.visitor(), "ana@acme.test")

    undo(make, merge(make, source.id, target.id))

    assert record(make, source.id).is_identified == has_login
    assert not record(make, target.id).is_identified


def test_T16_a_login_since_the_merge_stays_with_whose_it_is(make: Make) -> None:
    target = make.customer("Ben", email="ben@acme.test")
    source = make.customer("Ana", email="ana@acme.test")
    made = merge(make, source.id, target.id)
    log_in(make, make.visitor(), "ana@acme.test")

    undo(make, made)

    assert record(make, source.id).is_identified
    assert not record(make, target.id).is_identified


@pytest.mark.parametrize("first", ["ana", "ben"])
def test_T16_two_logins_of_one_browser_since_the_merge_stay_with_both(make: Make, first: str) -> None:
    target = make.customer("Ben", email="ben@acme.test")
    source = make.customer("Ana", email="ana@acme.test")
    made = merge(make, source.id, target.id)
    visitor = make.visitor()
    log_in(make, visitor, f"{first}@acme.test")
    for name in {"ana", "ben"} - {first}:
        log_in(make, make.as_customer(visitor), f"{name}@acme.test")

    undo(make, made)

    assert record(make, source.id).is_identified
    assert record(make, target.id).is_identified


def test_T16_of_two_merges_that_are_undone_each_takes_its_own_login_along(make: Make) -> None:
    target = make.customer("Ben")
    first = log_in(make, make.visitor(), "ana@acme.test").customer
    second = log_in(make, make.visitor(), "eve@acme.test").customer
    merges = [merge(make, first, target.id), merge(make, second, target.id)]

    undo(make, merges[0])
    assert record(make, target.id).is_identified
    undo(make, merges[1])

    assert not record(make, target.id).is_identified
    assert record(make, first).is_identified
    assert record(make, second).is_identified


def test_identities_are_the_same_however_they_are_written(make: Make) -> None:
    visitor = make.visitor()
    source = make.customer("Ana", email="Ana@Acme.test")
    made = merge(make, source.id, make.customer("Ben").id)
    with make.work(visitor) as work:
        identity = Identity("email", "ANA@acme.test")
        conversations.identify(work, VisitorId(visitor.author or ""), identity)

    undo(make, made)

    assert make.as_customer(visitor).id == source.id


def test_T16_undoing_opens_nothing_that_others_opened_meanwhile(make: Make) -> None:
    visitor, agent = make.visitor(), make.agent()
    mine, other = make.conversation(visitor=visitor), make.conversation()
    made = merge(make, other.customer, mine.customer)
    with make.work(agent) as work:
        kept = open_conversation(
            work, customer=mine.customer, direction="out", channel="chat", actor=agent
        ).id

    undo(make, made)

    assert make.seen(kept).customer == mine.customer
    assert make.narrow(visitor).sees == frozenset({str(mine.id)})
    later = merge(make, make.customer("Ana").id, mine.customer)
    undo(make, later)
    assert make.narrow(visitor).sees == frozenset({str(mine.id)})


def test_undoing_opens_to_a_browser_what_is_its_own(make: Make) -> None:
    visitor = make.visitor()
    mine, other = make.conversation(visitor=visitor), make.conversation()
    made = merge(make, other.customer, mine.customer)
    make.conversation("New", visitor=visitor)

    undo(make, made)

    assert make.narrow(visitor).sees is None
