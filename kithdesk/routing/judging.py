"""Judging: into which queue work goes when it comes, and what is asked of whoever takes it."""

from __future__ import annotations

from dataclasses import dataclass

from kithdesk.core.work import Work
from kithdesk.routing.entities import WorkItem


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say. Without one the default queue has it, as it is."""

    queue: str
    priority: int
    weight: int
    rule: str | None = None
    skills: tuple[tuple[str, int], ...] = ()


def judge(_work: Work, _item: WorkItem) -> Judgement | None:
    return None
