"""A conversation that stays as it is, while its customer or their company changes."""

from __future__ import annotations

from typing import Any

import pytest

from kithdesk import conversations, sla
from kithdesk.conversations import ConversationId
from kithdesk.conversations.merging import merge_customers, undo_merge
from kithdesk.core.actors import Actor
from kithdesk.core.clock import HOUR, iso
from kithdesk.core.work import Work
from kithdesk.customers import (
    Claims,
    CompanyId,
    CompanyProfile,
    CustomerId,
    Profile,
    create_company,
    create_customer,
    update_customer,
)
from kithdesk.customers.companies.creating import delete_company, update_company
from kithdesk.customers.creating import set_claims
from kithdesk.sla import Target
from kithdesk.sla.asking_again import AT_ONCE, CHUNK, go_on_asking_customer
from kithdesk.sla.timers import AskCustomer
from tests.sla.houses import House
from tests.spine import sql

pytestmark = pytest.mark.anyio

VIP = {"and": [{"customer_tags": {"contains": "vip"}}]}
BIG = {"and": [{"company_tags": {"contains": "big"}}]}
SOON = {"firstResponse": Target(seconds=1_800)}


async def _customer_of(house: House, conversation: ConversationId) -> CustomerId:
    return CustomerId((await house.read(conversations.get_conversation, conversation)).customer)


async def _tag(house: House, customer: CustomerId, *tags: str) -> None:
    await house.run(update_customer, customer, {"tags": list(tags)})


async def _company(house: House, *tags: str) -> CompanyId:
    made: CompanyId = await house.run(create_company, CompanyProfile(name="Acme", tags=tags))
    return made


async def _names(house: House, opened: list[ConversationId]) -> set[str | None]:
    found = [await house.sla(one) for one in opened]
    return {None if one is None else one["name"] for one in found}


def _write(work: Work, customer: CustomerId, word: str) -> ConversationId:
    work.actor = Actor(organisation=work.organisation, type="customer", id=customer, author=word)
    return conversations.receive(
        work,
        conversation=None,
        new_conversation=word,
        customer=customer,
        author=word,
        client_id=word,
        body="Hello",
    ).conversation


async def _open_many(house: House, customer: CustomerId, count: int) -> list[ConversationId]:
    return [await house.run(_write, customer, f"{customer}.{number}") for number in range(count)]


