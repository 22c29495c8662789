"""Records in the words of criteria. `names.py` has the types these are compared as."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from kithdesk.conversations import Context, Conversation, Email, Message
from kithdesk.criteria.names import CUSTOM
from kithdesk.customers import Company, Customer, KObject, Reference

Record = Mapping[str, Any]

_decode_reference = msgspec.json.Decoder(Reference).decode


def conversation_facts(one: Conversation, context: Context) -> Record:
    return _named(
        "conversation",
        id=one.id,
        status=one.status,
        channels=one.all_channels,
        channel=one.channel,
        reply_channel=one.channel,
        direction=one.direction,
        last_message_direction=one.last_message_direction,
        queue=one.queue,
        external_id=one.external_id,
        customer_id=one.customer,
        created_by=_who(one.created_by),
        modified_by=_who(one.modified_by),
        first_message_out_created_by=one.first_out_by,
        last_message_out_created_by=one.last_out_by,
        first_response_created_by=one.first_response_by,
        last_done_created_by=_who(one.last_done_by),
        ended_by=_who(one.ended_by),
        tags=one.tag_ids,
        assigned_users=one.users,
        assigned_teams=one.teams,
        name=one.name,
        ended_reason=one.ended_reason,
        default_lang=context.language,
        priority=one.priority,
        message_count=one.message_count,
        outbound_message_count=one.message_count - one.in_count,
        note_count=one.note_count,
        done_count=one.done_count,
        reopen_count=one.reopen_count,
        snooze_count=one.snooze_count,
        created_at=one.created_at,
        updated_at=one.updated_at,
        modified_at=one.modified_at,
        first_message_in_sent_at=one.first_in_at,
        first_message_out_sent_at=one.first_out_at,
        last_message_sent_at=one.last_message_at,
        last_message_at=one.last_message_at,
        last_message_in_sent_at=one.last_in_at,
        last_message_out_sent_at=one.last_out_at,
        last_message_unresponded_to_sent_at=one.waiting_since,
        first_response_sent_at=one.first_response_at,
        first_done_created_at=one.first_done_at,
        last_done_created_at=one.last_done_at,
        snooze_time=one.snoozed_until if one.is_snoozed else None,
        ended_at=one.ended_at,
        ended=one.is_ended,
    )


def page_facts(context: Context) -> Record:
    page = context.pages[-1] if context.pages else None
    return _named(
        "page",
        url=None if page is None else page.url,
        title=None if page is None else page.title,
        landing=context.landing,
        referrer=context.referrer,
        device=context.device,
        browser=context.browser,
        os=context.os,
        language=context.language,
        time_zone=context.time_zone,
        **{f"utm_{name}": value for name, value in context.utm.items()},
    )


def message_facts(one: Message, email: Email | None) -> Record:
    """The latest of the customer's, and what it has beside its text as an e-mail."""
    return _named(
        "message",
        id=one.id,
        channel=one.channel,
        direction=one.direction,
        direction_type=one.direction_type,
        created_by=one.sent_by,
        any_text=one.body if email is None else f"{email.subject or ''}\n{one.body}",
        body=one.body,
        subject=None if email is None else email.subject,
        sender=None if email is None or email.sender is None else email.sender.email,
        recipients=[] if email is None else [each.email for each in (*email.to, *email.cc)],
        attachment_names=[file.name for file in one.files],
        attachment_count=len(one.files),
        sent_at=one.sent_at,
        created_at=one.sent_at,
    )


def customer_facts(one: Customer) -> Record:
    """By what the company wrote or a login proved: what a page claims decides nothing."""
    profile, activity = one.profile, one.activity
    external_ids = [each.external_id for each in profile.external_ids]
    return _named(
        "customer",
        id=one.id,
        company_id=profile.company,
        created_by=one.created_by.id,
        modified_by=one.modified_by.id,
        watchers=profile.watchers,
        name=one.display_name,
        gender=profile.gender,
        locale=profile.locale,
        default_lang=profile.default_lang,
        time_zone=profile.time_zone,
        email=[each.email for each in profile.emails],
        shared_email=[each.email for each in profile.shared_emails],
        externalId=external_ids,
        external_id=external_ids,
        shared_externalId=[each.external_id for each in profile.shared_external_ids],
        urls=[each.url for each in profile.urls],
        address=[each.address for each in profile.locations],
        tags=profile.tags,
        social_type=[each.type for each in profile.socials],
        social_username=[each.username for each in profile.socials],
        social_userid=[each.userid for each in profile.socials],
        phone=[each.phone for each in profile.phones],
        shared_phone=[each.phone for each in profile.shared_phones],
        conversations_count=activity.conversations_open
        + activity.conversations_snoozed
        + activity.conversations_done,
        identified=one.is_identified,
        verified=one.is_identified,
        imported=one.imported_at is not None,
        activity_at=activity.last_activity_at,
        last_seen_at=activity.last_seen_at,
        signed_up_at=profile.signed_up_at,
        birthday_at=profile.birthday_at,
        imported_at=one.imported_at,
        last_message_at=activity.last_message_at,
        last_message_sent_at=activity.last_in_at,
        last_message_out_sent_at=activity.last_out_at,
        last_message_unresponded_to_sent_at=activity.waiting_since,
        created_at=one.created_at,
        updated_at=one.updated_at,
        modified_at=one.modified_at,
    )


def company_facts(one: Company) -> Record:
    profile = one.profile
    return _named(
        "company",
        id=one.id,
        name=one.name,
        externalId=profile.external_id,
        external_id=profile.external_id,
        domains=profile.domains,
        tags=profile.tags,
        default_lang=profile.default_lang,
        employee_count=profile.employee_count,
        created_at=one.created_at,
        updated_at=one.updated_at,
        imported_at=one.imported_at,
    )


def object_facts(found: Iterable[KObject]) -> Record:
    """Of several objects: whatever any of them has."""
    facts: dict[str, list[Any]] = {}
    for one in found:
        custom = {f"custom_{one.klass}_{name}": value for name, value in one.content.custom.items()}
        own = {
            "klass": one.klass,
            "title": one.content.title,
            "external_id": one.external_id,
            "tags": one.content.tags,
            "created_at": one.created_at,
            "updated_at": one.updated_at,
            **custom,
        }
        for name, value in own.items():
            many = value if isinstance(value, list | tuple) else (value,)
            facts.setdefault(f"kobject_{name}", []).extend(many)
    return facts


def custom_facts(home: str, custom: Mapping[str, Any]) -> Record:
    """Declared attributes."""
    return {f"{home}{CUSTOM}{name}": value for name, value in custom.items()}


def _who(kept: str | None) -> str | None:
    return None if kept is None else _decode_reference(kept).id


def _named(home: str, **facts: Any) -> Record:
    return {f"{home}_{name}": value for name, value in facts.items()}
