"""The table of a run, for a terminal and for `docs/performance.md`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bench.results import LineResult, Row, latest

HEAD = ("what", "unit", "floor", "ours", "ratio", "aim", "met")
BEGIN, END = "<!-- bench table: begin -->", "<!-- bench table: end -->"


def for_terminal(rows: Iterable[Row]) -> str:
    cells = [HEAD, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )


def for_document(rows: Iterable[Row]) -> str:
    lines = [HEAD, tuple("---" if column in (0, 1, 5, 6) else "---:" for column in range(len(HEAD)))]
    lines += [_cells(row) for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def write_document(path: Path) -> None:
    """Puts the newest result of every line between the marks in `path`; the words around them are people's."""
    results = latest()
    text = path.read_text() if path.exists() else f"# Performance\n\n{BEGIN}\n{END}\n"
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    body = for_document(row for result in results for row in result.rows)
    path.write_text(f"{before}{BEGIN}\n{_measured_on(results)}\n\n{body}\n{END}{after}")


def _measured_on(results: list[LineResult]) -> str:
    if not results:
        return "Nothing measured yet."
    machine = results[-1].machine
    return (
        f"Measured on {machine['processors']} processors ({machine['processor']}), {machine['memoryGiB']} GiB,"
        f" {machine['filesystem']}, Python {machine['python']}, SQLite {machine['sqlite']};"
        " the load and the server share them."
    )


def _cells(row: Row) -> tuple[str, ...]:
    met = {True: "yes", False: "no", None: "–"}[row.is_met]
    return (row.what, row.unit, _number(row.floor), _number(row.ours), _number(row.ratio), row.aim, met)


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value < 10 else f"{value:.1f}"
