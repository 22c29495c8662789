"""The rows that failed leave as a file in which nothing runs, and come back as they were."""

from __future__ import annotations

import csv
import io

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithdesk.core.desk import Desk
from kithdesk.imports.cells import inert, meant
from kithdesk.imports.reading import decode_part, read_csv
from tests.imports.conftest import sheet

pytestmark = pytest.mark.anyio

CELLS = [
    "=1+1",
    "+44 20 7946 0958",
    "-2",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "\nx",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    '="a""b\n,;c"',
    "plain",
    "'plain",
    "''",
    "O'Neill",
    "",
]


@pytest.mark.parametrize("cell", CELLS)
def test_T36_a_cell_is_the_same_after_it_was_out(cell: str) -> None:
    shown = inert(cell)

    assert meant(shown) == cell
    assert not shown or shown[0] not in "=+-@\t\r\n＝＋－＠"


@pytest.mark.parametrize("cell", ["'=1", "''=1", "'@x"])
def test_T36_a_cell_that_was_made_inert_elsewhere_is_what_it_was(cell: str) -> None:
    assert meant(cell) == cell[1:]
    assert meant(inert(meant(cell))) == meant(cell)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1))
def test_T36_any_cells_that_were_out_come_back_the_same(cells: list[str]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([["A", "B"], *(["x", inert(cell)] for cell in cells)])

    read = read_csv(file.getvalue().encode())

    assert [row.cells[1] for part in read.parts for row in decode_part(part)] == cells


async def test_T36_rows_that_failed_go_out_inert_and_come_back_unchanged(
    api: httpx.AsyncClient, desk: Desk
) -> None:
    cells = [cell for cell in CELLS if cell]
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=";").writerows([["=Name", "Mail"], *([cell, "not one"] for cell in cells)])
    one = await sheet(api, desk, file.getvalue(), {0: "name", 1: "emails"})
    await one.run()

    answer = await api.get(f"/v1/imports/{one.id}/errors.csv")

    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="errors.csv"'
    written = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert written[0] == ["Row", "Errors", "'=Name", "Mail"]
    assert written[1][:2] == ["2", "Mail: This is not an e-mail address."]
    assert all(cell[:1] not in tuple("=+-@\t\r\n＝＋－＠") for row in written for cell in row)
    back = [row.cells for part in read_csv(answer.content).parts for row in decode_part(part)]
    assert [row[2] for row in back] == cells


async def test_T36_a_cell_that_looks_like_a_formula_is_text(api: httpx.AsyncClient, desk: Desk) -> None:
    one = await sheet(api, desk, "Name,Tag\n=1+1,@x\n", {0: "name", 1: "tags"})
    await one.run()

    found = (await api.get("/v1/customers")).json()["data"][0]["attributes"]

    assert (found["name"], found["tags"]) == ("=1+1", ["@x"])


async def test_without_failures_there_is_a_header_alone(api: httpx.AsyncClient, desk: Desk) -> None:
    one = await sheet(api, desk, "Name\nAna\n", {0: "name"})
    await one.run()

    answer = await api.get(f"/v1/imports/{one.id}/errors.csv")

    assert answer.content.decode("utf-8-sig") == "Row,Errors,Name\r\n"
