"""What a customer's list and a customer's message cost grows neither with their conversations nor with their past."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from kithdesk import conversations
from kithdesk.conversations import Conversation, Wanted, Words, record_message
from kithdesk.conversations.waiting import WAITING
from kithdesk.core import migrate
from kithdesk.core.clock import ManualClock
from kithdesk.core.sql import NOTHING, Result, Statement
from kithdesk.core.sqlite import open_writer
from kithdesk.core.sqlite.executing import STATEMENTS
from kithdesk.core.work import Reads
from kithdesk.customers import CustomerId, VisitorId, find_visitor, unproven_browsers_in
from kithdesk.customers.narrowing import _UNPROVEN_IN
from kithdesk.customers.tables import visitor_sights, visitors
from tests.conversations.taking import log_in, say, share
from tests.make import Make


class Counting:
    """What is asked of the database, and how many rows it answers."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self.actor, self.organisation, self.now = reads.actor, reads.organisation, reads.now
        self.asked = self.answered = 0

    def execute(self, statement: Statement, values: Mapping[str, Any] = NOTHING) -> Result:
        result = self._reads.execute(statement, values)
        self.asked += 1
        self.answered += len(result.rows)
        return result


def listed(reads: Reads) -> list[Conversation]:
    wanted = Wanted(customer=CustomerId(reads.actor.id or ""))
    return conversations.list_conversations(reads, wanted, limit=100, offset=0)[0]


def test_a_visitors_list_asks_as_much_for_many_chats_with_emails_as_for_one(
    make: Make, clock: ManualClock
) -> None:
    visitor = make.visitor()
    asked, found = [], list[Conversation]()
    for count in (1, 4):
        for number in range(count):
            chat = make.conversation(f"In chat {number}", visitor=visitor)
            clock.advance(seconds=1)
            with make.work(make.admin()) as work:
                record_message(
                    work, Words(body="By mail", channel="email", direction="in"), conversation=chat.id
                )
        with make.work(make.as_customer(visitor)) as work:
            counting = Counting(work)
            found = listed(counting)
        asked.append(counting.asked)

    assert asked == [3, 3]
    assert [one.preview for one in found] == [f"In chat {n}" for n in (3, 2, 1, 0)] + ["In chat 0"]


def test_a_browser_that_is_out_of_many_is_judged_once(make: Make) -> None:
    visitor, owner = make.visitor(), make.visitor()
    begun = [make.conversation(f"Parcel {number}", visitor=visitor) for number in range(4)]
    known = log_in(make, owner, "maya@acme.test")
    with make.work(make.agent()) as work:
        conversations.merge_customers(work, CustomerId(begun[0].customer), known)
    for one in begun[:3]:
        say(make, make.as_customer(owner), one.id, "Mine")

    with make.work(make.narrow(visitor)) as work:
        counting = Counting(work)
        found = listed(counting)

    assert counting.asked == 6
    assert [(one.preview, one.is_ended, one.message_count) for one in found] == [
        ("Parcel 3", False, 1),
        *((f"Parcel {number}", True, 1) for number in (2, 1, 0)),
    ]


def test_a_message_asks_for_none_of_the_browsers_that_may_not_see_it(make: Make) -> None:
    shared = share(make)
    maya = CustomerId(shared.maya.id or "")
    elsewhere = make.conversation("Another matter", visitor=shared.owner)
    row = {
        "organisation": make.organisation,
        "customer": maya,
        "claims": "{}",
        "sees": "that one",
        "has_departed": False,
        "proven": None,
        "created_at": 1,
    }
    browsers = [f"b{number:023x}" for number in range(500)]

    with make.work(make.system) as work:
        sight = {"organisation": make.organisation, "id": "that one", "conversations": f'["{shared.id}"]'}
        work.execute(insert(visitor_sights), sight)
        for browser in browsers:
            work.execute(insert(visitors), {**row, "id": browser})
        counting = Counting(work)
        assert unproven_browsers_in(counting, maya, elsewhere.id, shared.owner.author) == []
        assert (counting.asked, counting.answered) == (1, 0)
    say(make, shared.maya, shared.id)
    with make.work(make.system) as work:
        assert unproven_browsers_in(work, maya, shared.id, shared.visitor.author) == []
        found = [find_visitor(work, VisitorId(one)) for one in (browsers[0], browsers[-1])]
        assert all(one is not None and [*one.departed] == [shared.id] for one in found)


def test_a_message_in_a_kiosks_conversation_reads_no_list_for_each_of_its_browsers(tmp_path: Path) -> None:
    """A thousand browsers that may see a thousand conversations each cost a walk along an index, and one list."""
    migrate.create(tmp_path / "plans.sqlite3")
    connection = open_writer(tmp_path / "plans.sqlite3")
    names = ("organisation", "customer", "author", "conversation", "named")
    sql, bound = STATEMENTS.compiled(_UNPROVEN_IN).bind(dict.fromkeys(names, "x"))

    plan = [step for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {sql}", bound)]
    connection.close()

    walks = [step for step in plan if " visitors " in step]
    assert all("COVERING INDEX ix_visitors_customer" in step for step in walks), plan
    assert not any(step.startswith("SCAN") for step in plan), plan


@pytest.mark.parametrize("statement", [WAITING.answered, WAITING.counted["open", "done"]])
def test_since_when_somebody_waits_is_the_first_entry_of_an_index(
    tmp_path: Path, statement: Statement
) -> None:
    migrate.create(tmp_path / "plans.sqlite3")
    connection = open_writer(tmp_path / "plans.sqlite3")
    names = ("organisation", "customer", "at", "last_conversation", "preview")
    sql, bound = STATEMENTS.compiled(statement).bind(dict.fromkeys(names, 1))

    plan = [step for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {sql}", bound)]
    connection.close()

    index = "INDEX ix_conversations_waiting (organisation=? AND customer=? AND waiting_since"
    assert any(index in step for step in plan), plan
