"""Structured logs, with the request id: one JSON object a line, or plain lines where a person watches a terminal.

Never a token, a secret or a message body.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from contextvars import ContextVar
from typing import Any, TextIO

import structlog

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)


class _Patient:
    """A stream on which writing never fails: a log on a full disk, or that nobody reads, must not stop the server."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._stream.write(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._stream.flush()


def _with_request_id(_logger: Any, _name: str, entry: Any) -> Any:
    current = request_id.get()
    if current is not None:
        entry.setdefault("request", current)
    return entry


def _as_a_sentence(_logger: Any, _name: str, entry: Any) -> Any:
    """`sqlite_is_old` and its note become “sqlite is old: …”, for people."""
    said, note = str(entry.get("event", "")).replace("_", " "), entry.pop("note", None)
    entry["event"] = said if note is None else f"{said}: {note}"
    return entry


def _rendering_of_time_and_faults(is_read: bool) -> list[Any]:
    if is_read:
        return [structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=False), _as_a_sentence]
    return [structlog.processors.TimeStamper(fmt="iso", utc=True), structlog.processors.format_exc_info]


def _plain_lines() -> structlog.dev.ConsoleRenderer:
    # Its own tracebacks would show local variables, and with them what must never be in a log.
    plain = structlog.dev.plain_traceback
    colours = sys.stderr.isatty() and "NO_COLOR" not in os.environ
    return structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=plain, pad_event_to=0)


def configure(level: str, *, for_people: bool = False) -> None:
    """Sends our own and the libraries' lines through one renderer to standard error: plain lines `for_people`, also
    where no terminal is."""
    is_read = for_people or sys.stderr.isatty()
    shared: list[Any] = [
        _with_request_id,
        structlog.stdlib.add_log_level,
        *_rendering_of_time_and_faults(is_read),
    ]
    render = _plain_lines() if is_read else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[*shared, render],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(_Patient(sys.stderr)),  # type: ignore[arg-type]
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(_Patient(sys.stderr))
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                render,
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for quiet in ("httpx", "httpcore", "uvicorn.access", "uvicorn.error", "alembic"):
        logging.getLogger(quiet).setLevel(logging.WARNING)
