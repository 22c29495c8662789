"""Whose order it is, and what a shop's news adds to their record.

A customer is found by the shop's own id, else by e-mail, and an address that somebody else has stays theirs. Only what
a shop says of an account of its own adds addresses to a record that is there: at a checkout anybody types anybody's,
and whatever finds a person also lets them in. A telephone number is typed in an account as it is at a checkout, and no
shop asks whether it is answered: it is kept as a shared one, and finds a record for nobody but a guest.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec

from kithdesk.core.errors import BadParameter
from kithdesk.core.names import clean_email, cleaned_or_none, mailbox_key
from kithdesk.core.work import Reads, Work
from kithdesk.customers import (
    Customer,
    CustomerId,
    Email,
    ExternalId,
    Phone,
    Profile,
    clean_external_id,
    clean_phone,
    create_customer,
    find_by_email,
    find_by_external_id,
    find_by_phone,
    get_customer,
    is_region,
    phone_region,
    update_customer,
)
from kithdesk.integrations.entities import Shopper

_MOST = 100
"""Entries of one list: as many as the API takes."""


class _Addresses(msgspec.Struct, frozen=True, kw_only=True):
    """None: not told, or not an address."""

    external_id: str | None = None
    email: str | None = None
    phone: str | None = None


def keep_shopper(work: Work, shopper: Shopper) -> CustomerId | None:
    """Whose record it is, with what is new about them; None for somebody without any address."""
    own, typed = _addresses_of(work, shopper)
    owners = _owners(work, own)
    found = next(filter(None, owners.values()), None)
    if found is not None:
        return _enrich(work, found, shopper, own, owners)
    is_guest = own.external_id is None and own.email is None
    found = _find_by_typed(work, typed if is_guest else _Addresses(email=typed.email))
    return found or _make(work, shopper, own, typed)


def named_by(reads: Reads, shopper: Shopper) -> list[str]:
    """All addresses that the shop names, as records keep them."""
    found = []
    for each in _addresses_of(reads, shopper):
        found += [f"external_id:{each.external_id}"] if each.external_id else []
        found += [f"email:{mailbox_key(each.email)}"] if each.email else []
        found += [f"phone:{each.phone}"] if each.phone else []
    return sorted(set(found))


def _addresses_of(reads: Reads, shopper: Shopper) -> tuple[_Addresses, _Addresses]:
    """The account's own, and those that were typed."""
    region = shopper.country if shopper.country and is_region(shopper.country) else phone_region(reads)
    phone = partial(clean_phone, region=region)
    own = _Addresses(
        external_id=cleaned(clean_external_id, shopper.external_id, "externalId"),
        email=cleaned(clean_email, shopper.email, "email"),
        phone=cleaned(phone, shopper.phone, "phone"),
    )
    typed = _Addresses(
        email=cleaned(clean_email, shopper.typed_email, "email"),
        phone=cleaned(phone, shopper.typed_phone, "phone"),
    )
    return own, typed


def _owners(reads: Reads, own: _Addresses) -> dict[str, CustomerId | None]:
    """Whose the account's id and e-mail are already."""
    return {
        "external_id": None if own.external_id is None else find_by_external_id(reads, own.external_id),
        "email": None if own.email is None else find_by_email(reads, own.email),
    }


def _find_by_typed(reads: Reads, typed: _Addresses) -> CustomerId | None:
    found = None if typed.email is None else find_by_email(reads, typed.email)
    return found or (None if typed.phone is None else find_by_phone(reads, typed.phone))


def _make(work: Work, shopper: Shopper, own: _Addresses, typed: _Addresses) -> CustomerId | None:
    """A guest is known by one address; the other may be somebody else's, and only agents find it."""
    telephone = None
    if own.external_id is None and own.email is None:
        telephone = None if typed.email else typed.phone
        own = _Addresses(email=typed.email, phone=own.phone)
    if own.external_id is None and own.email is None and telephone is None:
        return None
    changes = _added(Profile(), cleaned(cleaned_or_none, shopper.name, "name"), own)
    if telephone is not None:
        changes["phones"] = (Phone(telephone),)
    if typed.email not in (None, own.email):
        changes["shared_emails"] = (Email(typed.email),)
    if typed.phone not in (None, own.phone, telephone):
        changes["shared_phones"] = (*changes.get("shared_phones", ()), Phone(typed.phone))
    return create_customer(work, Profile(**changes), source="import")


def _enrich(
    work: Work,
    id: CustomerId,
    shopper: Shopper,
    own: _Addresses,
    owners: dict[str, CustomerId | None],
) -> CustomerId:
    known = get_customer(work, id)
    new = _Addresses(
        external_id=own.external_id if _may_take_id(known, own.external_id, owners) else None,
        email=None if owners["email"] else own.email,
        phone=own.phone,
    )
    name = None if known.profile.name else cleaned(cleaned_or_none, shopper.name, "name")
    changes = _added(known.profile, name, new)
    if not changes:
        return known.id
    return update_customer(work, known.id, changes, named_by=named_by(work, shopper))


def _may_take_id(customer: Customer, external_id: str | None, owners: dict[str, CustomerId | None]) -> bool:
    """Two accounts of one shop are two people until a person says otherwise."""
    if external_id is None or owners["external_id"]:
        return False
    shop = external_id.partition(":")[0]
    return not any(one.external_id.startswith(f"{shop}:") for one in customer.profile.external_ids)


def _added(profile: Profile, name: str | None, new: _Addresses) -> dict[str, Any]:
    """What is not shared any more, now that it is theirs, leaves the shared list."""
    changes: dict[str, Any] = {}
    if name:
        changes["name"] = name
    if new.external_id and len(profile.external_ids) < _MOST:
        changes["external_ids"] = (*profile.external_ids, ExternalId(new.external_id))
    if new.email and len(profile.emails) < _MOST:
        changes["emails"] = (*profile.emails, Email(new.email))
        if any(one.email == new.email for one in profile.shared_emails):
            changes["shared_emails"] = tuple(one for one in profile.shared_emails if one.email != new.email)
    known_phones = {one.phone for one in (*profile.phones, *profile.shared_phones)}
    if new.phone and new.phone not in known_phones and len(profile.shared_phones) < _MOST:
        changes["shared_phones"] = (*profile.shared_phones, Phone(new.phone))
    return changes


def cleaned(clean: Callable[..., str | None], given: str | None, parameter: str) -> str | None:
    """What is not fit to be kept is left out: the order counts more."""
    if given is None:
        return None
    try:
        return clean(given, parameter=parameter)
    except BadParameter:
        return None
