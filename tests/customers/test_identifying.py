"""Visitors, what they claim, and who they turn out to be."""

from __future__ import annotations

from typing import Any

import pytest

from kithdesk import conversations, customers
from kithdesk.conversations.opening import open_conversation
from kithdesk.core.actors import Actor
from kithdesk.core.errors import BadParameter
from kithdesk.customers import Customer, CustomerId, Identified, Identity, VisitorId, claims_of
from kithdesk.customers.contacts import Location
from kithdesk.customers.errors import AddressTaken, IdentityMoved, TooManyAttributes
from kithdesk.customers.merging.queries import list_merges
from kithdesk.customers.objects.queries import object_ids_of
from kithdesk.customers.queries import count_customers, load_customer
from tests.make import Make

EMAIL = Identity("email", "ana@acme.test")


def log_in(make: Make, visitor: Actor, identity: Identity = EMAIL) -> Identified:
    with make.work(visitor) as work:
        return conversations.identify(work, VisitorId(visitor.author or ""), identity)


def record(make: Make, id: str) -> Customer:
    with make.work(make.system) as work:
        found = load_customer(work, CustomerId(id))
    assert found is not None
    return found


def test_a_login_finds_the_customer_by_address_however_it_is_written(make: Make) -> None:
    known = make.customer("Ana", email="Ana@Acme.test")

    identified = log_in(make, make.visitor())

    assert identified.customer == known.id
    assert record(make, known.id).profile.emails[0].verified


def test_a_login_of_somebody_new_makes_a_record(make: Make) -> None:
    identified = log_in(make, make.visitor(), Identity("externalId", "42"))

    made = record(make, identified.customer)
    assert made.is_identified
    assert made.profile.external_id == "42"


def test_the_anonymous_record_moves_with_its_conversations(make: Make) -> None:
    known, visitor = make.customer("Ana", email="ana@acme.test"), make.visitor()
    conversation = make.conversation("From nobody", visitor=visitor)
    anonymous = conversation.customer

    with make.work(make.as_customer(visitor)) as work:
        identified = conversations.identify(work, VisitorId(visitor.author or ""), EMAIL)
        said = {stated.event.kind: stated.event.for_agents(stated) for stated in work.published}

    merged, moved = said["customer.merged"], said["conversation.identified"]
    assert merged is not None
    assert (merged["customer"], merged["from"], merged["by"]) == (known.id, anonymous, "login")
    assert (merged["conversations"], merged["visitors"]) == ([conversation.id], [visitor.author])
    assert moved == {"customer": known.id, "from": anonymous, "conversation": conversation.id}
    assert (identified.visitor, identified.merged) == (visitor.author, anonymous)
    assert make.seen(conversation.id).customer == known.id
    assert make.as_customer(visitor).id == known.id
    with make.work(make.system) as work:
        assert customers.customer_ids(work, known.id) == [known.id, anonymous]
        assert customers.get_customer(work, anonymous).id == known.id
        assert count_customers(work) == 1
    assert record(make, known.id).activity.conversations_open == 1
    assert record(make, known.id).activity.preview == "From nobody"


def test_logging_in_again_changes_nothing(make: Make) -> None:
    visitor = make.visitor()
    first = log_in(make, visitor)

    with make.work(make.as_customer(visitor)) as work:
        again = conversations.identify(work, VisitorId(visitor.author or ""), EMAIL)
        assert work.published == []

    assert (again.customer, again.visitor) == (first.customer, first.visitor)


def test_T19_of_two_logins_that_race_one_moves_the_record(make: Make) -> None:
    visitor = make.visitor()
    conversation = make.conversation(visitor=visitor)
    as_anonymous = make.as_customer(visitor)

    first = log_in(make, as_anonymous, Identity("email", "ana@acme.test"))
    second = log_in(make, as_anonymous, Identity("email", "ben@acme.test"))

    assert second.visitor != first.visitor
    assert second.merged is None
    assert make.seen(conversation.id).customer == first.customer
    with make.work(make.system) as work:
        assert conversations.list_conversations(
            work, conversations.Wanted(customer=second.customer), limit=10, offset=0
        ) == ([], 0)


def test_T18_the_old_actor_cannot_write_or_read_after_the_login(make: Make) -> None:
    visitor = make.visitor()
    conversation = make.conversation(visitor=visitor)
    planted = make.as_customer(visitor)
    log_in(make, planted)

    with make.work(planted) as work:
        assert conversations.find_conversation(work, conversation.id) is None
        with pytest.raises(IdentityMoved):
            conversations.receive(
                work,
                conversation=conversation.id,
                new_conversation=None,
                customer=CustomerId(planted.id or ""),
                author=planted.author or "",
                client_id="m9",
                body="Still me?",
            )
        with pytest.raises(IdentityMoved):
            conversations.receive(
                work,
                conversation=None,
                new_conversation="n9",
                customer=CustomerId(planted.id or ""),
                author=planted.author or "",
                client_id="m9",
                body="Still me?",
            )
        assert work.published == []


