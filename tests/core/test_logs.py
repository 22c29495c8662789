"""The log as a person reads it."""

from __future__ import annotations

import subprocess
import sys

_PROGRAM = """
import structlog
from kithdesk.core import logs
logs.configure("warning", for_people=True)
structlog.get_logger().warning("sqlite_is_old", note="3.40 lacks a fix")
"""


def test_a_log_for_people_has_sentences_also_where_no_terminal_is() -> None:
    ended = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True)

    assert "sqlite is old: 3.40 lacks a fix" in ended.stderr
    assert "{" not in ended.stderr
    assert "\033" not in ended.stderr
