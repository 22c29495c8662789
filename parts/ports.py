"""Ports nobody uses."""

from __future__ import annotations

import socket


def free_port() -> int:
    """One that is free now; taken by the next one who asks, unless it is used soon."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
