"""A customer as Kustomer's resource."""

from __future__ import annotations

from typing import Any

from kithdesk.core.clock import Instant, iso, iso_or_none
from kithdesk.core.documents import relation, resource
from kithdesk.customers.profile import Claims
from kithdesk.customers.queries import Customer
from kithdesk.customers.schemas import CONTACTS


def render_claims(claims: Claims) -> dict[str, Any]:
    """What is only claimed, as the API shows it beside the attributes."""
    return {
        "name": claims.name,
        "emails": [{"email": email} for email in claims.emails],
        "phones": [{"phone": phone} for phone in claims.phones],
        "socials": list(claims.socials),
        "custom": claims.custom,
    }


def customer_resource(customer: Customer, organisation: str) -> dict[str, Any]:
    """`{"type": "customer", "id", "attributes", "relationships", "links"}`."""
    path = f"/v1/customers/{customer.id}"
    relationships: dict[str, Any] = {
        "org": relation("org", organisation, "orgs"),
        "messages": {"links": {"self": f"{path}/messages"}},
        "conversations": {"links": {"self": f"{path}/conversations"}},
    }
    for name, by in (("createdBy", customer.created_by), ("modifiedBy", customer.modified_by)):
        if by.type in ("user", "machine") and by.id is not None:
            relationships[name] = relation("user", by.id, "users")
    attributes = {**_who(customer), **_when(customer), **_lately(customer), **_UNUSED}
    return resource("customer", customer.id, attributes, at=path, relationships=relationships)


def _who(customer: Customer) -> dict[str, Any]:
    profile = customer.profile
    first, _, last = (profile.name or "").partition(" ")
    contacts = profile.contacts
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
        "externalIds": [
            {"externalId": one.external_id, "verified": one.verified} for one in profile.external_ids
        ],
        "emails": [
            {"type": one.type, "email": one.email, "verified": one.verified} for one in profile.emails
        ],
        "phones": [
            {"type": one.type, "phone": one.phone, "verified": one.verified} for one in profile.phones
        ],
        "tags": list(profile.tags),
        **{name: contacts.get(name, []) for name in CONTACTS},
        "custom": profile.custom,
        "verified": customer.is_identified,
        "identified": customer.is_identified,
        "claims": render_claims(customer.claims),
        "rev": customer.rev,
    }


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
    "companyName": None,
    "defaultLang": None,
    "facebookIds": [],
    "instagramIds": [],
    "sharedWhatsapps": [],
    "smoochIds": [],
    "activeUsers": [],
    "watchers": [],
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
