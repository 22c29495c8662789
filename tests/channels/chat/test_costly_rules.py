"""Rules and SLAs that cost more than there is to judge by, met at the door of a visitor."""

from __future__ import annotations

from typing import Any

from structlog.testing import capture_logs

from kithdesk import conversations, routing, sla
from kithdesk.core.actors import Actor
from kithdesk.criteria import facts_of, read_criteria
from kithdesk.criteria.allowance import ALLOWANCE
from kithdesk.sla import Target, Wish
from tests.channels.chat.sites import Site, say

DEAR = {"or": [{"message_body": {"contains": "a" * n + "b" + "a" * n}} for n in range(8, 66)]}
PLAIN = {"and": [{"message_body": {"contains": "a"}}]}
MANY = 20
METRICS: Any = {"firstResponse": Target(seconds=60)}


async def test_T42_costly_rules_and_slas_are_given_up_and_the_message_arrives(site: Site) -> None:
    queue = await run(site, routing.create_queue, "Letters", "letters", {})
    for criteria in (*[DEAR] * MANY, PLAIN):
        await run(site, routing.create_rule, {"name": "Rule", "queue": queue, "criteria": criteria})
        await run(site, sla.create_policy, Wish(name="Promise", criteria=criteria, metrics=METRICS))
    default = await run(site, routing.find_default_queue)

    with capture_logs() as lines:
        short = await say(await site.visitor(), "aaa")
        assert given_up(lines) == set()
        bad = await say(await site.visitor(), "a" * 32_000)

    assert (short.status_code, bad.status_code) == (201, 201)
    few, many = await shown(site, short), await shown(site, bad)
    assert few["relationships"]["queue"]["data"]["id"] == queue
    assert few["attributes"]["sla"]["name"] == "Promise"
    assert many["relationships"]["queue"]["data"]["id"] == default
    assert many["attributes"]["sla"] is None
    assert given_up(lines) == {("queue_rules_given_up", site.id), ("slas_given_up", site.id)}
    assert await units(site, bad) < ALLOWANCE * 1.01


def given_up(lines: Any) -> set[tuple[str, str]]:
    return {(line["event"], line["organisation"]) for line in lines if line["event"].endswith("given_up")}


async def run(site: Site, verb: Any, *args: Any, by: Actor | None = None) -> Any:
    return (await site.desk.run(verb, *args, by=by or site.admin)).value


async def shown(site: Site, answer: Any) -> Any:
    id = answer.json()["conversation"]
    return (await site.desk.read(conversations.draw_conversation, id, by=site.admin)).value


async def units(site: Site, answer: Any) -> int:
    """What judging such rules takes of the allowance."""

    def used(reads: Any) -> int:
        facts, dear = facts_of(reads, answer.json()["conversation"]), read_criteria(DEAR)
        assert not any(dear.matches(facts) for _ in range(MANY))
        assert facts.allowance.is_used_up
        return facts.allowance.used

    return (await site.desk.read(used, by=site.by)).value
