"""The preloaded library breaks the disk and the clock of a real process, where and when it is told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from proofs.shim import Missing, Orders, find


@pytest.fixture
def orders(tmp_path: Path) -> Orders:
    library = find()
    if isinstance(library, Missing):
        pytest.skip(library.why)
    folder = tmp_path / "data"
    folder.mkdir()
    return Orders(tmp_path / "orders", folder, library)


def run(orders: Orders, program: str) -> subprocess.CompletedProcess[str]:
    """A Python program that is told where the folder under attack is, with the library preloaded."""
    settings = orders.environment
    return subprocess.run(
        [sys.executable, "-c", f"import os, sys\nfolder = {settings['PROOF_FOLDER']!r}\n{program}"],
        env=settings,
        capture_output=True,
        text=True,
        check=False,
    )


FLUSH = """
for name in (folder + "/file", os.path.dirname(folder) + "/elsewhere"):
    for flush in (os.fsync, os.fdatasync):
        file = os.open(name, os.O_RDWR | os.O_CREAT)
        try:
            flush(file)
            print("flushed")
        except OSError as problem:
            print(problem.strerror)
"""


def test_without_orders_nothing_happens(orders: Orders) -> None:
    assert run(orders, FLUSH).stdout.split() == ["flushed"] * 4


def test_as_many_flushes_fail_as_were_ordered_and_only_in_the_folder(orders: Orders) -> None:
    orders.give("fail_flushes", 1)

    ran = run(orders, FLUSH)

    assert ran.stdout.splitlines() == ["Input/output error", "flushed", "flushed", "flushed"]
    assert orders.pending("fail_flushes") == 0


def test_a_full_disk_takes_nothing_and_loses_nothing(orders: Orders) -> None:
    orders.give("disk_full", 1)

    ran = run(
        orders,
        """
for name in (folder + "/file", os.path.dirname(folder) + "/elsewhere"):
    file = os.open(name, os.O_RDWR | os.O_CREAT)
    for write in (lambda: os.write(file, b"x"), lambda: os.pwrite(file, b"x", 0)):
        try:
            print(write())
        except OSError as problem:
            print(problem.strerror)
""",
    )

    assert ran.stdout.splitlines() == ["No space left on device"] * 2 + ["1", "1"]


@pytest.mark.parametrize("write", ["os.write(file, bytes(4096))", "os.pwrite(file, bytes(4096), 0)"])
def test_a_torn_write_arrives_in_part_and_ends_the_process(orders: Orders, write: str) -> None:
    orders.give("tear", 250)

    ran = run(orders, f"file = os.open(folder + '/file', os.O_RDWR | os.O_CREAT)\n{write}\nprint('alive')")

    assert (ran.returncode, ran.stdout) == (-9, "")
    assert (orders.path.parent / "data" / "file").stat().st_size == 1024


def test_the_wall_clock_jumps_and_the_other_clock_goes_on(orders: Orders) -> None:
    program = (
        "import time, datetime; print(time.time(), datetime.datetime.now().timestamp(), time.monotonic())"
    )
    before, steady_before = (float(word) for word in run(orders, program).stdout.split()[::2])
    orders.give("clock_seconds", -3600)

    wall, again, steady = (float(word) for word in run(orders, program).stdout.split())

    assert wall == pytest.approx(before - 3600, abs=60)
    assert again == pytest.approx(wall, abs=60)
    assert steady_before < steady < steady_before + 60


def test_orders_reach_a_process_that_runs_already(orders: Orders) -> None:
    """SQLite itself, in the middle of its work: the order comes between two commits."""
    program = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1] + "/a.sqlite3", isolation_level=None)
connection.execute("PRAGMA journal_mode=WAL")
connection.execute("PRAGMA synchronous=FULL")
connection.execute("CREATE TABLE t (a)")
print("ready", flush=True)
sys.stdin.readline()
try:
    connection.execute("INSERT INTO t VALUES (1)")
except sqlite3.OperationalError as problem:
    print(problem.sqlite_errorname, flush=True)
"""
    settings = orders.environment
    with subprocess.Popen(
        [sys.executable, "-c", program, settings["PROOF_FOLDER"]],
        env=settings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == "ready\n"
        orders.give("fail_flushes", 1)
        process.stdin.write("go\n")
        process.stdin.flush()

        assert process.stdout.readline() == "SQLITE_IOERR_FSYNC\n"
