"""Events go to subscribers with their positions before they are committed."""

from __future__ import annotations

from kithdesk.core.commands import Command, Committed
from kithdesk.core.sqlite import SqliteLane
from proofs.mutants.early import speak_before_commit


def break_it() -> None:
    speak_before_commit(_fan_out)


def _fan_out(lane: SqliteLane, _commands: list[Command], committed: Committed) -> None:
    lane._on_commit(committed)  # After the commit the feed drops them: it handed those positions out already.
