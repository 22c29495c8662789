"""A power cut, as the write-ahead log would show it.

What is synced stays; what was only written may be gone, whole or in part, or be noise. After SIGKILL alone everything
written is still there, so the cut is made here. Two things may be damaged without touching a promise: whatever
follows the last commit frame, and the last commit itself when nobody was told of anything in it.
"""

from __future__ import annotations

import shutil
import sqlite3
import struct
import tempfile
from pathlib import Path
from random import Random

HEADER, FRAME_HEADER = 32, 24


def commit_ends(wal: bytes) -> list[int]:
    """Where each commit of the log ends, in bytes. Frames of an earlier round of the log are not counted."""
    if len(wal) < HEADER:
        return []
    size = struct.unpack(">I", wal[8:12])[0]
    salt = wal[16:24]
    ends = []
    for start in range(HEADER, len(wal) - FRAME_HEADER - size + 1, FRAME_HEADER + size):
        if wal[start + 8 : start + 16] != salt:
            break
        if struct.unpack(">I", wal[start + 4 : start + 8])[0]:
            ends.append(start + FRAME_HEADER + size)
    return ends


def tear(database: Path, random: Random, *, told: int) -> str:
    """Damages the log of a killed server. `told` is the highest position anybody heard of. Says what was done."""
    log = database.with_name(database.name + "-wal")
    database.with_name(database.name + "-shm").unlink(missing_ok=True)
    if not log.exists():
        return "no log"
    content = log.read_bytes()
    ends = [HEADER, *commit_ends(content)]
    done = "tail garbled"
    keep = ends[-1]
    if len(ends) > 2 and random.random() < 0.5 and _head(database, content[: ends[-2]]) >= told:
        done = "last commit torn"
        keep = random.randrange(ends[-2], ends[-1])
    noise = random.randbytes(random.choice((0, 1, 100, 4096, 10_000)))
    log.write_bytes(content[:keep] + noise)
    return f"{done}: {len(content)} bytes to {keep} + {len(noise)} of noise"


def _head(database: Path, log: bytes) -> int:
    """The journal's last position if the log were only this."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / database.name
        shutil.copyfile(database, copy)
        copy.with_name(copy.name + "-wal").write_bytes(log)
        connection = sqlite3.connect(copy)
        try:
            found: int | None = connection.execute("SELECT max(position) FROM heads").fetchone()[0]
        except sqlite3.DatabaseError:
            return -1
        finally:
            connection.close()
        return found or 0
