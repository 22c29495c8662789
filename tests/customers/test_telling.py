"""What another system tells of a customer while two records are one."""

from __future__ import annotations

from kithdesk import customers
from kithdesk.access import change_settings
from kithdesk.customers import CompanyProfile, CustomerId, Email, Phone
from kithdesk.customers.merging.telling import find_told
from kithdesk.customers.settings import CompanySettings
from tests.customers.test_merging import merge, record
from tests.customers.test_undoing import change, undo
from tests.make import Make

SHARED = Phone("+447700900123")


def person(make: Make, email: str) -> str:
    """Somebody of whom nothing is known but an address."""
    with make.work(make.agent()) as work:
        return customers.create_customer(work, customers.Profile(emails=(Email(email),)))


def tell(make: Make, id: str, by: str, **changes: object) -> None:
    """A shop tells something of the customer, whom it knows by an address."""
    with make.work(make.system) as work:
        customers.update_customer(work, CustomerId(id), changes, named_by=[f"email:{by}"])


def test_what_was_told_of_another_of_that_name_does_not_count(make: Make) -> None:
    source, target = person(make, "source@acme.test"), person(make, "target@acme.test")
    other = person(make, "other@acme.test")
    made = merge(make, source, target)
    for id, by in ((target, "source@acme.test"), (other, "other@acme.test")):
        tell(make, id, by, name="Anna Smith", shared_phones=(SHARED,))

    undo(make, made)

    names = [record(make, id).profile.name for id in (source, target, other)]
    assert names == ["Anna Smith", None, "Anna Smith"]
    phones = [record(make, id).profile.shared_phones for id in (source, target, other)]
    assert phones == [(SHARED,), (), (SHARED,)]


def test_a_name_that_an_agent_wrote_stays_whatever_is_told_of_another(make: Make) -> None:
    source, target = person(make, "source@acme.test"), person(make, "target@acme.test")
    made = merge(make, source, target)
    change(make, target, name="Anna Smith")
    other = person(make, "other@acme.test")
    tell(make, other, "source@acme.test", name="Anna Smith")

    undo(make, made)

    assert record(make, target).profile.name == "Anna Smith"


def test_merges_that_are_undone_one_after_the_other_give_it_back_to_the_first(make: Make) -> None:
    first, second, third = (person(make, f"{name}@acme.test") for name in ("first", "second", "third"))
    one, two = merge(make, first, second), merge(make, second, third)
    tell(make, third, "first@acme.test", name="Anna Smith", shared_phones=(SHARED,))

    undo(make, two)
    assert record(make, second).profile.name == "Anna Smith"
    undo(make, one)

    names = [record(make, id).profile.name for id in (first, second, third)]
    assert names == ["Anna Smith", None, None]
    assert record(make, first).profile.shared_phones == (SHARED,)


def test_what_was_told_before_the_target_was_merged_on_goes_back_too(make: Make) -> None:
    first, second, third = (person(make, f"{name}@acme.test") for name in ("first", "second", "third"))
    one = merge(make, first, second)
    tell(make, second, "first@acme.test", name="Anna Smith")
    two = merge(make, second, third)

    undo(make, two)
    undo(make, one)

    assert [record(make, id).profile.name for id in (first, second, third)] == ["Anna Smith", None, None]


def test_what_was_told_of_a_removed_record_is_forgotten(make: Make) -> None:
    id = person(make, "ana@acme.test")
    tell(make, id, "ana@acme.test", name="Ana", shared_phones=(SHARED,))
    profile = record(make, id).profile
    with make.work(make.system) as work:
        assert len(find_told(work, id, profile)) == 2

    with make.work(make.system) as work:
        customers.remove_customer(work, CustomerId(id))

    with make.work(make.system) as work:
        assert find_told(work, id, profile) == {}


def test_the_company_that_an_email_brought_goes_with_it(make: Make) -> None:
    with make.work(make.system) as work:
        change_settings(work, CompanySettings, {"joinByDomain": True})
        company = customers.create_company(work, CompanyProfile(name="Globex", domains=("globex.test",)))
    source, target = person(make, "source@acme.test"), person(make, "target@acme.test")
    made = merge(make, source, target)
    both = (*record(make, target).profile.emails, Email("source@globex.test"))
    tell(make, target, "source@acme.test", emails=both)
    assert record(make, target).profile.company == company

    undo(make, made)

    assert [record(make, id).profile.company for id in (source, target)] == [company, None]


def test_a_company_that_an_agent_gave_stays(make: Make) -> None:
    with make.work(make.system) as work:
        company = customers.create_company(work, CompanyProfile(name="Globex"))
    source, target = person(make, "source@acme.test"), person(make, "target@acme.test")
    made = merge(make, source, target)
    change(make, target, company=company)

    undo(make, made)

    assert [record(make, id).profile.company for id in (source, target)] == [None, company]
