"""What played people make of what they hear, without a server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from random import Random
from typing import Any

import httpx
import pytest

from kithdesk.demo.played_agent import Agent, Task
from kithdesk.demo.players import Matter, Shopper, Stage
from kithdesk.demo.short_talks import TALKS

TALK = TALKS[0]


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with httpx.AsyncClient() as http:
        yield Stage("http://127.0.0.1:1", http, Random(1), 60)


def agent_at(stage: Stage) -> Agent:
    return Agent(stage, "token", "ines", "Ines", ["advice"])


def assigned(conversation: str, *users: str) -> dict[str, Any]:
    return {"conversation": conversation, "assignedUsers": [{"id": user} for user in users]}


async def test_a_customer_goes_on_when_somebody_answers_who_is_not_played(stage: Stage) -> None:
    shopper = Shopper(stage, "token", TALK, {})
    shopper.matter.said = 1

    await shopper.hear("message.created", {"message": {"sentBy": {"type": "system"}}})
    assert not shopper.matter.is_answered
    await shopper.hear("message.created", {"message": {"sentBy": {"type": "user"}}})

    assert (shopper.matter.is_answered, shopper.matter.next_line) == (True, TALK.lines[2])


async def test_an_agent_hears_of_it_before_it_is_known_that_it_is_played(stage: Stage) -> None:
    ines = agent_at(stage)

    await ines.hear("conversation.assigned", assigned("c1", "ines"))
    assert list(ines._todo) == []
    stage.begin("c1", Matter(TALK, said=1))

    assert list(ines._todo) == [Task("c1", "answer")]


async def test_what_is_somebody_elses_or_no_game_is_left_alone(stage: Stage) -> None:
    ines = agent_at(stage)
    stage.begin("c1", Matter(TALK, said=1))

    await ines.hear("conversation.assigned", assigned("c1", "robin"))
    await ines.hear("conversation.assigned", assigned("real", "ines"))

    assert list(ines._todo) == []


async def test_what_the_customer_has_said_to_its_end_is_closed_once(stage: Stage) -> None:
    ines = agent_at(stage)
    stage.begin("c1", Matter(TALK, said=3, is_over=True))

    for _ in range(2):
        await ines.hear("conversation.assigned", assigned("c1", "ines"))

    assert list(ines._todo) == [Task("c1", "close")]
