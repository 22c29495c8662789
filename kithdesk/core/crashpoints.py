"""Numbered places on the commit path where a test may kill the process.

    1 before BEGIN · 2 verbs ran, nothing numbered · 3 before COMMIT · 4 after COMMIT, nobody told
    5 after half of the senders were told · 6 after fan-out

`KITHDESK_CRASH_AT="4:20"` kills at the twentieth time point 4 is reached, and only with `KITHDESK_TEST=1`.
"""

from __future__ import annotations

import os
import signal

_armed: dict[int, int] = {}
"""Point → how many more times it may be reached."""


def arm(setting: str | None) -> None:
    """Called once at start, by a server in test mode."""
    if setting:
        point, _, count = setting.partition(":")
        _armed[int(point)] = int(count or 1)


def reach(point: int) -> None:
    if point not in _armed:
        return
    _armed[point] -= 1
    if _armed[point] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
