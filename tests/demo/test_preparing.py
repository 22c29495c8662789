"""An empty folder becomes a desk with a history; a second start finds it; any other folder is left alone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from kithdesk import demo
from kithdesk.access import get_organisation, list_agents, provisioning
from kithdesk.conversations import Conversation, Wanted, list_conversations
from kithdesk.core import replay
from kithdesk.core.actors import system
from kithdesk.core.clock import DAY, HOUR, ManualClock
from kithdesk.core.desk import Desk, where
from kithdesk.core.ids import Ids
from kithdesk.core.settings import Settings
from kithdesk.core.work import Wiring
from kithdesk.customers import Profile, create_customer
from kithdesk.customers.duplicates.pairing import list_pairs
from kithdesk.customers.queries import find_customers
from kithdesk.demo import DemoLinks, NotADemoFolder
from kithdesk.demo.arranging import arrange
from kithdesk.demo.history import History
from kithdesk.demo.staff import (
    CAPACITY,
    COLLEAGUES,
    INES,
    ROBIN,
    acting,
    find_colleagues,
    found_demo,
    settle,
)
from kithdesk.demo.stories import STORIES
from kithdesk.demo.story import Story
from kithdesk.demo.telling import as_if_then
from kithdesk.demo.working_day import lately
from kithdesk.routing import go_offline, set_status
from kithdesk.routing.statuses import draw_status
from tests.demo.conftest import catch_up
from tests.demo.test_signing_in import statuses_of

Start = Callable[[], Awaitable[Desk]]


@pytest.fixture
async def start(settings: Settings, wiring: Wiring, clock: ManualClock) -> AsyncIterator[Start]:
    """Starts the server on the same folder again, as a later process would."""
    running: list[Desk] = []

    async def again() -> Desk:
        while running:
            await running.pop().stop()
        running.append(Desk(settings, wiring, clock=clock, ids=Ids()))
        await running[-1].start(jobs=False)
        return running[-1]

    yield again
    for desk in running:
        await desk.stop()


async def told(desk: Desk, links: DemoLinks) -> dict[str, Conversation]:
    """The conversations by the key of their story."""
    every = (
        await desk.read(list_conversations, Wanted(), limit=100, offset=0, by=system(links.organisation))
    ).value[0]
    return {(one.opening_id or one.external_id or "").removeprefix("demo-"): one for one in every}


async def status_of(desk: Desk, links: DemoLinks, user: str) -> tuple[str, str | None]:
    drawn = (await desk.read(draw_status, user, by=system(links.organisation))).value["attributes"]
    return drawn["status"], drawn["reason"]


async def test_every_story_is_told_and_ends_as_it_says(
    desk: Desk, links: DemoLinks, clock: ManualClock
) -> None:
    conversations = await told(desk, links)

    stories = (*STORIES, *lately(clock.now()).stories)
    assert {key: one.status for key, one in conversations.items()} == {
        story.key: story.ending for story in stories
    }
    for story in stories:
        notes = sum(line.is_note for line in story.lines)
        assert conversations[story.key].message_count == len(story.lines) - notes
        assert conversations[story.key].note_count == notes
        assert len(conversations[story.key].tag_ids) == len(story.tags)


async def test_there_are_two_records_of_one_person_to_look_at(desk: Desk, links: DemoLinks) -> None:
    [pair] = (await desk.read(list_pairs, by=system(links.organisation))).value

    found = (await desk.read(find_customers, [pair.one, pair.other], by=system(links.organisation))).value
    assert {one.display_name for one in found} == {"T. Okafor", "Tom Okafor"}


async def test_what_was_held_by_email_is_told_as_emails(desk: Desk, links: DemoLinks) -> None:
    conversations = await told(desk, links)

    held = {story.key: story.subject for story in STORIES if story.subject}
    assert {key: one.name for key, one in conversations.items() if one.channel == "email"} == held
    assert {one.customer for key, one in conversations.items() if key in held} == {
        conversations["boots"].customer,
        conversations["zip"].customer,
    }


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.key)
async def test_everything_carries_the_date_of_its_story(
    desk: Desk, links: DemoLinks, clock: ManualClock, story: Story
) -> None:
    conversation = (await told(desk, links))[story.key]

    ended = clock.now() - story.ago + sum(line.after for line in story.lines)
    assert conversation.created_at == clock.now() - story.ago
    assert conversation.last_message_at is not None
    assert conversation.last_message_at <= ended <= clock.now()


async def test_the_open_ones_are_with_whoever_answered_and_one_still_waits(
    desk: Desk, links: DemoLinks
) -> None:
    colleagues = (await desk.read(find_colleagues, by=system(links.organisation))).value
    robin, ines = colleagues[ROBIN.key].id, colleagues[INES.key].id
    conversations = await told(desk, links)

    having = {key: list(one.users) for key, one in conversations.items() if one.status == "open"}
    assert having == {"hoop": [ines], "pegs": [robin], "pack": [robin], "orkney": []}


async def test_what_is_done_was_read_and_nothing_in_it_waits(desk: Desk, links: DemoLinks) -> None:
    for conversation in (await told(desk, links)).values():
        if conversation.status == "done":
            assert (conversation.unread_for_agents, conversation.unread_for_customer) == (0, 0)


async def test_the_snoozed_one_comes_back_by_itself(desk: Desk, links: DemoLinks, clock: ManualClock) -> None:
    assert (await told(desk, links))["mug"].status == "snoozed"

    clock.advance(days=1, hours=10)
    await desk.jobs.settle()

    assert (await told(desk, links))["mug"].status == "open"


async def test_only_the_colleagues_work_there_and_none_is_there_yet(desk: Desk, links: DemoLinks) -> None:
    agents = (await desk.read(list_agents, by=system(links.organisation))).value

    assert sorted(agent.display_name for agent in agents) == sorted(one.name for one in COLLEAGUES)
    assert {(await status_of(desk, links, agent.id))[0] for agent in agents} == {"offline"}


async def test_whoever_opens_the_console_is_available_and_gets_what_waits(
    desk: Desk, links: DemoLinks
) -> None:
    assert await statuses_of(desk, links.console, 1) == [201]
    await catch_up(desk, links)

    assert await status_of(desk, links, links.agent) == ("available", None)
    assert list((await told(desk, links))["orkney"].users) == [links.agent]
    drawn = (await desk.read(draw_status, links.agent, by=system(links.organisation))).value["attributes"]
    assert drawn["load"] < drawn["capacity"] == CAPACITY


async def test_signing_in_again_does_not_overrule_what_they_said(desk: Desk, links: DemoLinks) -> None:
    robin = (await desk.read(find_colleagues, by=system(links.organisation))).value[ROBIN.key]
    await desk.run(set_status, robin.id, "busy", by=acting(links.organisation, robin))

    assert await statuses_of(desk, links.console, 1) == [201]
    await catch_up(desk, links)

    assert await status_of(desk, links, robin.id) == ("busy", None)


async def test_the_history_can_be_rebuilt_from_the_journal(
    desk: Desk, links: DemoLinks, wiring: Wiring
) -> None:
    report = replay.replay(where(desk.settings), wiring)

    assert report.events > 100
    assert report.agrees, report.differences


async def test_a_second_start_changes_nothing_but_the_sign_in_link(start: Start, clock: ManualClock) -> None:
    first_desk = await start()
    first = await demo.prepare(first_desk)
    assert await first_desk.head(first.organisation) > 100
    before, head = await told(first_desk, first), await first_desk.head(first.organisation)
    clock.advance(days=3)

    second_desk = await start()
    second = await demo.prepare(second_desk)

    assert await second_desk.head(second.organisation) == head
    assert await told(second_desk, second) == before
    assert second.console != first.console
    assert (second.organisation, second.widget_key, second.agent) == (
        first.organisation,
        first.widget_key,
        first.agent,
    )


async def test_a_start_on_another_port_moves_the_links(ready: None, start: Start, settings: Settings) -> None:
    settings.base_url = "http://127.0.0.1:8080"
    await demo.prepare(await start())
    settings.base_url = "http://127.0.0.1:9090"

    links = await demo.prepare(await start())

    assert links.shop == "http://localhost:9090/shop/"
    assert links.console.startswith("http://127.0.0.1:9090/#/link/")
    assert links.docs == "http://127.0.0.1:9090/docs"


async def test_after_a_restart_whoever_was_cut_off_is_back_and_who_left_is_not(
    ready: None, start: Start
) -> None:
    desk = await start()
    links = await demo.prepare(desk)
    assert await statuses_of(desk, links.console, 1) == [201]
    await catch_up(desk, links)
    await desk.run(go_offline, links.agent, reason="connection_lost", by=system(links.organisation))

    desk = await start()
    links = await demo.prepare(desk)
    assert await status_of(desk, links, links.agent) == ("available", None)

    robin = (await desk.read(find_colleagues, by=system(links.organisation))).value[ROBIN.key]
    await desk.run(set_status, robin.id, "offline", by=acting(links.organisation, robin))
    desk = await start()
    links = await demo.prepare(desk)
    assert await status_of(desk, links, links.agent) == ("offline", None)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.95])
async def test_an_interrupted_start_is_finished_by_the_next(
    desk: Desk, links: DemoLinks, tmp_path: Path, wiring: Wiring, clock: ManualClock, share: float
) -> None:
    whole = await told(desk, links)
    late = Desk(Settings(data=tmp_path / "interrupted", test=True), wiring, clock=clock, ids=Ids(3))
    await late.start(jobs=False)
    organisation = await found_demo(late)
    await late.run(settle, links.shop, by=system(organisation))
    colleagues = (await late.read(find_colleagues, by=system(organisation))).value
    steps = History(organisation, colleagues, links.shop, clock.now()).steps()
    if share:
        await late.run(arrange, by=system(organisation))
    for step in steps[: int(len(steps) * share)]:
        await late.run(as_if_then, step, by=system(organisation))

    found = await told(late, await demo.prepare(late))
    await late.stop()

    assert {key: summary(one) for key, one in found.items()} == {
        key: summary(one) for key, one in whole.items()
    }


def summary(conversation: Conversation) -> tuple[object, ...]:
    """What must be the same however often the history was begun."""
    return (
        conversation.name,
        conversation.status,
        conversation.created_at,
        conversation.message_count,
        conversation.note_count,
        len(conversation.users),
        len(conversation.tag_ids),
        conversation.unread_for_agents,
        conversation.unread_for_customer,
    )


async def test_T87_a_folder_with_an_organisation_of_somebody_elses_is_refused_and_left_alone(
    start: Start,
) -> None:
    desk = await start()
    made = await provisioning.init(desk, "Acme", "ada@acme.test")
    acme = made["org"]["id"]
    await desk.run(create_customer, Profile(name="Cora"), by=system(acme))
    head = await desk.head(acme)

    with pytest.raises(NotADemoFolder, match="'Acme'"):
        await demo.prepare(desk)

    assert await desk.head(acme) == head
    assert (await desk.read(get_organisation, by=system(acme))).value.name == "Acme"
    assert (await desk.read(list_agents, by=system(acme))).value[0].email == "ada@acme.test"


async def test_T87_not_even_the_demos_own_name_opens_somebody_elses_folder(start: Start) -> None:
    desk = await start()
    await provisioning.init(desk, "Birch & Burrow", "ada@acme.test")

    with pytest.raises(NotADemoFolder):
        await demo.prepare(desk)


async def test_T87_a_demo_that_was_given_a_second_organisation_is_a_demo_no_more(
    ready: None, start: Start
) -> None:
    desk = await start()
    await demo.prepare(desk)
    await provisioning.init(desk, "Acme", "ada@acme.test")

    with pytest.raises(NotADemoFolder, match="'Acme'"):
        await demo.prepare(desk)


async def test_what_it_prints_has_the_three_links_and_fits_a_terminal(links: DemoLinks) -> None:
    lines = links.describe().splitlines()

    for link in (links.shop, links.console, links.docs):
        assert sum(link in line for line in lines) == 1
    assert max(len(line) for line in lines) < 100
    assert "Robin Hale" in links.describe()


def test_times_of_stories_leave_room_for_what_happens_after_them() -> None:
    for story in STORIES:
        length = sum(line.after for line in story.lines)
        assert length < story.ago, story.key
        assert story.ending == "open" or length + 5 * 60_000 < story.ago, story.key
        assert story.ago < 500 * DAY
    assert any(story.ago < HOUR for story in STORIES)
