"""Undoing a merge: for thirty days the two can part again.

Back go the record as it was, and what moved: conversations with all that was said in them since, custom objects, and
browsers. A browser that has logged in since is where its login says. New conversations of a browser go with it.
What agents wrote on the target since stays there; what came from the source alone leaves it, and so does what a shop
told of the source since.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from kithdesk.core.events import Change
from kithdesk.core.ids import EventId
from kithdesk.core.names import mailbox_key
from kithdesk.core.work import Work
from kithdesk.customers.address_rows import addresses_of
from kithdesk.customers.creating import difference
from kithdesk.customers.events import CustomerParted, CustomerUnmerged
from kithdesk.customers.ids import CustomerId, VisitorId
from kithdesk.customers.merging.entities import Merge, Moved
from kithdesk.customers.merging.errors import CannotUndo, MergedOn, UndoneTooLate
from kithdesk.customers.merging.joining import ConversationsOf
from kithdesk.customers.merging.queries import (
    get_merge,
    has_logged_in,
    list_joined_since,
    list_logins_since,
    list_undone,
    login_addresses,
    proven_addresses,
)
from kithdesk.customers.merging.rules import parted_profiles
from kithdesk.customers.merging.telling import find_told, given_back
from kithdesk.customers.objects.queries import names_of_objects, object_ids_of
from kithdesk.customers.profile import Profile, display_name_of
from kithdesk.customers.queries import (
    Customer,
    customer_ids,
    find_by_address,
    find_survivor,
    find_visitor,
    get_whole,
)

ConversationsBack = Callable[[Work, CustomerId, Sequence[str], Sequence[VisitorId], EventId], Sequence[str]]
"""Of the customer's conversations those among the named, and those that these browsers opened later than the event."""
OpenedBy = Callable[[Work, CustomerId, Sequence[str]], frozenset[str]]
"""Of the customer's conversations those that these browsers opened."""


def undo_merge(
    work: Work,
    id: str,
    *,
    conversations_back: ConversationsBack,
    conversations_of: ConversationsOf,
    opened_by: OpenedBy,
) -> tuple[Merge, bool]:
    """Takes the two apart; also says whether this call did it.

    Repeating it changes nothing. Raises `NotFound`, `CannotUndo`, `UndoneTooLate`, `MergedOn`.
    """
    merge = get_merge(work, id)
    if merge.is_undone:
        return merge, False
    _check_undoable(work, merge)
    # What the source's row says is from before the merge: from then on every change was the target's.
    source, target = get_whole(work, merge.source), get_whole(work, merge.target)
    before = merge.target_profile or target.profile
    theirs, rest = parted_profiles(source.profile, before, target.profile)
    theirs = _without_taken(work, theirs, target.id)
    theirs, rest = given_back(theirs, rest, before, find_told(work, target.id, rest))
    back, carried = _going_back(work, merge, theirs, conversations_back)
    narrowed = _still_narrowed(work, target.id, back, conversations_of, opened_by)
    _publish(work, merge, (source, target), (theirs, rest), back, carried, narrowed)
    return get_merge(work, id), True


def _check_undoable(work: Work, merge: Merge) -> None:
    until = merge.undoable_until
    if until is None:
        raise CannotUndo
    if work.now > until:
        raise UndoneTooLate(until)
    survivor = find_survivor(work, merge.target)
    if survivor is not None:
        raise MergedOn(survivor)


def _without_taken(work: Work, profile: Profile, target: CustomerId) -> Profile:
    """An address that somebody else has been given meanwhile stays theirs."""
    taken = set()
    for kind, value in addresses_of(profile):
        if find_by_address(work, kind, value) not in (None, target):
            taken.add((kind, value))
    return msgspec.structs.replace(
        profile,
        emails=tuple(one for one in profile.emails if ("email", mailbox_key(one.email)) not in taken),
        phones=tuple(one for one in profile.phones if ("phone", one.phone) not in taken),
        external_ids=tuple(
            one for one in profile.external_ids if ("external_id", one.external_id) not in taken
        ),
    )


def _going_back(
    work: Work, merge: Merge, profile: Profile, conversations_back: ConversationsBack
) -> tuple[Moved, list[str]]:
    """What goes back, and the records that are part of the source."""
    logins = login_addresses(profile)
    moved = set(merge.moved.visitors)
    browsers = tuple(
        visitor
        for visitor, proven in proven_addresses(work, merge.target).items()
        if proven in logins or (proven is None and visitor in moved)
    )
    # What another merge has brought since is for that one's undoing.
    joined = list_joined_since(work, merge.target, merge.merged_in)
    others = {id for each in joined for id in each.moved.conversations}
    parts = {id for each in joined for id in (each.source, *each.carried)}
    # An anonymous record that such a login took along since is theirs too.
    taken = [
        login
        for login in list_logins_since(work, customer_ids(work, merge.target)[1:], merge.merged_in)
        if login.source not in parts and set(login.moved.visitors) & set(browsers)
    ]
    named = [*merge.moved.conversations, *(id for login in taken for id in login.moved.conversations)]
    objects = set(object_ids_of(work, merge.target))
    kept = [id for each in (merge, *taken) for id in each.moved.kobjects if id in objects]
    found = conversations_back(work, merge.target, named, browsers, merge.merged_in)
    back = Moved(
        tuple(id for id in found if id not in others or id in merge.moved.conversations),
        tuple(dict.fromkeys([*kept, *_come_for(work, merge, profile)])),
        browsers,
    )
    return back, [*merge.carried, *(login.source for login in taken)]


