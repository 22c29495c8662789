"""What a customer record holds, apart from what is counted for it.

`Profile` is what the company wrote or a signed login proved; `Claims` is what a page or the visitor said. The two never
mix: nothing is looked up, merged or sent to by a claim.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from kithdesk.core.actors import Actor, ActorType
from kithdesk.customers.contacts import FacebookId, InstagramId, Location, Social, WebAddress
from kithdesk.customers.errors import TooManyAttributes
from kithdesk.customers.ids import CustomerId

AddressKind = Literal["email", "phone", "external_id"]
"""What finds a customer."""

MAX_CLAIMED = 100
MAX_CLAIMED_BYTES = 64 * 1_024


class Reference(msgspec.Struct, frozen=True):
    """Who did something, as rows keep it."""

    type: ActorType
    id: str | None = None

    @classmethod
    def of(cls, actor: Actor) -> Reference:
        return cls(actor.type, actor.id)


class Email(msgspec.Struct, frozen=True, omit_defaults=True):
    """`email` is as people write it; look-ups use its normal form."""

    email: str
    type: str = "home"
    verified: bool = False


class Phone(msgspec.Struct, frozen=True, omit_defaults=True):
    phone: str
    type: str = "mobile"
    verified: bool = False


class ExternalId(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    external_id: str
    verified: bool = False


class Profile(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """`emails`, `phones` and `external_ids` are of this customer alone; what is shared finds nobody for sure.

    `watchers` are agents, `company` is the one they are of.
    """

    name: str | None = None
    username: str | None = None
    emails: tuple[Email, ...] = ()
    phones: tuple[Phone, ...] = ()
    external_ids: tuple[ExternalId, ...] = ()
    avatar_url: str | None = None
    gender: str | None = None
    birthday_at: int | None = None
    signed_up_at: int | None = None
    locale: str | None = None
    time_zone: str | None = None
    default_lang: str | None = None
    tags: tuple[str, ...] = ()
    company: str | None = None
    watchers: tuple[str, ...] = ()
    whatsapps: tuple[Phone, ...] = ()
    socials: tuple[Social, ...] = ()
    facebook_ids: tuple[FacebookId, ...] = ()
    instagram_ids: tuple[InstagramId, ...] = ()
    urls: tuple[WebAddress, ...] = ()
    locations: tuple[Location, ...] = ()
    shared_emails: tuple[Email, ...] = ()
    shared_phones: tuple[Phone, ...] = ()
    shared_external_ids: tuple[ExternalId, ...] = ()
    shared_socials: tuple[Social, ...] = ()
    shared_whatsapps: tuple[Phone, ...] = ()
    custom: dict[str, Any] = {}

    @property
    def external_id(self) -> str | None:
        """The first one, which Kustomer's clients know as the only one."""
        return self.external_ids[0].external_id if self.external_ids else None


class Told(msgspec.Struct, frozen=True):
    """What another system added: the `entries`, and the addresses by which it named the customer, as `kind:value`."""

    entries: tuple[str, ...]
    named_by: tuple[str, ...]


class Claims(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Unproven words about a customer."""

    name: str | None = None
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    socials: tuple[dict[str, Any], ...] = ()
    custom: dict[str, Any] = {}

    def updated_with(self, newer: Claims) -> Claims:
        """The newer word counts. Raises `TooManyAttributes`."""
        return Claims(
            name=newer.name or self.name,
            emails=newer.emails or self.emails,
            phones=newer.phones or self.phones,
            socials=newer.socials or self.socials,
            custom=claimed_after(self.custom, newer.custom),
        )


def claimed_after(before: Mapping[str, Any], newer: Mapping[str, Any]) -> dict[str, Any]:
    """What a page has said by now of whatever it describes; attributes set to None go.

    A page may speak often, and every fact about the record carries what it said so far: the sum has a limit, not only
    what is said at once. Raises `TooManyAttributes`.
    """
    after = {name: value for name, value in {**before, **newer}.items() if value is not None}
    if len(after) > MAX_CLAIMED or len(msgspec.json.encode(after)) > MAX_CLAIMED_BYTES:
        raise TooManyAttributes("customAttributes")
    return after


def display_name_of(profile: Profile, id: CustomerId) -> str:
    """The name, else an address, else a name made of the id, so that two nameless visitors can be told apart."""
    if profile.name:
        return profile.name
    if profile.emails:
        return profile.emails[0].email
    if profile.phones:
        return profile.phones[0].phone
    return nameless(id)


def nameless(id: str) -> str:
    """A name made of the id of a record, or of a browser."""
    return f"Visitor {id[-4:].upper()}"
