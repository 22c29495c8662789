"""Files as tools write them become rows. Pure: no server, no database."""

from __future__ import annotations

import csv
from itertools import product

import pytest

from kithdesk.imports import reading
from kithdesk.imports.reading import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Row, decode_part, read_csv

TEXT = 'Name,City\nJosé,"São\nPaulo"\n'


def rows_of(content: str | bytes) -> list[tuple[str, ...]]:
    read = read_csv(content.encode() if isinstance(content, str) else content)
    assert read.problem is None, read.problem
    return [row.cells for part in read.parts for row in decode_part(part)]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("cp1252", "cp1252"),
    ],
)
def test_the_encoding_is_found_by_its_mark_or_by_being_right(encoding: str, found: str) -> None:
    content = TEXT.encode(encoding)

    assert read_csv(content).encoding == found
    assert read_csv(content).header == ("Name", "City")
    assert rows_of(content) == [("José", "São\nPaulo")]


def test_big_endian_utf_16_is_read_by_its_mark() -> None:
    assert rows_of(b"\xfe\xff" + TEXT.encode("utf-16-be")) == [("José", "São\nPaulo")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_cuts_all_rows_alike(delimiter: str) -> None:
    content = delimiter.join(["Name", "Said"]) + "\n" + delimiter.join(["Ana", '"Hello, you; there"']) + "\n"

    assert read_csv(content.encode()).delimiter == delimiter
    assert rows_of(content) == [("Ana", "Hello, you; there")]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_like(ending: str) -> None:
    assert rows_of(ending.join(["Name,Age", "Ana,1", "Ben,2"])) == [("Ana", "1"), ("Ben", "2")]


def test_a_file_of_one_column_is_a_file() -> None:
    assert rows_of("email\nana@acme.test\n") == [("ana@acme.test",)]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"Name,Email\n",
        b"PK\x03\x04\x00\x00",
        b"\xff\xfe\x00",
        b"Name\n\x81\x8d\n",
        ("," * MAX_COLUMNS + "\n1\n").encode(),
        ("Name\n" + "x\n" * (MAX_ROWS + 1)).encode(),
        b"Name\nx\n" + b"\n" * 250_000,
        b'Name\n"' + b"x\n" * 1_000_000 + b'"\n',
        (",".join("x" * MAX_COLUMNS) + "\n").encode() * (MAX_CELLS // MAX_COLUMNS + 2),
    ],
    ids=[
        "nothing",
        "blank",
        "header only",
        "zip",
        "half a sign",
        "no text",
        "columns",
        "rows",
        "empty lines",
        "lines",
        "cells",
    ],
)
def test_what_is_no_table_is_refused_in_words(content: bytes) -> None:
    read = read_csv(content)

    assert read.problem
    assert read.parts == ()


def test_a_row_of_another_length_is_that_rows_own_problem() -> None:
    [part] = read_csv(b"A,B\n1,2\n1\n1,2,3\n1,2,,\n").parts

    assert [row.problem for row in decode_part(part)] == [None, "ragged", "ragged", None]


@pytest.mark.parametrize("later", [b"5,6\n7,8\n", b'5,"6"\n7,8\n', b'5,"6\n6"\n7,8\n', b'"5",6\n7,8\n'])
def test_a_quote_that_never_ends_spoils_its_own_row_and_no_other(later: bytes) -> None:
    read = read_csv(b'A,B\n1,2\n3,"4\n' + later)

    rows = decode_part(read.parts[0])
    assert [row.problem for row in rows] == [None, "open_quote", None, None]
    assert rows[1].cells[0] == "3"
    assert rows[3].cells == ("7", "8")


def test_a_quote_that_is_open_where_the_file_ends_is_a_problem() -> None:
    [part] = read_csv(b'A,B\n1,2\n3,"4').parts

    assert [row.problem for row in decode_part(part)] == [None, "open_quote"]


