"""PATCH by fields, tags, drafts, page views."""

from __future__ import annotations

import pytest

from kithdesk import conversations
from kithdesk.conversations import Context, ConversationId, Page
from kithdesk.conversations.context import clean_title, clean_url
from kithdesk.conversations.queries import details_of
from kithdesk.conversations.tagging import Tag, find_tag, list_tags
from kithdesk.core.clock import SECOND, Instant, ManualClock, iso
from kithdesk.core.errors import BadParameter, ChangedMeanwhile, Conflict, NotFound
from kithdesk.customers import CustomerId
from kithdesk.customers.errors import TooManyAttributes
from tests.make import Make


def tags_of(make: Make) -> list[Tag]:
    with make.work(make.system) as work:
        return list_tags(work, limit=100, offset=0)[0]


def test_a_change_sets_what_is_named_and_leaves_the_rest(make: Make, clock: ManualClock) -> None:
    make.attributes("conversation", orderNumberStr="Str", countNum="Num")
    conversation, agent = make.conversation(), make.agent()

    with make.work(agent) as work:
        conversations.change(
            work,
            conversation.id,
            {
                "priority": 5,
                "name": "Broken \u202elamp",
                "custom": {"orderNumberStr": "A-1", "countNum": 2},
                "status": "snoozed",
                "snooze": {"time": iso(clock.in_(hours=1))},
            },
        )
        stated = [recorded.event.for_agents(recorded) for recorded in work.published]

    seen = make.seen(conversation.id)
    assert (seen.priority, seen.name, seen.status) == (5, "Broken lamp", "snoozed")
    with make.work(agent) as work:
        assert details_of(work, [seen.id])[seen.id].custom == {"orderNumberStr": "A-1", "countNum": 2}
    assert stated[0] is not None
    assert stated[0]["changes"]["priority"] == {"before": 3, "after": 5}

    with make.work(agent) as work:
        conversations.change(work, conversation.id, {"custom": {"countNum": None}, "snooze": None})
        assert details_of(work, [seen.id])[seen.id].custom == {"orderNumberStr": "A-1"}
    assert make.seen(conversation.id).is_open


def test_a_change_to_the_same_states_nothing(make: Make) -> None:
    conversation = make.conversation()

    with make.work(make.agent()) as work:
        conversations.change(
            work, conversation.id, {"priority": 3, "name": None, "status": "open", "custom": {}, "tags": []}
        )
        assert work.published == []


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "snoozed"},
        {"snooze": {"time": "tomorrow"}},
        {"status": "done", "snooze": {"time": "2099-01-01T00:00:00Z"}},
        {"ended": False},
        {"tags": ["f" * 24]},
        {"custom": {"__proto__": 1}},
        {"custom": {"a b": 1}},
        {"custom": {"deep": {"a": {"b": {"c": 1}}}}},
    ],
)
def test_T38_a_change_that_makes_no_sense_is_refused_whole(make: Make, changes: dict[str, object]) -> None:
    conversation = make.conversation()
    with make.work(make.system) as work:
        conversations.end(work, conversation.id)

    with make.work(make.agent()) as work, pytest.raises(BadParameter):
        conversations.change(work, conversation.id, changes)

    assert make.seen(conversation.id).rev == conversation.rev + 1  # the ending


def test_a_change_of_something_that_changed_is_refused(make: Make) -> None:
    conversation = make.conversation()

    with make.work(make.agent()) as work, pytest.raises(Conflict):
        conversations.change(work, conversation.id, {"priority": 1, "rev": conversation.rev - 1})

    assert make.seen(conversation.id).priority == 3


def test_tags_are_made_by_name_and_meet_however_they_are_written(make: Make) -> None:
    conversation, agent = make.conversation(), make.agent()

    with make.work(agent) as work:
        conversations.tag(work, conversation.id, ["Café", "urgent"])
    with make.work(agent) as work:
        conversations.tag(work, conversation.id, ["cafe\u0301", "URGENT"])
        assert work.published == []

    assert [tag.name for tag in tags_of(make)] == ["Café", "urgent"]
    with make.work(agent) as work:
        conversations.untag(work, conversation.id, ["Urgent", "never was"])
    assert make.seen(conversation.id).tag_ids == [tags_of(make)[0].id]


def test_T23_another_organisations_tag_is_none(make: Make, other: Make) -> None:
    with other.work(other.agent()) as work:
        theirs = conversations.create_tag(work, "theirs")
    conversation = make.conversation()

    with make.work(make.agent()) as work:
        assert find_tag(work, theirs) is None
        with pytest.raises(BadParameter):
            conversations.tag(work, conversation.id, [theirs])

    assert make.seen(conversation.id).tag_ids == []
    assert tags_of(make) == []


def test_T38_a_tags_name_is_only_text(make: Make) -> None:
    conversation = make.conversation()
    name = "%'; DROP TABLE tags;--_"

    with make.work(make.agent()) as work:
        conversations.tag(work, conversation.id, [name])

    assert [tag.name for tag in tags_of(make)] == [name]


