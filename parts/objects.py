"""A store that speaks S3, of our own: moto's server. It keeps everything in memory, so that it ends empty."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import httpx

from parts.ports import free_port
from parts.program import Program, takes_connections

CREDENTIALS = {"AWS_ACCESS_KEY_ID": "kithdesk", "AWS_SECRET_ACCESS_KEY": "any will do"}
"""What a client of it has in its environment."""

_BUCKET = "kithdesk"
_REGION = "us-east-1"


class ObjectServer(Program):
    """Listens on 127.0.0.1 and has one bucket; `url` is what `KITHDESK_STORAGE_URL` takes."""

    def __init__(self, log: Path) -> None:
        port = free_port()
        self.endpoint = f"http://127.0.0.1:{port}"
        self.url = f"s3://{_BUCKET}?region={_REGION}&endpoint={self.endpoint}"
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
        super().__init__(command, log, is_ready=partial(takes_connections, port))

    def wait_until_ready(self) -> None:
        super().wait_until_ready()
        # moto tells by the name of the host that S3 is meant.
        headers = {"Host": f"s3.{_REGION}.amazonaws.com"}
        httpx.put(f"{self.endpoint}/{_BUCKET}", headers=headers, timeout=20).raise_for_status()