@pytest.mark.parametrize("cell", [b'"He said "hi" twice"', b'"x" ', b'a "b" c', b'"a ""b"" c"'])
def test_quotes_within_one_line_are_taken_as_they_can_be(cell: bytes) -> None:
    [part] = read_csv(b"A,B\n" + cell + b",2\n3,4\n").parts

    assert [(row.problem, row.cells[1]) for row in decode_part(part)] == [(None, "2"), (None, "4")]


def test_a_header_with_an_open_quote_is_refused_in_words() -> None:
    assert "header" in (read_csv(b'A,"B\n1,2\n').problem or "")


@pytest.mark.parametrize(
    "lines",
    [
        ['1,"2'] * 2_000 + ['3,""'] * 2_000 + ['4,"5'],
        ['"'] + ['x","'] * 4_000,
        ['"'] + ['x","', '"x"y"'] * 2_000,
        ['"', 'x","', '""', 'x"', '"x" y'] * 800,
    ],
    ids=["opened", "closed and opened", "broken within", "mixed"],
)
def test_whatever_quotes_a_file_has_each_line_is_read_twice_at_most(
    lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = 0
    following = reading._Lines.__next__

    def counted(self: reading._Lines) -> str:
        nonlocal steps
        steps += 1
        return following(self)

    monkeypatch.setattr(reading._Lines, "__next__", counted)
    read = read_csv("\n".join(["A,B", *lines]).encode())

    assert read.problem is None
    assert len(lines) < steps <= 3 * len(lines) + 10  # and once each that there is no more of a row


def test_quotes_are_read_as_if_each_row_looked_through_all_that_follows() -> None:
    cells = ["", "x", '"', 'x"', '"x', 'x","', '"",', '"x" ', '""']
    for lines in product(cells, repeat=4):
        text = "A,B\n" + "\n".join(lines)
        found = [(cells, problem) for _, cells, problem in reading._records(text, ",")]
        assert found == looked_through(text), text


def looked_through(text: str) -> list[tuple[list[str], str | None]]:
    """The same without any care for the time it takes."""
    rest, found = text.splitlines(keepends=True), []
    while rest:
        problem, used = None, 1
        reader = csv.reader(iter(rest), strict=True)
        try:
            row = next(reader)
            used = reader.line_num
        except csv.Error as error:
            row = next(csv.reader([rest[0].rstrip("\n")]))
            is_open = reader.line_num > 1 or "end of data" in str(error)
            problem = "open_quote" if is_open else None
        rest = rest[used:]
        if any(cell.strip() for cell in row):
            found.append((row, problem))
    return found


@pytest.mark.parametrize("first", [b"sep=;\n", b"SEP=;\r\n", "\ufeffsep=;\r\n".encode()])
def test_the_line_in_which_a_spreadsheet_says_its_delimiter_is_no_header(first: bytes) -> None:
    read = read_csv(first + b"Name;Note, or not\nAna;1,2\n")

    assert read.delimiter == ";"
    assert read.header == ("Name", "Note, or not")
    assert decode_part(read.parts[0]) == [Row(2, ("Ana", "1,2"))]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    [part] = read_csv(b'A,B\n\n1,"x\ny"\n,\n2,z\n').parts

    assert [row.number for row in decode_part(part)] == [3, 5]


def test_parts_are_cut_by_rows_and_by_size() -> None:
    by_rows = read_csv(("A\n" + "x\n" * 2_500).encode())
    by_size = read_csv(("A,B\n" + f"1,{'x' * 30_000}\n" * 20).encode())

    assert by_rows.starts == (0, 1_000, 2_000)
    assert by_size.starts == (0, 8, 16)
    for read in (by_rows, by_size):
        assert sum(len(decode_part(part)) for part in read.parts) == read.rows


def test_samples_are_the_first_different_values() -> None:
    read = read_csv(b"A,B\nx,\nx,\ny,\nz,1\nw,2\n")

    assert read.samples == (("x", "y", "z"), ("1", "2"))
