"""A CSV file becomes rows. Pure, and above 2 ms: it runs in the helper process and gives back data.

The rows are cut into parts that a job can hold; each is stored by itself.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Literal

import msgspec

from kithdesk.imports.cells import meant

MAX_COLUMNS = 200
MAX_ROWS = 100_000
MAX_LINES = 2 * MAX_ROWS
"""With the empty ones. This and `MAX_CELLS`: everybody's files wait for the one process that reads them."""
_MOST_LINES_OF_TEXT = 10 * MAX_ROWS
"""With those within cells: a quote that never closes holds all that follow in memory."""
MAX_CELLS = 4_000_000
MAX_CELL = 32 * 1024
MAX_HEADER = 255
PART_ROWS = 1_000
PART_SIZE = 256 * 1024

_SAMPLES, _SAMPLE = 3, 100
_SNIFFED_ROWS, _SNIFFED = 30, 64 * 1024
_DELIMITERS = (",", ";", "\t", "|")

Problem = Literal["ragged", "cell_too_long", "open_quote"]


class Row(msgspec.Struct, frozen=True, array_like=True):
    """`number` is the row's in a spreadsheet: the header is 1."""

    number: int
    cells: tuple[str, ...]
    problem: Problem | None = None


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """What a file holds. With a `problem` it holds nothing. A part is JSON of its rows; `starts` says the place of each
    one's first row."""

    problem: str | None = None
    encoding: str = ""
    delimiter: str = ","
    header: tuple[str, ...] = ()
    samples: tuple[tuple[str, ...], ...] = ()
    rows: int = 0
    starts: tuple[int, ...] = ()
    parts: tuple[bytes, ...] = ()


decode_part = msgspec.json.Decoder(list[Row]).decode


def read_csv(content: bytes) -> Read:
    """The rows, with what is wrong with each; or what is wrong with the file."""
    found = _decoded(content)
    if found is None or "\0" in found[0]:
        return Read(problem="This is no text: save it as CSV.")
    text, encoding = found
    if max(text.count("\n"), text.count("\r")) > _MOST_LINES_OF_TEXT:
        return Read(problem=f"At most {_MOST_LINES_OF_TEXT:,} lines. Import it in parts.")
    said, text = _said_delimiter(text)
    delimiter = said or _delimiter_of(text)
    try:
        return _read(_records(text, delimiter), encoding, delimiter)
    except csv.Error:
        return Read(problem="This cannot be read as CSV.")


def _read(records: Iterator[tuple[int, list[str], Problem | None]], encoding: str, delimiter: str) -> Read:
    _, header, problem = next(records, (0, [], None))
    if (wrong := _wrong_with(header, problem)) is not None:
        return Read(problem=wrong)
    parts = _Parts()
    samples: list[list[str]] = [[] for _ in header]
    seen = 0
    for number, cells, problem in records:
        seen += len(cells)
        if seen > MAX_CELLS:
            return Read(problem=f"At most {MAX_CELLS:,} cells. Import it in parts.")
        if parts.rows == MAX_ROWS or number > MAX_LINES:
            return Read(problem=f"At most {MAX_ROWS:,} rows. Import it in parts.")
        row = _row(number, cells, len(header), problem)
        parts.add(row)
        _sample(samples, row)
    if parts.rows == 0:
        return Read(problem="There are no rows under the header.")
    parts.close()
    return Read(
        encoding=encoding,
        delimiter=delimiter,
        header=tuple(_shown(name) or f"Column {place}" for place, name in enumerate(header, 1)),
        samples=tuple(tuple(one) for one in samples),
        rows=parts.rows,
        starts=tuple(parts.starts),
        parts=tuple(parts.encoded),
    )


def _wrong_with(header: Sequence[str], problem: Problem | None) -> str | None:
    if problem is not None:
        return "A quotation mark opens in the header and does not close where a cell ends."
    if not header:
        return "The file is empty."
    return f"At most {MAX_COLUMNS} columns." if len(header) > MAX_COLUMNS else None


class _Parts:
    """Rows as they come, cut where a part is full."""

    def __init__(self) -> None:
        self.rows = 0
        self.starts: list[int] = []
        self.encoded: list[bytes] = []
        self._open: list[Row] = []
        self._size = 0

    def add(self, row: Row) -> None:
        size = sum(map(len, row.cells))
        if self._open and (len(self._open) == PART_ROWS or self._size + size > PART_SIZE):
            self.close()
        if not self._open:
            self.starts.append(self.rows)
        self._open.append(row)
        self._size += size
        self.rows += 1

    def close(self) -> None:
        self.encoded.append(msgspec.json.encode(self._open))
        self._open, self._size = [], 0


