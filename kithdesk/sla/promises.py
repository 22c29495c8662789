"""What a policy promises: which conversations it is for, and how long each thing may take at most.

A policy that is changed gets a new version; conversations that a version has matched keep it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal, get_args

import msgspec

from kithdesk.criteria import Criteria, read_criteria

Metric = Literal[
    "firstResponse",
    "nextReply",
    "longestUnrespondedMessage",
    "totalCustomerWaitTime",
    "totalConversationOpenTime",
]
"""
    firstResponse              until the customer's first message is answered
    nextReply                  until a later one is
    longestUnrespondedMessage  until any of them is
    totalCustomerWaitTime      all the time together that the customer waits for an answer
    totalConversationOpenTime  all the time together that the conversation is open
"""
METRICS: tuple[Metric, ...] = get_args(Metric)


class Target(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """How many seconds it may take; of a priority that is named, another number. None: it is not promised."""

    seconds: int | None = None
    by_priority: dict[str, int] = {}

    def of(self, priority: int) -> int | None:
        """In milliseconds."""
        seconds = self.by_priority.get(str(priority), self.seconds)
        return None if seconds is None else seconds * 1_000


class Promise(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """One version of a policy. Time counts in the hours of `schedule`, always without one.

    `warn_before`: seconds of that time before a target that agents are warned.
    """

    name: str
    description: str = ""
    criteria: dict[str, Any] = {}
    metrics: dict[Metric, Target] = {}
    schedule: str | None = None
    pause_on_snooze: bool = True
    warn_before: int | None = None


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Promise).decode


def encode(promise: Promise) -> str:
    """As rows keep it."""
    return _encode(promise).decode()


@lru_cache(maxsize=1_024)
def read_promise(kept: str) -> Promise:
    """Policies change once a month and are read with every conversation."""
    return _decode(kept)


@lru_cache(maxsize=1_024)
def criteria_of(kept: str) -> Criteria:
    """Those of a promise as rows keep it."""
    return read_criteria(read_promise(kept).criteria)
