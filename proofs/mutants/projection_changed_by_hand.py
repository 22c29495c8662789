"""Somebody corrects a row of a projection in the database, past the journal, while the server is down."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

from proofs.deployment import database_of


def break_it() -> None:
    if sys.argv[1:2] != ["replay"]:
        return
    data = Path(sys.argv[sys.argv.index("--data") + 1])
    connection = sqlite3.connect(database_of(data))
    connection.execute("UPDATE messages SET body = body || '!' WHERE id = (SELECT max(id) FROM messages)")
    connection.commit()
    connection.close()