def _decoded(content: bytes) -> tuple[str, str] | None:
    """The text and the name of its encoding. Without a mark, UTF-8 is told from Windows' by being right."""
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for name in ["utf-16"] if is_wide else ["utf-8-sig", "cp1252"]:
        try:
            return content.decode(name), name.removesuffix("-sig")
        except UnicodeDecodeError:
            continue
    return None


def _said_delimiter(text: str) -> tuple[str | None, str]:
    """What a spreadsheet may say in a line before the header, `sep=;`, and the text without it."""
    first, _, rest = text.partition("\n")
    said = first.rstrip("\r")
    if len(said) == 5 and said.lower().startswith("sep=") and said[4] in _DELIMITERS:
        return said[4], rest
    return None, text


def _delimiter_of(text: str) -> str:
    """The one that cuts the first rows into the same number of cells, and into the most."""

    def fit(delimiter: str) -> tuple[float, int]:
        rows = _first_rows(text, delimiter)
        width = len(rows[0]) if rows else 1
        if width < 2:
            return 0.0, 0
        return sum(len(row) == width for row in rows) / len(rows), width

    best = max(_DELIMITERS, key=fit)
    return best if fit(best)[1] else ","


def _first_rows(text: str, delimiter: str) -> list[list[str]]:
    head = text[:_SNIFFED]
    if len(text) > _SNIFFED:  # the last line may be a half
        head = head[: head.rfind("\n") + 1] or head
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter):
            if row:
                rows.append(row)
            if len(rows) == _SNIFFED_ROWS:
                break
    except csv.Error:
        return []
    return rows


class _Lines(Iterator[str]):
    """The lines of a text, with those that the present row has taken: all but its first may be given back.

    What became of a line within an open quote does not depend on where that was opened. So a line that was given back
    may be the first of a row, and is never read within a quote again: each is read twice at most.
    """

    def __init__(self, text: str) -> None:
        self.taken: list[str] = []
        self.is_cut_off = False
        self._lines = iter(io.StringIO(text, newline=""))
        self._again: deque[str] = deque()

    def __next__(self) -> str:
        is_within = bool(self.taken)
        line = None if is_within and self._again else self._next()
        self.is_cut_off = is_within and line is None
        if line is None:
            raise StopIteration
        self.taken.append(line)
        return line

    def _next(self) -> str | None:
        return self._again.popleft() if self._again else next(self._lines, None)

    def give_back(self) -> None:
        self._again.extendleft(reversed(self.taken[1:]))


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str], Problem | None]]:
    """Rows that hold anything, with their numbers; and the first past the limit, whatever it holds.

    A quote that is opened and never closed would take the rows after it for its cell: only its own line is that row.
    """
    csv.field_size_limit(max(len(text), MAX_CELL))
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    for number in count(1):
        lines.taken.clear()
        problem: Problem | None = None
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = next(csv.reader([lines.taken[0].rstrip("\r\n")], delimiter=delimiter))
            if lines.is_cut_off or len(lines.taken) > 1:
                problem = "open_quote"
                lines.give_back()
        if number > MAX_LINES or any(cell and not cell.isspace() for cell in cells):
            yield number, cells, problem


def _row(number: int, cells: Sequence[str], width: int, problem: Problem | None) -> Row:
    found = [meant(cell) for cell in cells]
    if problem is not None:
        return Row(number, tuple(cell[:_SAMPLE] for cell in found[:width]), problem)
    while len(found) > width and not found[-1].strip():
        found.pop()  # spreadsheets end some rows with more separators than others
    if any(len(cell) > MAX_CELL // 4 and len(cell.encode()) > MAX_CELL for cell in found):
        return Row(number, tuple(cell[:_SAMPLE] for cell in found[:width]), "cell_too_long")
    return Row(number, tuple(found[:MAX_COLUMNS]), None if len(found) == width else "ragged")


def _sample(samples: list[list[str]], row: Row) -> None:
    if row.problem is not None:
        return
    for known, cell in zip(samples, row.cells, strict=True):
        if len(known) < _SAMPLES and (seen := _shown(cell, _SAMPLE)) and seen not in known:
            known.append(seen)


def _shown(text: str, most: int = MAX_HEADER) -> str:
    return " ".join(text[: most * 2].split())[:most]
