"""The power cut damages only what a power cut may."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from random import Random

import pytest

from proofs.wal import HEADER, commit_ends, tear


def killed_database(folder: Path, *, commits: int) -> Path:
    """A database whose writer was killed: its log is still there, with one commit for each position."""
    path = folder / "live.sqlite3"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA wal_autocheckpoint=0")
    connection.execute("CREATE TABLE heads (organisation TEXT PRIMARY KEY, position INTEGER)")
    connection.execute("INSERT INTO heads VALUES ('o', 0)")
    for position in range(1, commits + 1):
        connection.execute("UPDATE heads SET position = ?", (position,))
    copy = folder / "copy.sqlite3"
    for end in ("", "-wal"):
        copy.with_name(copy.name + end).write_bytes(path.with_name(path.name + end).read_bytes())
    connection.close()
    return copy


def head(path: Path) -> int:
    connection = sqlite3.connect(path)
    position: int = connection.execute("SELECT position FROM heads").fetchone()[0]
    connection.close()
    return position


def test_every_commit_of_the_log_is_found(tmp_path: Path) -> None:
    path = killed_database(tmp_path, commits=5)

    ends = commit_ends(path.with_name(path.name + "-wal").read_bytes())

    assert len(ends) == 7  # The table, its row, and five more.
    assert ends == sorted(ends)
    assert ends[0] > HEADER


@pytest.mark.parametrize("seed", range(20))
def test_what_was_told_survives_every_tear(tmp_path: Path, seed: int) -> None:
    path = killed_database(tmp_path, commits=5)

    tear(path, Random(seed), told=5)

    assert head(path) == 5


def test_a_last_commit_that_nobody_was_told_of_may_go(tmp_path: Path) -> None:
    left = set()
    for seed in range(20):
        folder = tmp_path / str(seed)
        folder.mkdir()
        path = killed_database(folder, commits=5)
        tear(path, Random(seed), told=4)
        left.add(head(path))

    assert left == {4, 5}
