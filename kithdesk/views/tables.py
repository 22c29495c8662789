"""The rows of views: one for each conversation and customer, and what they are found by.

`view_conversations` and `view_customers` hold what lists filter and sort by, as one value each; `view_values` what
there may be several of (tags, addresses, assignees, custom attributes), one row a value; `search_documents` the words
of all that can be searched. What may be asked is in `attributes.py`, the databases' own index over the words in
`fulltext.py`.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, PrimaryKeyConstraint, Text, text

from kithdesk.core.tables import projection

view_conversations = projection(
    "view_conversations",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("customer", Text, nullable=False),
    Column("customer_name", Text, nullable=False),  # folded, as are all names here
    Column("name", Text),
    Column("status", Text, nullable=False),
    Column("priority", BigInteger, nullable=False),
    Column("channel", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("queue", Text),
    Column("external_id", Text),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text),
    Column("updated_at", BigInteger, nullable=False),
    Column("modified_at", BigInteger, nullable=False),
    Column("modified_by", Text),
    Column("message_count", BigInteger, nullable=False),
    Column("out_count", BigInteger, nullable=False),
    Column("note_count", BigInteger, nullable=False),
    Column("last_message_at", BigInteger),
    Column("last_message_direction", Text),
    Column("first_in_at", BigInteger),
    Column("last_in_at", BigInteger),
    Column("first_out_at", BigInteger),
    Column("first_out_by", Text),
    Column("last_out_at", BigInteger),
    Column("last_out_by", Text),
    Column("waiting_since", BigInteger),
    Column("first_response_at", BigInteger),
    Column("first_response_by", Text),
    Column("snoozed_until", BigInteger),
    Column("first_done_at", BigInteger),
    Column("last_done_at", BigInteger),
    Column("last_done_by", Text),
    Column("done_count", BigInteger, nullable=False),
    Column("reopen_count", BigInteger, nullable=False),
    Column("snooze_count", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    Column("ended_by", Text),
    Column("ended_reason", Text),
    Column("sla", Text),
    Column("sla_version", Text),
    Column("sla_status", Text),
    Column("sla_due_at", BigInteger),  # when the next clock that runs is due, or was
    Column(
        "sla_risky_at", BigInteger
    ),  # from when on it will be late unless somebody acts: the warning, if there is one
    Column("sla_broken_at", BigInteger),
    Column("sla_breach_at", BigInteger),  # the same, or when its first promise will be broken
    Column("sla_breach_metric", Text),
    Column("sla_satisfied_at", BigInteger),
    PrimaryKeyConstraint("organisation", "id"),
)
Index("ix_view_conversations_updated", view_conversations.c.organisation, view_conversations.c.updated_at)
_LIVE = text("status <> 'done'")
Index(
    "ix_view_conversations_live",
    view_conversations.c.organisation,
    view_conversations.c.status,
    view_conversations.c.updated_at,
    sqlite_where=_LIVE,
    postgresql_where=_LIVE,
)
Index("ix_view_conversations_customer", view_conversations.c.organisation, view_conversations.c.customer)
_WAITS = text("waiting_since IS NOT NULL AND status <> 'done'")
Index(
    "ix_view_conversations_waiting",
    view_conversations.c.organisation,
    view_conversations.c.customer,
    view_conversations.c.waiting_since,
    sqlite_where=_WAITS,
    postgresql_where=_WAITS,
)

view_customers = projection(
    "view_customers",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("gender", Text),
    Column("locale", Text),
    Column("default_lang", Text),
    Column("company", Text),
    Column("is_identified", Boolean, nullable=False),
    Column("birthday_at", BigInteger),
    Column("signed_up_at", BigInteger),
    Column("imported_at", BigInteger),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text),
    Column("updated_at", BigInteger, nullable=False),
    Column("modified_at", BigInteger, nullable=False),
    Column("modified_by", Text),
    Column("activity_at", BigInteger, nullable=False),
    Column("last_seen_at", BigInteger),
    Column("last_message_at", BigInteger),
    Column("last_in_at", BigInteger),
    Column("last_out_at", BigInteger),
    Column("waiting_since", BigInteger),
    Column("conversation_count", BigInteger, nullable=False),
    Column("first_created_at", BigInteger, nullable=False),  # before any merge
    Column("merged_into", Text),
    PrimaryKeyConstraint("organisation", "id"),
)
# No index has a column that a message changes: PostgreSQL then writes the row anew and nothing else, and SQLite too.
_MERGED = text("merged_into IS NOT NULL")
Index(
    "ix_view_customers_merged",
    view_customers.c.organisation,
    view_customers.c.merged_into,
    sqlite_where=_MERGED,
    postgresql_where=_MERGED,
)
Index("ix_view_customers_created", view_customers.c.organisation, view_customers.c.created_at)
Index("ix_view_customers_modified", view_customers.c.organisation, view_customers.c.modified_at)
Index("ix_view_customers_updated", view_customers.c.organisation, view_customers.c.updated_at)
Index("ix_view_customers_name", view_customers.c.organisation, view_customers.c.name)

_BY_BYTES = Text().with_variant(Text(collation="C"), "postgresql")
"""In the order of its bytes, as SQLite has it: in that of a language, the beginnings of words are in no one range."""

view_values = projection(
    "view_values",
    Column("organisation", Text, nullable=False),
    Column("owner", Text, nullable=False),  # conversation · customer · kobject · kobject.<klass>
    Column("id", Text, nullable=False),
    Column("field", Text, nullable=False),  # tags · email · …, or `custom.` and the name of an attribute
    Column("place", BigInteger, nullable=False),
    Column("text", _BY_BYTES),  # folded, and cut: see `values.py`
    Column("number", BigInteger),  # for numbers, times and truths; sorts as they do
    PrimaryKeyConstraint("organisation", "owner", "id", "field", "place"),
)
_SAID = text("text IS NOT NULL")
Index(
    "ix_view_values_text",
    view_values.c.organisation,
    view_values.c.owner,
    view_values.c.field,
    view_values.c.text,
    view_values.c.id,
    sqlite_where=_SAID,
    postgresql_where=_SAID,
)
_COUNTED = text("number IS NOT NULL")
Index(
    "ix_view_values_number",
    view_values.c.organisation,
    view_values.c.owner,
    view_values.c.field,
    view_values.c.number,
    view_values.c.id,
    sqlite_where=_COUNTED,
    postgresql_where=_COUNTED,
)

search_documents = projection(
    "search_documents",
    Column("organisation", Text, nullable=False),
    Column("kind", Text, nullable=False),  # a letter of `documents.KINDS`
    Column("number", BigInteger, nullable=False),  # made of the id, and grows with it
    Column("id", Text, nullable=False),
    Column("customer", Text),  # of a customer, claim, or kobject; what is said is its conversation's
    Column("conversation", Text),
    Column("klass", Text),
    Column("at", BigInteger, nullable=False),
    Column("created_at", BigInteger),  # where it is another than `at`
    Column("by", Text),
    Column("direction", Text),
    Column("channel", Text),
    Column("subject", Text),  # of an e-mail, folded
    Column("title", Text),
    Column("text", Text),  # what a hit shows; of a message, the message itself
    Column("words", Text, nullable=False),
    PrimaryKeyConstraint("organisation", "kind", "number"),
)
_OWNED = text("customer IS NOT NULL")
Index(
    "ix_search_documents_customer",
    search_documents.c.organisation,
    search_documents.c.customer,
    sqlite_where=_OWNED,
    postgresql_where=_OWNED,
)

_PUT_TO = text("kind = 'o' AND conversation IS NOT NULL")
Index(
    "ix_search_documents_put_to",
    search_documents.c.organisation,
    search_documents.c.conversation,
    sqlite_where=_PUT_TO,
    postgresql_where=_PUT_TO,
)

_ABOUT = text("subject IS NOT NULL")
Index(
    "ix_search_documents_subject",
    search_documents.c.organisation,
    search_documents.c.subject,
    sqlite_where=_ABOUT,
    postgresql_where=_ABOUT,
)

saved_views = projection(
    "saved_views",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("owner", Text, nullable=False),  # who made it
    Column("name", Text, nullable=False),
    Column("context", Text, nullable=False),
    Column("query", Text, nullable=False),  # JSON, as `criteria.read` takes it
    Column("is_shared", Boolean, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("updated_by", Text),
    Column("rev", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "id"),
)
Index("ix_saved_views_owner", saved_views.c.organisation, saved_views.c.owner)
