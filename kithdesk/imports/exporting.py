"""The rows that failed, as a file: to be mended in a spreadsheet and imported again. Nothing in it runs there."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence

from kithdesk.core.actors import Actor
from kithdesk.core.desk import Desk
from kithdesk.imports.cells import inert
from kithdesk.imports.entities import Import, RowError
from kithdesk.imports.queries import list_failed
from kithdesk.imports.reading import Row, decode_part
from kithdesk.imports.uploading import key_of

_MARK = "\ufeff"
"""Tells spreadsheets that this is UTF-8."""


async def failed_rows(desk: Desk, caller: Actor, known: Import) -> AsyncIterator[bytes]:
    """The file, a part at a time. What is wrong stands before the cells, for a row may have any number of them."""
    header = ["Row", "Errors", *(column.name for column in known.columns)]
    yield (_MARK + _lines([header], known.delimiter)).encode()
    ends = [*known.starts[1:], known.rows]
    for part, (first, end) in enumerate(zip(known.starts, ends, strict=True)):
        if first >= known.done:
            return
        failed = (await desk.read(list_failed, known.id, first=first, end=end, by=caller)).value
        if failed:
            rows = decode_part(await desk.files.get(key_of(caller.organisation, known.id, part)))
            yield _lines(_failed(rows, first, failed, known), known.delimiter).encode()


def _failed(
    rows: Sequence[Row], first: int, failed: Mapping[int, Sequence[RowError]], known: Import
) -> Iterable[list[str]]:
    for place, errors in failed.items():
        row = rows[place - first]
        yield [str(row.number), " ".join(_words(error, known) for error in errors), *row.cells]


def _words(error: RowError, known: Import) -> str:
    return error.title if error.column is None else f"{known.columns[error.column].name}: {error.title}"


def _lines(rows: Iterable[Sequence[str]], delimiter: str) -> str:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return file.getvalue()
