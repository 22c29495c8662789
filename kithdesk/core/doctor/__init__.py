"""Is this installation healthy? Each check says in words what is wrong and what to do.

It looks only: beside servers, and whether or not they run. What it tries (a flushed write, a file in the store) it
takes away again.
"""

from __future__ import annotations

from collections.abc import Iterator

from kithdesk.core.clock import Clock, SystemClock
from kithdesk.core.doctor.configuration import check_settings
from kithdesk.core.doctor.database import check_database
from kithdesk.core.doctor.finding import Finding
from kithdesk.core.doctor.key import KEY, check_key
from kithdesk.core.doctor.machine import check_machine
from kithdesk.core.doctor.outside import check_bus, check_storage
from kithdesk.core.settings import Settings

__all__ = ["Finding", "examine"]


def examine(settings: Settings, clock: Clock | None = None) -> Iterator[Finding]:
    """Runs every check; each is quick but the integrity of an SQLite file, which is read as a whole."""
    yield from _told("settings", check_settings(settings))
    yield from _told("machine", check_machine(settings))
    yield from _told(KEY, check_key(settings))
    yield from _told("bus", check_bus(settings))
    yield from _told("files", check_storage(settings))
    yield from _told("database", check_database(settings, clock or SystemClock()))


def _told(check: str, findings: Iterator[Finding]) -> Iterator[Finding]:
    """What the system refuses is a finding too."""
    try:
        yield from findings
    except OSError as problem:
        yield Finding(check, "problem", str(problem))
