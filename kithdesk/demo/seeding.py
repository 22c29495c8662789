"""A great many customers and messages, to see how an installation behaves when it is full.

Everything goes through the same verbs as anybody's words, so that journal, rows and search are what they would be. A
customer's whole past is one command. What is made depends on the seed alone, and customers that are there already are
passed over: a load that was stopped goes on when it is asked for again.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence

import msgspec

from kithdesk import conversations, customers
from kithdesk.access import User
from kithdesk.conversations import ConversationId
from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import DAY, MINUTE, SECOND, Instant
from kithdesk.core.desk import Desk
from kithdesk.core.errors import Overloaded
from kithdesk.core.ids import OrganisationId
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId, Email, ExternalId, Phone, Profile
from kithdesk.demo.seed_words import COMMON, FIRST_NAMES, LAST_NAMES, rare_word
from kithdesk.demo.staff import acting

Progress = Callable[[int, int], None]

_AT_ONCE = 32
"""Customers in flight: enough that the lane always has a batch, few enough that stopping is quick."""
_RARE_WORDS = 20_000
_DAYS = 700
_OPEN_SHARE = 0.01
_WEIGHTS = [1 / rank for rank in range(1, len(COMMON) + 1)]


class Load(msgspec.Struct, frozen=True):
    """How much, and which of all the loads that could be of that size."""

    customers: int
    messages: int
    seed: int = 1


class _Line(msgspec.Struct, frozen=True):
    at: Instant
    is_answer: bool
    body: str


class _Past(msgspec.Struct, frozen=True):
    """One customer and what was said, by conversation."""

    author: str
    profile: Profile
    conversations: tuple[tuple[_Line, ...], ...]
    is_open: bool


async def load(
    desk: Desk, organisation: OrganisationId, staff: Sequence[User], plan: Load, tell: Progress
) -> int:
    """Makes what the plan asks for, and answers how many messages it wrote. `tell(messages, of)` hears how far it is.

    Cancelling it leaves whole customers behind.
    """
    room = asyncio.Semaphore(_AT_ONCE)
    written = 0
    now = desk.clock.now()

    async def make(past: _Past, answering: Actor) -> None:
        nonlocal written
        try:
            new = await _patiently(desk, organisation, past, answering)
        finally:
            room.release()
        written += new
        tell(written, plan.messages)

    async with asyncio.TaskGroup() as group:
        for number in range(plan.customers):
            await room.acquire()
            group.create_task(
                make(_past(plan, number, now), acting(organisation, staff[number % len(staff)]))
            )
    return written


async def _patiently(desk: Desk, organisation: OrganisationId, past: _Past, answering: Actor) -> int:
    while True:
        try:
            done = await desk.run(_live, past, answering, by=system(organisation))
        except Overloaded:
            await asyncio.sleep(1)
        else:
            return done.value


def _live(work: Work, past: _Past, answering: Actor) -> int:
    """The customer's whole past. Answers how many messages it wrote, 0 when it was there already."""
    external_id = past.profile.external_id
    assert external_id is not None
    if customers.find_by_external_id(work, external_id) is not None:
        return 0
    program = work.actor
    work.now = past.conversations[0][0].at if past.conversations else work.now
    customer = customers.create_customer(work, past.profile, source="import")
    writing = Actor(
        organisation=work.organisation,
        type="customer",
        id=customer,
        author=past.author,
        display_name=past.profile.name or "",
    )
    for number, lines in enumerate(past.conversations):
        conversation = _talk(work, customer, past.author, f"load-{number}", lines, writing, answering)
        if not (past.is_open and number == len(past.conversations) - 1):
            work.actor = answering
            conversations.close(work, conversation)
    work.actor = program
    return sum(len(lines) for lines in past.conversations)


def _talk(
    work: Work,
    customer: CustomerId,
    author: str,
    opening_id: str,
    lines: Sequence[_Line],
    writing: Actor,
    answering: Actor,
) -> ConversationId:
    conversation: ConversationId | None = None
    for number, line in enumerate(lines):
        work.now = line.at
        client_id = f"{opening_id}-{number}"
        if line.is_answer and conversation is not None:
            work.actor = answering
            conversations.reply(work, conversation, client_id=client_id, body=line.body)
            continue
        work.actor = writing
        sent = conversations.receive(
            work,
            conversation=conversation,
            new_conversation=opening_id if conversation is None else None,
            customer=customer,
            author=author,
            client_id=client_id,
            body=line.body,
        )
        conversation = sent.conversation
    assert conversation is not None
    return conversation


# What is made up


def _past(plan: Load, number: int, now: Instant) -> _Past:
    dice = random.Random(f"{plan.seed} {number}")
    share = plan.messages * (number + 1) // plan.customers - plan.messages * number // plan.customers
    sizes = []
    while share > 0:
        sizes.append(min(share, dice.randint(2, 8)))
        share -= sizes[-1]
    at = Instant(now - dice.randrange(DAY, _DAYS * DAY))
    gap = (now - at) // (len(sizes) + 1)
    talks = tuple(
        _lines(dice, size, Instant(at + place * gap + dice.randrange(gap // 2 + 1)))
        for place, size in enumerate(sizes)
    )
    return _Past(
        f"{plan.seed % 2**32:08x}{number:016x}",
        _profile(plan, dice, number),
        talks,
        dice.random() < _OPEN_SHARE,
    )


def _lines(dice: random.Random, size: int, at: Instant) -> tuple[_Line, ...]:
    lines = []
    for number in range(size):
        lines.append(_Line(at, number % 2 == 1, _sentence(dice)))
        at = Instant(at + dice.randrange(20 * SECOND, 10 * MINUTE))
    return tuple(lines)


def _sentence(dice: random.Random) -> str:
    words = dice.choices(COMMON, _WEIGHTS, k=dice.randint(4, 24))
    words.insert(dice.randrange(len(words)), rare_word(dice.randrange(_RARE_WORDS)))
    return f"{' '.join(words).capitalize()}."


def _profile(plan: Load, dice: random.Random, number: int) -> Profile:
    first, last = dice.choice(FIRST_NAMES), dice.choice(LAST_NAMES)
    # A number has room for so many seeds and customers, and no two may have the same.
    has_phone = 0 <= plan.seed < 100 and number < 10_000_000
    return Profile(
        name=f"{first} {last}",
        emails=(Email(f"{first}.{last}.{plan.seed}.{number}@load.test".lower()),),
        phones=(Phone(f"+447{plan.seed:02d}{number:07d}"),) if has_phone else (),
        external_ids=(ExternalId(f"load-{plan.seed}-{number}"),),
        locale="en_gb",
    )
