"""Three browsers of who knows whom: they write, claim, log in and out, while agents merge and part records.

The rules do it to the server, and say in the model what must be true from then on.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections import Counter
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from kithdesk import conversations, customers
from kithdesk.conversations import ConversationId
from kithdesk.conversations.errors import ConversationEnded
from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.ids import Ids
from kithdesk.core.replay import replay
from kithdesk.core.settings import Settings
from kithdesk.customers import CustomerId, Email, Identity, Profile, VisitorId
from kithdesk.customers.errors import AddressTaken
from kithdesk.customers.merging.errors import MergedOn
from kithdesk.timeline import read_timeline
from tests.customers.identity_model import Browser, Model, Record
from tests.customers.identity_verbs import begin, say
from tests.make import ACME
from tests.slices import WIRING
from tests.spine import file_of

T = TypeVar("T")


AGENT = Actor(organisation=ACME, type="user", id="1" * 24, author="1" * 24, display_name="Ada")


ADDRESSES = ["ana@acme.test", "ben@acme.test", "cem@acme.test"]


devices = st.integers(0, 2)


addresses = st.sampled_from(ADDRESSES)


numbers = st.integers(0, 9)


class Machine(RuleBasedStateMachine):
    """Each rule does one thing to the server and says in the model what must be true from then on."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="kithdesk-identity-"))
        self.runner = asyncio.Runner()
        self.clock = ManualClock()
        self.model = Model()
        self.openings: dict[tuple[str, str], str] = {}

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    @initialize()
    def start(self) -> None:
        self.desk = Desk(Settings(data=self.folder, test=True), WIRING, clock=self.clock, ids=Ids(1))
        self._run(self.desk.start(jobs=False))
        self.authors = [VisitorId(f"{number + 2}" * 24) for number in range(3)]
        for author in self.authors:
            self.model.browsers[author] = Browser()

    def _do(self, verb: Any, *args: Any, by: Actor, **kwargs: Any) -> Any:
        self.clock.advance(seconds=1)
        return self._run(self.desk.run(verb, *args, by=by, **kwargs)).value

    def _ask(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return self._run(self.desk.read(query, *args, by=system(ACME), **kwargs)).value

    def _visitor(self, device: int) -> Actor:
        author = self.authors[device]
        return Actor(organisation=ACME, type="customer", id=self.model.browsers[author].record, author=author)

    # What happens

    @rule(device=devices, opening=numbers)
    def write(self, device: int, opening: int) -> None:
        author = self.authors[device]
        browser = self.model.browsers[author]
        name = f"n{opening % 2}"
        opened = self.openings.get((author, name))
        if opened is not None and self.model.owners[opened] != browser.record:
            opened, name = None, f"n{len(self.model.said)}"  # that one stayed with somebody else
        if opened is not None and (author, opened) in self.model.departed:
            opened, name = None, f"n{len(self.model.said)}"
        if opened is not None:
            self.model.speak(author, opened)
        sent = self._do(begin, name, f"m{len(self.model.said)}", by=self._visitor(device))
        self.openings[author, name] = sent.conversation
        owner = sent.message["customer"]
        if browser.record is None:
            assert owner not in self.model.records
            self.model.records[owner] = Record()
            browser.record = owner
        self.model.owners.setdefault(sent.conversation, owner)
        self.model.openers.setdefault(sent.conversation, author)
        self.model.opened.setdefault(sent.conversation, len(self.model.merges))
        self.model.said[sent.message["id"]] = sent.conversation

    @rule(device=devices, which=numbers)
    def speak(self, device: int, which: int) -> None:
        """In a conversation that it sees, whoever opened that."""
        author = self.authors[device]
        seen = sorted(self.model.seen_by(author))
        if not seen:
            return
        conversation = seen[which % len(seen)]
        client_id = f"m{len(self.model.said)}"
        if (author, conversation) in self.model.departed:
            with pytest.raises(ConversationEnded):
                self._do(say, conversation, client_id, by=self._visitor(device))
            return
        self.model.speak(author, conversation)
        sent = self._do(say, conversation, client_id, by=self._visitor(device))
        self.model.said[sent.message["id"]] = conversation

    @rule(device=devices, address=addresses)
    def claim(self, device: int, address: str) -> None:
        claims = customers.claims_of({"email": address, "name": "Ana"}, {})
        self._do(customers.describe, self.authors[device], claims, by=self._visitor(device))

    @rule(device=devices, address=addresses)
    def log_in(self, device: int, address: str) -> None:
        author = self.authors[device]
        identified = self._do(
            conversations.identify, author, Identity("email", address), by=self._visitor(device)
        )
        known = self.model.owner_of_address(address)
        if known is None:
            assert identified.customer not in self.model.records
            self.model.records[identified.customer] = Record()
        else:
            assert identified.customer == known
        self.model.records[identified.customer].addresses[address] = True
        before = self.model.browsers[author].record
        if before in (None, identified.customer):
            assert identified.visitor == author
        elif self.model.is_anonymous(author) and not self.model.holds_more(author):
            assert identified.visitor == author
            assert (identified.merged, identified.left) == (before, None)
            self.model.take_along(author, str(before), identified.customer)
        elif self.model.is_anonymous(author) and self.model.said_by(author):
            assert identified.visitor == author
            assert identified.left == before
            assert identified.merged not in (None, *self.model.records)
            self.model.part(author, str(identified.merged))
            self.model.take_along(author, str(identified.merged), identified.customer)
        else:
            assert identified.visitor not in self.model.browsers
            assert identified.merged is None
        self.authors[device] = identified.visitor
        self.model.departed = {
            (other, id): count
            for (other, id), count in self.model.departed.items()
            if other != identified.visitor
        }
        self.model.browsers[identified.visitor] = Browser(identified.customer, address)

    @rule(device=devices)
    def log_out(self, device: int) -> None:
        """The widget begins with another token."""
        author = VisitorId(f"{len(self.model.browsers) + 16:024x}")
        self.authors[device] = author
        self.model.browsers[author] = Browser()

    @rule(address=addresses)
    def import_customer(self, address: str) -> None:
        profile = Profile(emails=(Email(address),))
        if self.model.owner_of_address(address) is None:
            made = self._do(customers.create_customer, profile, by=AGENT)
            self.model.records[made] = Record({address: False})
            return
        try:
            self._do(customers.create_customer, profile, by=AGENT)
        except AddressTaken:
            return
        raise AssertionError("an address has two owners")

    @rule(device=devices, address=addresses)
    def type_address(self, device: int, address: str) -> None:
        """An agent notes an address on a browser's record."""
        id = self.model.browsers[self.authors[device]].record
        if id is None or self.model.owner_of_address(address) not in (None, id):
            return
        known = self._ask(customers.get_customer, CustomerId(id))
        if address not in self.model.records[id].addresses:
            emails = (*known.profile.emails, Email(address))
            self._do(customers.update_customer, CustomerId(id), {"emails": emails}, by=AGENT)
            self.model.records[id].addresses[address] = False

    @precondition(lambda self: len(self.model.standing()) > 1)
    @rule(first=numbers, second=numbers)
    def merge(self, first: int, second: int) -> None:
        standing = self.model.standing()
        one = standing.pop(first % len(standing))
        other = standing[second % len(standing)]
        made = self._do(conversations.merge_customers, CustomerId(one), CustomerId(other), by=AGENT)
        self.model.merge(made.id, one, other)

    @precondition(lambda self: self.model.merges)
    @rule(which=numbers)
    def undo(self, which: int) -> None:
        id = sorted(self.model.merges)[which % len(self.model.merges)]
        try:
            self._do(conversations.undo_merge, id, by=AGENT)
        except MergedOn:
            assert not self.model.may_undo(id)
        else:
            assert self.model.may_undo(id)
            self.model.undo(id)

    # What is always true

    @invariant()
    def everything_is_whose_it_should_be(self) -> None:
        if not hasattr(self, "desk"):
            return
        for author, browser in self.model.browsers.items():
            found = self._ask(customers.find_visitor, VisitorId(author))
            assert (None if found is None else found.customer) == browser.record
        for address in ADDRESSES:
            assert self._ask(customers.find_by_email, address) == self.model.owner_of_address(address)
        for id, record in self.model.records.items():
            known = self._ask(customers.get_customer, CustomerId(id))
            assert known.id == (record.into or id)
            if record.into is None:
                assert known.is_identified == record.is_identified
                assert known.activity.conversations_open == len(self.model.conversations_of(id))
        for id, owner in self.model.owners.items():
            assert self._ask(conversations.find_customer_of, ConversationId(id)) == owner

    @invariant()
    def only_a_login_opens_what_others_said(self) -> None:
        for author, browser in self.model.browsers.items():
            if browser.record is None:
                continue
            found = self._ask(customers.find_visitor, VisitorId(author))
            actor = Actor(
                organisation=ACME,
                type="customer",
                id=browser.record,
                author=author,
                sees=self._ask(conversations.seen_by, found),
            )
            wanted = conversations.Wanted(customer=CustomerId(browser.record))
            listing = self.desk.read(conversations.list_conversations, wanted, limit=100, offset=0, by=actor)
            seen = {one.id for one in self._run(listing).value[0]}
            assert seen == self.model.seen_by(author)
            for id in seen:
                reading = self.desk.read(
                    conversations.list_messages_before, ConversationId(id), before=None, limit=100, by=actor
                )
                said = [one.id for one in self._run(reading).value[0]]
                assert said == self.model.readable(author, id)

    @invariant()
    def every_message_stands_on_one_timeline(self) -> None:
        times: Counter[str] = Counter()
        for id in self.model.standing():
            entries = self._ask(read_timeline, CustomerId(id), limit=1_000).found
            for entry in entries:
                message = getattr(entry.event, "message", None)
                if message is not None:
                    times[message] += 1
                    assert self.model.owners[entry.conversation or ""] == id
        assert times == dict.fromkeys(self.model.said, 1)

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self._run(self.desk.stop())
            report = replay(file_of(self.desk), WIRING)
            assert report.agrees, report.differences
        self.runner.close()
        shutil.rmtree(self.folder)
