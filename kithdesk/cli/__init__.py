"""The command line: `kithdesk COMMAND`. One file for each kind of errand; `--help` is quick, for each imports what it
needs only when it runs.
"""

from __future__ import annotations

from cyclopts import App

from kithdesk import __version__
from kithdesk.cli import founding, keeping, moving, seeding, serving, simulating

app = App(
    name="kithdesk", version=__version__, help="Customer service in one program: chat, inboxes, one timeline."
)
api_key = App(name="api-key", help="Keys for programs.")
agent = App(name="agent", help="People who answer.")
seed = App(name="seed", help="Made-up data, to see how it feels when it is full.")

for command in (
    serving.serve,
    serving.demo,
    founding.init,
    serving.worker,
    keeping.migrate,
    keeping.doctor,
    keeping.replay,
    keeping.backup,
    keeping.restore,
    moving.move,
    simulating.simulate,
):
    app.command(command)
api_key.command(founding.create_api_key, name="create")
agent.command(founding.create_agent, name="create")
app.command(api_key)
app.command(agent)
seed.command(seeding.load)
seed.command(seeding.traffic)
app.command(seed)


def main() -> None:
    """The `kithdesk` program."""
    app()
