"""Making a customer record and changing it, on the company's side.

What comes in here is the company's own word: it goes into the profile. Addresses are unique in an organisation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from kithdesk import attributes
from kithdesk.access import find_users
from kithdesk.core.clock import Instant
from kithdesk.core.errors import BadParameter, ChangedMeanwhile, NotFound
from kithdesk.core.events import Change
from kithdesk.core.work import Reads, Work
from kithdesk.customers.address_rows import addresses_of
from kithdesk.customers.companies.joining import joined
from kithdesk.customers.companies.queries import find_companies
from kithdesk.customers.dating import check_may_date
from kithdesk.customers.errors import AddressTaken
from kithdesk.customers.events import CustomerCreated, CustomerUpdated, Source
from kithdesk.customers.ids import CustomerId, VisitorId
from kithdesk.customers.merging.telling import told_by
from kithdesk.customers.profile import Claims, Profile, display_name_of
from kithdesk.customers.queries import Customer, find_by_address, get_customer, load_customer

_PARAMETERS = {"email": "emails", "phone": "phones", "external_id": "externalId"}


def create_customer(
    work: Work,
    profile: Profile = Profile(),  # noqa: B008 - frozen
    *,
    source: Source = "api",
    visitor: VisitorId | None = None,
    claims: Claims = Claims(),  # noqa: B008 - frozen
    is_identified: bool = False,
    created_at: Instant | None = None,
    imported_at: Instant | None = None,
) -> CustomerId:
    """A new record. Raises `AddressTaken`, `NotYoursToDate`, and what `attributes.check_custom` raises."""
    check_addresses(work, profile, None)
    check_references(work, profile)
    profile = joined(
        work,
        msgspec.structs.replace(profile, custom=attributes.check_custom(work, "customer", profile.custom)),
    )
    check_may_date(work.actor, createdAt=created_at, importedAt=imported_at)
    id = CustomerId(work.new_id())
    work.publish(
        CustomerCreated(
            customer=id,
            source=source,
            visitor=visitor,
            is_identified=is_identified,
            created_at=created_at,
            imported_at=imported_at,
            display_name=display_name_of(profile, id),
            profile=profile,
            claims=claims,
        )
    )
    return id


def update_customer(
    work: Work,
    id: CustomerId,
    changes: Mapping[str, Any],
    *,
    rev: int | None = None,
    replaces_custom: bool = False,
    keeps_company: bool = True,
    named_by: Sequence[str] = (),
    is_undo: bool = False,
) -> CustomerId:
    """Sets fields of the profile, by their names in `Profile`; `custom` is merged, and a None in it clears.

    A company that `changes` does not name stays, or, without `keeps_company`, is what the e-mails say. `named_by`: the
    addresses that another system has of the customer, when the change is its news. `is_undo`: it takes an import back.
    Returns the id of the record, which is another when `id` was merged away. A change to the same changes nothing.
    Raises `NotFound`, `AddressTaken`, and `ChangedMeanwhile` when `rev` is given and is not the record's any more.
    """
    customer = get_customer(work, id)
    if rev is not None and rev != customer.rev:
        raise ChangedMeanwhile("The record")
    profile = _applied(work, customer.profile, changes, replaces_custom)
    check_references(work, profile, before=customer.profile)
    if not keeps_company and "company" not in changes:
        profile = joined(work, msgspec.structs.replace(profile, company=None))
    set_profile(work, customer, profile, named_by=named_by, is_undo=is_undo)
    return customer.id


def _applied(reads: Reads, profile: Profile, changes: Mapping[str, Any], replaces_custom: bool) -> Profile:
    values = dict(changes)
    if "custom" in values:
        values["custom"] = attributes.check_custom(
            reads, "customer", values["custom"] or {}, before=profile.custom, replace=replaces_custom
        )
    return msgspec.structs.replace(profile, **values)


def set_profile(
    work: Work,
    customer: Customer,
    profile: Profile,
    *,
    is_identified: bool | None = None,
    named_by: Sequence[str] = (),
    is_undo: bool = False,
) -> None:
    """States the difference, if there is one. New addresses may find a company for who has none any more."""
    if profile.company == customer.profile.company and profile.emails != customer.profile.emails:
        profile = joined(work, profile)
    identified = customer.is_identified if is_identified is None else is_identified
    if profile == customer.profile and identified == customer.is_identified:
        return
    check_addresses(work, profile, customer.id)
    changes = difference(work, customer.profile, profile)
    if identified != customer.is_identified:
        changes["identified"] = Change(customer.is_identified, identified)
    work.publish(
        CustomerUpdated(
            customer=customer.id,
            is_identified=identified,
            display_name=display_name_of(profile, customer.id),
            profile=profile,
            changes=changes,
            told=told_by(customer.profile, profile, named_by),
            is_undo=is_undo,
        )
    )


def difference(reads: Reads, old: Profile, new: Profile) -> dict[str, Change]:
    """What becomes another, by field; companies also by name, and nothing of what is sensitive."""
    before, after = msgspec.to_builtins(old), msgspec.to_builtins(new)
    changes = {
        name: Change(before.get(name), after.get(name))
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    }
    if "custom" in changes:
        shown = attributes.masking_for_all(reads, "customer")
        changes["custom"] = Change(shown(old.custom), shown(new.custom))
    if "company" in changes:
        found = find_companies(reads, {id for id in (old.company, new.company) if id is not None})
        names = {id: company.name for id, company in found.items()}
        changes["companyName"] = Change(names.get(old.company or ""), names.get(new.company or ""))
    return changes


def check_references(reads: Reads, profile: Profile, *, before: Profile = Profile()) -> None:  # noqa: B008 - frozen
    """Raises `BadParameter` for a company or watcher that is not there. What was so before may stay."""
    if profile.company not in (None, before.company) and not find_companies(reads, [profile.company or ""]):
        raise BadParameter("There is no such company.", parameter="company")
    new = set(profile.watchers) - set(before.watchers)
    if new and new != {user.id for user in find_users(reads, new) if user.is_active and user.type == "user"}:
        raise BadParameter("There is no such agent.", parameter="watchers")


def set_claims(work: Work, id: CustomerId, claims: Claims) -> None:
    """Adds unproven words to a record. Nothing is looked up by them, and the profile stays as it is.

    Raises `NotFound`, `TooManyAttributes`.
    """
    customer = load_customer(work, id)
    if customer is None:
        raise NotFound
    updated = customer.claims.updated_with(claims)
    if updated == customer.claims:
        return
    work.publish(
        CustomerUpdated(
            customer=customer.id,
            is_identified=customer.is_identified,
            display_name=customer.display_name,
            claims=updated,
            changes={"claims": Change(msgspec.to_builtins(customer.claims), msgspec.to_builtins(updated))},
        )
    )


def check_addresses(reads: Reads, profile: Profile, id: CustomerId | None) -> None:
    """Raises `AddressTaken` when another customer has one of them."""
    for kind, value in addresses_of(profile):
        owner = find_by_address(reads, kind, value)
        if owner is not None and owner != id:
            raise AddressTaken(_PARAMETERS[kind], _shown(reads, owner))


def _shown(reads: Reads, owner: CustomerId) -> dict[str, Any] | None:
    """Whose it is, for agents and what works in their name: anybody else would learn who is a customer here."""
    is_told = reads.actor.is_agent or reads.actor.is_admin
    found = load_customer(reads, owner) if is_told else None
    return None if found is None else {"id": found.id, "displayName": found.display_name}
