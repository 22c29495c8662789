"""Agents who also take two records for one person's, and find out that they were wrong."""

from __future__ import annotations

from typing import Any

import httpx

from proofs.agents import Agent, position_of
from proofs.frames import Frame
from proofs.history import Merged, Merging, Undoing, Undone

ONE_IN = 12
"""Of the things that such an agent does, how often it is this."""
ENOUGH = 5
"""Merges that stand at once: with more, all would be one customer soon."""


class Merger(Agent):
    """Merges whoever writes with somebody else who writes, and undoes that: others' merges as well."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._merges: list[str] = []
        """Those of agents that stand, as far as heard."""

    def heard_event(self, frame: Frame) -> None:
        super().heard_event(frame)
        kind, data = frame["event"]["kind"], frame["event"]["data"]
        if kind == "customer.merged":
            self._topics.discard(f"customer:{data['from']}")
            if data["by"] == "agent":
                self._merges = [*self._without(data["merge"]), data["merge"]]
        elif kind == "customer.unmerged":
            self._merges = self._without(data["merge"])
            self._topics.add(f"customer:{data['customer']}")

    async def _do_something(self, http: httpx.AsyncClient) -> None:
        if self._random.randrange(ONE_IN):
            await super()._do_something(http)
        elif len(self._merges) >= ENOUGH or (self._merges and self._random.random() < 0.4):
            await self._undo(http)
        else:
            await self._merge(http)

    async def _merge(self, http: httpx.AsyncClient) -> None:
        known = sorted(topic for topic in self._topics if topic.startswith("customer:"))
        if len(known) < 2:
            return
        source, target = (topic.removeprefix("customer:") for topic in self._random.sample(known, 2))
        key = self._next_key()
        answer = await self.insist(
            http,
            ("POST", "/v1/customers/merges", {"source": source, "target": target}),
            key,
            lambda again: Merging(self.name, key, source, target, again),
        )
        if answer is not None:
            self._history.note(Merged(self.name, key, answer.json()["data"]["id"], position_of(answer)))

    async def _undo(self, http: httpx.AsyncClient) -> None:
        merge, key = self._random.choice(self._merges), self._next_key()
        answer = await self.insist(
            http,
            ("POST", f"/v1/customers/merges/{merge}/undo", {}),
            key,
            lambda again: Undoing(self.name, key, merge, again),
        )
        if answer is not None:
            self._history.note(Undone(self.name, key, merge, position_of(answer)))

    def _without(self, merge: str) -> list[str]:
        return [one for one in self._merges if one != merge]
