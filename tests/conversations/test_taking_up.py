"""A browser that never proved who it is, in a conversation that somebody proven takes up."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from kithdesk import conversations
from kithdesk.conversations import AttachmentId, Conversation, ConversationId, Wanted
from kithdesk.conversations.errors import ConversationEnded
from kithdesk.conversations.events import ConversationTakenUp
from kithdesk.conversations.tables import attachments
from kithdesk.core.actors import Actor
from kithdesk.core.clock import ManualClock
from kithdesk.core.errors import NotFound
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId
from tests.conversations.taking import Shared, listed, log_in, read, reply, say, share
from tests.make import Make


@pytest.fixture
def shared(make: Make) -> Shared:
    return share(make)


def test_T16_an_agents_word_alone_cuts_nobody_off(make: Make, shared: Shared) -> None:
    reply(make, shared.id, "It comes tomorrow")

    said = say(make, shared.unproven, shared.id, "Thanks")

    assert said.conversation == shared.id
    expected = ["Where is my parcel?", "On its way", "It comes tomorrow", "Thanks"]
    assert read(make, shared.unproven, shared.id) == expected


def test_T16_what_the_customer_says_is_for_nobody_who_never_logged_in(make: Make, shared: Shared) -> None:
    say(make, shared.maya, shared.id, "My door code is 4711")
    reply(make, shared.id, "Noted, 4711")

    before = ["Where is my parcel?", "On its way"]
    assert read(make, shared.unproven, shared.id) == before
    assert read(make, shared.maya, shared.id) == [*before, "My door code is 4711", "Noted, 4711"]


def test_T16_for_such_a_browser_it_stands_as_it_was_and_has_ended(make: Make, shared: Shared) -> None:
    say(make, shared.maya, shared.id, "My door code is 4711")
    reply(make, shared.id, "Noted, 4711")

    assert listed(make, shared.unproven) == {shared.id: (True, "done", "On its way", 0)}
    assert listed(make, shared.maya)[shared.id] == (False, "open", "Noted, 4711", 2)
    with make.work(shared.unproven) as work:
        going = Wanted(customer=CustomerId(shared.unproven.id or ""), statuses=("open", "snoozed"))
        assert conversations.list_conversations(work, going, limit=10, offset=0)[1] == 0


def test_what_such_a_browser_writes_opens_a_conversation_of_its_own(make: Make, shared: Shared) -> None:
    say(make, shared.maya, shared.id)

    with pytest.raises(ConversationEnded):
        say(make, shared.unproven, shared.id, "Am I still here?")
    other = make.conversation("Am I still here?", visitor=shared.visitor)

    assert other.id != shared.id
    assert read(make, shared.unproven, other.id) == ["Am I still here?"]


def test_what_it_had_said_before_is_answered_as_before(make: Make, shared: Shared) -> None:
    first = say(make, shared.unproven, shared.id, "Hello?", client_id="lost-ack")
    say(make, shared.maya, shared.id)

    again = say(make, shared.unproven, shared.id, "Hello?", client_id="lost-ack")

    assert again.is_repeat
    assert again.message["id"] == first.message["id"]


def test_T16_nothing_else_of_it_is_to_be_had(make: Make, shared: Shared) -> None:
    before = make.seen(shared.id)
    said = say(make, shared.maya, shared.id)
    later = make.reply(make.seen(shared.id), "Dear Maya")
    seen_as = shared.unproven.id or ""

    with make.work(shared.unproven) as work:
        assert conversations.find_customer_of(work, shared.id) is None
        assert conversations.find_messages(work, [said.message["id"], later.id]) == []
        with pytest.raises(NotFound):
            conversations.mark_read(work, shared.id, later.id)
        with pytest.raises(NotFound):
            conversations.describe_conversation(work, shared.id, {"basket": "none"})
        with pytest.raises(NotFound):
            conversations.view_page(work, CustomerId(seen_as), url="https://shop.test/boots")
        with pytest.raises(NotFound):
            conversations.list_messages_before(work, shared.id, before=later.id, limit=10)
        conversations.end(work, shared.id)
        assert work.published == []
    assert make.seen(shared.id).unread_for_customer == before.unread_for_customer + 1
    assert not make.seen(shared.id).is_ended


def test_T16_who_reads_it_afterwards_is_not_for_it(make: Make, shared: Shared, clock: ManualClock) -> None:
    mark(make, shared.unproven, shared.id)
    later = make.reply(make.seen(shared.id), "It comes tomorrow")
    clock.advance(minutes=1)
    say(make, shared.maya, shared.id)
    clock.advance(minutes=1)
    before = read_marks(make, shared.unproven, shared.id)

    mark(make, shared.maya, shared.id)
    mark(make, make.agent(), shared.id)

    assert before == [False, True, False]
    assert read_marks(make, shared.unproven, shared.id) == before
    assert read_marks(make, shared.maya, shared.id) == [True, True, True, True]
    with make.work(shared.unproven) as work:
        assert [one.read_at for one in conversations.find_messages(work, [later.id])] == [None]


def mark(make: Make, actor: Actor, id: ConversationId) -> None:
    """Reads all that there is for them."""
    with make.work(actor) as work:
        found, _ = conversations.list_messages_before(work, id, before=None, limit=100)
        conversations.mark_read(work, id, found[-1].id)


def read_marks(make: Make, actor: Actor, id: ConversationId) -> list[bool]:
    """Which messages the other side has read, as far as they are told."""
    with make.work(actor) as work:
        found, _ = conversations.list_messages_before(work, id, before=None, limit=100)
    return [one.read_at is not None for one in found]


def test_T29_files_are_to_be_had_as_far_as_words_are(make: Make, shared: Shared) -> None:
    its_own, mayas = stored_file(make, shared.unproven), stored_file(make, shared.maya)
    say(make, shared.unproven, shared.id, "See", files=(its_own,))
    say(make, shared.maya, shared.id, "And this", files=(mayas,))

    for reader in (shared.unproven, make.as_customer(shared.visitor)):
        with make.work(reader) as work:
            assert conversations.get_attachment(work, its_own).id == its_own
            with pytest.raises(NotFound):
                conversations.get_attachment(work, mayas)
    with make.work(shared.maya) as work:
        assert conversations.get_attachment(work, mayas).id == mayas


def stored_file(make: Make, actor: Actor) -> AttachmentId:
    with make.work(actor) as work:
        made = conversations.reserve_upload(work, name="a.png", content_type="image/png", content_length=10)
        work.execute(update(attachments).where(attachments.c.id == made.id).values(status="stored"), {})
        return made.id


def test_T16_what_is_remembered_of_a_browser_opens_nothing(make: Make, shared: Shared) -> None:
    remembered = shared.unproven
    say(make, shared.maya, shared.id, "My door code is 4711")

    assert read(make, remembered, shared.id) == ["Where is my parcel?", "On its way"]
    with pytest.raises(ConversationEnded):
        say(make, remembered, shared.id)


def test_T16_it_is_so_in_what_the_browser_opens_afterwards(make: Make, shared: Shared) -> None:
    opened = make.conversation("Another matter", visitor=shared.visitor)

    say(make, shared.maya, opened.id, "That was not me")

    assert read(make, shared.unproven, opened.id) == ["Another matter"]
    assert read(make, shared.unproven, shared.id) == ["Where is my parcel?", "On its way"]
    assert say(make, shared.unproven, shared.id).conversation == shared.id


def test_where_nobody_is_unproven_nothing_is_stated(make: Make) -> None:
    owner, telephone = make.visitor(), make.visitor()
    log_in(make, owner, "maya@acme.test")
    mine = make.conversation(visitor=make.as_customer(owner))
    log_in(make, telephone, "maya@acme.test")

    for browser in (owner, telephone):
        actor = make.as_customer(browser)
        with make.work(actor) as work:
            take(work, mine, actor)
            kinds = [recorded.event.kind for recorded in work.published]
            assert kinds == ["message.created"]


def test_it_is_stated_once_and_before_the_message(make: Make, shared: Shared) -> None:
    mine = make.seen(shared.id)
    stated = []
    for _ in range(2):
        with make.work(shared.maya) as work:
            take(work, mine, shared.maya)
            stated.append([recorded.event for recorded in work.published])

    assert [[event.kind for event in each] for each in stated] == [
        ["conversation.taken_up", "conversation.updated", "message.created"],
        ["message.created"],
    ]
    taken = stated[0][0]
    assert isinstance(taken, ConversationTakenUp)
    assert (taken.visitors, taken.number) == ([shared.visitor.author], 3)


def take(work: Work, conversation: Conversation, actor: Actor) -> None:
    conversations.receive(
        work,
        conversation=conversation.id,
        new_conversation=None,
        customer=CustomerId(actor.id or ""),
        author=actor.author or "",
        client_id=work.new_id(),
        body="It is me",
    )
