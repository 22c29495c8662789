"""Changing a conversation by its fields, as the API's PATCH does: status, snooze, tags, name, priority, custom, ended,
and what is wished of who serves it.

Who has it is routing's to change (`routing.change` calls this for the rest).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kithdesk import attributes
from kithdesk.conversations.ending import end
from kithdesk.conversations.entities import Conversation
from kithdesk.conversations.events import Cause, Change, ConversationUpdated
from kithdesk.conversations.ids import ConversationId
from kithdesk.conversations.queries import details_of, get_conversation
from kithdesk.conversations.statuses import close, reopen, snooze
from kithdesk.conversations.tagging import check_tags, set_tags
from kithdesk.core.clock import Instant, parse_iso
from kithdesk.core.errors import BadParameter, ChangedMeanwhile, NotFound
from kithdesk.core.names import cleaned_or_none
from kithdesk.core.work import Work
from kithdesk.customers import check_custom, claimed_after


def change(work: Work, conversation_id: ConversationId, changes: Mapping[str, Any]) -> None:
    """Sets the named fields, in the words of the API, and leaves the rest.

    `{"status": "snoozed", "snooze": {"time": ISO}}` snoozes, `{"snooze": null}` wakes up, `rev` refuses a change of
    something that has changed. What is set to what it is states nothing.
    Raises `NotFound`, `BadParameter`, `ChangedMeanwhile`, and what the verbs of each field raise.
    """
    conversation = get_conversation(work, conversation_id)
    if changes.get("rev") not in (None, conversation.rev):
        raise ChangedMeanwhile("The conversation")
    if "tags" in changes:
        set_tags(work, conversation_id, check_tags(work, changes["tags"] or ()))
    _set_fields(work, conversation, changes)
    _set_status(work, conversation, changes)
    if changes.get("ended"):
        end(work, conversation_id, reason=changes.get("endedReason") or "")
    elif changes.get("ended") is False and conversation.is_ended:
        raise BadParameter("What has ended stays ended.", parameter="ended")


def describe_conversation(work: Work, conversation_id: ConversationId, custom: Mapping[str, Any]) -> None:
    """Keeps what the page says of a conversation, unproven. Raises `NotFound`, `BadParameter`."""
    conversation = get_conversation(work, conversation_id)
    if work.actor.is_visitor and conversation.taken_up_at is not None:
        raise NotFound
    checked = attributes.without_sensitive(
        work, "conversation", check_custom(dict(custom), parameter="customAttributes")
    )
    before = details_of(work, [conversation.id])[conversation.id].claims
    after = claimed_after(before, checked)
    if after != before:
        _publish(work, conversation, personal={"claims": Change(before, after)}, cause="described")


def check_name(name: str | None) -> str | None:
    """A conversation's name as it may be kept. Raises `BadParameter`."""
    return None if name is None else cleaned_or_none(name, parameter="name")


def _set_fields(work: Work, conversation: Conversation, changes: Mapping[str, Any]) -> None:
    plain: dict[str, Change] = {}
    personal: dict[str, Change] = {}
    custom: dict[str, Any] | None = None
    if "priority" in changes and changes["priority"] != conversation.priority:
        plain["priority"] = Change(conversation.priority, changes["priority"])
    if "name" in changes:
        name = check_name(changes["name"])
        if name != conversation.name:
            personal["name"] = Change(conversation.name, name)
    if changes.keys() & {"skills", "preferredUser"}:
        plain |= _wishes(work, conversation, changes)
    if "custom" in changes:
        before = details_of(work, [conversation.id])[conversation.id].custom
        after = attributes.check_custom(work, "conversation", changes["custom"] or {}, before=before)
        if after != before:
            custom, shown = after, attributes.masking_for_all(work, "conversation")
            personal["custom"] = Change(shown(before), shown(after))
    if plain or personal:
        _publish(work, conversation, plain=plain, personal=personal, custom=custom)


def _wishes(work: Work, conversation: Conversation, changes: Mapping[str, Any]) -> dict[str, Change]:
    """`skills` and `preferredUser`, as the caller has checked them."""
    found = details_of(work, [conversation.id])[conversation.id]
    before = {"skills": list(found.skills), "preferredUser": found.preferred_user}
    after = {name: changes[name] for name in before if name in changes}
    return {name: Change(before[name], value) for name, value in after.items() if value != before[name]}


def _publish(
    work: Work,
    conversation: Conversation,
    *,
    plain: dict[str, Change] | None = None,
    personal: dict[str, Change] | None = None,
    custom: dict[str, Any] | None = None,
    cause: Cause = "agent",
) -> None:
    work.publish(
        ConversationUpdated(
            conversation=conversation.id,
            customer=conversation.customer,
            changes=plain or {},
            personal=personal or {},
            custom=custom,
            cause=cause,
            channel=conversation.channel,
        )
    )


def _set_status(work: Work, conversation: Conversation, changes: Mapping[str, Any]) -> None:
    status = changes.get("status")
    wish = changes.get("snooze")
    if "snooze" in changes and wish is None and status is None:
        status = "open" if conversation.is_snoozed else None
    if wish is not None and status in (None, "snoozed"):
        snooze(work, conversation.id, until=_time_of(wish))
    elif status == "snoozed":
        if not conversation.is_snoozed:
            raise BadParameter("Until when?", parameter="snooze")
    elif wish is not None:
        raise BadParameter("What is snoozed is neither open nor done.", parameter="snooze")
    elif status == "done":
        close(work, conversation.id)
    elif status == "open":
        reopen(work, conversation.id)


def _time_of(wish: Any) -> Instant:
    try:
        return parse_iso(wish["time"])
    except (KeyError, TypeError, ValueError, OverflowError):
        raise BadParameter(
            "A time in ISO 8601, such as 2026-11-24T09:30:00.000Z.", parameter="snooze.time"
        ) from None
