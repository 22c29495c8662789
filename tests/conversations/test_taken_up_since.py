"""What holds of a chat that was taken up when browsers sign in, and when the merge behind it is undone."""

from __future__ import annotations

import pytest

from kithdesk import conversations
from kithdesk.conversations import MessageId
from kithdesk.core.errors import NotFound
from kithdesk.customers import CustomerId, Email, update_customer
from tests.conversations.taking import Shared, listed, log_in, read, reply, say, share
from tests.make import Make


@pytest.fixture
def shared(make: Make) -> Shared:
    return share(make)


def test_whoever_signs_in_sees_all_of_it(make: Make, shared: Shared) -> None:
    say(make, shared.maya, shared.id, "From my telephone")

    log_in(make, shared.unproven, "maya@acme.test")

    known = make.as_customer(shared.visitor)
    assert read(make, known, shared.id)[-1] == "From my telephone"
    assert listed(make, known)[shared.id] == (False, "open", "From my telephone", 1)
    assert say(make, known, shared.id, "From here").conversation == shared.id


def test_T16_a_record_that_a_login_joins_is_no_different(make: Make) -> None:
    visitor, owner = make.visitor(), make.visitor()
    mine = make.conversation("Hello", visitor=visitor)
    with make.work(make.agent()) as work:
        emails = (Email("maya@acme.test"),)
        update_customer(work, CustomerId(mine.customer), {"emails": emails})
    log_in(make, owner, "maya@acme.test")

    say(make, make.as_customer(owner), mine.id, "It is me, Maya")

    assert read(make, make.narrow(visitor), mine.id) == ["Hello"]


def test_T16_undoing_the_merge_opens_nothing_of_it(make: Make, shared: Shared) -> None:
    say(make, shared.maya, shared.id, "My door code is 4711")
    shared.undo()
    reply(make, shared.id, "Noted, 4711")

    unproven = shared.unproven

    assert unproven.sees is None
    assert read(make, unproven, shared.id) == ["Where is my parcel?", "On its way"]
    assert listed(make, unproven)[shared.id] == (True, "done", "On its way", 0)
    assert listed(make, shared.maya) == {}


def test_T16_after_the_undoing_a_later_message_is_still_one_that_never_was(
    make: Make, shared: Shared
) -> None:
    mayas = say(make, shared.maya, shared.id, "My door code is 4711").message["id"]
    shared.undo()
    answer = make.reply(make.seen(shared.id), "Noted, 4711").id

    with make.work(shared.unproven) as work:
        assert work.actor.sees is None
        assert conversations.find_messages(work, [mayas, answer]) == []
        for id in (MessageId(mayas), answer, MessageId(work.new_id())):
            with pytest.raises(NotFound):
                conversations.list_messages_before(work, shared.id, before=id, limit=10)
            with pytest.raises(NotFound):
                conversations.mark_read(work, shared.id, id)
        assert work.published == []


def test_after_an_undoing_before_anybody_wrote_it_is_the_browsers_as_ever(make: Make, shared: Shared) -> None:
    shared.undo()
    reply(make, shared.id, "Still there?")

    assert say(make, shared.unproven, shared.id, "Yes").conversation == shared.id
    assert read(make, shared.unproven, shared.id)[-2:] == ["Still there?", "Yes"]


def test_T16_another_login_takes_none_of_it_along(make: Make, shared: Shared) -> None:
    say(make, shared.maya, shared.id, "My door code is 4711")
    shared.undo()
    other = make.conversation("Something else", visitor=shared.visitor)

    log_in(make, shared.unproven, "mallory@acme.test")

    mallory = make.as_customer(shared.visitor)
    assert set(listed(make, mallory)) == {other.id}
    assert make.seen(shared.id).customer == shared.merge.source


def test_T16_a_browsers_pages_stand_in_the_chat_that_it_began_since(make: Make, shared: Shared) -> None:
    say(make, shared.maya, shared.id, "My door code is 4711")
    own = make.conversation("Anybody there?", visitor=shared.unproven)
    say(make, shared.maya, shared.id, "And ring twice")

    unproven = shared.unproven
    with make.work(unproven) as work:
        seen_in = conversations.view_page(work, CustomerId(unproven.id or ""), url="https://shop.test/boots")

    assert seen_in == own.id


def test_pages_stand_in_the_chat_that_goes_on_where_a_later_one_has_ended(make: Make) -> None:
    visitor = make.visitor()
    goes_on, ended = (make.conversation(body, visitor=visitor) for body in ("One", "Another"))
    with make.work(make.agent()) as work:
        conversations.end(work, ended.id)

    known = make.as_customer(visitor)
    with make.work(known) as work:
        seen_in = conversations.view_page(work, CustomerId(known.id or ""), url="https://shop.test/boots")

    assert seen_in == goes_on.id
