"""All suggested duplicates of an organisation, two by two, as each of the two suggests the other."""

from __future__ import annotations

import httpx
import pytest

from kithdesk import customers
from kithdesk.core.errors import NotFound
from kithdesk.customers import Email, Phone
from kithdesk.customers.duplicates import pairing
from kithdesk.customers.duplicates.hints import MAX_SHARERS
from kithdesk.customers.duplicates.pairing import DrawnPair, drawn_pairs, list_pairs
from kithdesk.customers.duplicates.suggesting import dismiss_duplicate
from tests.api import created, got, refusal
from tests.customers.test_duplicates import claiming, ids
from tests.customers.test_merging import merge
from tests.customers.test_undoing import undo
from tests.make import Make

HOME = (Email("home@acme.test"),)
HALL = (Phone("+4915112345678"),)


def pairs(make: Make) -> list[DrawnPair]:
    with make.work(make.agent()) as work:
        return drawn_pairs(work, list_pairs(work))


def both(make: Make) -> list[set[str]]:
    return [{pair.one.id, pair.other.id} for pair in pairs(make)]


def test_the_likeliest_come_first_with_all_their_reasons(make: Make) -> None:
    ana = make.customer("Ana", shared_phones=HALL, shared_emails=HOME)
    ben = make.customer("Ben", shared_phones=HALL)
    cem = make.customer("Cem", shared_phones=HALL, shared_emails=HOME)

    found = pairs(make)

    assert {found[0].one.id, found[0].other.id} == {ana.id, cem.id}
    assert [pair.score for pair in found] == [100, 50, 50]
    assert sorted(reason.text for reason in found[0].reasons) == [
        "Both have the e-mail address home@acme.test.",
        "Both have the telephone number +4915112345678.",
    ]
    assert {id for pair in both(make)[1:] for id in pair} == {ana.id, ben.id, cem.id}


def test_T16_a_claim_is_told_by_the_name_of_who_made_it(make: Make) -> None:
    owner = make.customer("Ana", email="ana@acme.test")
    claimer = claiming(make, name="Somebody", email="ana@acme.test")

    [pair] = pairs(make)

    assert {pair.one.id, pair.other.id} == {owner.id, claimer}
    claims = pair.one if pair.one.id == claimer else pair.other
    assert [reason.text for reason in pair.reasons] == [
        f"{claims.display_name} says they have the e-mail address ana@acme.test, which is on the record of Ana."
    ]


def test_what_many_share_makes_no_pairs(make: Make) -> None:
    for number in range(MAX_SHARERS + 1):
        make.customer(f"Ben {number}", shared_phones=HALL)
    assert len(both(make)) == MAX_SHARERS * (MAX_SHARERS + 1) // 2

    make.customer("One too many", shared_phones=HALL)

    assert both(make) == []


def test_a_pair_that_was_dismissed_is_gone(make: Make) -> None:
    ana, ben = make.customer("Ana", shared_emails=HOME), make.customer("Ben", shared_emails=HOME)
    cem = make.customer("Cem", shared_emails=HOME)

    with make.work(make.agent()) as work:
        dismiss_duplicate(work, ben.id, ana.id)

    assert sorted(map(sorted, both(make))) == sorted(map(sorted, [{ana.id, cem.id}, {ben.id, cem.id}]))


@pytest.mark.parametrize("part", ["first", "second"])
def test_who_is_not_somebody_is_not_who_they_became_part_of(make: Make, part: str) -> None:
    ana, ben = make.customer("Ana", shared_emails=HOME), make.customer("Ben", shared_emails=HOME)
    whole = make.customer("Whole")
    with make.work(make.agent()) as work:
        dismiss_duplicate(work, ana.id, ben.id)
    joins, stays = (ana, ben) if part == "first" else (ben, ana)

    merge(make, joins.id, whole.id)

    assert both(make) == []
    assert ids(make, whole.id) == []
    assert ids(make, stays.id) == []


def test_what_is_merged_is_no_pair_and_what_has_parted_neither(make: Make) -> None:
    ana, ben = make.customer("Ana", shared_emails=HOME), make.customer("Ben", shared_emails=HOME)
    assert both(make) == [{ana.id, ben.id}]

    made = merge(make, ana.id, ben.id)
    assert both(make) == []
    undo(make, made)

    assert both(make) == []


def test_a_change_changes_the_pairs(make: Make) -> None:
    ana, ben = make.customer("Ana", shared_emails=HOME), make.customer("Ben")
    assert both(make) == []

    with make.work(make.agent()) as work:
        customers.update_customer(work, ben.id, {"shared_emails": HOME})
    assert both(make) == [{ana.id, ben.id}]
    with make.work(make.agent()) as work:
        customers.update_customer(work, ben.id, {"shared_emails": ()})

    assert both(make) == []


def test_more_than_one_list_has_room_for_leaves_the_least_likely_out(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairing, "MOST_ALIKE", 1)
    make.customer("Ana", shared_phones=HALL)
    ben = make.customer("Ben", shared_phones=HALL, shared_emails=HOME)
    cem = make.customer("Cem", shared_emails=HOME)

    assert both(make) == [{ben.id, cem.id}]


def test_T22_another_organisations_records_make_no_pair(make: Make, other: Make) -> None:
    make.customer("Ana", shared_emails=HOME)
    other.customer("Ana", shared_emails=HOME)

    assert both(make) == []
    assert both(other) == []


def test_T17_a_visitor_is_told_of_no_pair(make: Make) -> None:
    visitor = make.visitor()
    make.conversation(visitor=visitor)

    with make.work(make.as_customer(visitor)) as work, pytest.raises(NotFound):
        list_pairs(work)


@pytest.mark.anyio
async def test_the_door_of_all_duplicates(api: httpx.AsyncClient, foreign: httpx.AsyncClient) -> None:
    phone = {"sharedPhones": [{"phone": "+4915112345678"}]}
    made = [
        (await created(api, "/v1/customers", {"name": name, **phone}))["id"] for name in ("Ana", "Ben", "Cem")
    ]

    first = await got(api, "/v1/customers/duplicates?pageSize=2")
    rest = await got(api, "/v1/customers/duplicates?page=2&pageSize=2")

    assert [len(first["data"]), len(rest["data"])] == [2, 1]
    assert first["meta"]["total"] == 3
    [pair] = rest["data"]
    assert pair["type"] == "customer_pair"
    people = pair["attributes"]["customers"]
    assert {one["id"] for one in people} <= set(made)
    assert pair["id"] == ".".join(one["id"] for one in people)
    assert pair["attributes"]["reasons"] == [
        {"kind": "phone", "text": "Both have the telephone number +4915112345678."}
    ]
    assert (await got(foreign, "/v1/customers/duplicates"))["data"] == []
    assert refusal(await foreign.get(f"/v1/customers/{made[0]}/duplicates"))[0] == 404
