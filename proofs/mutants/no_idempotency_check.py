"""Nobody looks whether a client id was there before, and no index refuses it."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from kithdesk.conversations import receiving, replying, sending
from kithdesk.core import migrate
from kithdesk.core.tables import metadata

_INDEX = "uq_messages_client_id"


def break_it() -> None:
    find, upgrade = sending.find_target, migrate.upgrade

    def find_only_the_conversation(*args: Any, **kwargs: Any) -> Any:
        found = find(*args, **kwargs)
        return None if found is None else (found[0], None)

    def upgrade_without_index(path: Path) -> None:
        upgrade(path)
        connection = sqlite3.connect(path)
        connection.execute(f"DROP INDEX IF EXISTS {_INDEX}")
        connection.commit()
        connection.close()

    for module in (sending, receiving, replying):
        vars(module)["find_target"] = find_only_the_conversation
    vars(migrate)["upgrade"] = upgrade_without_index
    wanted = metadata.tables["messages"].indexes
    wanted -= {
        index for index in wanted if index.name == _INDEX
    }  # or the next start would refuse the database