def test_a_draft_is_its_authors_and_has_a_revision(make: Make) -> None:
    conversation, ana, ben = make.conversation(), make.agent("Ana"), make.agent("Ben")

    with make.work(ana) as work:
        first = conversations.save_draft(work, conversation.id, kind="message", body="Dear")
        second = conversations.save_draft(
            work, conversation.id, kind="note", body="Dear…", revision=first.revision
        )
        with pytest.raises(ChangedMeanwhile):
            conversations.save_draft(
                work, conversation.id, kind="note", body="Old tab", revision=first.revision
            )
        assert conversations.find_draft(work, conversation.id) == second
    with make.work(ben) as work:
        assert conversations.find_draft(work, conversation.id) is None

    with make.work(ana) as work:
        conversations.discard_draft(work, conversation.id)
        assert conversations.find_draft(work, conversation.id) is None


def test_T22_no_draft_in_another_organisation(make: Make, other: Make) -> None:
    theirs = other.conversation()

    with make.work(make.agent()) as work, pytest.raises(NotFound):
        conversations.save_draft(work, theirs.id, kind="message", body="x")


def test_T81_pages_are_kept_without_what_follows_the_path(make: Make, clock: ManualClock) -> None:
    conversation = make.conversation(
        context=Context(pages=(Page("https://shop.test/", "Shop", clock.now()),), browser="Firefox 140")
    )
    customer = CustomerId(conversation.customer)

    with make.work(make.system) as work:
        conversations.view_page(
            work,
            customer,
            url="https://me:pw@Shop.test:8443/a;jsessionid=1/b?token=x#y",
            title="For ana@acme.test",
        )
        conversations.view_page(
            work, customer, url="https://shop.test:8443/a/b?other=1", title="For ana@acme.test"
        )
        assert [recorded.event.kind for recorded in work.published] == ["page.viewed"]

    with make.work(make.system) as work:
        context = details_of(work, [conversation.id])[conversation.id].context
    assert [page.url for page in context.pages] == ["https://shop.test/", "https://shop.test:8443/a/b"]
    assert context.pages[-1].title == "For …"
    assert context.browser == "Firefox 140"


@pytest.mark.parametrize("at", ["@", "%40", "%2540", "%25252540"])
def test_T81_no_address_in_a_path_is_kept_however_often_it_was_encoded(at: str) -> None:
    assert clean_url(f"https://shop.test/u/ana{at}x.test/orders") == "https://shop.test/u/…/orders"
    assert clean_url(f"https://shop.test/u?ref=ana{at}x.test", ["ref"]) == "https://shop.test/u?ref=%E2%80%A6"
    assert clean_title(f"Order of ana{at}x.test") == "Order of …"


def test_the_last_20_pages_are_kept(make: Make) -> None:
    conversation = make.conversation()

    for number in range(25):
        with make.work(make.system) as work:
            conversations.view_page(work, conversation.customer, url=f"https://shop.test/{number}")

    with make.work(make.system) as work:
        pages = details_of(work, [conversation.id])[conversation.id].context.pages
    assert [page.url.rpartition("/")[2] for page in pages] == [str(number) for number in range(5, 25)]


def test_a_page_that_is_told_again_is_kept_once(make: Make, clock: ManualClock) -> None:
    conversation = make.conversation()
    seen = [
        ("https://shop.test/a", clock.now() - 9 * SECOND),
        ("https://shop.test/b", clock.now() - 5 * SECOND),
    ]

    for url, at in [*seen, *seen]:
        with make.work(make.system) as work:
            conversations.view_page(work, conversation.customer, url=url, at=Instant(at))

    with make.work(make.system) as work:
        pages = details_of(work, [conversation.id])[conversation.id].context.pages
    assert [(page.url, page.at) for page in pages] == seen


def test_T80_no_page_is_kept_before_there_is_a_conversation(make: Make) -> None:
    with make.work(make.system) as work:
        with pytest.raises(NotFound):
            conversations.view_page(work, None, url="https://shop.test/")
        with pytest.raises(NotFound):
            conversations.view_page(work, make.customer("Ana").id, url="https://shop.test/")
        assert work.published == []


def test_what_a_page_describes_is_claimed(make: Make) -> None:
    visitor = make.visitor()
    conversation = make.conversation(visitor=visitor)

    with make.work(make.as_customer(visitor)) as work:
        conversations.describe_conversation(work, conversation.id, {"orderStr": "A-1"})
        details = details_of(work, [conversation.id])[conversation.id]

    assert (details.claims, details.custom) == ({"orderStr": "A-1"}, {})
    with make.work(make.as_customer(visitor)) as work, pytest.raises(NotFound):
        conversations.describe_conversation(work, ConversationId(make.conversation().id), {"orderStr": "A-2"})


def test_T24_what_a_page_describes_bit_by_bit_has_a_limit_all_together(make: Make) -> None:
    visitor = make.visitor()
    conversation = make.conversation(visitor=visitor)
    long = {f"a{n}": "x" * 10_000 for n in range(4)}

    with make.work(make.as_customer(visitor)) as work:
        conversations.describe_conversation(work, conversation.id, long)
        with pytest.raises(TooManyAttributes):
            conversations.describe_conversation(
                work, conversation.id, {f"b{n}": "x" * 10_000 for n in range(4)}
            )
        with pytest.raises(TooManyAttributes):
            conversations.describe_conversation(work, conversation.id, {f"b{n}": n for n in range(97)})

        assert details_of(work, [conversation.id])[conversation.id].claims == long
