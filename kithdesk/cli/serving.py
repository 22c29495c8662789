"""Commands that run until they are told to stop."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from kithdesk.cli.options import USAGE, Data, folder_of, room_on_disk
from kithdesk.cli.output import fail

DEMO_FOLDER = Path("./kithdesk-demo")
DemoData = Annotated[
    Path | None,
    Parameter("--data", help="Folder of the demo's database and files. [KITHDESK_DATA, ./kithdesk-demo]"),
]


def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 8080,
    data: Data = None,
    no_jobs: Annotated[bool, Parameter(negative="")] = False,
) -> None:
    """Migrate, then serve. SIGTERM drains and exits with 0.

    Parameters
    ----------
    host: Address to listen on.
    port: Port to listen on.
    no_jobs: Leave jobs that reach outside to workers; timers and routing still run.
    """
    gc.disable()  # nothing that is loaded now goes away again; `server` enables it when it is ready
    from kithdesk import server

    check_port(port)
    settings = folder_of(data)
    _run(settings.log_level, lambda: server.serve(settings, host, port, effects=not no_jobs))


def demo(*, host: str = "127.0.0.1", port: int = 8080, data: DemoData = None) -> None:
    """Serve with a demo shop, data to look at and one-click sign-in. Only for a folder of its own.

    Parameters
    ----------
    host: Address to listen on.
    port: Port to listen on.
    """
    from kithdesk import demo_server
    from kithdesk.demo import NotADemoFolder

    check_port(port)
    settings = folder_of(data, default=DEMO_FOLDER)
    # Whoever tries the demo looks for three links; what needs no attention is not written between them.
    level = settings.log_level if "log_level" in settings.model_fields_set else "warning"
    try:
        _run(level, lambda: demo_server.serve(settings, host, port), for_people=True)
    except NotADemoFolder as problem:
        fail(str(problem))


def worker(*, host: str = "127.0.0.1", port: int | None = None, data: Data = None) -> None:
    """Run jobs beside other servers. Needs PostgreSQL: on SQLite the server runs its own.

    Parameters
    ----------
    host: Address to answer probes on.
    port: Answer /healthz, /readyz and /metrics here; by default nowhere.
    """
    from kithdesk import worker

    settings = folder_of(data)
    if settings.database_url is None:
        fail("a worker needs PostgreSQL; on SQLite `kithdesk serve` runs the jobs itself", code=USAGE)
    if port is not None:
        check_port(port)
    _run(settings.log_level, lambda: worker.work(settings, host, port))


def check_port(port: int) -> None:
    if not 0 <= port <= 65_535:
        fail(f"--port is a number from 0 to 65535, and {port} is none", code=USAGE)


def _run(level: str, serve: Callable[[], Any], *, for_people: bool = False) -> None:
    import uvloop

    from kithdesk.core import logs
    from kithdesk.core.errors import Overloaded
    from kithdesk.core.lock import DataInUse
    from kithdesk.core.migrate import UnfitDatabase, Unreachable
    from kithdesk.core.sealing import NoKey
    from kithdesk.server import CannotListen

    logs.configure(level, for_people=for_people)
    try:
        with room_on_disk():
            uvloop.run(serve())
    except (DataInUse, UnfitDatabase, Unreachable, NoKey, CannotListen, Overloaded) as problem:
        fail(str(problem))
