"""Telling the stories: every word goes through the same verbs as anybody's, under the date it is to have been said.

All steps go in the order of their times, each as a command of its own. Each is safe to repeat, so that a start that was
interrupted is finished by the next.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from kithdesk import conversations, customers, routing
from kithdesk.access import User, change_settings
from kithdesk.conversations import Context, ConversationId, MessageId, Page
from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import DAY, HOUR, MINUTE, SECOND, Instant
from kithdesk.core.desk import Desk
from kithdesk.core.ids import OrganisationId
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId, Email, ExternalId, Phone, Profile, VisitorId
from kithdesk.demo.ordering import keep_order
from kithdesk.demo.shop import NAME
from kithdesk.demo.shop.shoppers import BY_KEY, SHOPPERS, Order, OrderState, Shopper
from kithdesk.demo.staff import DemoSettings, acting
from kithdesk.demo.stories import PEOPLE, STORIES
from kithdesk.demo.story import Person, Said, Story

_TO_READ = 20 * SECOND
"""How long before an answer its author had read what it answers."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that somebody did at a time."""

    at: Instant
    by: Callable[[], Actor]
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

    def steps(self) -> list[Step]:
        people = [self._meet(person) for person in PEOPLE]
        bought = [
            step for shopper in SHOPPERS for order in shopper.orders for step in self._buy(shopper, order)
        ]
        told = [step for story in STORIES for step in self._steps_of(story)]
        return sorted([*people, *bought, *told], key=lambda step: step.at)

    # People

    def _meet(self, person: Person) -> Step:
        first = max((story.ago for story in STORIES if story.customer == person.key), default=2 * HOUR)
        shopper = BY_KEY.get(person.key)
        if shopper is not None:
            first = max(first, max(order.days_ago for order in shopper.orders) * DAY)

        def meet(work: Work) -> None:
            self.customers[person.key] = find_or_create(work, person)

        return Step(Instant(self.now - first - HOUR), self._program, meet)

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
        at = Instant(self.now - story.ago)
        first_answer = next(
            (number for number, line in enumerate(story.lines) if line.by != "customer"), None
        )
        if story.ending != "open":
            yield self._stand(story, "available", Instant(at - MINUTE))
        for number, line in enumerate(story.lines):
            at = Instant(at + line.after)
            if number:
                yield self._read(story, line.by, Instant(at - _TO_READ))
            if number == first_answer and story.ending == "open" and not line.is_note:
                yield self._take(story, line.by, Instant(at - _TO_READ))
            yield self._say(story, number, line, at)
        yield from self._end(story, at)

    def _say(self, story: Story, number: int, line: Said, at: Instant) -> Step:
        client_id = f"demo-{story.key}-{number}"

        def say(work: Work) -> None:
            if line.by == "customer":
                sent = conversations.receive(
                    work,
                    conversation=None,
                    new_conversation=f"demo-{story.key}",
                    customer=self.customers[story.customer],
                    author=_author(story.customer),
                    client_id=client_id,
                    body=line.text,
                    context=self._context(story),
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
            if not line.is_note:
                self.last_words[story.key, line.by == "customer"] = MessageId(sent.message["id"])

        return Step(at, lambda: self._actor(story, line.by), say)

    def _stand(self, story: Story, status: Literal["available", "offline"], at: Instant) -> Step:
        """Whoever answers was there, so that routing gave it to them, and went home afterwards."""

        def stand(work: Work) -> None:
            routing.set_status(work, self.colleagues[story.answered_by].id, status)

        return Step(at, lambda: self._actor(story, story.answered_by), stand)

    def _take(self, story: Story, by: str, at: Instant) -> Step:
        def take(work: Work) -> None:
            routing.assign(work, self.conversations[story.key], users=[self.colleagues[by].id])

        return Step(at, lambda: self._actor(story, by), take)

    def _read(self, story: Story, by: str, at: Instant) -> Step:
        def read(work: Work) -> None:
            message = self.last_words.get((story.key, by != "customer"))
            if message is not None:
                conversations.mark_read(work, self.conversations[story.key], message)

        return Step(at, lambda: self._actor(story, by), read)

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
            yield Step(Instant(min(self.now, at + 2 * MINUTE)), lambda: self._actor(story, by), end)
        if story.ending != "open":
            yield self._stand(story, "offline", Instant(at + 3 * MINUTE))

    # Who and where

    def _program(self) -> Actor:
        return system(self.organisation)

    def _actor(self, story: Story, by: str) -> Actor:
        if by != "customer":
            return acting(self.organisation, self.colleagues[by])
        id = self.customers[story.customer]
        name = next(person.name for person in PEOPLE if person.key == story.customer)
        return Actor(
            organisation=self.organisation,
            type="customer",
            id=id,
            author=_author(story.customer),
            display_name=name or f"Visitor {id[-4:].upper()}",
        )

    def _context(self, story: Story) -> Context:
        began = self.now - story.ago
        browser, system_name, device, screen = (
            ("Mobile Safari 19", "iOS 19", "iPhone", (390, 844))
            if story.device == "phone"
            else ("Firefox 147", "Windows 11", "Computer", (1920, 1080))
        )
        pages = tuple(
            Page(
                f"{self.shop_url}{path}",
                title if title.startswith(NAME) else f"{title} · {NAME}",
                began - (len(story.pages) - number) * 50 * SECOND,
            )
            for number, (path, title) in enumerate(story.pages)
        )
        return Context(
            device=device,
            browser=browser,
            os=system_name,
            language="en-GB",
            languages=("en-GB", "en"),
            time_zone="Europe/London",
            screen=screen,
            landing=pages[0].url if pages else None,
            pages=pages,
        )


async def tell(desk: Desk, history: History) -> None:
    """Makes the history true, and remembers that it is."""
    for step in history.steps():
        await desk.run(as_if_then, step, by=step.by())
    await desk.run(change_settings, DemoSettings, {"isTold": True}, by=system(history.organisation))


def as_if_then(work: Work, step: Step) -> None:
    """One step in its own time: whatever it states, and whatever follows from that, carries the date of the story."""
    work.now = step.at
    step.do(work)


def find_or_create(work: Work, person: Person) -> CustomerId:
    """The customer, known by their external id; a visitor by their browser."""
    if not person.external_id:
        return customers.customer_of_visitor(work, VisitorId(_author(person.key)))
    found = customers.find_by_external_id(work, person.external_id)
    return found or customers.create_customer(work, _profile(person), source="import")


def _profile(person: Person) -> Profile:
    shopper = BY_KEY.get(person.key)
    return Profile(
        name=person.name,
        emails=(Email(person.email, verified=True),),
        phones=(Phone(person.phone, verified=True),) if person.phone else (),
        external_ids=(ExternalId(person.external_id, verified=True),),
        locale="en_gb",
        time_zone="Europe/London",
        custom={} if shopper is None else _orders(shopper),
    )


def _orders(shopper: Shopper) -> dict[str, Any]:
    """What the shop's own systems would keep on a customer: `staff.ATTRIBUTES`."""
    last = shopper.orders[0]
    things = ", ".join(
        f"{line.product.name}{f' × {line.quantity}' if line.quantity > 1 else ''}" for line in last.lines
    )
    return {
        "ordersNum": len(shopper.orders),
        "lastOrderStr": f"{last.number}: {things}",
        "lastOrderStatusStr": last.state.replace("_", " "),
        "spentNum": sum(order.total for order in shopper.orders) / 100,
    }


def _author(key: str) -> str:
    """The same browser each time, with an id like any other."""
    return hashlib.sha256(f"demo visitor {key}".encode()).hexdigest()[:24]


def _tomorrow_morning(now: Instant) -> Instant:
    """Nine o'clock UTC of the next day."""
    return Instant(now - now % DAY + DAY + 9 * HOUR)
