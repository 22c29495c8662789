"""There is an end to how many there may be, and it is told apart from what is wrong."""

from __future__ import annotations

import pytest

from kithdesk import routing
from kithdesk.core.work import Work
from kithdesk.routing import queue_rules, queues, skills
from kithdesk.routing.errors import TooManyQueues, TooManyRules, TooManySkills
from kithdesk.routing.queries.queues import find_default_queue
from tests.routing.shops import Shop


async def test_there_is_an_end_to_how_many_queues_and_rules_there_may_be(shop: Shop) -> None:
    def make_many(work: Work) -> None:
        for number in range(1, queues.MOST_QUEUES):  # the default one is there
            routing.create_queue(work, f"No. {number}", f"queue-{number}", {})
        default = find_default_queue(work)
        for number in range(queue_rules.MOST):
            criteria = {"and": [{"message_body": {"contains": "x"}}]}
            routing.create_rule(work, {"name": f"No. {number}", "criteria": criteria, "queue": default})

    await shop.run(make_many, by=shop.admin)

    with pytest.raises(TooManyQueues, match="500 queues"):
        await shop.run(routing.create_queue, "One more", "more", {}, by=shop.admin)
    with pytest.raises(TooManyRules, match="200 queue rules"):
        await shop.rule(
            "more", str(await shop.run(routing.create_queue, "No. 1", "queue-1", {}, by=shop.admin))
        )


async def test_there_is_an_end_to_how_many_skills_there_may_be(shop: Shop) -> None:
    def declare_many(work: Work) -> None:
        for number in range(skills.MOST):
            routing.declare_skill(work, f"No. {number}", f"skill-{number}")

    await shop.run(declare_many, by=shop.admin)

    with pytest.raises(TooManySkills, match="200 skills"):
        await shop.run(routing.declare_skill, "One more", "more", by=shop.admin)
