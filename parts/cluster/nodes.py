"""The processes of Kithdesk itself: nodes and workers."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from parts.ports import free_port
from parts.program import Program, answers_well

KITHDESK = str(Path(sys.executable).with_name("kithdesk"))


class Node(Program):
    """`kithdesk serve`, or the demo, on a port that it keeps."""

    def __init__(self, name: str, program: str, folder: Path, environment: Mapping[str, str]) -> None:
        self.name = name
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        super().__init__(
            [KITHDESK, program, "--port", str(self.port), "--data", str(folder / name)],
            folder / f"{name}.log",
            environment=environment,
            is_ready=partial(answers_well, f"{self.url}/readyz"),
        )


class Worker(Program):
    """`kithdesk worker`. It answers nobody, and so counts as started at once."""

    def __init__(self, name: str, folder: Path, environment: Mapping[str, str]) -> None:
        self.name = name
        command = [KITHDESK, "worker", "--data", str(folder / name)]
        super().__init__(command, folder / f"{name}.log", environment=environment)
