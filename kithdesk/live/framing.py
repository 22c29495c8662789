"""Text from a client into frames, and what is wrong with it in words that its author can use."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, get_args

import msgspec

from kithdesk.core.errors import BadParameter, Refusal, UnknownOperation
from kithdesk.core.misfits import misfit_of
from kithdesk.live import client_frames, protocol

_HALF_A_PAIR = re.compile(r"[\ud800-\udfff]")
_OPS = {client_frames.op_of(frame) for frame in get_args(client_frames.AnyClientFrame)}
_decoder: msgspec.json.Decoder[client_frames.AnyClientFrame] = msgspec.json.Decoder(
    client_frames.AnyClientFrame
)


class BadFrame(Exception):
    """A frame that is not in the table, or has the wrong shape."""

    def __init__(self, refusal: Refusal, id: str | None, op: str | None) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
        self.id = id
        self.op = op


def hello_of(message: Mapping[str, Any]) -> client_frames.Hello:
    """The first frame. Raises `Rejected` when it is anything else."""
    if message["type"] == "websocket.disconnect":
        raise protocol.Rejected(protocol.CLOSE_UNAUTHORIZED)
    try:
        frame = decode(message)
    except BadFrame:
        raise protocol.Rejected(protocol.CLOSE_UNAUTHORIZED) from None
    if not isinstance(frame, client_frames.Hello):
        raise protocol.Rejected(protocol.CLOSE_UNAUTHORIZED)
    return frame


def decode(message: Mapping[str, Any]) -> client_frames.AnyClientFrame:
    """The frame. Raises `BadFrame` with the id the client gave, as far as it can be read."""
    text = message.get("text")
    if text is None:
        raise BadFrame(BadParameter("Frames are JSON text."), None, None)
    if len(text) > protocol.MAX_FRAME or (
        len(text) * 4 > protocol.MAX_FRAME and len(text.encode()) > protocol.MAX_FRAME
    ):
        raise protocol.Rejected(protocol.CLOSE_TOO_LARGE)
    try:
        return _decoder.decode(text)
    except (msgspec.DecodeError, RecursionError, ValueError) as problem:
        raise _explain(text, problem) from None


def _explain(text: str, problem: Exception) -> BadFrame:
    try:
        raw = json.loads(text)
    except (RecursionError, ValueError):
        return BadFrame(BadParameter("Not valid JSON."), None, None)
    if not isinstance(raw, dict):
        return BadFrame(BadParameter("A frame is a JSON object."), None, None)
    op, given = raw.get("op"), raw.get("id")
    known_id = given if isinstance(given, str) and 0 < len(given) <= 64 else None
    if not isinstance(op, str) or op not in _OPS:
        return BadFrame(UnknownOperation(), known_id, None)
    for name, value in raw.items():
        # JavaScript's strings may hold one, JSON's may not.
        if isinstance(value, str) and _HALF_A_PAIR.search(value):
            return BadFrame(BadParameter("The text holds half of a character.", parameter=name), known_id, op)
    if not isinstance(problem, msgspec.ValidationError):  # two parsers differ
        return BadFrame(BadParameter("Not valid JSON."), known_id, op)
    misfit = misfit_of(problem)
    return BadFrame(BadParameter(misfit.words, parameter=misfit.place), known_id, op)
