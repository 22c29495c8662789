"""`kithdesk simulate`: what would have been."""

from __future__ import annotations

import json as words_of
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from kithdesk.cli.options import INTERRUPTED, Data, Json, Organisation, readable_installation_of
from kithdesk.cli.output import fail, progress, show
from kithdesk.cli.what_if_words import NOTHING, conclusions, is_nothing

if TYPE_CHECKING:
    from kithdesk.core.clock import Instant
    from kithdesk.core.errors import Refusal


def simulate(
    *,
    from_: Annotated[str, Parameter("--from", help="When the period began, such as 2026-11-02T08:00Z.")],
    to: Annotated[str, Parameter("--to", help="When it ended; at most 31 days later.")],
    scenario: Annotated[Path | None, Parameter(help="A file with what is otherwise, as JSON.")] = None,
    org: Organisation = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """Play a period of the past again, as it was and as it would have been.

    Says in words what would have been otherwise, then the numbers. Without --scenario it is played as it was. It reads
    a snapshot, beside a running server or without one, and changes nothing. What a scenario is: docs/simulation.md.
    """
    import msgspec

    from kithdesk.app import WIRING
    from kithdesk.core.clock import SystemClock
    from kithdesk.core.computing import NICENESS
    from kithdesk.core.desk import where
    from kithdesk.core.errors import Refusal
    from kithdesk.core.migrate import Unreachable
    from kithdesk.simulation import read_scenario, simulate

    settings = readable_installation_of(data)
    begins, ends = _moment(from_, "--from"), _moment(to, "--to")
    os.nice(NICENESS)
    try:
        outcome = simulate(
            where(settings),
            WIRING,
            org,
            begins,
            ends,
            read_scenario({} if scenario is None else _read(scenario)),
            now=SystemClock().now(),
            progress=progress("thousandths"),
        )
    except Refusal as refusal:
        fail(_refused(refusal, org))
    except Unreachable as problem:
        fail(str(problem))
    except KeyboardInterrupt:
        fail("stopped; nothing was changed, for nothing ever is", INTERRUPTED)
    show(msgspec.to_builtins(outcome), json, _described)


def _moment(text: str, option: str) -> Instant:
    from kithdesk.core.clock import parse_iso

    try:
        return parse_iso(text)
    except ValueError:
        fail(f"{option} is a time such as 2026-11-02T08:00Z, and not {text}")


def _read(file: Path) -> dict[str, Any]:
    try:
        value = words_of.loads(file.read_text())
    except (OSError, UnicodeDecodeError, ValueError) as problem:
        fail(f"{file} cannot be read: {problem}")
    if not isinstance(value, dict):
        fail(f"{file} is no JSON object")
    return value


def _refused(refusal: Refusal, org: str | None) -> str:
    """The period's own refusals begin with "it"."""
    if refusal.code == "notfound":
        return "there is no organisation" if org is None else f"there is no organisation {org}"
    if refusal.parameter == "from":
        return f"this period cannot be played. {refusal}"
    return str(refusal) if refusal.parameter is None else f"{refusal} ({refusal.parameter})"


def _described(outcome: dict[str, Any]) -> str:
    if is_nothing(outcome):
        return NOTHING
    lines = [
        *conclusions(outcome),
        "",
        f"{'':24}" + "".join(f"{heading:>16}" for heading in _HEADINGS),
    ]
    before, after = outcome["before"], outcome["after"] or outcome["before"]
    for was, would in zip(
        [before["whole"], *before["queues"]], [after["whole"], *after["queues"]], strict=False
    ):
        cells = "".join(f"{_pair(one(was), one(would)):>16}" for one in _COLUMNS)
        lines.append(f"{(was['name'] or 'All queues')[:23]:24}{cells}")
    lines += ["", f"{'':24}{'served':>16}{'occupancy':>16}"]
    agents = {one["id"]: one for one in before["agents"]}
    for would in after["agents"]:
        was = agents.get(would["id"])
        cells = "".join(f"{_pair('–' if was is None else one(was), one(would)):>16}" for one in _OF_AGENTS)
        lines.append(f"{would['name'][:23]:24}{cells}")
    lines += [f"could not be played: {trouble}" for trouble in outcome["troubles"]]
    return "\n".join(lines)


def _pair(was: str, would: str) -> str:
    return was if was == would else f"{was} → {would}"


def _seconds(milliseconds: int | None) -> str:
    if milliseconds is None:
        return "–"
    minutes, seconds = divmod(round(milliseconds / 1_000), 60)
    return f"{minutes}:{seconds:02d}"


def _kept(of: dict[str, int]) -> str:
    every = of["met"] + of["missed"]
    return f"{of['met'] * 100 // every} %" if every else "–"


_Cell = Callable[[dict[str, Any]], str]
_HEADINGS = ("arrived", "served", "half waited", "9 in 10 waited", "left over", "in time")
_COLUMNS: tuple[_Cell, ...] = (
    lambda one: str(one["arrivals"]),
    lambda one: str(one["served"]),
    lambda one: _seconds(one["wait"]["p50"]),
    lambda one: _seconds(one["wait"]["p90"]),
    lambda one: str(one["stillWaiting"]),
    lambda one: _kept(one["firstResponse"]),
)
_OF_AGENTS: tuple[_Cell, ...] = (
    lambda one: str(one["served"]),
    lambda one: "–" if one["occupancy"] is None else f"{round(one['occupancy'] * 100)} %",
)
