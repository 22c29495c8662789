"""Visitors: browsers that write to us, and the customer behind each.

A visitor's token exists before any row does. The first message makes the customer; a login joins the browser to one who
is known. Until then what the page says is kept with the browser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from kithdesk.attributes import without_sensitive
from kithdesk.core.errors import BadParameter
from kithdesk.core.names import check_text, clean_email, cleaned_or_none
from kithdesk.core.work import Work
from kithdesk.customers.addresses import claimed_phone
from kithdesk.customers.creating import create_customer, set_claims
from kithdesk.customers.errors import TooManyAttributes
from kithdesk.customers.events import VisitorDescribed
from kithdesk.customers.ids import CustomerId, VisitorId
from kithdesk.customers.profile import Claims, Profile
from kithdesk.customers.queries import find_visitor
from kithdesk.customers.settings import phone_region

_ATTRIBUTE = re.compile(r"[a-zA-Z][a-zA-Z0-9_]{0,63}\Z")
MAX_CLAIMS = 20
MAX_ATTRIBUTES = 100
MAX_ATTRIBUTE_TEXT = 10_240


def customer_of_visitor(work: Work, visitor: VisitorId) -> CustomerId:
    """Whose browser it is; makes the customer when this is the first message."""
    found = find_visitor(work, visitor)
    if found is not None and found.customer is not None:
        return found.customer
    claims = Claims() if found is None else found.claims
    return create_customer(work, Profile(), source="visitor", visitor=visitor, claims=claims)


def describe(work: Work, visitor: VisitorId, claims: Claims) -> CustomerId | None:
    """Keeps what the page or the visitor says, marked as unproven. Returns the customer, if there is one yet.

    Raises `TooManyAttributes` when it is too much with what was said before.
    """
    custom = without_sensitive(work, "customer", claims.custom)
    claims = msgspec.structs.replace(claims, custom=custom, phones=_with_country(work, claims.phones))
    found = find_visitor(work, visitor)
    if found is not None and found.customer is not None:
        set_claims(work, found.customer, claims)
        return found.customer
    known = Claims() if found is None else found.claims
    updated = known.updated_with(claims)
    if updated != known:
        work.publish(VisitorDescribed(visitor=visitor, claims=updated))
    return None


def _with_country(work: Work, phones: Sequence[str]) -> tuple[str, ...]:
    """Numbers as records have them, where the organisation says in which country one without a code is read."""
    region = phone_region(work) if phones else None
    if region is None:
        return tuple(phones)
    return tuple(dict.fromkeys(claimed_phone(phone, parameter="phones", region=region) for phone in phones))


def claims_of(attributes: dict[str, Any], custom: dict[str, Any]) -> Claims:
    """What `describeCustomer` sends, checked: `emails`, `phones`, `socials` and their `shared…` twins, `name`.

    An address that is none is left out, for the page cannot do anything about a visitor's typing mistake.
    Raises `BadParameter` for other attributes and for wrong shapes.
    """
    allowed = {
        "name",
        "emails",
        "phones",
        "socials",
        "sharedEmails",
        "sharedPhones",
        "sharedSocials",
        "email",
        "phone",
    }
    for name in attributes:
        if name not in allowed:
            raise BadParameter("This cannot be described.", parameter=f"attributes.{name}"[:200])
    called = attributes.get("name")
    if called is not None and not isinstance(called, str):
        raise BadParameter("A name is text.", parameter="attributes.name")
    return Claims(
        name=None if called is None else cleaned_or_none(called, parameter="attributes.name"),
        emails=_addresses(attributes, ("emails", "sharedEmails", "email"), "email", clean_email),
        phones=_addresses(attributes, ("phones", "sharedPhones", "phone"), "phone", claimed_phone),
        socials=_socials(attributes),
        custom=check_custom(custom, parameter="customAttributes"),
    )


def _addresses(attributes: dict[str, Any], names: tuple[str, ...], key: str, clean: Any) -> tuple[str, ...]:
    found = []
    for name in names:
        given = attributes.get(name)
        entries = given if isinstance(given, list) else [] if given is None else [given]
        if len(entries) > MAX_CLAIMS:
            raise BadParameter(f"At most {MAX_CLAIMS}.", parameter=f"attributes.{name}")
        for entry in entries:
            text = entry.get(key) if isinstance(entry, dict) else entry
            if not isinstance(text, str):
                raise BadParameter(
                    f"A list of texts, or of objects with {key!r}.", parameter=f"attributes.{name}"
                )
            try:
                found.append(clean(text, parameter=f"attributes.{name}"))
            except BadParameter:
                continue
    return tuple(dict.fromkeys(found))[:MAX_CLAIMS]


def _socials(attributes: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    found = []
    for name in ("socials", "sharedSocials"):
        entries = attributes.get(name) or []
        if not isinstance(entries, list) or len(entries) > MAX_CLAIMS:
            raise BadParameter(f"A list of at most {MAX_CLAIMS}.", parameter=f"attributes.{name}")
        for entry in entries:
            if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
                raise BadParameter("Objects of texts.", parameter=f"attributes.{name}")
            kept = {
                key: cleaned_or_none(entry[key], parameter=f"attributes.{name}")
                for key in ("username", "type", "userid", "url")
                if key in entry
            }
            found.append({key: value for key, value in kept.items() if value})
    return tuple(entry for entry in found if entry)[:MAX_CLAIMS]


def check_attribute_name(name: str, *, parameter: str) -> str:
    """Names of custom attributes. Raises `BadParameter`."""
    if not _ATTRIBUTE.match(name):
        raise BadParameter(
            "Attribute names are a letter and up to 63 letters, digits and _.", parameter=parameter
        )
    return name


def check_custom(custom: dict[str, Any], *, parameter: str) -> dict[str, Any]:
    """Custom attributes as they may be kept: names by the rule, values of one or two levels. Raises `BadParameter`."""
    if len(custom) > MAX_ATTRIBUTES:
        raise TooManyAttributes(parameter)
    for name, value in custom.items():
        check_attribute_name(name, parameter=f"{parameter}.{name}"[:200])
        _check_value(value, f"{parameter}.{name}")
    return custom


def _check_value(value: Any, parameter: str, depth: int = 0) -> None:
    if isinstance(value, str):
        if len(value) > MAX_ATTRIBUTE_TEXT:
            raise BadParameter(f"At most {MAX_ATTRIBUTE_TEXT} characters.", parameter=parameter)
        check_text(value, parameter=parameter)
    elif isinstance(value, dict | list):
        if depth == 2 or len(value) > MAX_ATTRIBUTES:
            raise TooManyAttributes(parameter)
        for key in value if isinstance(value, dict) else ():
            check_text(key, parameter=parameter)
        for entry in value.values() if isinstance(value, dict) else value:
            _check_value(entry, parameter, depth + 1)
