"""Records that may be one person's are suggested to agents, each with its reason."""

from __future__ import annotations

import httpx
import pytest

from kithdesk import customers
from kithdesk.core.errors import NotFound
from kithdesk.customers import CustomerId, Email, Phone, Profile, VisitorId, claims_of
from kithdesk.customers.contacts import Location, Social
from kithdesk.customers.duplicates.hints import MAX_SHARERS, hints_of
from kithdesk.customers.duplicates.suggesting import Duplicate, dismiss_duplicate, list_duplicates
from kithdesk.customers.profile import Claims
from tests.api import created, got, refusal
from tests.customers.test_merging import merge
from tests.customers.test_undoing import undo
from tests.make import Make


def suggested(make: Make, id: str) -> list[Duplicate]:
    with make.work(make.agent()) as work:
        return list_duplicates(work, CustomerId(id))


def ids(make: Make, id: str) -> list[str]:
    return [one.customer.id for one in suggested(make, id)]


def claiming(make: Make, **attributes: object) -> str:
    """A visitor of whom a page says this."""
    visitor = make.visitor()
    conversation = make.conversation(visitor=visitor)
    with make.work(make.as_customer(visitor)) as work:
        customers.describe(work, VisitorId(visitor.author or ""), claims_of(attributes, {}))
    return conversation.customer


def test_T16_a_claimed_address_is_a_hint_and_nothing_more(make: Make) -> None:
    owner = make.customer("Ana", email="ana@acme.test")
    claimer = claiming(make, email="ANA@acme.test")

    [one] = suggested(make, claimer)

    assert one.customer == owner
    assert [(reason.kind, reason.text) for reason in one.reasons] == [
        ("email", "This one says they have the e-mail address ana@acme.test, which is on the other's record.")
    ]
    assert suggested(make, owner.id)[0].reasons[0].text.startswith("The other says they have")
    with make.work(make.system) as work:
        assert customers.customer_ids(work, owner.id) == [owner.id]


def test_a_claimed_number_is_read_in_the_organisations_country(make: Make) -> None:
    with make.work(make.system) as work:
        customers.change_customer_settings(work, {"phoneRegion": "GB"})
        owner = customers.create_customer(work, Profile(phones=(Phone("+442079460958"),)))

    claimer = claiming(make, phone="020 7946 0958")

    assert ids(make, claimer) == [owner]


@pytest.mark.parametrize(
    ("profile", "other", "kinds"),
    [
        (Profile(shared_phones=(Phone("+491"),)), Profile(phones=(Phone("+491"),)), ["phone"]),
        (Profile(shared_emails=(Email("a@b.test"),)), Profile(emails=(Email("A@b.test"),)), ["email"]),
        (Profile(name="Ana Lee", company="c1"), Profile(name="ana  LEE", company="c1"), ["name_company"]),
        (
            Profile(name="Ana", locations=(Location(city_name="Ulm"),)),
            Profile(name="ANA", locations=(Location(city_name="ulm"),)),
            ["name_city"],
        ),
        (
            Profile(socials=(Social(type="twitter", username="Ana"),)),
            Profile(socials=(Social(type="twitter", username="ana"),)),
            ["social"],
        ),
        (Profile(name="Ana"), Profile(name="Ana"), []),
        (Profile(name="Ana", company="c1"), Profile(name="Ana", company="c2"), []),
    ],
)
def test_what_two_records_have_in_common(profile: Profile, other: Profile, kinds: list[str]) -> None:
    mine = {(hint.kind, hint.value) for hint in hints_of(profile, Claims())}
    theirs = {(hint.kind, hint.value) for hint in hints_of(other, Claims())}

    assert [kind for kind, _ in mine & theirs] == kinds


