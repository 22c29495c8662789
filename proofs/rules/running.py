"""The server itself: it comes back by itself, stops when told, and its projections are what its journal says."""

from __future__ import annotations

from collections.abc import Iterator

from proofs.history import Fault, History, Outlived, Restarted, Stopped, Unfinished, Verified
from proofs.rules.records import of

SECONDS_TO_RESTART = 10
SECONDS_TO_DRAIN = 30
LIVED_ON = "the server lived on"


def replay_finds_no_difference(history: History) -> Iterator[str]:
    for verified in of(history, Verified):
        if verified.exit_code != 0:
            yield f"kithdesk replay: exit {verified.exit_code}: {verified.output[-500:]}"


def no_job_is_left_over(history: History) -> Iterator[str]:
    """In the end nothing is overdue, and nothing is still held by a node that has died over it."""
    for unfinished in of(history, Unfinished):
        yield from (f"a job is left over: {job}" for job in unfinished.jobs)


def the_server_comes_back(history: History) -> Iterator[str]:
    for restarted in of(history, Restarted):
        if restarted.seconds > SECONDS_TO_RESTART:
            yield f"ready only {restarted.seconds:.1f} s after its start"


def nothing_outlives_the_server(history: History) -> Iterator[str]:
    """A killed server takes its helpers with it: each would keep its memory for ever."""
    for outlived in of(history, Outlived):
        yield f"{len(outlived.processes)} processes outlived their server: {outlived.processes}"


def a_drain_ends_well(history: History) -> Iterator[str]:
    for stopped in of(history, Stopped):
        if stopped.code != 0 or stopped.seconds > SECONDS_TO_DRAIN:
            yield f"asked to stop: exit {stopped.code} after {stopped.seconds:.1f} s"


def a_failed_flush_ends_the_server(history: History) -> Iterator[str]:
    """After it nobody knows what the disk holds: only a new start from the file is honest."""
    for fault in of(history, Fault):
        if fault.kind == "flush fails" and fault.detail == LIVED_ON:
            yield "a flush failed, and the server went on"
