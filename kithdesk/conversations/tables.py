"""The rows of conversations.

`conversations` is rewritten by every message and stays narrow; what is long and seldom changes (the visitor's pages,
custom attributes) is in `conversation_details`. Lists are read by (status, last activity): of all, of one assignee, of
one queue; `assignee` is the first of the assigned users, or '' for none, and the few further ones have rows of their
own. `conversation_tallies` counts conversations as their status and assignees change, so that no list is ever counted.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, PrimaryKeyConstraint, Text, text

from kithdesk.core.tables import projection, record

conversations = projection(
    "conversations",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("customer", Text, nullable=False),
    Column("channel", Text, nullable=False),  # by which it was opened
    Column("channels", Text, nullable=False),  # JSON list of all by which something was said
    Column("direction", Text, nullable=False),
    Column("status", Text, nullable=False),  # open · snoozed · done
    Column("status_at", BigInteger, nullable=False),
    Column("status_by", Text),  # JSON of `Reference`
    Column("name", Text),
    Column("priority", BigInteger, nullable=False),
    Column("tags", Text, nullable=False),  # JSON list of ids
    Column("queue", Text),
    Column("assignee", Text, nullable=False),
    Column("assigned_users", Text, nullable=False),  # JSON list of ids
    Column("assigned_teams", Text, nullable=False),
    Column("assigned_at", BigInteger),
    Column("preview", Text),
    Column("message_count", BigInteger, nullable=False),
    Column("in_count", BigInteger, nullable=False),
    Column("note_count", BigInteger, nullable=False),
    Column("last_activity_at", BigInteger, nullable=False),
    Column("last_message_at", BigInteger),
    Column("last_message_direction", Text),
    Column(
        "waiting_since", BigInteger
    ),  # sent_at of the first message of the customer that nobody answered yet
    Column("first_in", Text),
    Column("first_in_at", BigInteger),
    Column("last_in", Text),
    Column("last_in_at", BigInteger),
    Column("last_in_type", Text),
    Column("last_in_channel", Text),
    Column("first_out", Text),
    Column("first_out_at", BigInteger),
    Column("first_out_by", Text),
    Column("last_out", Text),
    Column("last_out_at", BigInteger),
    Column("last_out_type", Text),
    Column("last_out_by", Text),
    Column("first_response", Text),
    Column("first_response_at", BigInteger),
    Column("first_response_by", Text),
    Column("first_response_time", BigInteger),
    Column("snoozed_until", BigInteger),
    Column("snooze_status", Text),  # scheduled · canceled · elapsed
    Column("snooze_status_at", BigInteger),
    Column("first_done_at", BigInteger),
    Column("last_done_at", BigInteger),
    Column("last_done_by", Text),
    Column("done_count", BigInteger, nullable=False),
    Column("reopen_count", BigInteger, nullable=False),
    Column("snooze_count", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    Column("ended_by", Text),
    Column("ended_reason", Text),
    Column("taken_up_at", BigInteger),  # since when some browser has no part in it any more
    Column("is_signed_in", Boolean),  # whether who writes as the customer has; null: nobody who could
    Column("read_by_customer", BigInteger, nullable=False),  # number of the last message read
    Column("read_by_customer_at", BigInteger),
    Column("read_by_agents", BigInteger, nullable=False),
    Column("read_by_agents_at", BigInteger),
    Column("unread_for_customer", BigInteger, nullable=False),
    Column("unread_for_agents", BigInteger, nullable=False),
    Column("author", Text),
    Column("opening_id", Text),
    Column("external_id", Text),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("modified_at", BigInteger, nullable=False),
    Column("modified_by", Text, nullable=False),
    Column("rev", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "id"),
)
Index(
    "ix_conversations_status",
    conversations.c.organisation,
    conversations.c.status,
    conversations.c.last_activity_at,
)
Index(
    "ix_conversations_assignee",
    conversations.c.organisation,
    conversations.c.assignee,
    conversations.c.status,
    conversations.c.last_activity_at,
)
_QUEUED = text("queue IS NOT NULL")
Index(
    "ix_conversations_queue",
    conversations.c.organisation,
    conversations.c.queue,
    conversations.c.status,
    conversations.c.last_activity_at,
    conversations.c.id,
    conversations.c.assignee,
    sqlite_where=_QUEUED,
    postgresql_where=_QUEUED,
)
Index("ix_conversations_customer", conversations.c.organisation, conversations.c.customer)
_WAITS = text("waiting_since IS NOT NULL AND status <> 'done'")
# Nobody waits in most. To PostgreSQL no message is dearer by it: its row is not updated in place as it is, for
# `last_activity_at` is indexed, too.
Index(
    "ix_conversations_waiting",
    conversations.c.organisation,
    conversations.c.customer,
    conversations.c.waiting_since,
    sqlite_where=_WAITS,
    postgresql_where=_WAITS,
)
_OPENED = text("opening_id IS NOT NULL")
Index(
    "uq_conversations_opening",
    conversations.c.organisation,
    conversations.c.author,
    conversations.c.opening_id,
    unique=True,
    sqlite_where=_OPENED,
    postgresql_where=_OPENED,
)
_NAMED = text("external_id IS NOT NULL")
Index(
    "uq_conversations_external_id",
    conversations.c.organisation,
    conversations.c.external_id,
    unique=True,
    sqlite_where=_NAMED,
    postgresql_where=_NAMED,
)

conversation_details = projection(
    "conversation_details",
    Column("organisation", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("context", Text, nullable=False),  # JSON of `Context`
    Column("custom", Text, nullable=False),  # JSON object: the company's attributes
    Column("claims", Text, nullable=False),  # JSON object: what the page described, unproven
    Column("sla", Text),  # JSON object: how it stands with what is promised, as it is drawn
    Column("skills", Text, nullable=False),  # JSON list of keys: what is asked by hand of who serves it
    Column("preferred_user", Text),  # whom somebody wished for by hand
    PrimaryKeyConstraint("organisation", "conversation"),
)

# Beside the messages: most have none, and writing a message must not pay for it.
message_details = projection(
    "message_details",
    Column("organisation", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("custom", Text, nullable=False),  # JSON object: the company's attributes
    Column("email", Text),  # JSON of `Email`
    PrimaryKeyConstraint("organisation", "message"),
)

further_assignees = projection(
    "further_assignees",
    Column("organisation", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    PrimaryKeyConstraint("organisation", "user", "conversation"),
)

conversation_tallies = projection(
    "conversation_tallies",
    Column("organisation", Text, nullable=False),
    Column("whose", Text, nullable=False),  # '*' all · '' nobody's · a user's id · `queue:` and a queue's id
    Column("status", Text, nullable=False),
    Column("total", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "whose", "status"),
)

messages = projection(
    "messages",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("number", BigInteger, nullable=False),  # counts messages and notes of a conversation, from 1
    Column("kind", Text, nullable=False),  # message · note
    Column("direction", Text, nullable=False),
    Column("direction_type", Text),
    Column("channel", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("attachments", Text),  # JSON list of `File`, or null
    Column("author", Text),
    Column("client_id", Text),
    Column("sent_at", BigInteger, nullable=False),
    Column("sent_by_type", Text, nullable=False),
    Column("sent_by", Text),
    Column("sent_by_name", Text, nullable=False),
    Column("response_time", BigInteger),
    Column("read_at", BigInteger),  # when the other side read it
    Column("event", Text, nullable=False),
    Column("external_id", Text),
    PrimaryKeyConstraint("organisation", "id"),
)
Index("uq_messages_number", messages.c.organisation, messages.c.conversation, messages.c.number, unique=True)
_FROM_CLIENT = text("client_id IS NOT NULL")
Index(
    "uq_messages_client_id",
    messages.c.organisation,
    messages.c.conversation,
    messages.c.author,
    messages.c.client_id,
    unique=True,
    sqlite_where=_FROM_CLIENT,
    postgresql_where=_FROM_CLIENT,
)
Index(
    "uq_messages_external_id",
    messages.c.organisation,
    messages.c.external_id,
    unique=True,
    sqlite_where=_NAMED,
    postgresql_where=_NAMED,
)

tags = projection(
    "tags",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("color", Text),
    Column("created_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "id"),
)
Index("uq_tags_name_key", tags.c.organisation, tags.c.name_key, unique=True)

drafts = record(
    "drafts",
    Column("organisation", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("attachments", Text, nullable=False),  # JSON list of ids
    Column("revision", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "conversation", "author"),
)
Index("ix_drafts_author", drafts.c.organisation, drafts.c.author)

attachments = record(
    "attachments",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("author", Text, nullable=False),  # who may send it
    Column("status", Text, nullable=False),  # slot · stored · sent · dropped
    Column("name", Text, nullable=False),
    Column("content_type", Text, nullable=False),
    Column("content_length", BigInteger, nullable=False),
    Column("width", BigInteger),
    Column("height", BigInteger),
    Column("has_thumbnail", Boolean, nullable=False),
    Column("blob", Text),  # where the file is; another for each try to upload it
    Column("conversation", Text),
    Column("message", Text),
    Column("created_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "id"),
)
_SENT = text("conversation IS NOT NULL")
Index(
    "ix_attachments_conversation",
    attachments.c.organisation,
    attachments.c.conversation,
    sqlite_where=_SENT,
    postgresql_where=_SENT,
)
