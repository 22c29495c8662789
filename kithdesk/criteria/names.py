"""What may be asked: a closed table of attributes, and those that the organisation declared. All else is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from kithdesk import attributes
from kithdesk.attributes import Attribute
from kithdesk.core.work import Reads

Type = Literal["keyword", "string", "phone", "text", "number", "datetime", "date", "boolean", "any"]
"""`any`: a declared attribute whose type nobody looked up; values and criteria tell by themselves."""

OPERATORS: dict[Type, frozenset[str]] = {
    "keyword": frozenset({"equals", "in", "set", "contains"}),
    "string": frozenset({"equals", "in", "set", "contains", "prefix"}),
    "phone": frozenset({"equals", "in", "set", "contains"}),
    "text": frozenset({"contains", "equals", "set"}),
    "number": frozenset({"equals", "in", "set", "gt", "gte", "lt", "lte"}),
    "datetime": frozenset({"equals", "set", "gt", "gte", "lt", "lte"}),
    "date": frozenset({"equals", "set", "gt", "gte", "lt", "lte"}),
    "boolean": frozenset({"equals", "set"}),
    "any": frozenset({"equals", "in", "set", "contains", "prefix", "gt", "gte", "lt", "lte"}),
}
"""Each has its opposite as well: `not_equals`, `not_in`, `not_set`, `not_contains`."""
NEGATED = {f"not_{name}": name for name in ("equals", "in", "set", "contains")}


def _of(home: str, type: Type, names: str) -> dict[str, Type]:
    return {f"{home}_{name}": type for name in names.split()}


CLOSED: dict[str, Type] = {
    **_of(
        "conversation",
        "keyword",
        "id status channels channel reply_channel direction last_message_direction queue external_id customer_id "
        "created_by modified_by ended_by first_message_out_created_by last_message_out_created_by "
        "first_response_created_by last_done_created_by tags assigned_users assigned_teams",
    ),
    **_of("conversation", "string", "name ended_reason default_lang"),
    **_of(
        "conversation",
        "number",
        "priority message_count outbound_message_count note_count done_count reopen_count snooze_count",
    ),
    **_of(
        "conversation",
        "datetime",
        "created_at updated_at modified_at first_message_in_sent_at first_message_out_sent_at "
        "last_message_sent_at last_message_at last_message_in_sent_at last_message_out_sent_at "
        "last_message_unresponded_to_sent_at first_response_sent_at first_done_created_at last_done_created_at "
        "snooze_time ended_at",
    ),
    **_of("conversation", "boolean", "ended"),
    **_of("customer", "keyword", "id company_id created_by modified_by watchers"),
    **_of(
        "customer",
        "string",
        "name gender locale default_lang time_zone email shared_email externalId external_id shared_externalId "
        "urls address tags social_type social_username social_userid",
    ),
    **_of("customer", "phone", "phone shared_phone"),
    **_of("customer", "number", "conversations_count"),
    **_of("customer", "boolean", "identified verified imported"),
    **_of(
        "customer",
        "datetime",
        "activity_at last_seen_at signed_up_at birthday_at imported_at last_message_at last_message_sent_at "
        "last_message_out_sent_at last_message_unresponded_to_sent_at created_at updated_at modified_at",
    ),
    **_of("company", "keyword", "id"),
    **_of("company", "string", "name externalId external_id domains tags default_lang"),
    **_of("company", "number", "employee_count"),
    **_of("company", "datetime", "created_at updated_at imported_at"),
    **_of("message", "keyword", "id channel direction direction_type created_by"),
    **_of("message", "text", "any_text body"),
    **_of("message", "string", "attachment_names subject sender recipients"),
    **_of("message", "number", "attachment_count"),
    **_of("message", "datetime", "sent_at created_at"),
    **_of("page", "string", "url title landing referrer device browser os language time_zone"),
    **_of("page", "string", "utm_source utm_medium utm_campaign utm_term utm_content"),
    **_of("kobject", "keyword", "klass"),
    **_of("kobject", "string", "title external_id tags"),
    **_of("kobject", "datetime", "created_at updated_at"),
}

CUSTOM = "_custom_"
_HOMES = ("conversation", "customer", "company", "message", "kobject")
_CUSTOM_NAME = re.compile(rf"(?:{'|'.join(_HOMES)}){CUSTOM}[a-zA-Z][a-zA-Z0-9_-]{{0,128}}\Z")
_DECLARED: dict[str, Type] = {
    "Num": "number",
    "At": "datetime",
    "Date": "date",
    "Bool": "boolean",
    "Txt": "string",
}

Types = Callable[[str], Type | None]
"""The type of a name that is not in the closed table; None where there is no such attribute."""


def unchecked_types(name: str) -> Type | None:
    """For criteria that were checked when they were kept: an attribute that is declared no more has no values."""
    return "any" if _CUSTOM_NAME.match(name) else None


def declared_types(reads: Reads) -> Types:
    """What is declared now, and that who asks may know of."""

    def type_of(name: str) -> Type | None:
        if unchecked_types(name) is None:
            return None
        home, _, rest = name.partition(CUSTOM)
        if home == "kobject":
            found = find_declared(reads, rest)
            return None if found is None else _type(reads, found[1])
        return _type(reads, attributes.declared(reads, home).get(rest))

    return type_of


def find_declared(reads: Reads, rest: str) -> tuple[str, Attribute] | None:
    """What `<klass>_<attribute>` names, either of which may have underscores: the kind of record, and its attribute."""
    parts = rest.split("_")
    for cut in range(1, len(parts)):
        owner = f"kobject.{'_'.join(parts[:cut])}"
        found = attributes.declared(reads, owner).get("_".join(parts[cut:]))
        if found is not None:
            return owner, found
    return None


def _type(reads: Reads, declared: Attribute | None) -> Type | None:
    if declared is None or (declared.sensitive and not attributes.may_read_sensitive(reads.actor)):
        return None
    return _DECLARED.get(declared.type, "string")
