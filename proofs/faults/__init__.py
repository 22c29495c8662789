"""What is done to an installation. Each fault leaves it running, or says in the history that a node did not come back.

A file has the faults of one kind of thing. Some happen to any installation, some only to a database in a file, and some
only to several nodes on PostgreSQL.
"""

from __future__ import annotations

import os

from proofs.faults import backbone, disks, networks, processes
from proofs.faults.processes import CRASH_POINTS
from proofs.faults.scene import Inflict, Scene
from proofs.shim import Missing, find

OF_A_FILE = disks.OF_A_FILE
OF_SEVERAL = processes.OF_SEVERAL | backbone.OF_SEVERAL
FAULTS: dict[str, Inflict] = processes.OF_ANY | networks.OF_ANY | disks.OF_ANY | OF_A_FILE | OF_SEVERAL

NEEDS_SHIM = frozenset({"flush_fails", "write_torn", "no_space", "clock_jumps"})
NEEDS_NETWORK = frozenset({"answers_lost", "network_crawls"})


def left_out() -> dict[str, str]:
    """The faults that cannot be had here, and why."""
    found = {}
    if os.geteuid() != 0:
        found["disk_full"] = "only root may mount the small disk it needs"
    if isinstance(library := find(), Missing):
        found |= dict.fromkeys(sorted(NEEDS_SHIM), library.why)
    return found


__all__ = [
    "CRASH_POINTS",
    "FAULTS",
    "NEEDS_NETWORK",
    "NEEDS_SHIM",
    "OF_A_FILE",
    "OF_SEVERAL",
    "Inflict",
    "Scene",
    "left_out",
]