def test_the_author_survives_the_login(make: Make) -> None:
    visitor = make.visitor()
    with make.work(visitor) as work:
        sent = conversations.receive(
            work,
            conversation=None,
            new_conversation="n1",
            customer=customers.customer_of_visitor(work, VisitorId(visitor.author or "")),
            author=visitor.author or "",
            client_id="m1",
            body="Hello",
        )
    log_in(make, make.as_customer(visitor))
    known = make.as_customer(visitor)

    with make.work(known) as work:
        again = conversations.receive(
            work,
            conversation=None,
            new_conversation="n1",
            customer=CustomerId(known.id or ""),
            author=known.author or "",
            client_id="m1",
            body="Hello",
        )

    assert (again.is_repeat, again.event, again.conversation) == (True, sent.event, sent.conversation)


def test_T16_a_claimed_address_finds_nobody_and_changes_nobody(make: Make) -> None:
    owner, visitor = make.customer("Ana", email="ana@acme.test"), make.visitor()
    conversation = make.conversation(visitor=visitor)

    with make.work(make.as_customer(visitor)) as work:
        customers.describe(
            work,
            VisitorId(visitor.author or ""),
            claims_of({"emails": ["ana@acme.test"], "name": "Ana"}, {"vipBool": True}),
        )

    claimed = record(make, conversation.customer)
    assert claimed.claims.emails == ("ana@acme.test",)
    assert claimed.claims.custom == {"vipBool": True}
    assert (claimed.profile.emails, claimed.is_identified) == ((), False)
    assert claimed.display_name.startswith("Visitor ")
    assert record(make, owner.id) == owner
    with make.work(make.system) as work:
        assert customers.find_by_email(work, "ana@acme.test") == owner.id
        assert customers.customer_ids(work, owner.id) == [owner.id]


def test_T16_claims_of_the_anonymous_do_not_move_to_the_known(make: Make) -> None:
    visitor = make.visitor()
    make.conversation(visitor=visitor)
    with make.work(make.as_customer(visitor)) as work:
        customers.describe(
            work, VisitorId(visitor.author or ""), claims_of({"emails": ["evil@acme.test"]}, {})
        )

    identified = log_in(make, make.as_customer(visitor))

    assert record(make, identified.customer).claims.emails == ()


def test_what_is_described_before_the_first_message_waits_with_the_browser(make: Make) -> None:
    visitor = make.visitor()

    with make.work(visitor) as work:
        assert (
            customers.describe(work, VisitorId(visitor.author or ""), claims_of({"name": "Ana"}, {})) is None
        )
        assert count_customers(work) == 0
    conversation = make.conversation(visitor=visitor)

    assert record(make, conversation.customer).claims.name == "Ana"


@pytest.mark.parametrize(
    ("attributes", "custom"),
    [
        ({"verified": True}, {}),
        ({"externalId": "42"}, {}),
        ({"emails": ["a@b.test"] * 21}, {}),
        ({"emails": [1]}, {}),
        ({"socials": "x"}, {}),
        ({}, {"__proto__": {}}),
        ({}, {"constructor.prototype": 1}),
        ({}, {f"a{n}": n for n in range(101)}),
        ({}, {"longTxt": "x" * 10_241}),
    ],
)
def test_T24_T21_what_cannot_be_described_is_refused(
    attributes: dict[str, object], custom: dict[str, object]
) -> None:
    with pytest.raises(BadParameter):
        claims_of(attributes, custom)


@pytest.mark.parametrize("has_written", [False, True])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({f"a{n}": n for n in range(60)}, {f"b{n}": n for n in range(60)}),
        ({f"a{n}": "x" * 10_000 for n in range(4)}, {f"b{n}": "x" * 10_000 for n in range(4)}),
    ],
    ids=["names", "bytes"],
)
def test_T24_what_is_described_bit_by_bit_has_a_limit_all_together(
    make: Make, first: dict[str, object], second: dict[str, object], has_written: bool
) -> None:
    visitor = make.visitor()
    if has_written:
        make.conversation(visitor=visitor)
        visitor = make.as_customer(visitor)
    id = VisitorId(visitor.author or "")

    with make.work(visitor) as work:
        customers.describe(work, id, claims_of({}, first))
        with pytest.raises(TooManyAttributes):
            customers.describe(work, id, claims_of({}, second))
        customers.describe(work, id, claims_of({}, dict.fromkeys(first)))
        customers.describe(work, id, claims_of({}, second))


def test_an_address_that_is_none_is_left_out_of_the_claims() -> None:
    assert claims_of({"emails": ["typo@", {"email": "ana@acme.test"}]}, {}).emails == ("ana@acme.test",)


def test_an_address_has_one_owner(make: Make) -> None:
    make.customer(email="ana@acme.test", external_id="42")

    with pytest.raises(AddressTaken):
        make.customer(email="ANA@acme.test")
    with pytest.raises(AddressTaken):
        make.customer(external_id="42")


def test_T22_each_organisation_has_its_own_owner(make: Make, other: Make) -> None:
    mine, theirs = make.customer(email="ana@acme.test"), other.customer(email="ana@acme.test")

    with make.work(make.agent()) as work:
        assert customers.find_by_email(work, "ana@acme.test") == mine.id
        assert customers.find_customer(work, theirs.id) is None
    assert log_in(other, other.visitor()).customer == theirs.id
    assert not record(make, mine.id).is_identified


