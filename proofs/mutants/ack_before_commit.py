"""Senders of messages are told as soon as their verbs ran."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kithdesk.core.commands import Command, Committed
from kithdesk.core.events import Event, Recorded
from kithdesk.core.sqlite import SqliteLane
from proofs.mutants.early import speak_before_commit

_MESSAGES = {"send_as_visitor", "reply"}


def break_it() -> None:
    speak_before_commit(_tell_senders)


def _tell_senders(_lane: SqliteLane, commands: list[Command], _committed: Committed) -> None:
    for command in commands:
        if command.verb.__name__ not in _MESSAGES:  # a token that was never kept would only end the attack
            continue
        command.settle(command.value, command.problem, command.facts, command.covers)
        command.settle = _say_nothing


def _say_nothing(
    value: Any, problem: BaseException | None, facts: Sequence[Recorded[Event]], covers: int
) -> None:
    """They have been told."""
