"""The steps of which the history is made: every word goes through the same verbs as anybody's.

Each is safe to repeat, so that a start that was interrupted is finished by the next. `telling.py` takes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from kithdesk import conversations, routing
from kithdesk.access import User
from kithdesk.conversations import ConversationId, MessageId
from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import DAY, HOUR, MINUTE, SECOND, Instant
from kithdesk.core.ids import OrganisationId
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId
from kithdesk.demo import emails
from kithdesk.demo.browsing import context_of
from kithdesk.demo.ordering import keep_order
from kithdesk.demo.people import author_of, find_or_create
from kithdesk.demo.shop.shoppers import BY_KEY, SHOPPERS, Order, OrderState, Shopper
from kithdesk.demo.staff import acting
from kithdesk.demo.stories import PEOPLE, STORIES
from kithdesk.demo.story import WHOEVER, Person, Said, Story
from kithdesk.demo.working_day import Lately, Shift, lately
from kithdesk.routing import WorkItemId

_TO_READ = 20 * SECOND
"""How long before an answer its author had read what it answers."""
_TO_ACCEPT = 9 * SECOND


@dataclass(frozen=True, slots=True)
class Step:
    """Something that somebody did at a time; not done where nobody is there to do it."""

    at: Instant
    by: Callable[[Work], Actor | None]
    do: Callable[[Work], None]


@dataclass(slots=True)
class History:
    """What the telling needs to remember of itself. `shop_url` ends with a slash."""

    organisation: OrganisationId
    colleagues: dict[str, User]
    shop_url: str
    now: Instant
    customers: dict[str, CustomerId] = field(default_factory=dict)
    conversations: dict[str, ConversationId] = field(default_factory=dict)
    last_words: dict[tuple[str, bool], MessageId] = field(default_factory=dict)
    """By story, and whether the customer said it."""
    _lately: Lately = field(init=False)

    def __post_init__(self) -> None:
        self._lately = lately(self.now)

    @property
    def people(self) -> list[Person]:
        return [*PEOPLE, *self._lately.people]

    @property
    def stories(self) -> list[Story]:
        return [*STORIES, *self._lately.stories]

    def steps(self) -> list[Step]:
        since: dict[str, int] = {}
        for story in self.stories:
            since[story.customer] = max(story.ago, since.get(story.customer, 0))
        met = [self._meet(person, since.get(person.key, 2 * HOUR)) for person in self.people]
        bought = [
            step for shopper in SHOPPERS for order in shopper.orders for step in self._buy(shopper, order)
        ]
        worked = [self._work(shift) for shift in self._lately.shifts]
        told = [step for story in self.stories for step in self._steps_of(story)]
        return sorted([*met, *bought, *worked, *told], key=lambda step: step.at)

    # People

    def _meet(self, person: Person, first: int) -> Step:
        shopper = BY_KEY.get(person.key)
        if shopper is not None:
            first = max(first, max(order.days_ago for order in shopper.orders) * DAY)

        def meet(work: Work) -> None:
            self.customers[person.key] = find_or_create(work, person)

        return Step(Instant(self.now - first - HOUR), self._program, meet)

    def _work(self, shift: Shift) -> Step:
        who = self.colleagues[shift.who.key]

        def say(work: Work) -> None:
            routing.set_status(work, who.id, shift.status, shift.reason)

        return Step(shift.at, lambda _work: acting(self.organisation, who), say)

    def _buy(self, shopper: Shopper, order: Order) -> Iterator[Step]:
        """Placed, and two days later as it stands now."""
        placed_at = Instant(self.now - order.days_ago * DAY - 30 * MINUTE)

        def keep(state: OrderState) -> Callable[[Work], None]:
            return lambda work: keep_order(
                work, self.customers[shopper.key], order, placed_at=placed_at, state=state
            )

        yield Step(placed_at, self._program, keep("packing"))
        if order.state != "packing":
            yield Step(Instant(min(self.now, placed_at + 2 * DAY)), self._program, keep(order.state))

    # Conversations

    def _steps_of(self, story: Story) -> Iterator[Step]:
        at = Instant(self.now - story.ago + (emails.LATE if story.subject else 0))
        first_answer = next(
            (number for number, line in enumerate(story.lines) if line.by != "customer"), None
        )
        if story.answered_by == WHOEVER:
            yield self._accept(story, Instant(at + _TO_ACCEPT))
        elif story.ending != "open" and not story.subject:
            yield self._stand(story, "available", Instant(at - MINUTE))
        for number, line in enumerate(story.lines):
            at = Instant(at + line.after)
            if number and story.answered_by != WHOEVER:  # of those it is enough that all was read in the end
                yield self._read(story, line.by, Instant(at - _TO_READ))
            if number == first_answer and story.ending == "open" and not line.is_note:
                yield self._take(story, line.by, Instant(at - _TO_READ))
            yield self._say(story, number, line, at)
        yield from self._end(story, at)

    def _say(self, story: Story, number: int, line: Said, at: Instant) -> Step:
        client_id = f"demo-{story.key}-{number}"

        def say(work: Work) -> None:
            if story.subject and not line.is_note:
                sent = emails.record(
                    work,
                    story,
                    number,
                    customer=self.customers[story.customer],
                    conversation=self.conversations.get(story.key),
                )
            elif line.by == "customer":
                sent = conversations.receive(
                    work,
                    conversation=None,
                    new_conversation=f"demo-{story.key}",
                    customer=self.customers[story.customer],
                    author=author_of(story.customer),
                    client_id=client_id,
                    body=line.text,
                    context=context_of(story, self.shop_url, self.now),
                )
            else:
                sent = conversations.reply(
                    work,
                    self.conversations[story.key],
                    client_id=client_id,
                    body=line.text,
                    kind="note" if line.is_note else "message",
                )
            self.conversations[story.key] = sent.conversation
            # Whether the customer has read an e-mail nobody knows.
            if not line.is_note and not (story.subject and line.by != "customer"):
                self.last_words[story.key, line.by == "customer"] = MessageId(sent.message["id"])

        def by(work: Work) -> Actor | None:
            return None if self._is_said(work, story, number) else self._actor(work, story, line.by)

        return Step(at, by, say)

    def _is_said(self, work: Work, story: Story, number: int) -> bool:
        """Whether an earlier start has told it: another may have it now, from whom it would be said again."""
        if story.lines[number].by != WHOEVER:
            return False
        return conversations.get_conversation(work, self.conversations[story.key]).message_count > number

    def _accept(self, story: Story, at: Instant) -> Step:
        """Whoever is asked takes it. Nobody is, where it was given or waits."""

        def asked(work: Work) -> Actor | None:
            offered = routing.draw_last_item(work, self.conversations[story.key])
            return self._user(offered["relationships"]["offeredTo"]["data"])

        def accept(work: Work) -> None:
            offered = routing.draw_last_item(work, self.conversations[story.key])
            routing.accept(work, WorkItemId(offered["id"]))

        return Step(at, asked, accept)

    def _stand(self, story: Story, status: Literal["available", "offline"], at: Instant) -> Step:
        """Whoever answers was there, so that routing gave it to them, and went home afterwards."""

        def stand(work: Work) -> None:
            routing.set_status(work, self.colleagues[story.answered_by].id, status)

        return Step(at, lambda work: self._actor(work, story, story.answered_by), stand)

    def _take(self, story: Story, by: str, at: Instant) -> Step:
        def take(work: Work) -> None:
            routing.assign(work, self.conversations[story.key], users=[self.colleagues[by].id])

        return Step(at, lambda work: self._actor(work, story, by), take)

    def _read(self, story: Story, by: str, at: Instant) -> Step:
        def read(work: Work) -> None:
            message = self.last_words.get((story.key, by != "customer"))
            if story.answered_by == WHOEVER:  # who may have said it at an earlier start
                there = conversations.get_conversation(work, self.conversations[story.key])
                last = there.last_out if by == "customer" else there.last_in
                message = None if last is None else MessageId(last)
            if message is not None:
                conversations.mark_read(work, self.conversations[story.key], message)

        return Step(at, lambda work: self._actor(work, story, by), read)

    def _end(self, story: Story, at: Instant) -> Iterator[Step]:
        who = story.answered_by
        if story.ending == "done":
            yield self._read(story, "customer", Instant(at + MINUTE))
            yield self._read(story, who, Instant(at + MINUTE))

        def end(work: Work) -> None:
            id = self.conversations[story.key]
            changes: dict[str, Any] = {"name": story.name} if story.name else {}
            conversations.change(work, id, changes)
            if story.tags:
                conversations.tag(work, id, story.tags)
            if story.given_to is not None:
                routing.assign(work, id, users=[self.colleagues[story.given_to[1]].id])
            if story.ending == "done":
                conversations.close(work, id)
            elif story.ending == "snoozed":
                conversations.snooze(work, id, until=_tomorrow_morning(self.now))

        if story.name or story.tags or story.given_to or story.ending != "open":
            by = story.given_to[0] if story.given_to else who
            at_last = Instant(min(self.now, at + 2 * MINUTE))
            yield Step(at_last, lambda work: self._actor(work, story, by), end)
        if story.ending != "open" and who != WHOEVER and not story.subject:
            yield self._stand(story, "offline", Instant(at + 3 * MINUTE))

    # Who and where

    def _program(self, _work: Work) -> Actor:
        return system(self.organisation)

    def _actor(self, work: Work, story: Story, by: str) -> Actor | None:
        if by == WHOEVER:
            users = conversations.get_conversation(work, self.conversations[story.key]).users
            return self._user({"id": users[0]} if users else None)
        if by == "customer" and story.subject:
            return self._program(work)
        if by != "customer":
            return acting(self.organisation, self.colleagues[by])
        id = self.customers[story.customer]
        name = next(person.name for person in self.people if person.key == story.customer)
        return Actor(
            organisation=self.organisation,
            type="customer",
            id=id,
            author=author_of(story.customer),
            display_name=name or f"Visitor {id[-4:].upper()}",
        )

    def _user(self, reference: Mapping[str, str] | None) -> Actor | None:
        """The colleague whom a document names."""
        if reference is None:
            return None
        found = next((one for one in self.colleagues.values() if one.id == reference["id"]), None)
        return None if found is None else acting(self.organisation, found)


def _tomorrow_morning(now: Instant) -> Instant:
    """Nine o'clock UTC of the next day."""
    return Instant(now - now % DAY + DAY + 9 * HOUR)
