"""An agent makes one record of two."""

from __future__ import annotations

import pytest

from kithdesk import conversations, customers
from kithdesk.core.actors import Actor
from kithdesk.core.errors import NotFound
from kithdesk.customers import Customer, CustomerId, Identity, Merge, Phone, VisitorId
from kithdesk.customers.merging.errors import MergedAway, SameCustomer, TooMuchToMove
from kithdesk.customers.merging.rendering import preview_document
from kithdesk.customers.queries import count_customers
from tests.make import Make


def merge(make: Make, source: str, target: str, *, by: Actor | None = None) -> Merge:
    with make.work(by or make.agent()) as work:
        return conversations.merge_customers(work, CustomerId(source), CustomerId(target))


def record(make: Make, id: str) -> Customer:
    with make.work(make.system) as work:
        return customers.get_customer(work, CustomerId(id))


def log_in(make: Make, visitor: Actor, email: str) -> customers.Identified:
    with make.work(visitor) as work:
        return conversations.identify(work, VisitorId(visitor.author or ""), Identity("email", email))


def test_two_records_become_one(make: Make) -> None:
    source = make.customer("Ana", email="ana@home.test", phones=(Phone("+4915112345678"),), tags=("vip",))
    target = make.customer("Ana Lee", email="ana@work.test", external_id="42")

    made = merge(make, source.id, target.id)

    one = record(make, source.id)
    assert one.id == target.id
    assert one.display_name == "Ana Lee"
    assert [entry.email for entry in one.profile.emails] == ["ana@work.test", "ana@home.test"]
    assert one.profile.tags == ("vip",)
    assert one.created_at == source.created_at
    assert (made.source, made.target, made.kind) == (source.id, target.id, "agent")
    with make.work(make.agent()) as work:
        assert customers.find_by_email(work, "ana@home.test") == target.id
        assert count_customers(work) == 1


def test_everything_moves(make: Make) -> None:
    visitor = make.visitor()
    moving, staying = make.conversation(visitor=visitor), make.conversation()
    target = staying.customer

    made = merge(make, moving.customer, target)

    assert made.moved.conversations == (moving.id,)
    assert made.moved.visitors == (visitor.author,)
    assert make.seen(moving.id).customer == make.seen(staying.id).customer == target
    assert make.as_customer(visitor).id == target
    assert record(make, target).activity.conversations_open == 2


def test_each_conversation_that_moves_says_so(make: Make) -> None:
    conversation, target = make.conversation(), make.customer("Ana")

    with make.work(make.agent()) as work:
        conversations.merge_customers(work, conversation.customer, target.id)
        merged, moved = [stated.event.for_agents(stated) for stated in work.published]

    assert merged is not None
    assert merged["conversations"] == [conversation.id]
    assert moved == {
        "conversation": conversation.id,
        "customer": target.id,
        "customerName": "Ana",
        "from": conversation.customer,
        "cause": "merge",
    }


def test_the_visitor_writes_on_while_they_are_merged(make: Make) -> None:
    visitor = make.visitor()
    conversation = make.conversation(visitor=visitor)
    judged_before, target = make.as_customer(visitor), make.customer("Ana")
    merge(make, conversation.customer, target.id)

    with make.work(judged_before) as work:
        for named, new in ((conversation.id, None), (None, "another")):
            conversations.receive(
                work,
                conversation=named,
                new_conversation=new,
                customer=CustomerId(judged_before.id or ""),
                author=visitor.author or "",
                client_id=f"late-{new}",
                body="Still here",
            )

    assert make.seen(conversation.id).message_count == 2
    assert record(make, target.id).activity.conversations_open == 2


def test_merging_again_answers_the_first(make: Make) -> None:
    source, target = make.customer("Ana"), make.customer("Ana")
    first = merge(make, source.id, target.id)

    with make.work(make.agent()) as work:
        again = conversations.merge_customers(work, source.id, target.id)
        assert work.published == []

    assert again == first


def test_what_cannot_be_merged_is_refused(make: Make) -> None:
    ana, ben, cem = make.customer("Ana"), make.customer("Ben"), make.customer("Cem")
    merge(make, ana.id, ben.id)

    with pytest.raises(SameCustomer):
        merge(make, ben.id, ben.id)
    with pytest.raises(MergedAway):
        merge(make, ana.id, cem.id)
    with pytest.raises(MergedAway):
        merge(make, cem.id, ana.id)
    with pytest.raises(NotFound):
        merge(make, cem.id, "f" * 24)


def test_T23_nothing_is_merged_across_organisations(make: Make, other: Make) -> None:
    mine, theirs = make.customer("Ana"), other.customer("Ana")

    for source, target in ((mine.id, theirs.id), (theirs.id, mine.id)):
        with pytest.raises(NotFound):
            merge(make, source, target)

    assert record(other, theirs.id) == theirs


def test_T17_a_visitor_merges_nobody(make: Make) -> None:
    visitor = make.visitor()
    conversation, target = make.conversation(visitor=visitor), make.customer("Ana")

    with pytest.raises(NotFound):
        merge(make, conversation.customer, target.id, by=make.as_customer(visitor))


