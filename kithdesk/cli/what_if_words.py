"""What would have been otherwise, in sentences: what customers notice first, then what agents do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

NOTHING = (
    "Nothing arrived in this period, so there is nothing to play.\n"
    "What is played is what was recorded here: give a --from and a --to between which customers wrote."
)


def is_nothing(outcome: dict[str, Any]) -> bool:
    worlds = [outcome["before"], outcome["after"]]
    return all(world is None or _is_empty(world["whole"]) for world in worlds)


def _is_empty(whole: dict[str, Any]) -> bool:
    return not (whole["arrivals"] or whole["served"] or whole["stillWaiting"])


def conclusions(outcome: dict[str, Any]) -> list[str]:
    """The answer first, then what it is worth."""
    before, after = outcome["before"], outcome["after"]
    said = [_as_it_was(before["whole"])] if after is None else _otherwise(before, after)
    return [*said, _worth(outcome["agreement"]), *_left_out(outcome)]


def _as_it_was(whole: dict[str, Any]) -> str:
    longest = whole["wait"]["longest"]
    waited = f"the longest wait was {_length(longest)}" if longest else "nobody waited"
    return (
        f"Nothing was changed, so this is how it was: {whole['served']} were given to an agent, and {waited}."
    )


def _otherwise(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    was, would = before["whole"], after["whole"]
    said = [
        _waits(was["wait"], would["wait"]),
        _counted(was["firstResponse"]["missed"], would["firstResponse"]["missed"], _PROMISES),
        _counted(was["gaveUp"], would["gaveUp"], _GIVE_UP),
        _counted(was["stillWaiting"], would["stillWaiting"], _WAIT_ON),
        _occupied(before["agents"], after["agents"]),
        _counted(was["arrivals"], would["arrivals"], _ARRIVE),
    ]
    found = [sentence for sentence in said if sentence is not None]
    return found or ["Nothing that is measured here would have been different."]


def _waits(was: dict[str, int | None], would: dict[str, int | None]) -> str | None:
    for name, what in _WAITS:
        before, after = _length(was[name] or 0), _length(would[name] or 0)
        if before != after:
            moves = "falls" if (would[name] or 0) < (was[name] or 0) else "rises"
            return f"{what} {moves} from {before} to {after}."
    return None


_WAITS = (
    ("longest", "The longest wait"),
    ("p90", "What nine of ten wait at most"),
    ("p50", "What half of them wait at most"),
)
_PROMISES = ("promise is broken", "promises are broken")
_GIVE_UP = ("customer gives up waiting", "customers give up waiting")
_ARRIVE = ("arrives", "arrive")
_WAIT_ON = ("customer still waits at the end", "customers still wait at the end")


def _counted(was: int, would: int, words: tuple[str, str]) -> str | None:
    many = abs(would - was)
    if not many:
        return None
    return f"{many} {'fewer' if would < was else 'more'} {words[many != 1]}."


def _occupied(before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]) -> str | None:
    was, would = _share(before), _share(after)
    return None if was == would else f"Agents are {would} occupied, instead of {was}."


def _share(agents: Sequence[dict[str, Any]]) -> str:
    known = [one["occupancy"] for one in agents if one["occupancy"] is not None]
    return f"{round(sum(known) / len(known) * 100)} %" if known else "0 %"


def _worth(agreement: dict[str, int]) -> str:
    same, every = agreement["same"], agreement["conversations"]
    if not every:
        return "Nothing was given to an agent in this period, so there is little to compare."
    if same == every:
        return f"Rely on it: played as it was, all {every} conversations went to the agents to whom they went then."
    return f"Rely on it nearly: played as it was, {same} of {every} conversations went as they went then."


def _left_out(outcome: dict[str, Any]) -> list[str]:
    refused = outcome["refused"]
    if not refused:
        return []
    what = "thing that somebody did" if refused == 1 else "things that people did"
    return [f"{refused} {what} could not be done in that world, and were left out."]


def _length(milliseconds: int) -> str:
    """`12 s`, `4:30 min`, `1:05 h`."""
    seconds = round(milliseconds / 1_000)
    if seconds < 60:
        return f"{seconds} s"
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes}:{seconds:02d} min" if minutes < 60 else f"{minutes // 60}:{minutes % 60:02d} h"
