"""Asking together: what comes while one question is under way goes with the next.

So a server has never two of them under way that could wait for each other, and what many ask for costs one command.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from kithdesk.core.errors import OutcomeUnknown, Overloaded

A = TypeVar("A")
B = TypeVar("B")
_Asked = tuple[A, asyncio.Future[B]]


class Together(Generic[A, B]):
    """`ask` answers for each in order, or raises for all that it was given, which are `most` at once."""

    def __init__(self, ask: Callable[[list[A]], Awaitable[Sequence[B]]], *, most: int) -> None:
        self._ask = ask
        self._most = most
        self._waiting: list[_Asked[A, B]] = []
        self._asking: asyncio.Task[None] | None = None

    async def ask(self, one: A) -> B:
        """Who is cancelled is asked for all the same."""
        answer: asyncio.Future[B] = asyncio.get_running_loop().create_future()
        self._waiting.append((one, answer))
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask_all(), name="asking together")
        return await answer

    async def _ask_all(self) -> None:
        try:
            while self._waiting:
                taken, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
                await self._ask_some(taken)
        finally:
            self._asking = None

    async def _ask_some(self, taken: list[_Asked[A, B]]) -> None:
        try:
            answers = await self._ask([one for one, _ in taken])
        except (Overloaded, OutcomeUnknown) as problem:
            # The database is away: who came meanwhile has waited as long, and would wait as long once more.
            behind, self._waiting = self._waiting, []
            _refuse([*taken, *behind], problem)
        except Exception as problem:  # noqa: BLE001 - it is theirs who asked
            _refuse(taken, problem)
        else:
            for (_, waiting), answer in zip(taken, answers, strict=True):
                if not waiting.done():
                    waiting.set_result(answer)


def _refuse(asked: list[_Asked[A, B]], problem: Exception) -> None:
    for _, waiting in asked:
        if not waiting.done():
            waiting.set_exception(problem)