async def test_a_customer_who_is_tagged_has_the_policy_at_once_and_from_the_beginning(house: House) -> None:
    await house.policy("Gold", criteria=VIP, metrics=SOON)
    await house.policy("Everybody")
    conversation = await house.arrive()
    began = house.clock.now()
    await house.pass_time(minutes=10)

    await _tag(house, await _customer_of(house, conversation), "vip")

    found = await house.sla(conversation)
    assert (found["name"], found["dueAt"]) == ("Gold", iso(began + HOUR // 2))  # type: ignore[arg-type]


async def test_a_customer_who_loses_the_tag_loses_the_policy(house: House) -> None:
    await house.policy("Gold", criteria=VIP)
    conversation = await house.arrive()
    customer = await _customer_of(house, conversation)
    await _tag(house, customer, "vip")
    assert await house.sla(conversation) is not None

    await _tag(house, customer)

    assert await house.sla(conversation) is None
    await house.pass_time(hours=2)
    assert await house.kinds(conversation) == ["matched", "unmatched"]


async def test_who_has_many_conversations_is_asked_about_by_and_by(house: House) -> None:
    await house.policy("Gold", criteria=VIP)
    customer = await house.run(create_customer)
    opened = await _open_many(house, customer, 2 * CHUNK + 3)

    await _tag(house, customer, "vip")
    assert await _names(house, opened) == {None}
    await house.desk.jobs.settle()

    assert await _names(house, opened) == {"Gold"}


async def test_no_transaction_asks_about_more_than_a_few(house: House) -> None:
    await house.policy("Gold", criteria=VIP)
    customer = await house.run(create_customer)
    opened = await _open_many(house, customer, CHUNK + 3)
    await _tag(house, customer, "vip")

    await house.run(go_on_asking_customer, AskCustomer(customer=customer))

    assert await _names(house, opened[:CHUNK]) == {"Gold"}
    assert await _names(house, opened[CHUNK:]) == {None}
    await house.run(go_on_asking_customer, AskCustomer(customer=customer, after=opened[CHUNK - 1]))
    assert [await house.kinds(one) for one in opened] == [["matched"] * len(opened)] * len(opened)


async def test_a_few_conversations_are_asked_about_with_the_change(house: House) -> None:
    await house.policy("Gold", criteria=VIP)
    customer = await house.run(create_customer)
    opened = await _open_many(house, customer, AT_ONCE)

    await _tag(house, customer, "vip")

    assert await _names(house, opened) == {"Gold"}


async def test_what_is_done_or_ended_is_left_alone(house: House) -> None:
    await house.policy("Gold", criteria=VIP)
    customer = await house.run(create_customer)
    done, ended, snoozed = await _open_many(house, customer, 3)
    await house.changes(done, status="done")
    await house.run(conversations.end, ended)
    await house.snoozes(snoozed, until=house.clock.in_(hours=1))

    await _tag(house, customer, "vip")

    assert [await _names(house, [one]) for one in (done, ended, snoozed)] == [{None}, {None}, {"Gold"}]


async def test_what_is_done_or_ended_keeps_what_it_was_promised(house: House) -> None:
    everybody = await house.policy("Everybody", metrics={"firstResponse": Target(seconds=7_200)})
    customer = await house.run(create_customer)
    done, ended, left = await _open_many(house, customer, 3)
    await house.answers(done)
    await house.changes(done, status="done")
    await house.run(conversations.end, ended)
    await house.pass_time(hours=1)
    gold = await house.policy("Gold", criteria=VIP, metrics={"firstResponse": Target(seconds=60)})
    await house.run(sla.order_policies, [gold.id, everybody.id])
    known = [await house.sla(one) for one in (done, ended)]

    await _tag(house, customer, "vip")
    for one in (done, ended, left):
        await house.changes(one, name="Looked at again", priority=5)

    assert [await house.sla(one) for one in (done, ended)] == known
    assert (await house.sla(left))["name"] == "Gold"
    assert (await house.sla(left))["breached"]


async def test_what_is_done_keeps_a_policy_that_is_no_more(house: House) -> None:
    policy = await house.policy(metrics=SOON)
    conversation = await house.arrive()
    await house.pass_time(hours=1)
    await house.changes(conversation, status="done")

    await house.run(sla.delete_policy, policy.id)
    await house.changes(conversation, name="Looked at again")
    assert (await house.sla(conversation))["breached"]

    await house.changes(conversation, status="open")
    assert await house.sla(conversation) is None


async def test_what_ended_without_a_policy_has_none_later(house: House) -> None:
    ended, left = await house.arrive(), await house.arrive()
    await house.run(conversations.end, ended)
    await house.policy()

    for one in (ended, left):
        await house.changes(one, name="Looked at again")

    assert await house.sla(ended) is None
    assert await house.sla(left) is not None


async def test_a_customer_who_joins_a_company_has_its_policy(house: House) -> None:
    await house.policy("Big", criteria=BIG)
    company = await _company(house, "big")
    conversation = await house.arrive()
    customer = await _customer_of(house, conversation)

    await house.run(update_customer, customer, {"company": company})
    assert await _names(house, [conversation]) == {"Big"}

    await house.run(update_customer, customer, {"company": None})
    assert await _names(house, [conversation]) == {None}


async def test_a_company_that_changes_or_goes_changes_what_its_customers_are_promised(house: House) -> None:
    await house.policy("Big", criteria=BIG)
    company = await _company(house)
    people = [await house.run(create_customer, Profile(company=company)) for _ in range(CHUNK + 2)]
    first, last = [(await _open_many(house, one, 1))[0] for one in (people[0], people[-1])]
    outsider = await house.arrive()

    await house.run(update_company, company, {"tags": ("big",)})
    await house.desk.jobs.settle()
    assert await _names(house, [first, last]) == {"Big"}
    assert await house.sla(outsider) is None

    await house.run(delete_company, company)
    await house.desk.jobs.settle()
    assert await _names(house, [first, last]) == {None}


async def test_what_a_merge_brings_holds_for_what_was_open_before_until_it_is_undone(house: House) -> None:
    await house.policy("Gold", criteria=VIP)
    conversation = await house.arrive()
    vip = await house.run(create_customer, Profile(tags=("vip",)))

    merge = await house.run(merge_customers, vip, await _customer_of(house, conversation))
    assert await _names(house, [conversation]) == {"Gold"}
    await house.run(undo_merge, merge.id)

    assert await _names(house, [conversation]) == {None}


async def test_a_merge_of_many_conversations_asks_about_them_by_and_by(house: House) -> None:
    await house.policy("Gold", criteria=VIP)
    reseller = await house.run(create_customer)
    opened = await _open_many(house, reseller, CHUNK + 3)
    vip = await house.run(create_customer, Profile(tags=("vip",)))

    merge = await house.run(merge_customers, reseller, vip)
    assert await _names(house, opened) == {None}
    await house.desk.jobs.settle()
    assert await _names(house, opened) == {"Gold"}

    await house.run(undo_merge, merge.id)
    assert await _names(house, opened) == {"Gold"}
    await house.desk.jobs.settle()
    assert await _names(house, opened) == {None}


async def test_where_no_policy_looks_at_customers_nothing_is_asked(house: House) -> None:
    gold = await house.policy("Gold", criteria=VIP)
    everybody = await house.policy("Everybody")
    company = await _company(house)
    conversation = await house.arrive()
    customer = await _customer_of(house, conversation)
    await house.run(sla.delete_policy, gold.id)
    await house.run(sla.delete_policy, everybody.id)

    await _tag(house, customer, "vip")
    await house.run(update_company, company, {"tags": ("big",)})

    assert await _names(house, [conversation]) == {"Everybody"}  # it has not changed
    assert await sql(house.desk, "SELECT kind FROM jobs WHERE kind LIKE 'sla.ask%'") == []


async def test_what_a_page_claims_asks_nothing(house: House) -> None:
    await house.policy("Gold", criteria=VIP)
    later: dict[str, Any] = {"and": [{"conversation_status": {"equals": "open"}}]}
    conversation = await house.arrive()
    await house.policy("Everybody", criteria=later)

    await house.run(set_claims, await _customer_of(house, conversation), Claims(name="Maya"))
    assert await house.sla(conversation) is None

    await _tag(house, await _customer_of(house, conversation), "new")
    assert await _names(house, [conversation]) == {"Everybody"}


async def test_the_same_customer_of_another_house_is_not_asked_about(
    house: House, other_house: House
) -> None:
    await other_house.policy("Theirs", criteria=VIP)
    conversation, theirs = await house.arrive(), await other_house.arrive()

    await _tag(house, await _customer_of(house, conversation), "vip")
    await _tag(other_house, await _customer_of(other_house, theirs), "vip")

    assert await house.sla(conversation) is None
    assert await _names(other_house, [theirs]) == {"Theirs"}
