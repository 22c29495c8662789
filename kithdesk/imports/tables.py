"""The rows of imports. What came of them are facts of customers; how it came about is kept here for thirty days."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, PrimaryKeyConstraint, Text, text

from kithdesk.core.tables import record

imports = record(
    "imports",
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("encoding", Text, nullable=False),
    Column("delimiter", Text, nullable=False),
    Column("columns", Text, nullable=False),  # JSON list of `Column`
    Column("rows", BigInteger, nullable=False),
    Column("starts", Text, nullable=False),  # JSON list: the place of each part's first row
    Column("mapping", Text),  # JSON of `Mapping`
    Column("checked", Text),  # JSON of `Check`, of a draft
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),  # JSON of `Who`
    Column("started_at", BigInteger),
    Column("started_by", Text),
    Column("ended_at", BigInteger),  # when it was stopped last, or done
    Column("imported_at", BigInteger),  # what its customers say
    Column("done", BigInteger, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("updated", BigInteger, nullable=False),
    Column("skipped", BigInteger, nullable=False),
    Column("failed", BigInteger, nullable=False),
    Column("undo_left", BigInteger),
    Column("undone_by", Text),
    Column("undone_at", BigInteger),
    Column("removed", BigInteger, nullable=False),
    Column("reversed", BigInteger, nullable=False),
    Column("kept", BigInteger, nullable=False),
    Column("is_forgotten", Boolean, nullable=False),
    PrimaryKeyConstraint("organisation", "id"),
)

import_rows = record(
    "import_rows",
    Column("organisation", Text, nullable=False),
    Column("import_id", Text, nullable=False),
    Column("place", BigInteger, nullable=False),  # from 0
    Column("number", BigInteger, nullable=False),  # as a spreadsheet counts
    Column("outcome", Text, nullable=False),  # created · updated · skipped · failed
    Column("called", Text),  # whom a failed row is about
    Column("customer", Text),
    Column("company", Text),  # one that this row made
    Column("rev", BigInteger),  # the record's, after the last row of this import that touched it
    Column("before", Text),  # JSON of `Difference`, of an update
    Column("errors", Text),  # JSON list of `RowError`
    Column("undone", Text),  # removed · reversed · kept
    PrimaryKeyConstraint("organisation", "import_id", "place"),
)
_MADE = text("outcome = 'created'")
Index(
    "ix_import_rows_customer",
    import_rows.c.organisation,
    import_rows.c.import_id,
    import_rows.c.customer,
    sqlite_where=_MADE,
    postgresql_where=_MADE,
)
_MADE_COMPANY = text("company IS NOT NULL")
Index(
    "ix_import_rows_company",
    import_rows.c.organisation,
    import_rows.c.import_id,
    sqlite_where=_MADE_COMPANY,
    postgresql_where=_MADE_COMPANY,
)

import_foreseen = record(
    "import_foreseen",
    Column("organisation", Text, nullable=False),
    Column("import_id", Text, nullable=False),
    Column("part", BigInteger, nullable=False),  # of the file, from 0
    Column("actions", Text, nullable=False),  # a letter for each row: c · u · s · e
    Column(
        "earlier", Text, nullable=False
    ),  # JSON: by place in the part, the row that makes or changes them first
    Column("creates", BigInteger, nullable=False),
    Column("updates", BigInteger, nullable=False),
    Column("skips", BigInteger, nullable=False),
    Column("errors", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation", "import_id", "part"),
)
"""Of a draft, what was counted of each part. No word of the file and of nobody's record, for they are read again."""
