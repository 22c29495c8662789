"""`kithdesk seed load`: fills an installation with made-up customers and messages."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter
from cyclopts.validators import Number

from kithdesk.cli.options import INTERRUPTED, Data, Json, Organisation, installation_of
from kithdesk.cli.output import fail, progress, show

if TYPE_CHECKING:
    from kithdesk.core.settings import Settings
    from kithdesk.demo import Load

_Count = Annotated[int, Parameter(validator=Number(gte=1, lte=100_000_000))]


def load(
    *,
    customers: _Count = 100_000,
    messages: _Count = 1_000_000,
    seed: int = 1,
    org: Organisation = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """Make so many customers and messages up, to see how the installation behaves when it is full.

    Not beside a running server. Asked for again with the same numbers, it goes on where it was stopped.
    """
    import asyncio

    from kithdesk.core import logs
    from kithdesk.core.desk import DataInUse
    from kithdesk.core.errors import Refusal
    from kithdesk.core.migrate import SchemaIsNewer, Unreachable
    from kithdesk.demo import Load

    settings = installation_of(data)
    logs.configure("error")
    try:
        done = asyncio.run(_fill(settings, org, Load(customers, messages, seed)))
    except (DataInUse, SchemaIsNewer, Unreachable, Refusal) as problem:
        fail(str(problem))
    except KeyboardInterrupt:
        fail("stopped; the same command goes on from here", INTERRUPTED)
    show(done, json, lambda made: f"{made['messages']} messages written in {made['seconds']} seconds")


async def _fill(settings: Settings, org: str | None, plan: Load) -> dict[str, Any]:
    from kithdesk.access import list_agents
    from kithdesk.access.provisioning import find_organisation
    from kithdesk.app import WIRING
    from kithdesk.core.actors import system
    from kithdesk.core.desk import Desk
    from kithdesk.demo import load

    desk = Desk(settings, WIRING)
    await desk.start(jobs=False)
    try:
        organisation = (await find_organisation(desk, org)).id
        staff = (await desk.read(list_agents, by=system(organisation))).value
        began = time.monotonic()
        written = await load(desk, organisation, staff, plan, progress("messages"))
        return {"messages": written, "seconds": round(time.monotonic() - began)}
    finally:
        await desk.stop()
