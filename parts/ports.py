"""Ports nobody uses."""

from __future__ import annotations

import secrets
import socket

_BELOW_EPHEMERAL = range(10_000, 32_000)
"""Where the system takes no ports for connections of its own: one it gave us could be somebody's before it is used."""

_given: set[int] = set()


def free_port() -> int:
    """One that is free now, and that this process has not been given before."""
    while True:
        port = secrets.choice(_BELOW_EPHEMERAL)
        if port not in _given and _is_free(port):
            _given.add(port)
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as found:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