def test_a_merge_too_large_for_one_step_is_refused(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kithdesk.customers.merging.joining.MAX_MOVED", 0)
    conversation, target = make.conversation(), make.customer("Ana")

    with pytest.raises(TooMuchToMove):
        merge(make, conversation.customer, target.id)


def test_chains_end_at_the_last(make: Make) -> None:
    ana, ben, cem = make.customer("Ana"), make.customer("Ben"), make.customer("Cem")

    merge(make, ana.id, ben.id)
    merge(make, ben.id, cem.id)

    assert record(make, ana.id).id == cem.id
    with make.work(make.system) as work:
        assert set(customers.customer_ids(work, cem.id)) == {ana.id, ben.id, cem.id}


def test_T16_a_login_does_not_take_along_what_an_agent_put_there(make: Make) -> None:
    visitor = make.visitor()
    conversation = make.conversation(visitor=visitor)
    ana = make.customer("Ana", email="ana@acme.test")
    merge(make, conversation.customer, ana.id)

    identified = log_in(make, make.as_customer(visitor), "ben@acme.test")

    assert identified.customer != ana.id
    assert identified.merged is None
    assert identified.visitor != visitor.author
    assert record(make, ana.id).id == ana.id
    assert make.seen(conversation.id).customer == ana.id


def test_T16_a_login_takes_no_other_browser_along(make: Make) -> None:
    mine, elsewhere = make.visitor(), make.visitor()
    here, there = make.conversation(visitor=mine), make.conversation(visitor=elsewhere)
    merge(make, there.customer, here.customer)

    identified = log_in(make, make.as_customer(mine), "ana@acme.test")

    assert make.as_customer(elsewhere).id == here.customer != identified.customer


def test_the_preview_says_what_would_be(make: Make) -> None:
    visitor = make.visitor()
    conversation = make.conversation(visitor=visitor)
    target = make.customer("Ana", external_id="42")

    with make.work(make.agent()) as work:
        preview = conversations.preview_merge(work, conversation.customer, target.id)
        assert work.published == []

    assert preview.moves.conversations == (conversation.id,)
    assert preview.result == target.profile
    assert preview.warnings == ("unproven_browsers",)


def test_T25_the_preview_compares_no_sensitive_values_for_agents(make: Make) -> None:
    make.attributes("customer", plan="Str", secret={"type": "Str", "sensitive": True})
    values = {"plan": "pro", "secret": "42"}
    pairs = [
        (make.customer(custom=values), make.customer(custom=theirs))
        for theirs in (values, {"plan": "x", "secret": "7"})
    ]

    def shown(by: Actor, source: Customer, target: Customer) -> list[str]:
        with make.work(by) as work:
            preview = conversations.preview_merge(work, source.id, target.id)
            fields = preview_document(work, preview)["data"]["attributes"]["fields"]
            return [one["name"] for one in fields]

    assert [shown(make.agent(), *pair) for pair in pairs] == [[], ["custom.plan"]]
    assert shown(make.admin(), *pairs[1]) == ["custom.plan", "custom.secret"]


def test_the_preview_warns_of_two_logins(make: Make) -> None:
    visitors = make.visitor(), make.visitor()
    known = []
    for visitor, id in zip(visitors, ("1", "2"), strict=True):
        with make.work(visitor) as work:
            identity = Identity("externalId", id)
            known.append(conversations.identify(work, VisitorId(visitor.author or ""), identity).customer)

    with make.work(make.agent()) as work:
        assert conversations.preview_merge(work, *known).warnings == ("two_logins",)


def test_T16_a_merge_opens_no_history_to_a_browser_that_never_logged_in(make: Make) -> None:
    visitor, owner = make.visitor(), make.visitor()
    mine, theirs = make.conversation(visitor=visitor), make.conversation("Secret", visitor=owner)
    ana = log_in(make, make.as_customer(owner), "ana@acme.test")
    merge(make, mine.customer, ana.customer)
    opened = make.conversation("Another", visitor=visitor)

    claimer, proven = make.narrow(visitor), make.narrow(owner)

    assert seen(make, claimer) == {mine.id, opened.id}
    assert seen(make, proven) == {mine.id, opened.id, theirs.id}
    with make.work(claimer) as work:
        assert conversations.find_conversation(work, theirs.id) is None
        assert conversations.find_customer_of(work, theirs.id) is None
        assert conversations.find_messages(work, [message_of(make, theirs.id)]) == []
        with pytest.raises(NotFound):
            conversations.receive(
                work,
                conversation=theirs.id,
                new_conversation=None,
                customer=ana.customer,
                author=claimer.author or "",
                client_id="x",
                body="Let me in",
            )


def test_T16_whoever_logs_in_sees_it_all(make: Make) -> None:
    visitor, ana = make.visitor(), make.customer("Ana", email="ana@acme.test")
    mine = make.conversation(visitor=visitor)
    elsewhere = make.conversation("Elsewhere")
    merge(make, elsewhere.customer, ana.id)
    merge(make, mine.customer, ana.id)
    assert seen(make, make.narrow(visitor)) == {mine.id}

    log_in(make, make.as_customer(visitor), "ana@acme.test")

    assert seen(make, make.narrow(visitor)) == {mine.id, elsewhere.id}


def test_after_the_undoing_a_browser_sees_all_of_its_own_again(make: Make) -> None:
    visitor, ana = make.visitor(), make.customer("Ana")
    mine = make.conversation(visitor=visitor)
    made = merge(make, mine.customer, ana.id)
    assert make.narrow(visitor).sees == frozenset({str(mine.id)})

    with make.work(make.agent()) as work:
        conversations.undo_merge(work, made.id)

    assert make.narrow(visitor).sees is None


def seen(make: Make, actor: Actor) -> set[str]:
    """What the widget lists."""
    with make.work(actor) as work:
        wanted = conversations.Wanted(customer=CustomerId(actor.id or ""))
        return {one.id for one in conversations.list_conversations(work, wanted, limit=10, offset=0)[0]}


def message_of(make: Make, conversation: str) -> str:
    with make.work(make.system) as work:
        found, _ = conversations.list_messages(
            work, conversations.ConversationId(conversation), kind="message", limit=1, offset=0
        )
        return found[0].id