def _come_for(work: Work, merge: Merge, profile: Profile) -> list[str]:
    """The target's custom objects that came for an address that goes back, and for none that was the target's."""
    theirs = {f"{kind}:{value}" for kind, value in addresses_of(profile)}
    others = {f"{kind}:{value}" for kind, value in addresses_of(merge.target_profile or Profile())}
    return [
        id
        for id, names in names_of_objects(work, merge.target).items()
        if not theirs.isdisjoint(names) and others.isdisjoint(names)
    ]


def _still_narrowed(
    work: Work, target: CustomerId, back: Moved, conversations_of: ConversationsOf, opened_by: OpenedBy
) -> list[str]:
    """The browsers to whom parting would open what narrowing kept from them: what others opened with them since."""
    browsers, held = set(proven_addresses(work, target)), set(conversations_of(work, target))
    narrowed = []
    for theirs, conversations in (
        (set(back.visitors), held & set(back.conversations)),
        (browsers - set(back.visitors), held - set(back.conversations)),
    ):
        kept = conversations - opened_by(work, target, sorted(theirs))
        for browser in sorted(theirs):
            found = find_visitor(work, VisitorId(browser))
            if found is not None and found.sees is not None and not kept <= set(found.sees):
                narrowed.append(browser)
    return narrowed


def _publish(
    work: Work,
    merge: Merge,
    were: tuple[Customer, Customer],
    become: tuple[Profile, Profile],
    back: Moved,
    carried: list[str],
    narrowed: list[str],
) -> None:
    source, target = were
    theirs, rest = become
    names = (display_name_of(theirs, source.id), display_name_of(rest, target.id))
    ids: dict[str, Any] = {
        "merge": merge.id,
        "conversations": list(back.conversations),
        "kobjects": list(back.kobjects),
        "visitors": list(back.visitors),
    }
    is_source, is_target = _are_identified(work, merge, source, become, back)
    work.publish(
        CustomerUnmerged(
            **ids,
            customer=source.id,
            of=target.id,
            carried=carried,
            is_identified=is_source,
            of_is_identified=is_target,
            narrowed=narrowed,
            display_name=names[0],
            of_display_name=names[1],
            profile=theirs,
            of_profile=rest,
        )
    )
    work.publish(
        CustomerParted(
            **ids,
            customer=target.id,
            source=source.id,
            display_name=names[1],
            source_name=names[0],
            changes=_changes(work, target, rest, is_identified=is_target),
        )
    )


def _are_identified(
    work: Work, merge: Merge, source: Customer, become: tuple[Profile, Profile], back: Moved
) -> tuple[bool, bool]:
    """Whether somebody has logged in as the source, and as the target: before, or since by an address or in a browser
    that is theirs. A browser may have logged in as both, and is where the last login says.

    That an address is marked as verified does not say so: the company may mark it.
    """
    theirs, rest = become
    logged_in = {
        visitor for visitor, proven in proven_addresses(work, merge.target).items() if proven is not None
    }
    # What was in the target at the time of the merge, and has gone since, may be why it was identified then.
    gone = [
        other
        for other in list_undone(work, [merge.target])
        if other.kind == "agent"
        and other.target == merge.target
        and other.merged_in < merge.merged_in < (other.undone_in or merge.merged_in)
    ]
    since = min(merge.merged_in, *(other.merged_in for other in gone)) if gone else merge.merged_in
    joined = list_joined_since(work, merge.target, merge.merged_in)
    was = merge.target_identified and all(other.target_identified for other in gone)
    return (
        source.is_identified
        or has_logged_in(work, theirs, merge.merged_in)
        or not logged_in.isdisjoint(back.visitors),
        was
        or has_logged_in(work, rest, since)
        or not logged_in <= set(back.visitors)
        or any(get_whole(work, other.source).is_identified for other in joined),
    )


def _changes(work: Work, target: Customer, profile: Profile, *, is_identified: bool) -> dict[str, Change]:
    changes = difference(work, target.profile, profile)
    if is_identified != target.is_identified:
        changes["identified"] = Change(target.is_identified, is_identified)
    return changes
