"""Files as tools write them become rows. Pure: no server, no database."""

from __future__ import annotations

import pytest

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
        b"Name\nx\n" + b"\n" * 20_000_000,
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


def test_a_quote_that_never_ends_spoils_no_row_before_it() -> None:
    read = read_csv(b'A,B\n1,2\n3,"4\n5,6\n')

    assert read.rows == 2
    assert decode_part(read.parts[0])[0] == Row(2, ("1", "2"))


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
