"""What may be asked, and sorted by: closed tables from the API's names to where the answer is. All else is refused.

An attribute is of one kind of record, which its name begins with; searches lead from one to the other:

    company, kobject ──▶ customer ◀──▶ conversation ◀── message, note
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from sqlalchemy import Table

from kithdesk import attributes
from kithdesk.attributes import Attribute
from kithdesk.core.work import Reads
from kithdesk.criteria import OPERATORS, Type, find_declared
from kithdesk.views.documents import KINDS, Kind
from kithdesk.views.tables import search_documents, view_conversations, view_customers
from kithdesk.views.values import CUSTOM, kept_in

Home = Literal["customer", "conversation", "message", "note", "kobject", "company"]


class InColumn(NamedTuple):
    """One value, in the record's own row. `choices` are all there are; `and_values` is the field of `view_values` that
    has further ones, of the few records that have any."""

    column: str
    choices: tuple[str, ...] = ()
    and_values: str | None = None


class IsThere(NamedTuple):
    """True where the column has a value."""

    column: str


class InValues(NamedTuple):
    """Any number of values, in rows of `view_values`."""

    owner: str
    field: str
    column: str


class InWords(NamedTuple):
    """Words of documents of these kinds."""

    kinds: tuple[Kind, ...]


Place = InColumn | IsThere | InValues | InWords


class Asked(NamedTuple):
    """An attribute somebody asks by."""

    home: Home
    type: Type
    place: Place

    @property
    def operators(self) -> frozenset[str]:
        """Those of its type, and their opposites. Words are looked for: whether there are any, no row says."""
        return OPERATORS[self.type] - {"set"} if isinstance(self.place, InWords) else OPERATORS[self.type]


def _columns(home: Home, type: Type, **names: str) -> dict[str, Asked]:
    return {f"{home}_{name}": Asked(home, type, InColumn(column)) for name, column in names.items()}


def _values(home: Home, type: Type, **names: str) -> dict[str, Asked]:
    return {
        f"{home}_{name}": Asked(home, type, InValues(home, field, "text")) for name, field in names.items()
    }


def _there(home: Home, **names: str) -> dict[str, Asked]:
    return {f"{home}_{name}": Asked(home, "boolean", IsThere(column)) for name, column in names.items()}


def _words(home: Home, names: tuple[str, ...], *kinds: Kind) -> dict[str, Asked]:
    return {f"{home}_{name}": Asked(home, "text", InWords(kinds)) for name in names}


_STATUSES = ("open", "snoozed", "done")
_SLA_STATUSES = ("pending", "paused", "done")
CLOSED: dict[str, Asked] = {
    **_columns(
        "conversation",
        "keyword",
        id="id",
        channel="channel",
        reply_channel="channel",
        direction="direction",
        last_message_direction="last_message_direction",
        queue="queue",
        external_id="external_id",
        customer_id="customer",
        created_by="created_by",
        modified_by="modified_by",
        first_message_out_created_by="first_out_by",
        last_message_out_created_by="last_out_by",
        first_response_created_by="first_response_by",
        last_done_created_by="last_done_by",
        ended_by="ended_by",
        sla_id="sla",
        sla_version_id="sla_version",
        sla_breach_metric="sla_breach_metric",
    ),
    "conversation_channels": Asked("conversation", "keyword", InColumn("channel", and_values="channels")),
    "conversation_sla_status": Asked("conversation", "keyword", InColumn("sla_status", _SLA_STATUSES)),
    "conversation_status": Asked("conversation", "keyword", InColumn("status", _STATUSES)),
    **_columns(
        "conversation", "string", name="name", customer_name="customer_name", ended_reason="ended_reason"
    ),
    **_columns(
        "conversation",
        "number",
        priority="priority",
        message_count="message_count",
        outbound_message_count="out_count",
        note_count="note_count",
        done_count="done_count",
        reopen_count="reopen_count",
        snooze_count="snooze_count",
    ),
    **_columns(
        "conversation",
        "datetime",
        created_at="created_at",
        updated_at="updated_at",
        modified_at="modified_at",
        first_message_in_sent_at="first_in_at",
        first_message_out_sent_at="first_out_at",
        last_message_sent_at="last_message_at",
        last_message_at="last_message_at",
        last_message_in_sent_at="last_in_at",
        last_message_out_sent_at="last_out_at",
        last_message_unresponded_to_sent_at="waiting_since",
        first_response_sent_at="first_response_at",
        first_done_created_at="first_done_at",
        last_done_created_at="last_done_at",
        snooze_time="snoozed_until",
        ended_at="ended_at",
        sla_due_at="sla_due_at",
        sla_risky_at="sla_risky_at",
        sla_breach_at="sla_breach_at",
        sla_satisfied_at="sla_satisfied_at",
    ),
    **_there("conversation", ended="ended_at", sla_breached="sla_broken_at"),
    **_values(
        "conversation",
        "keyword",
        tags="tags",
        assigned_users="assigned_users",
        assigned_teams="assigned_teams",
    ),
    **_words("conversation", ("any_text",), "conversation", "message", "note"),
    **_columns(
        "customer",
        "keyword",
        id="id",
        gender="gender",
        locale="locale",
        default_lang="default_lang",
        company_id="company",
        created_by="created_by",
        modified_by="modified_by",
    ),
    **_columns("customer", "string", name="name"),
    **_columns("customer", "number", conversations_count="conversation_count"),
    **_columns("customer", "boolean", identified="is_identified", verified="is_identified"),
    **_columns(
        "customer",
        "datetime",
        activity_at="activity_at",
        last_seen_at="last_seen_at",
        signed_up_at="signed_up_at",
        birthday_at="birthday_at",
        imported_at="imported_at",
        last_message_at="last_message_at",
        last_message_sent_at="last_in_at",
        last_message_out_sent_at="last_out_at",
        last_message_unresponded_to_sent_at="waiting_since",
        created_at="created_at",
        updated_at="updated_at",
        modified_at="modified_at",
    ),
    **_there("customer", imported="imported_at"),
    **_values(
        "customer",
        "string",
        email="email",
        shared_email="shared_email",
        urls="url",
        address="address",
        externalId="external_id",
        external_id="external_id",
        shared_externalId="shared_external_id",
        social_type="social_type",
        social_username="social_username",
        social_userid="social_userid",
    ),
    **_values("customer", "phone", phone="phone", shared_phone="shared_phone"),
    **_values("customer", "keyword", tags="tags", watchers="watchers"),
    **_words("customer", ("any_text",), "customer"),
    **_values(
        "company",
        "string",
        name="name",
        externalId="external_id",
        external_id="external_id",
        domains="domain",
    ),
    **_values("company", "keyword", tags="tags", default_lang="default_lang"),
    **_columns("message", "keyword", channel="channel", direction="direction", created_by="by"),
    **_columns("message", "datetime", sent_at="at", created_at="at", updated_at="at", modified_at="at"),
    **_columns("message", "string", subject="subject"),
    **_words("message", ("any_text", "body"), "message"),
    **_columns("note", "keyword", created_by="by"),
    **_columns("note", "datetime", created_at="at", updated_at="at", modified_at="at"),
    **_words("note", ("any_text", "body"), "note"),
    **_columns("kobject", "datetime", created_at="created_at", updated_at="at"),
    **_columns("kobject", "keyword", klass="klass"),
    **_values("kobject", "string", title="title", external_id="external_id", tags="tags"),
    **_words("kobject", ("any_text",), "kobject"),
}
ANY_TEXT = "any_text"
"""Everything said in a conversation, or of and with a customer."""
FOUND: tuple[Home, ...] = ("customer", "conversation", "message", "note", "kobject")
"""What can be found, and not only asked by."""

TABLES: dict[Home, Table] = {
    "customer": view_customers,
    "conversation": view_conversations,
    "message": search_documents,
    "note": search_documents,
    "kobject": search_documents,
}
DOCUMENTS: dict[Home, str] = {home: KINDS[home] for home in ("message", "note", "kobject")}

_TYPES: dict[str, Type] = {"Num": "number", "At": "datetime", "Date": "date", "Bool": "boolean"}
_CUSTOM = "_custom_"


def find(reads: Reads, name: str) -> Asked | None:
    """Where the attribute is; None for one that there is not, or that who asks may not know of."""
    known = CLOSED.get(name)
    if known is not None or _CUSTOM not in name:
        return known
    home, _, rest = name.partition(_CUSTOM)
    if home == "kobject":
        found = find_declared(reads, rest)
        return None if found is None else _custom(reads, "kobject", *found)
    if home not in ("customer", "conversation", "company"):
        return None
    declared = attributes.declared(reads, home).get(rest)
    return None if declared is None else _custom(reads, home, home, declared)  # type: ignore[arg-type]


def _custom(reads: Reads, home: Home, owner: str, declared: Attribute) -> Asked | None:
    if declared.sensitive and not attributes.may_read_sensitive(reads.actor):
        return None
    type = _TYPES.get(declared.type, "string")
    return Asked(home, type, InValues(owner, CUSTOM + declared.name, kept_in(declared)))


SORTABLE: frozenset[Type] = frozenset({"number", "datetime"})
_NAMES = {"customer_name"}


def is_sortable(context: Home, name: str, asked: Asked) -> bool:
    """Numbers and times of the record itself, and a customer's name, of which there is an index."""
    if asked.home != context or not isinstance(asked.place, InColumn):
        return False
    return asked.type in SORTABLE or name in _NAMES


def column_of(asked: Asked) -> Any:
    """The column of an attribute that is in one."""
    assert isinstance(asked.place, InColumn | IsThere)
    return TABLES[asked.home].c[asked.place.column]
