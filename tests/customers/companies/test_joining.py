"""Joining by domain: when a customer is of a company without anybody saying so."""

from __future__ import annotations

from typing import Any

import pytest

from kithdesk import conversations, customers
from kithdesk.access import change_settings
from kithdesk.customers import Customer, CustomerId, Email, Identity, VisitorId, claims_of
from kithdesk.customers.companies.creating import create_company, delete_company
from kithdesk.customers.companies.ids import CompanyId
from kithdesk.customers.companies.profile import CompanyProfile
from kithdesk.customers.creating import update_customer
from kithdesk.customers.settings import CompanySettings
from tests.make import Make


def company(make: Make, name: str, *domains: str) -> str:
    with make.work(make.system) as work:
        change_settings(work, CompanySettings, {"joinByDomain": True})
        return create_company(work, CompanyProfile(name=name, domains=domains))


def changed(make: Make, id: CustomerId, **changes: Any) -> Customer:
    keeps = changes.pop("keeps_company", True)
    with make.work(make.system) as work:
        update_customer(work, id, changes, keeps_company=keeps)
        return customers.get_customer(work, id)


def test_who_has_an_address_at_the_domain_is_of_the_company(make: Make) -> None:
    acme = company(make, "Acme", "acme.test", "xn--mnchen-3ya.test")

    assert make.customer("Ana", email="ana@ACME.test").profile.company == acme
    assert make.customer("Ben", email="ben@münchen.test").profile.company == acme
    for other in ("cy@sub.acme.test", "di@notacme.test", "ed@acme.test.evil.test"):
        assert make.customer(email=other).profile.company is None


def test_nobody_joins_where_it_is_not_wanted(make: Make) -> None:
    acme = company(make, "Acme", "acme.test")
    with make.work(make.system) as work:
        change_settings(work, CompanySettings, {"joinByDomain": False})

    ana = make.customer("Ana", email="ana@acme.test")

    assert ana.profile.company is None
    assert changed(make, ana.id, company=acme).profile.company == acme


def test_addresses_of_two_companies_say_nothing(make: Make) -> None:
    company(make, "Acme", "acme.test")
    company(make, "Globex", "globex.test")

    both = make.customer("Ana", email="ana@acme.test", phones=())
    two = changed(make, both.id, company=None, emails=(Email("ana@globex.test"), Email("ana@acme.test")))

    assert two.profile.company is None


def test_a_new_address_joins_who_has_no_company(make: Make) -> None:
    acme, globex = company(make, "Acme", "acme.test"), company(make, "Globex", "globex.test")
    ana, ben = make.customer("Ana"), make.customer("Ben", company=globex)

    assert changed(make, ana.id, emails=(Email("ana@acme.test"),)).profile.company == acme
    assert changed(make, ben.id, emails=(Email("ben@acme.test"),)).profile.company == globex


def test_who_was_taken_out_stays_out_until_the_addresses_change(make: Make) -> None:
    acme = company(make, "Acme", "acme.test")
    ana = make.customer("Ana", email="ana@acme.test")

    assert changed(make, ana.id, company=None).profile.company is None
    assert changed(make, ana.id, name="Ana B.").profile.company is None
    # A change that is to say everything and names no company leaves it to the rule.
    assert changed(make, ana.id, name="Ana C.", keeps_company=False).profile.company == acme


def test_T16_a_claimed_or_shared_address_joins_nobody(make: Make) -> None:
    company(make, "Acme", "acme.test")
    visitor = make.visitor()
    conversation = make.conversation(visitor=visitor)

    with make.work(make.as_customer(visitor)) as work:
        customers.describe(work, VisitorId(visitor.author or ""), claims_of({"email": "eve@acme.test"}, {}))
    sharing = make.customer("Ben", shared_emails=(Email("sales@acme.test"),))

    with make.work(make.system) as work:
        assert customers.get_customer(work, conversation.customer).profile.company is None
    assert sharing.profile.company is None


def test_who_proves_an_address_joins(make: Make) -> None:
    acme = company(make, "Acme", "acme.test")
    known, visitor = make.customer("Ana", external_id="42"), make.visitor()

    with make.work(visitor) as work:
        identified = conversations.identify(
            work, VisitorId(visitor.author or ""), Identity("email", "ana@acme.test")
        )

    with make.work(make.system) as work:
        assert customers.get_customer(work, identified.customer).profile.company == acme
        assert customers.get_customer(work, known.id).profile.company is None


@pytest.mark.parametrize("address", ["ana@gmail.com", "ana@outlook.com"])
def test_nobody_joins_by_an_address_that_anybody_may_have(make: Make, address: str) -> None:
    company(make, "Acme", "acme.test")

    assert make.customer("Ana", email=address).profile.company is None


def test_a_company_that_was_deleted_keeps_nobody_from_another(make: Make) -> None:
    acme, globex = company(make, "Acme", "acme.test"), company(make, "Globex", "globex.test")
    ana = make.customer("Ana", email="ana@acme.test")
    with make.work(make.system) as work:
        delete_company(work, CompanyId(acme))

    assert changed(make, ana.id, emails=(Email("ana@globex.test"),)).profile.company == globex


def test_T22_each_organisation_has_its_own_companies(make: Make, other: Make) -> None:
    company(make, "Acme", "acme.test")
    with other.work(other.system) as work:
        change_settings(work, CompanySettings, {"joinByDomain": True})

    assert other.customer("Ana", email="ana@acme.test").profile.company is None


def test_a_change_of_company_is_told_by_its_name(make: Make) -> None:
    acme, globex = company(make, "Acme"), company(make, "Globex")
    ana = make.customer("Ana", company=acme)

    with make.work(make.system) as work:
        update_customer(work, ana.id, {"company": globex})
        told = work.published[-1].event.for_agents(work.published[-1])

    assert told is not None
    assert told["changes"]["company"] == {"before": acme, "after": globex}
    assert told["changes"]["companyName"] == {"before": "Acme", "after": "Globex"}
