"""Writes revision 0001 anew from the tables. Only until the first release: from then on revisions are only added."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

import kithdesk.app  # noqa: F401 - declares every table
from kithdesk.core.tables import metadata

TARGET = Path(__file__).parents[1] / "kithdesk/core/migrations/versions/r0001_first.py"


def main() -> None:
    with create_engine("sqlite://").connect() as connection:
        context = MigrationContext.configure(connection, opts={"target_metadata": metadata})
        script = produce_migrations(context, metadata)
        assert script.upgrade_ops is not None
        body = render_python_code(script.upgrade_ops, render_as_batch=False)
    TARGET.write_text(
        '"""The first schema."""\n\nfrom __future__ import annotations\n\n'
        "import sqlalchemy as sa\nfrom alembic import op\n\n"
        'revision = "0001"\ndown_revision = None\n\n\ndef upgrade() -> None:\n    """Makes every table."""\n'
        + "\n".join(f"    {line}" if line else "" for line in [*_without_comments(body), *_also()])
        + "\n"
    )
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", str(TARGET)], check=True)


def _also() -> list[str]:
    """What one database makes beside the tables."""
    lines: list[str] = []
    for table in metadata.sorted_tables:
        for dialect, statements in table.info.get("also", {}).items():
            lines.append(f"if op.get_bind().dialect.name == {dialect!r}:")
            lines += [f"    op.get_bind().exec_driver_sql({statement!r})" for statement in statements]
    return lines


def _without_comments(body: str) -> list[str]:
    return [line.removeprefix("    ") for line in body.splitlines() if not line.strip().startswith("#")]


if __name__ == "__main__":
    main()
