"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes every table."""
    op.create_table(
        "agent_skill_revs",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "user", name=op.f("pk_agent_skill_revs")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "agent_skills",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("skill", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("level", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "skill", "user", name=op.f("pk_agent_skills")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_agent_skills_organisation_user", "agent_skills", ["organisation", "user"], unique=False
    )
    op.create_table(
        "allowances",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("level", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("full_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", "key", name=op.f("pk_allowances")),
        info={"projection": False, "lease": True},
        sqlite_with_rowid=False,
    )
    op.create_index("ix_allowances_full_at", "allowances", ["full_at"], unique=False)
    op.create_table(
        "api_key_hashes",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("api_key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_api_key_hashes")),
        info={"projection": False},
        sqlite_with_rowid=False,
    )
    op.create_index("uq_api_key_hashes_api_key", "api_key_hashes", ["api_key"], unique=True)
    op.create_table(
        "api_keys",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("last_four", sa.Text(), nullable=False),
        sa.Column("networks", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=True),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("revoked_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_api_keys")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "attachments",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("content_length", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.BigInteger(), nullable=True),
        sa.Column("height", sa.BigInteger(), nullable=True),
        sa.Column("has_thumbnail", sa.Boolean(), nullable=False),
        sa.Column("blob", sa.Text(), nullable=True),
        sa.Column("conversation", sa.Text(), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_attachments")),
        info={"projection": False},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_attachments_conversation",
        "attachments",
        ["organisation", "conversation"],
        unique=False,
        sqlite_where=sa.text("conversation IS NOT NULL"),
        postgresql_where=sa.text("conversation IS NOT NULL"),
    )
    op.create_table(
        "attribute_sets",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("attributes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "owner", name=op.f("pk_attribute_sets")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "brands",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_brands")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "companies",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.LargeBinary(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("modified_by", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_companies")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_companies_name",
        "companies",
        ["organisation", "name_key", "id"],
        unique=False,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "company_keys",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "kind", "value", name=op.f("pk_company_keys")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index("ix_company_keys_company", "company_keys", ["organisation", "company"], unique=False)
    op.create_table(
        "company_members",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("customer", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "customer", name=op.f("pk_company_members")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_company_members_company", "company_members", ["organisation", "company", "customer"], unique=False
    )
    op.create_table(
        "company_totals",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", name=op.f("pk_company_totals")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "conversation_details",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("custom", sa.Text(), nullable=False),
        sa.Column("claims", sa.Text(), nullable=False),
        sa.Column("sla", sa.Text(), nullable=True),
        sa.Column("skills", sa.Text(), nullable=False),
        sa.Column("preferred_user", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("organisation", "conversation", name=op.f("pk_conversation_details")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "conversation_tallies",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("whose", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "whose", "status", name=op.f("pk_conversation_tallies")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "conversations",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("customer", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("channels", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_at", sa.BigInteger(), nullable=False),
        sa.Column("status_by", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("priority", sa.BigInteger(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=True),
        sa.Column("assignee", sa.Text(), nullable=False),
        sa.Column("assigned_users", sa.Text(), nullable=False),
        sa.Column("assigned_teams", sa.Text(), nullable=False),
        sa.Column("assigned_at", sa.BigInteger(), nullable=True),
        sa.Column("preview", sa.Text(), nullable=True),
        sa.Column("message_count", sa.BigInteger(), nullable=False),
        sa.Column("in_count", sa.BigInteger(), nullable=False),
        sa.Column("note_count", sa.BigInteger(), nullable=False),
        sa.Column("last_activity_at", sa.BigInteger(), nullable=False),
        sa.Column("last_message_at", sa.BigInteger(), nullable=True),
        sa.Column("last_message_direction", sa.Text(), nullable=True),
        sa.Column("waiting_since", sa.BigInteger(), nullable=True),
        sa.Column("first_in", sa.Text(), nullable=True),
        sa.Column("first_in_at", sa.BigInteger(), nullable=True),
        sa.Column("last_in", sa.Text(), nullable=True),
        sa.Column("last_in_at", sa.BigInteger(), nullable=True),
        sa.Column("last_in_type", sa.Text(), nullable=True),
        sa.Column("last_in_channel", sa.Text(), nullable=True),
        sa.Column("first_out", sa.Text(), nullable=True),
        sa.Column("first_out_at", sa.BigInteger(), nullable=True),
        sa.Column("first_out_by", sa.Text(), nullable=True),
        sa.Column("last_out", sa.Text(), nullable=True),
        sa.Column("last_out_at", sa.BigInteger(), nullable=True),
        sa.Column("last_out_type", sa.Text(), nullable=True),
        sa.Column("last_out_by", sa.Text(), nullable=True),
        sa.Column("first_response", sa.Text(), nullable=True),
        sa.Column("first_response_at", sa.BigInteger(), nullable=True),
        sa.Column("first_response_by", sa.Text(), nullable=True),
        sa.Column("first_response_time", sa.BigInteger(), nullable=True),
        sa.Column("snoozed_until", sa.BigInteger(), nullable=True),
        sa.Column("snooze_status", sa.Text(), nullable=True),
        sa.Column("snooze_status_at", sa.BigInteger(), nullable=True),
        sa.Column("first_done_at", sa.BigInteger(), nullable=True),
        sa.Column("last_done_at", sa.BigInteger(), nullable=True),
        sa.Column("last_done_by", sa.Text(), nullable=True),
        sa.Column("done_count", sa.BigInteger(), nullable=False),
        sa.Column("reopen_count", sa.BigInteger(), nullable=False),
        sa.Column("snooze_count", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.Column("taken_up_at", sa.BigInteger(), nullable=True),
        sa.Column("is_signed_in", sa.Boolean(), nullable=True),
        sa.Column("read_by_customer", sa.BigInteger(), nullable=False),
        sa.Column("read_by_customer_at", sa.BigInteger(), nullable=True),
        sa.Column("read_by_agents", sa.BigInteger(), nullable=False),
        sa.Column("read_by_agents_at", sa.BigInteger(), nullable=True),
        sa.Column("unread_for_customer", sa.BigInteger(), nullable=False),
        sa.Column("unread_for_agents", sa.BigInteger(), nullable=False),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("opening_id", sa.Text(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("modified_at", sa.BigInteger(), nullable=False),
        sa.Column("modified_by", sa.Text(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_conversations")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_conversations_assignee",
        "conversations",
        ["organisation", "assignee", "status", "last_activity_at"],
        unique=False,
    )
    op.create_index("ix_conversations_customer", "conversations", ["organisation", "customer"], unique=False)
    op.create_index(
        "ix_conversations_queue",
        "conversations",
        ["organisation", "queue", "status", "last_activity_at", "id", "assignee"],
        unique=False,
        sqlite_where=sa.text("queue IS NOT NULL"),
        postgresql_where=sa.text("queue IS NOT NULL"),
    )
    op.create_index(
        "ix_conversations_status",
        "conversations",
        ["organisation", "status", "last_activity_at"],
        unique=False,
    )
    op.create_index(
        "ix_conversations_waiting",
        "conversations",
        ["organisation", "customer", "waiting_since"],
        unique=False,
        sqlite_where=sa.text("waiting_since IS NOT NULL AND status <> 'done'"),
        postgresql_where=sa.text("waiting_since IS NOT NULL AND status <> 'done'"),
    )
    op.create_index(
        "uq_conversations_external_id",
        "conversations",
        ["organisation", "external_id"],
        unique=True,
        sqlite_where=sa.text("external_id IS NOT NULL"),
        postgresql_where=sa.text("external_id IS NOT NULL"),
    )
    op.create_index(
        "uq_conversations_opening",
        "conversations",
        ["organisation", "author", "opening_id"],
        unique=True,
        sqlite_where=sa.text("opening_id IS NOT NULL"),
        postgresql_where=sa.text("opening_id IS NOT NULL"),
    )
    op.create_table(
        "customer_activity",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("customer", sa.Text(), nullable=False),
        sa.Column("last_seen_at", sa.BigInteger(), nullable=True),
        sa.Column("last_activity_at", sa.BigInteger(), nullable=False),
        sa.Column("last_customer_activity_at", sa.BigInteger(), nullable=True),
        sa.Column("last_message_at", sa.BigInteger(), nullable=True),
        sa.Column("last_in_at", sa.BigInteger(), nullable=True),
        sa.Column("last_in_channel", sa.Text(), nullable=True),
        sa.Column("last_out_at", sa.BigInteger(), nullable=True),
        sa.Column("waiting_since", sa.BigInteger(), nullable=True),
        sa.Column("last_tracked_at", sa.BigInteger(), nullable=True),
        sa.Column("last_conversation", sa.Text(), nullable=True),
        sa.Column("preview", sa.Text(), nullable=True),
        sa.Column("conversations_open", sa.BigInteger(), nullable=False),
        sa.Column("conversations_snoozed", sa.BigInteger(), nullable=False),
        sa.Column("conversations_done", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "customer", name=op.f("pk_customer_activity")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "customer_addresses",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("customer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "kind", "value", name=op.f("pk_customer_addresses")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_customer_addresses_customer", "customer_addresses", ["organisation", "customer"], unique=False
    )
    op.create_table(
        "customer_hints",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("customer", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "kind", "value", "customer", name=op.f("pk_customer_hints")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_customer_hints_customer", "customer_hints", ["organisation", "customer"], unique=False
    )
    op.create_table(
        "customer_merges",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("merged_at", sa.BigInteger(), nullable=False),
        sa.Column("merged_by", sa.Text(), nullable=False),
        sa.Column("merged_in", sa.Text(), nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.Column("carried", sa.Text(), nullable=False),
        sa.Column("target_profile", sa.Text(), nullable=True),
        sa.Column("target_identified", sa.Boolean(), nullable=False),
        sa.Column("target_created_at", sa.BigInteger(), nullable=False),
        sa.Column("target_activity", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.Column("undone_in", sa.Text(), nullable=True),
        sa.Column("returned", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_customer_merges")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_customer_merges_source", "customer_merges", ["organisation", "source", "id"], unique=False
    )
    op.create_index(
        "ix_customer_merges_target", "customer_merges", ["organisation", "target", "id"], unique=False
    )
    op.create_index(
        "ix_customer_merges_undone_source",
        "customer_merges",
        ["organisation", "source"],
        unique=False,
        sqlite_where=sa.text("undone_at IS NOT NULL"),
        postgresql_where=sa.text("undone_at IS NOT NULL"),
    )
    op.create_index(
        "ix_customer_merges_undone_target",
        "customer_merges",
        ["organisation", "target"],
        unique=False,
        sqlite_where=sa.text("undone_at IS NOT NULL"),
        postgresql_where=sa.text("undone_at IS NOT NULL"),
    )
    op.create_table(
        "customer_shared_addresses",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("customer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "organisation", "kind", "value", "customer", name=op.f("pk_customer_shared_addresses")
        ),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_customer_shared_addresses_customer",
        "customer_shared_addresses",
        ["organisation", "customer"],
        unique=False,
    )
    op.create_table(
        "customer_told",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("customer", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("named_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "customer", "entry", name=op.f("pk_customer_told")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "customer_totals",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", name=op.f("pk_customer_totals")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "customers",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("claims", sa.Text(), nullable=False),
        sa.Column("is_identified", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("modified_at", sa.BigInteger(), nullable=False),
        sa.Column("modified_by", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.BigInteger(), nullable=True),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("merged_into", sa.Text(), nullable=True),
        sa.Column("has_parted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_customers")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_customers_merged_into",
        "customers",
        ["organisation", "merged_into"],
        unique=False,
        sqlite_where=sa.text("merged_into IS NOT NULL"),
        postgresql_where=sa.text("merged_into IS NOT NULL"),
    )
    op.create_table(
        "drafts",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("attachments", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "conversation", "author", name=op.f("pk_drafts")),
        info={"projection": False},
        sqlite_with_rowid=False,
    )
    op.create_index("ix_drafts_author", "drafts", ["organisation", "author"], unique=False)
    op.create_table(
        "duplicate_dismissals",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("one", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "one", "other", name=op.f("pk_duplicate_dismissals")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_duplicate_dismissals_other", "duplicate_dismissals", ["organisation", "other"], unique=False
    )
    op.create_table(
        "further_assignees",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "user", "conversation", name=op.f("pk_further_assignees")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "heads",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("organisation", name=op.f("pk_heads")),
        info={"projection": False},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "hook_deliveries",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("integration", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "integration", "digest", name=op.f("pk_hook_deliveries")),
        info={"projection": False},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_hook_deliveries_at", "hook_deliveries", ["organisation", "integration", "at"], unique=False
    )
    op.create_table(
        "identity_secrets",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_identity_secrets")),
        info={"projection": False},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "import_foreseen",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("import_id", sa.Text(), nullable=False),
        sa.Column("part", sa.BigInteger(), nullable=False),
        sa.Column("actions", sa.Text(), nullable=False),
        sa.Column("earlier", sa.Text(), nullable=False),
        sa.Column("creates", sa.BigInteger(), nullable=False),
        sa.Column("updates", sa.BigInteger(), nullable=False),
        sa.Column("skips", sa.BigInteger(), nullable=False),
        sa.Column("errors", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "import_id", "part", name=op.f("pk_import_foreseen")),
        info={"projection": False},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "import_rows",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("import_id", sa.Text(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("called", sa.Text(), nullable=True),
        sa.Column("customer", sa.Text(), nullable=True),
        sa.Column("company", sa.Text(), nullable=True),
        sa.Column("rev", sa.BigInteger(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("errors", sa.Text(), nullable=True),
        sa.Column("undone", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("organisation", "import_id", "place", name=op.f("pk_import_rows")),
        info={"projection": False},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_import_rows_company",
        "import_rows",
        ["organisation", "import_id"],
        unique=False,
        sqlite_where=sa.text("company IS NOT NULL"),
        postgresql_where=sa.text("company IS NOT NULL"),
    )
    op.create_index(
        "ix_import_rows_customer",
        "import_rows",
        ["organisation", "import_id", "customer"],
        unique=False,
        sqlite_where=sa.text("outcome = 'created'"),
        postgresql_where=sa.text("outcome = 'created'"),
    )
    op.create_table(
        "imports",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("encoding", sa.Text(), nullable=False),
        sa.Column("delimiter", sa.Text(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("starts", sa.Text(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=True),
        sa.Column("checked", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("started_by", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("imported_at", sa.BigInteger(), nullable=True),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("skipped", sa.BigInteger(), nullable=False),
        sa.Column("failed", sa.BigInteger(), nullable=False),
        sa.Column("undo_left", sa.BigInteger(), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.Column("removed", sa.BigInteger(), nullable=False),
        sa.Column("reversed", sa.BigInteger(), nullable=False),
        sa.Column("kept", sa.BigInteger(), nullable=False),
        sa.Column("is_forgotten", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_imports")),
        info={"projection": False},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "installation",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key_fingerprint", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_installation")),
        info={"projection": False},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "integration_handles",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("left_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("organisation", "handle", name=op.f("pk_integration_handles")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "integration_secrets",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("integration", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("unsigned_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("organisation", "integration", name=op.f("pk_integration_secrets")),
        info={"projection": False},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "integrations",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_integrations")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index("uq_integrations_key", "integrations", ["key"], unique=True)
    op.create_table(
        "jobs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("run_at", sa.BigInteger(), nullable=False),
        sa.Column("is_effect", sa.Boolean(), nullable=False),
        sa.Column("unique_key", sa.Text(), nullable=True),
        sa.Column("serial_key", sa.Text(), nullable=True),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("deaths", sa.BigInteger(), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("node", sa.Text(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        info={"projection": False},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_jobs_dead",
        "jobs",
        ["organisation", "id"],
        unique=False,
        sqlite_where=sa.text("status = 'dead'"),
        postgresql_where=sa.text("status = 'dead'"),
    )
    op.create_index(
        "ix_jobs_due",
        "jobs",
        ["run_at"],
        unique=False,
        sqlite_where=sa.text("status = 'waiting'"),
        postgresql_where=sa.text("status = 'waiting'"),
    )
    op.create_index(
        "ix_jobs_serial_key",
        "jobs",
        ["organisation", "serial_key"],
        unique=False,
        sqlite_where=sa.text("serial_key IS NOT NULL"),
        postgresql_where=sa.text("serial_key IS NOT NULL"),
    )
    op.create_index(
        "uq_jobs_unique_key",
        "jobs",
        ["organisation", "unique_key"],
        unique=True,
        sqlite_where=sa.text("unique_key IS NOT NULL AND status = 'waiting'"),
        postgresql_where=sa.text("unique_key IS NOT NULL AND status = 'waiting'"),
    )
    op.create_table(
        "journal",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("customer", sa.Text(), nullable=True),
        sa.Column("conversation", sa.Text(), nullable=True),
        sa.Column("queue", sa.Text(), nullable=True),
        sa.Column("on_timeline", sa.Boolean(), nullable=False),
        sa.Column("actor_type", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=True),
        sa.Column("actor_author", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "position", name=op.f("pk_journal")),
        info={"projection": False},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_journal_conversation",
        "journal",
        ["organisation", "conversation", "position"],
        unique=False,
        sqlite_where=sa.text("conversation IS NOT NULL"),
        postgresql_where=sa.text("conversation IS NOT NULL"),
    )
    op.create_index(
        "ix_journal_customer",
        "journal",
        ["organisation", "customer", "position"],
        unique=False,
        sqlite_where=sa.text("customer IS NOT NULL"),
        postgresql_where=sa.text("customer IS NOT NULL"),
    )
    op.create_index(
        "ix_journal_queue",
        "journal",
        ["organisation", "queue", "position"],
        unique=False,
        sqlite_where=sa.text("queue IS NOT NULL"),
        postgresql_where=sa.text("queue IS NOT NULL"),
    )
    op.create_index("uq_journal_id", "journal", ["id"], unique=True)
    op.create_table(
        "journal_personal",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("organisation", "position", name=op.f("pk_journal_personal")),
        info={"projection": False},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "klasses",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("plural_name", sa.Text(), nullable=False),
        sa.Column("icon", sa.Text(), nullable=False),
        sa.Column("color", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("mixins", sa.Text(), nullable=False),
        sa.Column("card_fields", sa.Text(), nullable=False),
        sa.Column("card_title", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("modified_by", sa.Text(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "name", name=op.f("pk_klasses")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "kobject_counts",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("klass", sa.Text(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "owner", "klass", name=op.f("pk_kobject_counts")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "kobjects",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("klass", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("customer", sa.Text(), nullable=True),
        sa.Column("named_by", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=True),
        sa.Column("conversation", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("modified_by", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.BigInteger(), nullable=True),
        sa.Column("source_at", sa.BigInteger(), nullable=True),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_kobjects")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_kobjects_of_company",
        "kobjects",
        ["organisation", "company", "created_at", "id"],
        unique=False,
        sqlite_where=sa.text("company IS NOT NULL"),
        postgresql_where=sa.text("company IS NOT NULL"),
    )
    op.create_index(
        "ix_kobjects_of_conversation",
        "kobjects",
        ["organisation", "conversation", "created_at", "id"],
        unique=False,
        sqlite_where=sa.text("conversation IS NOT NULL"),
        postgresql_where=sa.text("conversation IS NOT NULL"),
    )
    op.create_index(
        "ix_kobjects_of_customer",
        "kobjects",
        ["organisation", "customer", "created_at", "id"],
        unique=False,
        sqlite_where=sa.text("customer IS NOT NULL"),
        postgresql_where=sa.text("customer IS NOT NULL"),
    )
    op.create_index(
        "ix_kobjects_of_klass", "kobjects", ["organisation", "klass", "created_at", "id"], unique=False
    )
    op.create_index(
        "uq_kobjects_external_id",
        "kobjects",
        ["organisation", "klass", "external_id"],
        unique=True,
        sqlite_where=sa.text("external_id IS NOT NULL"),
        postgresql_where=sa.text("external_id IS NOT NULL"),
    )
    op.create_table(
        "links",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_links")),
        info={"projection": False},
        sqlite_with_rowid=False,
    )
    op.create_index("ix_links_user", "links", ["organisation", "user"], unique=False)
    op.create_table(
        "live_assignments",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("priority", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "user", "conversation", name=op.f("pk_live_assignments")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "logins",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("proven", sa.Text(), nullable=False),
        sa.Column("last_in", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "proven", name=op.f("pk_logins")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "message_details",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("custom", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("organisation", "message", name=op.f("pk_message_details")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "messages",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("direction_type", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("attachments", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("client_id", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
        sa.Column("sent_by_type", sa.Text(), nullable=False),
        sa.Column("sent_by", sa.Text(), nullable=True),
        sa.Column("sent_by_name", sa.Text(), nullable=False),
        sa.Column("response_time", sa.BigInteger(), nullable=True),
        sa.Column("read_at", sa.BigInteger(), nullable=True),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_messages")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "uq_messages_client_id",
        "messages",
        ["organisation", "conversation", "author", "client_id"],
        unique=True,
        sqlite_where=sa.text("client_id IS NOT NULL"),
        postgresql_where=sa.text("client_id IS NOT NULL"),
    )
    op.create_index(
        "uq_messages_external_id",
        "messages",
        ["organisation", "external_id"],
        unique=True,
        sqlite_where=sa.text("external_id IS NOT NULL"),
        postgresql_where=sa.text("external_id IS NOT NULL"),
    )
    op.create_index("uq_messages_number", "messages", ["organisation", "conversation", "number"], unique=True)
    op.create_table(
        "nodes",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("serves", sa.Boolean(), nullable=False),
        sa.Column("runs_effects", sa.Boolean(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nodes")),
        info={"projection": False, "lease": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "organisations",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("founder", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", name=op.f("pk_organisations")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index("uq_organisations_name_key", "organisations", ["name_key"], unique=True)
    op.create_table(
        "password_hashes",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "user", name=op.f("pk_password_hashes")),
        info={"projection": False},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "presence_leases",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("renewed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "node", name=op.f("pk_presence_leases")),
        info={"projection": False, "lease": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "presences",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("left_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("organisation", "user", "node", name=op.f("pk_presences")),
        info={"projection": False, "lease": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "queue_flow",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("slot", sa.BigInteger(), nullable=False),
        sa.Column("minute", sa.BigInteger(), nullable=False),
        sa.Column("arrived", sa.BigInteger(), nullable=False),
        sa.Column("departed", sa.BigInteger(), nullable=False),
        sa.Column("waited", sa.BigInteger(), nullable=False),
        sa.Column("waits", sa.Text(), nullable=False),
        sa.Column("completed", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "queue", "slot", name=op.f("pk_queue_flow")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "queue_rules",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_queue_rules")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "queues",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("priority", sa.BigInteger(), nullable=False),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_queues")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index("uq_queues_organisation_key", "queues", ["organisation", "key"], unique=True)
    op.create_table(
        "routing_agents",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=True),
        sa.Column("chosen_team", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("capacity", sa.BigInteger(), nullable=False),
        sa.Column("load", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.Text(), nullable=False),
        sa.Column("skills", sa.Text(), nullable=False),
        sa.Column("free_share", sa.BigInteger(), nullable=False),
        sa.Column("idle_since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "user", name=op.f("pk_routing_agents")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_routing_agents_awake",
        "routing_agents",
        ["organisation", "user"],
        unique=False,
        sqlite_where=sa.text("status <> 'offline'"),
        postgresql_where=sa.text("status <> 'offline'"),
    )
    op.create_index(
        "ix_routing_agents_best",
        "routing_agents",
        ["organisation", "team", sa.literal_column("free_share DESC"), "idle_since", "user"],
        unique=False,
        sqlite_where=sa.text("status = 'available' AND free_share > 0"),
        postgresql_where=sa.text("status = 'available' AND free_share > 0"),
    )
    op.create_table(
        "routing_crowds",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("agents", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "team", "kind", name=op.f("pk_routing_crowds")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "routing_lines",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("traits", sa.Text(), nullable=False),
        sa.Column("waiting", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "line", name=op.f("pk_routing_lines")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_routing_lines_organisation_queue", "routing_lines", ["organisation", "queue"], unique=False
    )
    op.create_table(
        "routing_settings",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("name_order", sa.Text(), nullable=False),
        sa.Column("is_enabled", sa.Boolean(), nullable=False),
        sa.Column("capacity_per_agent", sa.BigInteger(), nullable=True),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "team", name=op.f("pk_routing_settings")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "routing_skills",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_routing_skills")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "uq_routing_skills_organisation_key", "routing_skills", ["organisation", "key"], unique=True
    )
    op.create_table(
        "routing_team_members",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "user", "team", name=op.f("pk_routing_team_members")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_routing_team_members_organisation_team",
        "routing_team_members",
        ["organisation", "team"],
        unique=False,
    )
    op.create_table(
        "saved_views",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_by", sa.Text(), nullable=True),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_saved_views")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index("ix_saved_views_owner", "saved_views", ["organisation", "owner"], unique=False)
    op.create_table(
        "schedules",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_schedules")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "search_documents",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("customer", sa.Text(), nullable=True),
        sa.Column("conversation", sa.Text(), nullable=True),
        sa.Column("klass", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=True),
        sa.Column("by", sa.Text(), nullable=True),
        sa.Column("direction", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "kind", "number", name=op.f("pk_search_documents")),
        info={
            "projection": True,
            "also": {
                "sqlite": (
                    "CREATE VIRTUAL TABLE search_index USING fts5(words, content='', columnsize=0, detail=none, tokenize='ascii')",
                    "CREATE TABLE search_fresh (number INTEGER NOT NULL, kind TEXT NOT NULL, words TEXT NOT NULL)",
                    "CREATE TRIGGER search_fresh_full AFTER INSERT ON search_fresh WHEN new.rowid >= 64 BEGIN INSERT INTO search_index(rowid, words) SELECT number, words FROM search_fresh ORDER BY number; DELETE FROM search_fresh; END",
                    "CREATE TRIGGER search_documents_added AFTER INSERT ON search_documents BEGIN INSERT INTO search_fresh(number, kind, words) VALUES (new.number, new.kind, new.words); END",
                    "CREATE TRIGGER search_documents_removed AFTER DELETE ON search_documents BEGIN INSERT INTO search_index(search_index, rowid, words) SELECT 'delete', old.number, old.words WHERE NOT EXISTS (SELECT 1 FROM search_fresh WHERE number = old.number AND kind = old.kind); DELETE FROM search_fresh WHERE number = old.number AND kind = old.kind; END",
                    "CREATE TRIGGER search_documents_changed AFTER UPDATE OF number, words ON search_documents BEGIN INSERT INTO search_index(search_index, rowid, words) SELECT 'delete', old.number, old.words WHERE NOT EXISTS (SELECT 1 FROM search_fresh WHERE number = old.number AND kind = old.kind); DELETE FROM search_fresh WHERE number = old.number AND kind = old.kind; INSERT INTO search_fresh(number, kind, words) VALUES (new.number, new.kind, new.words); END",
                ),
                "postgresql": (
                    "ALTER TABLE search_documents ADD COLUMN lexemes tsvector GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED",
                    "ALTER TABLE search_documents ALTER COLUMN lexemes SET STATISTICS 500",
                    "CREATE INDEX ix_search_documents_lexemes ON search_documents USING gin (lexemes) WITH (gin_pending_list_limit = 1024)",
                ),
            },
            "makes": {"search_fresh"},
        },
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_search_documents_customer",
        "search_documents",
        ["organisation", "customer"],
        unique=False,
        sqlite_where=sa.text("customer IS NOT NULL"),
        postgresql_where=sa.text("customer IS NOT NULL"),
    )
    op.create_index(
        "ix_search_documents_put_to",
        "search_documents",
        ["organisation", "conversation"],
        unique=False,
        sqlite_where=sa.text("kind = 'o' AND conversation IS NOT NULL"),
        postgresql_where=sa.text("kind = 'o' AND conversation IS NOT NULL"),
    )
    op.create_index(
        "ix_search_documents_subject",
        "search_documents",
        ["organisation", "subject"],
        unique=False,
        sqlite_where=sa.text("subject IS NOT NULL"),
        postgresql_where=sa.text("subject IS NOT NULL"),
    )
    op.create_table(
        "sessions",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_sessions")),
        info={"projection": False},
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sessions_user", "sessions", ["organisation", "user"], unique=False)
    op.create_index("uq_sessions_id", "sessions", ["id"], unique=True)
    op.create_table(
        "settings",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("organisation", "section", "key", name=op.f("pk_settings")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sign_in_tallies",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("tally", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_sign_in_tallies")),
        info={"projection": False, "lease": True},
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sign_in_tallies_ends_at", "sign_in_tallies", ["ends_at"], unique=False)
    op.create_table(
        "simulations",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("begins_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("scenario", sa.Text(), nullable=False),
        sa.Column("progress", sa.BigInteger(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("touched_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_simulations")),
        info={"projection": False},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sla_clocks",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("meter", sa.Text(), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("is_running", sa.Boolean(), nullable=False),
        sa.Column("is_past", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("risky_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("organisation", "conversation", name=op.f("pk_sla_clocks")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_sla_clocks_risky",
        "sla_clocks",
        ["organisation", "risky_at", "conversation", "due_at"],
        unique=False,
        sqlite_where=sa.text("is_running"),
        postgresql_where=sa.text("is_running"),
    )
    op.create_index(
        "ix_sla_clocks_running",
        "sla_clocks",
        ["organisation", "policy", "number", "conversation"],
        unique=False,
        sqlite_where=sa.text("is_running"),
        postgresql_where=sa.text("is_running"),
    )
    op.create_table(
        "sla_policies",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("is_enabled", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("promise", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("modified_by", sa.Text(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_sla_policies")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sla_versions",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("promise", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "policy", "number", name=op.f("pk_sla_versions")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stored_answers",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("credential", sa.Text(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("status", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "credential", "route", "key", name=op.f("pk_stored_answers")),
        info={"projection": False},
        sqlite_with_rowid=False,
    )
    op.create_index("ix_stored_answers_age", "stored_answers", ["organisation", "created_at"], unique=False)
    op.create_table(
        "tags",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("color", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_tags")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index("uq_tags_name_key", "tags", ["organisation", "name_key"], unique=True)
    op.create_table(
        "team_members",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "team", "user", name=op.f("pk_team_members")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index("ix_team_members_user", "team_members", ["organisation", "user"], unique=False)
    op.create_table(
        "teams",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_teams")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "test_clock",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_test_clock")),
        info={"projection": False},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "users",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("role_groups", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=True),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("deactivated_at", sa.BigInteger(), nullable=True),
        sa.Column("deactivated_by", sa.Text(), nullable=True),
        sa.Column("first_signed_in_at", sa.BigInteger(), nullable=True),
        sa.Column("signed_in_at", sa.BigInteger(), nullable=True),
        sa.Column("password_changed_at", sa.BigInteger(), nullable=True),
        sa.Column("custom", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_users")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_users_email_key",
        "users",
        ["email_key"],
        unique=False,
        sqlite_where=sa.text("email_key <> ''"),
        postgresql_where=sa.text("email_key <> ''"),
    )
    op.create_index(
        "uq_users_email_key",
        "users",
        ["organisation", "email_key"],
        unique=True,
        sqlite_where=sa.text("email_key <> ''"),
        postgresql_where=sa.text("email_key <> ''"),
    )
    op.create_table(
        "view_conversations",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("customer", sa.Text(), nullable=False),
        sa.Column("customer_name", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("priority", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=True),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("modified_at", sa.BigInteger(), nullable=False),
        sa.Column("modified_by", sa.Text(), nullable=True),
        sa.Column("message_count", sa.BigInteger(), nullable=False),
        sa.Column("out_count", sa.BigInteger(), nullable=False),
        sa.Column("note_count", sa.BigInteger(), nullable=False),
        sa.Column("last_message_at", sa.BigInteger(), nullable=True),
        sa.Column("last_message_direction", sa.Text(), nullable=True),
        sa.Column("first_in_at", sa.BigInteger(), nullable=True),
        sa.Column("last_in_at", sa.BigInteger(), nullable=True),
        sa.Column("first_out_at", sa.BigInteger(), nullable=True),
        sa.Column("first_out_by", sa.Text(), nullable=True),
        sa.Column("last_out_at", sa.BigInteger(), nullable=True),
        sa.Column("last_out_by", sa.Text(), nullable=True),
        sa.Column("waiting_since", sa.BigInteger(), nullable=True),
        sa.Column("first_response_at", sa.BigInteger(), nullable=True),
        sa.Column("first_response_by", sa.Text(), nullable=True),
        sa.Column("snoozed_until", sa.BigInteger(), nullable=True),
        sa.Column("first_done_at", sa.BigInteger(), nullable=True),
        sa.Column("last_done_at", sa.BigInteger(), nullable=True),
        sa.Column("last_done_by", sa.Text(), nullable=True),
        sa.Column("done_count", sa.BigInteger(), nullable=False),
        sa.Column("reopen_count", sa.BigInteger(), nullable=False),
        sa.Column("snooze_count", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.Column("sla", sa.Text(), nullable=True),
        sa.Column("sla_version", sa.Text(), nullable=True),
        sa.Column("sla_status", sa.Text(), nullable=True),
        sa.Column("sla_due_at", sa.BigInteger(), nullable=True),
        sa.Column("sla_risky_at", sa.BigInteger(), nullable=True),
        sa.Column("sla_broken_at", sa.BigInteger(), nullable=True),
        sa.Column("sla_breach_at", sa.BigInteger(), nullable=True),
        sa.Column("sla_breach_metric", sa.Text(), nullable=True),
        sa.Column("sla_satisfied_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_view_conversations")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_view_conversations_customer", "view_conversations", ["organisation", "customer"], unique=False
    )
    op.create_index(
        "ix_view_conversations_live",
        "view_conversations",
        ["organisation", "status", "updated_at"],
        unique=False,
        sqlite_where=sa.text("status <> 'done'"),
        postgresql_where=sa.text("status <> 'done'"),
    )
    op.create_index(
        "ix_view_conversations_updated", "view_conversations", ["organisation", "updated_at"], unique=False
    )
    op.create_index(
        "ix_view_conversations_waiting",
        "view_conversations",
        ["organisation", "customer", "waiting_since"],
        unique=False,
        sqlite_where=sa.text("waiting_since IS NOT NULL AND status <> 'done'"),
        postgresql_where=sa.text("waiting_since IS NOT NULL AND status <> 'done'"),
    )
    op.create_table(
        "view_customers",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("gender", sa.Text(), nullable=True),
        sa.Column("locale", sa.Text(), nullable=True),
        sa.Column("default_lang", sa.Text(), nullable=True),
        sa.Column("company", sa.Text(), nullable=True),
        sa.Column("is_identified", sa.Boolean(), nullable=False),
        sa.Column("birthday_at", sa.BigInteger(), nullable=True),
        sa.Column("signed_up_at", sa.BigInteger(), nullable=True),
        sa.Column("imported_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=True),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("modified_at", sa.BigInteger(), nullable=False),
        sa.Column("modified_by", sa.Text(), nullable=True),
        sa.Column("activity_at", sa.BigInteger(), nullable=False),
        sa.Column("last_seen_at", sa.BigInteger(), nullable=True),
        sa.Column("last_message_at", sa.BigInteger(), nullable=True),
        sa.Column("last_in_at", sa.BigInteger(), nullable=True),
        sa.Column("last_out_at", sa.BigInteger(), nullable=True),
        sa.Column("waiting_since", sa.BigInteger(), nullable=True),
        sa.Column("conversation_count", sa.BigInteger(), nullable=False),
        sa.Column("first_created_at", sa.BigInteger(), nullable=False),
        sa.Column("merged_into", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_view_customers")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_view_customers_created", "view_customers", ["organisation", "created_at"], unique=False
    )
    op.create_index(
        "ix_view_customers_merged",
        "view_customers",
        ["organisation", "merged_into"],
        unique=False,
        sqlite_where=sa.text("merged_into IS NOT NULL"),
        postgresql_where=sa.text("merged_into IS NOT NULL"),
    )
    op.create_index(
        "ix_view_customers_modified", "view_customers", ["organisation", "modified_at"], unique=False
    )
    op.create_index("ix_view_customers_name", "view_customers", ["organisation", "name"], unique=False)
    op.create_index(
        "ix_view_customers_updated", "view_customers", ["organisation", "updated_at"], unique=False
    )
    op.create_table(
        "view_values",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("organisation", "owner", "id", "field", "place", name=op.f("pk_view_values")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_view_values_number",
        "view_values",
        ["organisation", "owner", "field", "number", "id"],
        unique=False,
        sqlite_where=sa.text("number IS NOT NULL"),
        postgresql_where=sa.text("number IS NOT NULL"),
    )
    op.create_index(
        "ix_view_values_text",
        "view_values",
        ["organisation", "owner", "field", "text", "id"],
        unique=False,
        sqlite_where=sa.text("text IS NOT NULL"),
        postgresql_where=sa.text("text IS NOT NULL"),
    )
    op.create_table(
        "visit_pages",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("visit", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "visit", "number", name=op.f("pk_visit_pages")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "visitor_departures",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("visitor", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "organisation", "conversation", "visitor", name=op.f("pk_visitor_departures")
        ),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_visitor_departures_of", "visitor_departures", ["organisation", "visitor"], unique=False
    )
    op.create_table(
        "visitor_sights",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("conversations", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_visitor_sights")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "visitor_tokens",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("visitor", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=False),
        sa.Column("login", sa.Text(), nullable=True),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("is_another", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_visitor_tokens")),
        info={"projection": False},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_visitor_tokens_repeatable",
        "visitor_tokens",
        ["organisation", "created_at"],
        unique=False,
        sqlite_where=sa.text("login IS NOT NULL"),
        postgresql_where=sa.text("login IS NOT NULL"),
    )
    op.create_index("ix_visitor_tokens_used_at", "visitor_tokens", ["organisation", "used_at"], unique=False)
    op.create_index("ix_visitor_tokens_visitor", "visitor_tokens", ["organisation", "visitor"], unique=False)
    op.create_index(
        "uq_visitor_tokens_login",
        "visitor_tokens",
        ["login"],
        unique=True,
        sqlite_where=sa.text("login IS NOT NULL"),
        postgresql_where=sa.text("login IS NOT NULL"),
    )
    op.create_table(
        "visitors",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("customer", sa.Text(), nullable=True),
        sa.Column("claims", sa.Text(), nullable=False),
        sa.Column("proven", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("has_departed", sa.Boolean(), nullable=False),
        sa.Column("sees", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_visitors")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_visitors_customer", "visitors", ["organisation", "customer", "proven", "sees", "id"], unique=False
    )
    op.create_table(
        "visits",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("visitor", sa.Text(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("page_count", sa.BigInteger(), nullable=False),
        sa.Column("arrival", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_visits")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index("ix_visits_visitor", "visits", ["organisation", "visitor", "started_at"], unique=False)
    op.create_table(
        "widgets",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("brand", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_widgets")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index("uq_widgets_key", "widgets", ["key"], unique=True)
    op.create_table(
        "work_decisions",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "item", "id", name=op.f("pk_work_decisions")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "work_items",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("is_live", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("is_ended", sa.Boolean(), nullable=False),
        sa.Column("judged_for", sa.Text(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("priority", sa.BigInteger(), nullable=False),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.Text(), nullable=True),
        sa.Column("preferred", sa.Text(), nullable=True),
        sa.Column("preferred_as", sa.Text(), nullable=True),
        sa.Column("wished", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("holds_out", sa.Boolean(), nullable=False),
        sa.Column("reserved_for", sa.Text(), nullable=True),
        sa.Column("held_until", sa.BigInteger(), nullable=True),
        sa.Column("offered_to", sa.Text(), nullable=True),
        sa.Column("offered_at", sa.BigInteger(), nullable=True),
        sa.Column("offered_until", sa.BigInteger(), nullable=True),
        sa.Column("wrap_up_until", sa.BigInteger(), nullable=True),
        sa.Column("declined_at", sa.BigInteger(), nullable=True),
        sa.Column("asked_again_at", sa.BigInteger(), nullable=True),
        sa.Column("overflowed_at", sa.BigInteger(), nullable=True),
        sa.Column("offers_form", sa.Boolean(), nullable=False),
        sa.Column("queued_count", sa.BigInteger(), nullable=False),
        sa.Column("waited", sa.BigInteger(), nullable=False),
        sa.Column("queued_at", sa.BigInteger(), nullable=True),
        sa.Column("entered_at", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("accepted_at", sa.BigInteger(), nullable=True),
        sa.Column("had_until", sa.BigInteger(), nullable=True),
        sa.Column("completed_at", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("users", sa.Text(), nullable=False),
        sa.Column("teams", sa.Text(), nullable=False),
        sa.Column("not_for", sa.Text(), nullable=False),
        sa.Column("declined", sa.Text(), nullable=False),
        sa.Column("skills", sa.Text(), nullable=False),
        sa.Column("own_skills", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "conversation", "number", name=op.f("pk_work_items")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_work_items_declined",
        "work_items",
        ["organisation", "declined_at"],
        unique=False,
        sqlite_where=sa.text("declined_at IS NOT NULL"),
        postgresql_where=sa.text("declined_at IS NOT NULL"),
    )
    op.create_index(
        "ix_work_items_standing",
        "work_items",
        ["organisation", "state", "queue", "entered_at"],
        unique=False,
        sqlite_where=sa.text("is_live"),
        postgresql_where=sa.text("is_live"),
    )
    op.create_index(
        "ix_work_items_waiting",
        "work_items",
        ["organisation", "line", "entered_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'queued'"),
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.create_index(
        "uq_work_items_live",
        "work_items",
        ["organisation", "conversation"],
        unique=True,
        sqlite_where=sa.text("is_live"),
        postgresql_where=sa.text("is_live"),
    )
    op.create_index("uq_work_items_organisation_id", "work_items", ["organisation", "id"], unique=True)
    op.create_table(
        "work_sessions",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_at", sa.BigInteger(), nullable=False),
        sa.Column("available", sa.BigInteger(), nullable=False),
        sa.Column("busy", sa.BigInteger(), nullable=False),
        sa.Column("unavailable", sa.BigInteger(), nullable=False),
        sa.Column("items", sa.BigInteger(), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("organisation", "user", "number", name=op.f("pk_work_sessions")),
        info={"projection": True},
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "sqlite":
        op.get_bind().exec_driver_sql(
            "CREATE VIRTUAL TABLE search_index USING fts5(words, content='', columnsize=0, detail=none, tokenize='ascii')"
        )
        op.get_bind().exec_driver_sql(
            "CREATE TABLE search_fresh (number INTEGER NOT NULL, kind TEXT NOT NULL, words TEXT NOT NULL)"
        )
        op.get_bind().exec_driver_sql(
            "CREATE TRIGGER search_fresh_full AFTER INSERT ON search_fresh WHEN new.rowid >= 64 BEGIN INSERT INTO search_index(rowid, words) SELECT number, words FROM search_fresh ORDER BY number; DELETE FROM search_fresh; END"
        )
        op.get_bind().exec_driver_sql(
            "CREATE TRIGGER search_documents_added AFTER INSERT ON search_documents BEGIN INSERT INTO search_fresh(number, kind, words) VALUES (new.number, new.kind, new.words); END"
        )
        op.get_bind().exec_driver_sql(
            "CREATE TRIGGER search_documents_removed AFTER DELETE ON search_documents BEGIN INSERT INTO search_index(search_index, rowid, words) SELECT 'delete', old.number, old.words WHERE NOT EXISTS (SELECT 1 FROM search_fresh WHERE number = old.number AND kind = old.kind); DELETE FROM search_fresh WHERE number = old.number AND kind = old.kind; END"
        )
        op.get_bind().exec_driver_sql(
            "CREATE TRIGGER search_documents_changed AFTER UPDATE OF number, words ON search_documents BEGIN INSERT INTO search_index(search_index, rowid, words) SELECT 'delete', old.number, old.words WHERE NOT EXISTS (SELECT 1 FROM search_fresh WHERE number = old.number AND kind = old.kind); DELETE FROM search_fresh WHERE number = old.number AND kind = old.kind; INSERT INTO search_fresh(number, kind, words) VALUES (new.number, new.kind, new.words); END"
        )
    if op.get_bind().dialect.name == "postgresql":
        op.get_bind().exec_driver_sql(
            "ALTER TABLE search_documents ADD COLUMN lexemes tsvector GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED"
        )
        op.get_bind().exec_driver_sql("ALTER TABLE search_documents ALTER COLUMN lexemes SET STATISTICS 500")
        op.get_bind().exec_driver_sql(
            "CREATE INDEX ix_search_documents_lexemes ON search_documents USING gin (lexemes) WITH (gin_pending_list_limit = 1024)"
        )
