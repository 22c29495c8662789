"""What a run found: rows of the table, and the file each line leaves behind."""

from __future__ import annotations

import os
import platform
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

RESULTS = Path(__file__).parent / "results"


class Row(msgspec.Struct, frozen=True):
    """One figure beside its floor. `is_met` is None when there was nothing to compare."""

    what: str
    unit: str
    floor: float | None
    ours: float | None
    ratio: float | None
    aim: str
    is_met: bool | None


class LineResult(msgspec.Struct):
    line: str
    rows: list[Row]
    details: dict[str, Any]
    """Everything that was measured, for whoever doubts a row."""
    machine: dict[str, Any] = {}
    settings: dict[str, Any] = {}


def machine(folder: Path) -> dict[str, Any]:
    """What the figures depend on, without saying whose machine it is."""
    return {
        "processors": os.cpu_count(),
        "processor": _processor(),
        "memoryGiB": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "filesystem": filesystem_of(folder),
    }


def filesystem_of(folder: Path) -> str:
    """The kind of filesystem `folder` is on; a figure from tmpfs says nothing about durability."""
    best, kind = "", "unknown"
    for mount in Path("/proc/mounts").read_text().splitlines():
        _, point, this_kind, *_ = mount.split(" ")
        if len(point) > len(best) and folder.resolve().is_relative_to(point):
            best, kind = point, this_kind
    return kind


def write(result: LineResult) -> Path:
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{datetime.now(UTC).date().isoformat()}-{result.line}.json"
    path.write_bytes(msgspec.json.format(msgspec.json.encode(result), indent=2) + b"\n")
    return path


def latest() -> list[LineResult]:
    """The newest result of each line, oldest line first."""
    newest: dict[str, Path] = {}
    for path in sorted(RESULTS.glob("*.json")):
        newest[path.stem[11:]] = path
    return [msgspec.json.decode(path.read_bytes(), type=LineResult) for path in newest.values()]


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
