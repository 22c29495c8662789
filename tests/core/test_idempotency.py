"""A write that comes twice with one key, within a day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kithdesk.core import idempotency
from kithdesk.core.actors import Actor
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.idempotency import Answer, Claim, KeyReused, fingerprint
from kithdesk.core.work import Work
from tests.core.words import BY
from tests.spine import sql

pytestmark = pytest.mark.anyio

CLAIM = Claim(credential="key", route="POST /v1/things?", key="0", fingerprint=fingerprint(b"{}"))


def write(work: Work, claim: Claim, body: bytes) -> bytes:
    """What a route answers: the first time its own, then what was stored."""
    stored = idempotency.find(work, claim)
    if stored is not None:
        return stored.body
    idempotency.store(work, claim, Answer(201, body))
    return body


async def written(desk: Desk, claim: Claim, body: bytes, by: Actor = BY) -> bytes:
    return (await desk.run(write, claim, body, by=by)).value


async def test_a_repeat_gets_the_first_answer(desk: Desk) -> None:
    assert await written(desk, CLAIM, b"first") == b"first"
    assert await written(desk, CLAIM, b"second") == b"first"
    assert await written(desk, replace(CLAIM, credential="another"), b"second") == b"second"


async def test_a_key_that_comes_with_another_body_is_refused(desk: Desk) -> None:
    await written(desk, CLAIM, b"first")

    with pytest.raises(KeyReused) as refused:
        await written(desk, replace(CLAIM, fingerprint=fingerprint(b"[]")), b"second")

    error = refused.value.as_error()
    assert (error["status"], error["code"]) == (409, "idempotency_key_reused")
    assert error["source"] == {"parameter": "Idempotency-Key"}


async def test_after_a_day_a_key_is_new_though_its_answer_is_not_forgotten_yet(
    desk: Desk, clock: ManualClock
) -> None:
    for number in range(50):
        await written(desk, replace(CLAIM, key=f"{number}"), b"first")
    clock.advance(days=1)

    again = await written(desk, replace(CLAIM, key="49"), b"second")

    left = [key for (key,) in await sql(desk, "SELECT key FROM stored_answers WHERE key <> '49'")]
    assert again == b"second"
    assert len(left) == 49 - 20


async def test_old_answers_are_forgotten_a_few_with_each_new_one(desk: Desk, clock: ManualClock) -> None:
    for number in range(50):
        await written(desk, replace(CLAIM, key=f"{number}"), b"first")
    clock.advance(days=1)

    for number in range(3):
        await written(desk, replace(CLAIM, key=f"new {number}"), b"second")

    assert len(await sql(desk, "SELECT key FROM stored_answers")) == 3
