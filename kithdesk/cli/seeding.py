"""`kithdesk seed`: fills an installation with made-up customers, or plays a day of them to a running server."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter
from cyclopts.validators import Number

from kithdesk.cli.options import INTERRUPTED, USAGE, Data, Json, Organisation, installation_of
from kithdesk.cli.output import announce, fail, progress, progress_in_words, say, show
from kithdesk.cli.serving import DEMO_FOLDER, DemoData

if TYPE_CHECKING:
    from kithdesk.core.settings import Settings
    from kithdesk.demo import Load, Plan

_SERVED = "{opened} customers came and {served} were served; {left} left"
_BEGINS = (
    "{hours:g} hours of a working day in {minutes:g} minutes at {url}:"
    " about {rate:g} customers an hour, {agents} agents.\nCtrl+C ends it, and everybody goes home."
)
_ENDS = "Stopping: customers leave, what they had open is closed, and agents go home. It takes some seconds."

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
    from kithdesk.core.errors import Refusal
    from kithdesk.core.lock import DataInUse
    from kithdesk.core.migrate import UnfitDatabase, Unreachable
    from kithdesk.demo import Load

    settings = installation_of(data)
    logs.configure("error")
    try:
        done = asyncio.run(_fill(settings, org, Load(customers, messages, seed)))
    except (DataInUse, UnfitDatabase, Unreachable, Refusal) as problem:
        fail(str(problem))
    except KeyboardInterrupt:
        fail("stopped; the same command goes on from here", INTERRUPTED)
    show(done, json, lambda made: f"{made['messages']} messages written in {made['seconds']} seconds")


def traffic(
    *,
    minutes: Annotated[
        float, Parameter(validator=Number(gte=0.1, lte=1_440), help="How long it takes.")
    ] = 10,
    hours: Annotated[
        float, Parameter(validator=Number(gte=0.1, lte=24), help="How long the day is that is played.")
    ] = 8,
    agents: Annotated[
        int,
        Parameter(validator=Number(gte=1, lte=50), help="How many serve; in the demo, Robin is left to you."),
    ] = 6,
    rate: Annotated[
        float,
        Parameter(validator=Number(gte=1, lte=10_000), help="How many customers come in an hour of it."),
    ] = 90,
    seed: Annotated[int, Parameter(help="Another number is another day.")] = 1,
    org: Organisation = None,
    yes: Annotated[
        bool, Parameter(negative="", help="Also if --org is not the demo, and has real customers.")
    ] = False,
    data: DemoData = None,
    json: Json = False,
) -> None:
    """Play a working day to a running server: customers write, agents answer.

    The server runs on this machine with the same --data: `kithdesk demo`, or with --org any other. Customers come
    through the chat's own doors and agents through the console's, so that lists, boards and promises move as on a real
    day. Each line says the time of that day, and how many came, wait, are served, are done, and left unserved.
    Ctrl+C ends it: what is open is closed, and agents go home. What was said stays.
    """
    import asyncio

    from kithdesk.control import CommandFailed
    from kithdesk.core import logs
    from kithdesk.core.migrate import UnfitDatabase, Unreachable
    from kithdesk.core.sealing import NoKey
    from kithdesk.demo import Plan, ServerAway

    if yes and org is None:
        fail("--yes goes with --org", USAGE)
    settings = installation_of(data, DEMO_FOLDER)
    logs.configure("error")
    plan = Plan(minutes=minutes, hours=hours, rate=rate, seed=seed)
    try:
        who = {"agents": agents, "org": org, "is_meant": yes}
        done = asyncio.run(_play(settings, plan, who, is_quiet=json))
    except (CommandFailed, UnfitDatabase, Unreachable, NoKey, ServerAway) as problem:
        fail(str(problem))
    except (KeyboardInterrupt, asyncio.CancelledError):
        fail("stopped; everybody has gone home", INTERRUPTED)
    show(done, json, lambda told: _SERVED.format(**told))


async def _play(settings: Settings, plan: Plan, who: dict[str, Any], *, is_quiet: bool) -> dict[str, Any]:
    from kithdesk import control
    from kithdesk.demo import Doors, play

    doors = Doors.of(await control.run(settings, "seed traffic", **who))
    _end_as_by_hand(is_quiet=is_quiet)
    if is_quiet:
        return await play(doors, plan, lambda _words: None)
    numbers = {"hours": plan.hours, "minutes": plan.minutes, "rate": plan.rate}
    announce(_BEGINS.format(**numbers, url=doors.url, agents=len(doors.agents)))
    try:
        return await play(doors, plan, progress_in_words())
    finally:
        say("")


def _end_as_by_hand(*, is_quiet: bool) -> None:
    """A closed terminal and `kill` end the day as Ctrl+C does: nobody stays behind at the desk."""
    import asyncio
    import contextlib
    import signal

    playing = asyncio.current_task()
    assert playing is not None

    def stop() -> None:
        with contextlib.suppress(OSError):  # the terminal is closed
            if not is_quiet:
                say("")
                announce(_ENDS)
        playing.cancel()

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # Windows has none of them for a loop
        with contextlib.suppress(AttributeError, NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(getattr(signal, name), stop)


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