def test_T17_a_visitor_sees_only_themselves(make: Make) -> None:
    visitor = make.visitor()
    conversation = make.conversation(visitor=visitor)
    someone = make.customer("Ben")

    with make.work(make.as_customer(visitor)) as work:
        assert customers.find_customer(work, conversation.customer) is not None
        assert customers.find_customer(work, someone.id) is None


def test_what_agents_noted_on_the_anonymous_record_is_united(make: Make) -> None:
    make.attributes("customer", planStr="Str", seatsNum="Num")
    known = make.customer("Ana", email="ana@acme.test", tags=("old",), custom={"planStr": "pro"})
    visitor = make.visitor()
    anonymous = make.conversation(visitor=visitor).customer
    noted = {
        "name": "Maria",
        "gender": "f",
        "tags": ("vip", "old"),
        "custom": {"planStr": "free", "seatsNum": 4},
        "locations": (Location(city_name="Berlin"),),
    }
    with make.work(make.agent()) as work:
        customers.update_customer(work, anonymous, noted)

    log_in(make, make.as_customer(visitor))

    profile = record(make, known.id).profile
    assert (profile.name, profile.gender) == ("Ana", "f")
    assert profile.tags == ("old", "vip")
    assert profile.custom == {"planStr": "pro", "seatsNum": 4}
    assert [one.city_name for one in profile.locations] == ["Berlin"]


@pytest.mark.parametrize(
    "typed",
    [
        {"emails": (customers.Email("zoe@acme.test"),)},
        {"shared_emails": (customers.Email("zoe@acme.test"),)},
        {"phones": (customers.Phone("+4915166666666"),)},
    ],
)
def test_T16_a_login_takes_the_browsers_conversations_and_leaves_what_may_be_anothers(
    make: Make, typed: dict[str, Any]
) -> None:
    visitor, agent = make.visitor(), make.agent()
    mine = make.conversation("Mine", visitor=visitor)
    anonymous = mine.customer
    with make.work(agent) as work:
        customers.update_customer(work, anonymous, {"name": "Zoe", **typed})
    with make.work(make.system) as work:
        customers.declare_order_klass(work)
        order, _ = customers.upsert_object(work, "order", external_id="z1", customer=anonymous)
    with make.work(agent) as work:
        opened = open_conversation(work, customer=anonymous, direction="out", channel="chat", actor=agent)
    before = record(make, anonymous)

    identified = log_in(make, make.as_customer(visitor))

    assert identified.visitor == visitor.author
    assert make.seen(mine.id).customer == identified.customer != anonymous
    assert make.seen(opened.id).customer == anonymous
    assert record(make, identified.customer).profile.emails[0].email == "ana@acme.test"
    left = record(make, anonymous)
    assert (left.id, left.profile, left.is_identified) == (anonymous, before.profile, False)
    assert (left.activity.conversations_open, left.activity.preview) == (1, None)
    assert record(make, identified.customer).activity.conversations_open == 1
    with make.work(make.system) as work:
        assert object_ids_of(work, anonymous) == [order]
        assert object_ids_of(work, identified.customer) == []
        assert count_customers(work) == 2
        assert list_merges(work, [anonymous], limit=10, offset=0) == ([], 0)
    assert make.as_customer(visitor).id == identified.customer


def test_a_conversation_that_an_agent_began_and_the_browser_answered_goes_along(make: Make) -> None:
    visitor, agent = make.visitor(), make.agent()
    anonymous = make.conversation(visitor=visitor).customer
    with make.work(agent) as work:
        begun = open_conversation(work, customer=anonymous, direction="out", channel="chat", actor=agent)
        unanswered = open_conversation(work, customer=anonymous, direction="out", channel="chat", actor=agent)
    make.reply(make.seen(begun.id))
    make.reply(make.seen(unanswered.id))
    with make.work(make.as_customer(visitor)) as work:
        conversations.receive(
            work,
            conversation=begun.id,
            new_conversation=None,
            customer=anonymous,
            author=visitor.author or "",
            client_id="m2",
            body="Yes?",
        )

    identified = log_in(make, make.as_customer(visitor))

    assert make.seen(begun.id).customer == identified.customer
    assert make.seen(unanswered.id).customer == anonymous


def test_T16_an_address_that_an_agent_typed_opens_nobodys_history(make: Make) -> None:
    claimer, owner = make.visitor(), make.visitor()
    planted = make.conversation("I am Ana", visitor=claimer)
    with make.work(make.agent()) as work:
        customers.update_customer(work, planted.customer, {"emails": (customers.Email("ana@acme.test"),)})

    identified = log_in(make, owner)
    secret = make.conversation("Secret", visitor=owner)

    assert identified.customer == planted.customer == secret.customer
    assert make.narrow(claimer).sees == frozenset({str(planted.id)})
    assert make.narrow(owner).sees is None
    with make.work(make.narrow(claimer)) as work:
        assert conversations.find_conversation(work, planted.id) is not None
        assert conversations.find_conversation(work, secret.id) is None
