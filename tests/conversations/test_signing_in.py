"""Whether who writes in a conversation as the customer has signed in, and how that changes."""

from __future__ import annotations

import httpx
import pytest

from kithdesk import conversations, customers
from kithdesk.conversations.events import ConversationUpdated
from kithdesk.customers import CustomerId, Email, Identity, VisitorId
from tests.api import created, got
from tests.conversations.taking import Shared, log_in, say, share
from tests.make import Make


@pytest.fixture
def shared(make: Make) -> Shared:
    return share(make)


def standing(make: Make, id: str) -> bool | None:
    return make.seen(conversations.ConversationId(id)).is_signed_in


def test_T16_a_browser_that_writes_proves_nothing(make: Make) -> None:
    mine = make.conversation()
    make.message(mine)

    assert standing(make, mine.id) is False


def test_who_signed_in_before_the_first_word_is_known_by_it(make: Make) -> None:
    owner = make.visitor()
    log_in(make, owner, "maya@acme.test")

    mine = make.conversation(visitor=make.as_customer(owner))

    assert standing(make, mine.id) is True


def test_signing_in_is_told_in_what_was_written_before(make: Make) -> None:
    visitor = make.visitor()
    mine, other = make.conversation(visitor=visitor), make.conversation()

    with make.work(visitor) as work:
        conversations.identify(work, VisitorId(visitor.author or ""), Identity("email", "maya@acme.test"))
        told = [one.event for one in work.published if isinstance(one.event, ConversationUpdated)]

    assert [(one.conversation, one.cause) for one in told] == [(mine.id, "signed_in")]
    assert (told[0].changes["signedIn"].before, told[0].changes["signedIn"].after) == (False, True)
    assert (standing(make, mine.id), standing(make, other.id)) == (True, False)


def test_signing_in_again_tells_nothing(make: Make) -> None:
    visitor = make.visitor()
    make.conversation(visitor=visitor)
    log_in(make, visitor, "maya@acme.test")

    with make.work(make.as_customer(visitor)) as work:
        conversations.identify(work, VisitorId(visitor.author or ""), Identity("email", "maya@acme.test"))

        assert [one for one in work.published if isinstance(one.event, ConversationUpdated)] == []


def test_an_address_that_an_agent_wrote_down_proves_nothing_and_a_login_with_it_does(make: Make) -> None:
    visitor = make.visitor()
    mine = make.conversation(visitor=visitor)
    note_address(make, CustomerId(mine.customer), "maya@acme.test")
    before = standing(make, mine.id)

    log_in(make, visitor, "maya@acme.test")

    assert (before, standing(make, mine.id)) == (False, True)
    assert make.seen(mine.id).customer == mine.customer


def note_address(make: Make, customer: CustomerId, email: str) -> None:
    with make.work(make.agent()) as work:
        customers.update_customer(work, customer, {"emails": (Email(email),)})


def test_T16_a_merge_proves_nothing_and_neither_does_its_undoing(make: Make, shared: Shared) -> None:
    merged = standing(make, shared.id)
    say(make, shared.unproven, shared.id, "It is still me")
    written = standing(make, shared.id)

    shared.undo()

    assert (merged, written, standing(make, shared.id)) == (False, False, False)


def test_T16_the_customers_own_login_elsewhere_proves_nothing_here(make: Make, shared: Shared) -> None:
    log_in(make, make.visitor(), "maya@acme.test")

    assert standing(make, shared.id) is False


def test_T16_who_took_it_up_proves_nothing_of_the_record_it_goes_back_to(make: Make, shared: Shared) -> None:
    say(make, shared.maya, shared.id)
    taken_up = standing(make, shared.id)

    shared.undo()

    assert (taken_up, standing(make, shared.id)) == (True, False)


def test_T16_neither_does_the_login_of_its_browser_as_the_other_one(make: Make, shared: Shared) -> None:
    log_in(make, shared.visitor, "maya@acme.test")
    signed_in = standing(make, shared.id)

    shared.undo()

    assert (signed_in, standing(make, shared.id)) == (True, False)


def test_who_had_signed_in_before_the_merge_is_known_after_its_undoing(make: Make) -> None:
    visitor, owner = make.visitor(), make.visitor()
    mine = make.conversation(visitor=visitor)
    theirs = log_in(make, visitor, "ben@acme.test")
    maya = log_in(make, owner, "maya@acme.test")
    with make.work(make.agent()) as work:
        merge = conversations.merge_customers(work, theirs, maya)
    say(make, make.as_customer(owner), mine.id)

    with make.work(make.agent()) as work:
        conversations.undo_merge(work, merge.id)
        told = [one.event for one in work.published if isinstance(one.event, ConversationUpdated)]

    assert (standing(make, mine.id), told) == (True, [])


def test_the_browser_that_was_left_in_it_may_prove_itself(make: Make, shared: Shared) -> None:
    log_in(make, shared.visitor, "maya@acme.test")

    assert standing(make, shared.id) is True


@pytest.mark.parametrize("is_proven", [False, True])
def test_who_answers_what_the_company_began_is_known_by_the_first_answer(make: Make, is_proven: bool) -> None:
    visitor = make.visitor()
    first = make.conversation(visitor=visitor)
    if is_proven:
        log_in(make, visitor, "maya@acme.test")
    customer = make.seen(first.id).customer
    with make.work(make.agent()) as work:
        words = conversations.Words(body="Did it arrive?")
        begun = conversations.record_message(work, words, customer=CustomerId(customer)).conversation
    before = standing(make, begun)

    say(make, make.as_customer(visitor), begun, "It did")
    say(make, make.as_customer(visitor), begun, "Thanks")

    assert (before, standing(make, begun)) == (None, is_proven)


@pytest.mark.anyio
async def test_a_program_reads_it_and_tells_nothing_of_it(api: httpx.AsyncClient) -> None:
    ana = await created(api, "/v1/customers", {"name": "Ana"})
    message = {"body": "The kettle leaks", "direction": "in"}
    told = await created(api, "/v1/conversations", {"customer": ana["id"], "message": message})

    shown = (await got(api, f"/v1/conversations/{told['id']}"))["data"]["attributes"]

    assert shown["signedIn"] is None
