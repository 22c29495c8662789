"""What is told of customers."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import UNSET, UnsetType, field

from kithdesk.live.facts.parts import Change, Fact


class Email(Fact):
    email: str
    verified: bool


class Phone(Fact):
    phone: str
    verified: bool


class LiveCustomer(Fact):
    """A customer. `company` is its id; `claims` is what pages and visitors said of them without proof."""

    id: str
    display_name: str
    name: str | None
    emails: list[Email]
    phones: list[Phone]
    external_id: str | None
    identified: bool
    avatar_url: str | None
    company: str | None
    created_at: str
    last_seen_at: str | None
    claims: dict[str, Any]


class ProfileEmail(Fact):
    """Not proven where `verified` is left out."""

    email: str
    type: str | UnsetType = UNSET
    verified: bool | UnsetType = UNSET


class ProfilePhone(Fact):
    """Not proven where `verified` is left out."""

    phone: str
    type: str | UnsetType = UNSET
    verified: bool | UnsetType = UNSET


class ProfileExternalId(Fact):
    """Not proven where `verified` is left out."""

    external_id: str
    verified: bool | UnsetType = UNSET


class CustomerChanges(Fact):
    """The fields that changed, and no others. Null: the record has none."""

    name: Change[str | None] | UnsetType = UNSET
    username: Change[str | None] | UnsetType = UNSET
    emails: Change[list[ProfileEmail] | None] | UnsetType = UNSET
    phones: Change[list[ProfilePhone] | None] | UnsetType = UNSET
    external_ids: Change[list[ProfileExternalId] | None] | UnsetType = UNSET
    avatar_url: Change[str | None] | UnsetType = UNSET
    gender: Change[str | None] | UnsetType = UNSET
    birthday_at: Change[int | None] | UnsetType = UNSET
    signed_up_at: Change[int | None] | UnsetType = UNSET
    locale: Change[str | None] | UnsetType = UNSET
    time_zone: Change[str | None] | UnsetType = UNSET
    tags: Change[list[str] | None] | UnsetType = UNSET
    default_lang: Change[str | None] | UnsetType = UNSET
    company: Change[str | None] | UnsetType = UNSET
    company_name: Change[str | None] | UnsetType = UNSET
    watchers: Change[list[str] | None] | UnsetType = UNSET
    whatsapps: Change[list[ProfilePhone] | None] | UnsetType = UNSET
    socials: Change[list[dict[str, Any]] | None] | UnsetType = UNSET
    facebook_ids: Change[list[dict[str, Any]] | None] | UnsetType = UNSET
    instagram_ids: Change[list[dict[str, Any]] | None] | UnsetType = UNSET
    urls: Change[list[dict[str, Any]] | None] | UnsetType = UNSET
    locations: Change[list[dict[str, Any]] | None] | UnsetType = UNSET
    shared_emails: Change[list[ProfileEmail] | None] | UnsetType = UNSET
    shared_phones: Change[list[ProfilePhone] | None] | UnsetType = UNSET
    shared_external_ids: Change[list[ProfileExternalId] | None] | UnsetType = UNSET
    shared_socials: Change[list[dict[str, Any]] | None] | UnsetType = UNSET
    shared_whatsapps: Change[list[ProfilePhone] | None] | UnsetType = UNSET
    custom: Change[dict[str, Any] | None] | UnsetType = UNSET
    identified: Change[bool] | UnsetType = UNSET
    claims: Change[dict[str, Any]] | UnsetType = UNSET


class CustomerCreated(Fact):
    customer: LiveCustomer


class CustomerUpdated(Fact):
    """Told as an undo where an import was taken back."""

    customer: str
    display_name: str
    changes: CustomerChanges
    is_undo: bool | UnsetType = UNSET


class CustomerRemoved(Fact):
    """There is no such customer any more, nor ever was: the topic ends with it."""

    customer: str


class CustomerMerged(Fact):
    """`from` has become part of `customer`, with these conversations, custom objects and browsers; `merge` is its id.

    `by` an agent, who can undo it for thirty days, or a login.
    """

    customer: str
    source: str = field(name="from")
    conversations: list[str]
    kobjects: list[str]
    visitors: list[str]
    merge: str | None
    by: Literal["login", "agent"]
    from_name: str | None


class CustomerUnmerged(Fact):
    """A merge was undone: `customer` is no longer part of `of`, and these went back with it."""

    customer: str
    display_name: str
    of: str
    of_name: str | None
    merge: str
    conversations: list[str]
    kobjects: list[str]
    visitors: list[str]


class CustomerParted(Fact):
    """The same for readers of the other record: `from` is no longer part of `customer`, which changed by that."""

    customer: str
    display_name: str
    source: str = field(name="from")
    from_name: str | None
    merge: str
    conversations: list[str]
    kobjects: list[str]
    visitors: list[str]
    changes: CustomerChanges


class CustomerTracked(Fact):
    """The company's systems, or a page if the actor is the customer, tell that something happened."""

    customer: str
    name: str
    at: str
    meta: dict[str, Any]
