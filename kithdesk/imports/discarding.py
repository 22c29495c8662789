"""Discarding a draft: a file that nobody wants to import after all."""

from __future__ import annotations

from sqlalchemy import bindparam, delete

from kithdesk.core.work import Work
from kithdesk.imports.errors import ImportBegun
from kithdesk.imports.ids import ImportId
from kithdesk.imports.queries import get_import
from kithdesk.imports.tables import imports
from kithdesk.imports.taking import forget_foreseen, forget_later

_DELETE = delete(imports).where(
    imports.c.organisation == bindparam("of"), imports.c.id == bindparam("import_id")
)


def discard(work: Work, id: ImportId) -> None:
    """It is gone at once, and its file a moment later. Raises `NotFound`, `ImportBegun`."""
    known = get_import(work, id)
    if known.status != "draft":
        raise ImportBegun(known.status)
    work.execute(_DELETE, {"of": work.organisation, "import_id": id})
    forget_foreseen(work, id)
    forget_later(work, id, len(known.starts), work.now)
