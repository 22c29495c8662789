"""The first rows as they would become customers. Nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from typing import Any

import msgspec

from kithdesk import customers
from kithdesk.core.clock import Instant, iso
from kithdesk.core.errors import Refusal
from kithdesk.core.names import mailbox_key
from kithdesk.core.work import Reads
from kithdesk.customers import Profile
from kithdesk.imports.entities import Import, OnMatch
from kithdesk.imports.errors import ImportNotReady
from kithdesk.imports.planning import Action, Plan, Planner
from kithdesk.imports.reading import Row

MOST = 20

_KEYS: dict[str, Callable[[Profile], list[str]]] = {
    "externalId": lambda profile: [one.external_id for one in profile.external_ids],
    "email": lambda profile: [mailbox_key(one.email) for one in profile.emails],
    "phone": lambda profile: [one.phone for one in profile.phones],
}


class Previewed(msgspec.Struct, frozen=True, kw_only=True):
    """A row, what would become of it, and the customer as they would be.

    `company` is one that would be made. `earlier`: the number of a row before it that makes or changes the same one.
    """

    row: Row
    plan: Plan
    profile: Profile | None = None
    company: str | None = None
    earlier: int | None = None


Seen = MutableMapping[int, int]
"""What earlier rows of a file would have made or found somebody by, and the row's number. Hashes stand for words, of
which there may be hundreds of thousands."""


def preview(reads: Reads, known: Import, rows: Sequence[Row]) -> list[Previewed]:
    """Raises `ImportNotReady`."""
    if known.mapping is None or not known.mapping.targets:
        raise ImportNotReady
    return list(foresee(reads, known, rows[:MOST], {}))


def foresee(reads: Reads, known: Import, rows: Sequence[Row], seen: Seen) -> Iterator[Previewed]:
    """What would become of each row, after those that are `seen`, which grows. Raises `ImportNotReady`."""
    planner = Planner(reads, known)
    assert known.mapping is not None
    for row in rows:
        plan = planner.plan(row)
        try:
            profile = planner.check(plan) if plan.action in ("create", "update") else None
        except Refusal as refusal:
            plan, profile = planner.refused(row, refusal), None
        earlier = None
        if profile is not None:
            keys = _found_by(plan, profile, known.mapping.match_by)
            earlier = next((seen[key] for key in keys if key in seen), None)
            plan, profile = _as_it_comes(plan, profile, known.mapping.on_match, earlier)
            for key in () if profile is None else keys:
                seen.setdefault(key, row.number)
        yield Previewed(row=row, plan=plan, profile=profile, company=plan.new_company, earlier=earlier)


def _found_by(plan: Plan, profile: Profile, match_by: Sequence[str]) -> list[int]:
    """What later rows would find the same one by, which the records do not say yet."""
    new = [
        (key, value)
        for key in match_by
        for value in sorted({*_KEYS[key](profile)} - {*_KEYS[key](plan.known)})
    ]
    is_known = [("customer", plan.customer)] if plan.customer is not None else []
    return [hash(one) for one in (*is_known, *new)]


def _as_it_comes(
    plan: Plan, profile: Profile, on_match: OnMatch, earlier: int | None
) -> tuple[Plan, Profile | None]:
    """The same where an earlier row has made the customer already, or where nothing of theirs is another."""
    if plan.action == "update":
        is_same = profile == plan.known and plan.new_company is None
        return (msgspec.structs.replace(plan, action="skip") if is_same else plan), profile
    if earlier is None:
        return plan, profile
    action: Action = "skip" if on_match == "skip" else "update"
    return msgspec.structs.replace(plan, action=action), None if on_match == "skip" else profile


def draw_profile(profile: Profile, company: str | None) -> Mapping[str, Any]:
    """A profile as the API would show it, without what is empty. Administrators see what is sensitive, too."""
    shown = plain(profile)
    if company is not None:
        shown["companyName"] = company
    shown["displayName"] = customers.display_name_of(profile, customers.CustomerId("0" * 24))
    return shown


def plain(profile: Profile) -> dict[str, Any]:
    """What is not empty of a profile, in the words of the API."""
    shown: dict[str, Any] = msgspec.to_builtins(profile)
    for name in ("birthdayAt", "signedUpAt"):
        if name in shown:
            shown[name] = iso(Instant(shown[name]))
    return shown