def test_more_reasons_come_first(make: Make) -> None:
    phones, emails = (Phone("+4915112345678"),), (Email("home@acme.test"),)
    customer = make.customer("Ana", shared_phones=phones, shared_emails=emails)
    less = make.customer("Ben", shared_phones=phones)
    more = make.customer("Cem", shared_phones=phones, shared_emails=emails)

    assert ids(make, customer.id) == [more.id, less.id]
    assert [one.score for one in suggested(make, customer.id)] == [100, 50]


def test_what_many_share_says_nothing(make: Make) -> None:
    phone = (Phone("+4915112345678"),)
    customer = make.customer("Ana", shared_phones=phone)
    for number in range(MAX_SHARERS):
        make.customer(f"Ben {number}", shared_phones=phone)
    assert len(suggested(make, customer.id)) == MAX_SHARERS

    make.customer("One too many", shared_phones=phone)

    assert suggested(make, customer.id) == []


def test_what_is_dismissed_is_not_suggested_again(make: Make) -> None:
    owner, claimer = make.customer("Ana", email="ana@acme.test"), claiming(make, email="ana@acme.test")
    other = claiming(make, email="ana@acme.test")

    for _ in range(2):
        with make.work(make.agent()) as work:
            dismiss_duplicate(work, CustomerId(claimer), owner.id)

    assert ids(make, claimer) == [other]
    assert ids(make, owner.id) == [other]


def test_a_change_changes_what_is_suggested(make: Make) -> None:
    owner, claimer = make.customer("Ana", email="ana@acme.test"), claiming(make, email="ana@acme.test")
    assert ids(make, claimer) == [owner.id]

    with make.work(make.agent()) as work:
        customers.update_customer(work, owner.id, {"emails": ()})

    assert ids(make, claimer) == []


def test_what_is_merged_is_not_suggested_and_what_has_parted_neither(make: Make) -> None:
    owner, claimer = make.customer("Ana", email="ana@acme.test"), claiming(make, email="ana@acme.test")

    made = merge(make, claimer, owner.id)
    assert ids(make, owner.id) == []
    undo(make, made)

    assert ids(make, owner.id) == []


def test_T22_each_organisation_has_its_own_hints(make: Make, other: Make) -> None:
    other.customer("Ana", email="ana@acme.test")

    assert suggested(make, claiming(make, email="ana@acme.test")) == []


def test_T17_a_visitor_is_told_of_nobody(make: Make) -> None:
    visitor = make.visitor()
    conversation = make.conversation(visitor=visitor)

    with make.work(make.as_customer(visitor)) as work, pytest.raises(NotFound):
        list_duplicates(work, conversation.customer)


@pytest.mark.anyio
async def test_the_doors_of_duplicates(api: httpx.AsyncClient, foreign: httpx.AsyncClient) -> None:
    phone = {"sharedPhones": [{"phone": "+4915112345678"}]}
    ana = (await created(api, "/v1/customers", {"name": "Ana", **phone}))["id"]
    ben = (await created(api, "/v1/customers", {"name": "Ben", **phone}))["id"]

    [one] = (await got(api, f"/v1/customers/{ana}/duplicates"))["data"]

    assert (one["type"], one["id"]) == ("customer_duplicate", ben)
    assert one["attributes"]["displayName"] == "Ben"
    assert one["attributes"]["reasons"] == [
        {"kind": "phone", "text": "Both have the telephone number +4915112345678."}
    ]
    assert refusal(await foreign.get(f"/v1/customers/{ana}/duplicates"))[0] == 404
    path = f"/v1/customers/{ana}/duplicates/{ben}/dismissal"
    assert (await foreign.post(path)).status_code == 404
    assert (await api.post(path)).status_code == 204
    assert (await got(api, f"/v1/customers/{ana}/duplicates"))["data"] == []


def test_a_merge_takes_the_hints_along(make: Make) -> None:
    claimer = claiming(make, email="ana@acme.test")
    source = make.customer("Ana", email="ana@acme.test")
    target = make.customer("Ana Lee")

    merge(make, source.id, target.id)

    assert ids(make, claimer) == [target.id]
