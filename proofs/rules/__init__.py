"""The judges. Each rule is a function from a history to what is wrong with it; it looks at nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from proofs.history import History
from proofs.rules import delivery, order, running, topics, work

Rule = Callable[[History], Iterable[str]]

RULES: tuple[Rule, ...] = (
    delivery.everything_acked_is_there_once,
    delivery.nothing_is_there_twice,
    delivery.nothing_refused_is_there,
    delivery.nothing_was_made_up,
    delivery.a_repeat_gets_the_same_answer,
    delivery.everything_was_acked_in_the_end,
    order.senders_keep_their_order,
    topics.positions_increase,
    topics.nothing_is_missed,
    topics.a_position_is_one_event,
    topics.an_answer_tells_the_events_position,
    topics.visitors_hear_no_notes,
    topics.timelines_are_complete,
    work.nobody_is_given_more_than_fits,
    work.lists_agree_with_events,
    running.replay_finds_no_difference,
    running.the_server_comes_back,
    running.nothing_outlives_the_server,
    running.a_drain_ends_well,
)


def judge(history: History) -> list[str]:
    """Everything that any rule finds wrong, each sentence led by its rule's name."""
    return [f"{rule.__name__}: {finding}" for rule in RULES for finding in rule(history)]
