"""What two records may have in common. Pure: keys of a record, and what a common one is worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from kithdesk.core.names import mailbox_key, name_key
from kithdesk.customers.profile import Claims, Profile

HintKind = Literal["email", "phone", "social", "external_id", "name_company", "name_city"]
Source = Literal["record", "claim"]

MAX_HINTS = 40
MAX_SHARERS = 10
"""A number that more than so many have (a switchboard's, a school's) says nothing of any two of them."""

WORTH: dict[HintKind, int] = {
    "email": 70,
    "external_id": 70,
    "phone": 50,
    "social": 50,
    "name_company": 40,
    "name_city": 30,
}
_SEPARATOR = "\x1f"


class Hint(msgspec.Struct, frozen=True):
    """`claim`: said by a page or the visitor, and proven by nobody."""

    kind: HintKind
    value: str
    source: Source


class Reason(msgspec.Struct, frozen=True):
    kind: HintKind
    text: str


def hints_of(profile: Profile, claims: Claims) -> list[Hint]:
    """The keys by which a record may meet another; what it holds itself comes before what is claimed."""
    found: dict[tuple[HintKind, str], Hint] = {}
    for hint in (*_of_profile(profile), *_of_claims(claims), *_of_names(profile, claims)):
        found.setdefault((hint.kind, hint.value), hint)
    return list(found.values())[:MAX_HINTS]


def _of_profile(profile: Profile) -> Iterator[Hint]:
    for email in (*profile.emails, *profile.shared_emails):
        yield Hint("email", mailbox_key(email.email), "record")
    for phone in (*profile.phones, *profile.whatsapps, *profile.shared_phones, *profile.shared_whatsapps):
        yield Hint("phone", phone.phone, "record")
    for one in (*profile.external_ids, *profile.shared_external_ids):
        yield Hint("external_id", one.external_id, "record")
    for social in (*profile.socials, *profile.shared_socials):
        yield from _social(social.type, social.userid or social.username, "record")


def _of_claims(claims: Claims) -> Iterator[Hint]:
    for email in claims.emails:
        yield Hint("email", mailbox_key(email), "claim")
    for phone in claims.phones:
        yield Hint("phone", phone, "claim")
    for social in claims.socials:
        yield from _social(social.get("type"), social.get("userid") or social.get("username"), "claim")


def _social(type: str | None, name: str | None, source: Source) -> Iterator[Hint]:
    if type and name:
        yield Hint("social", f"{name_key(type)}{_SEPARATOR}{name_key(name)}", source)


def _of_names(profile: Profile, claims: Claims) -> Iterator[Hint]:
    """A name alone is many people's; with a company or a city it is few."""
    name, source = (profile.name, "record") if profile.name else (claims.name, "claim")
    if not name:
        return
    key = name_key(name)
    if profile.company is not None:
        yield Hint("name_company", f"{key}{_SEPARATOR}{profile.company}", source)  # type: ignore[arg-type]
    for place in profile.locations:
        if place.city_name:
            yield Hint("name_city", f"{key}{_SEPARATOR}{name_key(place.city_name)}", source)  # type: ignore[arg-type]


def reason_of(mine: Hint, theirs: Source) -> Reason:
    """Why the other is suggested, in words."""
    what = _words_of(mine)
    claimed = (mine.source == "claim") + (theirs == "claim")
    if claimed == 0:
        return Reason(mine.kind, f"Both have {what}.")
    if claimed == 2:
        return Reason(mine.kind, f"Both say they have {what}; neither has proven it.")
    if mine.source == "claim":
        return Reason(mine.kind, f"This one says they have {what}, which is on the other's record.")
    return Reason(mine.kind, f"The other says they have {what}, which is on this one's record.")


def reason_between(hint: Hint, theirs: Source, name: str, other: str) -> Reason:
    """The same for somebody who looks at both, so by their names."""
    if hint.source == theirs:
        return reason_of(hint, theirs)
    claims, has = (name, other) if hint.source == "claim" else (other, name)
    return Reason(hint.kind, f"{claims} says they have {_words_of(hint)}, which is on the record of {has}.")


def _words_of(hint: Hint) -> str:
    shown = hint.value.split(_SEPARATOR)[-1]
    return {
        "email": f"the e-mail address {shown}",
        "phone": f"the telephone number {shown}",
        "social": f"the account {shown}",
        "external_id": f"the external id {shown}",
        "name_company": "the same name and company",
        "name_city": "the same name and city",
    }[hint.kind]


def score_of(reasons: Sequence[Reason]) -> int:
    """Up to 100; several reasons add up."""
    return min(100, sum(WORTH[reason.kind] for reason in reasons))
