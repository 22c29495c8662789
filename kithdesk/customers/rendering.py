"""A customer as Kustomer's resource."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kithdesk import attributes
from kithdesk.core.clock import Instant, iso, iso_or_none
from kithdesk.core.documents import relation, resource
from kithdesk.core.errors import NotFound
from kithdesk.core.work import Reads
from kithdesk.customers.companies.queries import find_companies
from kithdesk.customers.contacts import render_entry
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.live import live_customer
from kithdesk.customers.objects.rendering import object_relationships
from kithdesk.customers.profile import Claims, Profile
from kithdesk.customers.queries import Customer, load_customer


def render_claims(claims: Claims) -> dict[str, Any]:
    """What is only claimed, as the API shows it beside the attributes."""
    return {
        "name": claims.name,
        "emails": [{"email": email} for email in claims.emails],
        "phones": [{"phone": phone} for phone in claims.phones],
        "socials": list(claims.socials),
        "custom": claims.custom,
    }


def draw_customers(reads: Reads, found: Iterable[Customer]) -> list[dict[str, Any]]:
    """Customers as the one who reads may see them."""
    shown = list(found)
    mask = attributes.masking(reads, "customer")
    companies = find_companies(reads, {one.profile.company for one in shown if one.profile.company})
    names = {id: company.name for id, company in companies.items()}
    return [_customer(one, reads.organisation, mask, names) for one in shown]


def draw_customer(reads: Reads, customer: Customer) -> dict[str, Any]:
    """One of them, who also names the kinds of custom objects they have: for a list that would be a query each."""
    drawn = draw_customers(reads, [customer])[0]
    drawn["relationships"] = {**object_relationships(reads, customer.id), **drawn["relationships"]}
    return drawn


def card_of(reads: Reads, id: CustomerId) -> dict[str, Any]:
    """The live customer. Raises `NotFound`."""
    customer = load_customer(reads, id)
    if customer is None:
        raise NotFound
    return live_customer(
        id=customer.id,
        display_name=customer.display_name,
        profile=customer.profile,
        claims=customer.claims,
        is_identified=customer.is_identified,
        created_at=customer.created_at,
        last_seen_at=customer.activity.last_seen_at,
    )


def _customer(
    customer: Customer, organisation: str, mask: attributes.Mask, companies: Mapping[str, str]
) -> dict[str, Any]:
    """`companies` are names by id, of those that there are: a customer may outlive their company."""
    path = f"/v1/customers/{customer.id}"
    relationships: dict[str, Any] = {
        "org": relation("org", organisation, "orgs"),
        "messages": {"links": {"self": f"{path}/messages"}},
        "conversations": {"links": {"self": f"{path}/conversations"}},
    }
    company = customer.profile.company
    if company in companies:
        relationships["company"] = relation("company", company or "", "companies")
    for name, by in (("createdBy", customer.created_by), ("modifiedBy", customer.modified_by)):
        if by.type in ("user", "machine") and by.id is not None:
            relationships[name] = relation("user", by.id, "users")
    shown = {
        **_who(customer, mask),
        "companyName": companies.get(company or ""),
        **_lists(customer.profile),
        **_when(customer),
        **_lately(customer),
        **_UNUSED,
    }
    return resource("customer", customer.id, shown, at=path, relationships=relationships)


def _who(customer: Customer, mask: attributes.Mask) -> dict[str, Any]:
    profile = customer.profile
    first, _, last = (profile.name or "").partition(" ")
    return {
        "name": profile.name,
        "firstName": first or None,
        "lastName": last or None,
        "displayName": customer.display_name,
        "username": profile.username,
        "avatarUrl": profile.avatar_url,
        "gender": profile.gender,
        "birthdayAt": _iso(profile.birthday_at),
        "locale": profile.locale,
        "timeZone": profile.time_zone,
        "externalId": profile.external_id,
        "defaultLang": profile.default_lang,
        "tags": list(profile.tags),
        "watchers": list(profile.watchers),
        "custom": mask(profile.custom),
        "verified": customer.is_identified,
        "identified": customer.is_identified,
        "claims": render_claims(customer.claims),
        "rev": customer.rev,
    }


_LISTS = {
    field: name
    for field, name in zip(Profile.__struct_fields__, Profile.__struct_encode_fields__, strict=True)
    if isinstance(getattr(Profile(), field), tuple) and field not in ("tags", "watchers")
}


def _lists(profile: Profile) -> dict[str, Any]:
    """Addresses and places."""
    return {name: [render_entry(one) for one in getattr(profile, field)] for field, name in _LISTS.items()}


def _when(customer: Customer) -> dict[str, Any]:
    return {
        "createdAt": iso(customer.created_at),
        "updatedAt": iso(customer.updated_at),
        "modifiedAt": iso(customer.modified_at),
        "importedAt": iso_or_none(customer.imported_at),
        "signedUpAt": _iso(customer.profile.signed_up_at),
        "lastSeenAt": iso_or_none(customer.activity.last_seen_at),
        "lastActivityAt": iso(customer.activity.last_activity_at),
        "lastCustomerActivityAt": iso_or_none(customer.activity.last_customer_activity_at),
        "lastMessageAt": iso_or_none(customer.activity.last_message_at),
    }


def _lately(customer: Customer) -> dict[str, Any]:
    lately = customer.activity
    counts = (lately.conversations_open, lately.conversations_snoozed, lately.conversations_done)
    waiting, at = lately.waiting_since, lately.last_message_at
    return {
        "lastMessageIn": _message(lately.last_in_at, lately.last_in_channel),
        "lastMessageOut": _message(lately.last_out_at, None),
        "lastMessageUnrespondedTo": _message(waiting, lately.last_in_channel),
        "lastConversation": None if lately.last_conversation is None else {"id": lately.last_conversation},
        "conversationCounts": {
            "all": sum(counts),
            "open": counts[0],
            "snoozed": counts[1],
            "done": counts[2],
        },
        "preview": None
        if lately.preview is None or at is None
        else {"text": lately.preview, "type": "message", "previewAt": iso(at)},
    }


def _message(at: Instant | None, channel: str | None) -> dict[str, Any] | None:
    if at is None:
        return None
    return {"sentAt": iso(at)} if channel is None else {"sentAt": iso(at), "channel": channel}


def _iso(at: int | None) -> str | None:
    return None if at is None else iso(Instant(at))


_UNUSED: dict[str, Any] = {
    "displayColor": None,
    "displayIcon": None,
    "smoochIds": [],
    "activeUsers": [],
    "recentLocation": None,
    "sentiment": None,
    "progressiveStatus": None,
    "deleted": False,
    "presence": "offline",
    "recentItems": [],
    "satisfactionLevel": {"firstSatisfaction": {}, "lastSatisfaction": {}, "count": 0},
    "unmaskingWindow": None,
    "roleGroupVersions": [],
    "accessOverride": [],
}
"""What Kustomer's clients expect to find and we do not know yet."""
