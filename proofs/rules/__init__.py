"""The judges. Each rule is a function from a history to what is wrong with it; it looks at nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from proofs.history import History
from proofs.rules import delivery, merging, order, presence, registers, running, topics, work

Rule = Callable[[History], Iterable[str]]

RULES: tuple[Rule, ...] = (
    delivery.everything_acked_is_there_once,
    delivery.nothing_is_there_twice,
    delivery.nothing_refused_is_there,
    delivery.nothing_was_made_up,
    delivery.a_repeat_gets_the_same_answer,
    delivery.everything_was_acked_in_the_end,
    order.senders_keep_their_order,
    order.a_conversation_is_one_list,
    order.what_came_later_stands_later,
    order.a_later_reading_covers_what_was_told,
    registers.assignments_are_one_register,
    registers.statuses_are_one_register,
    registers.a_reading_is_not_of_the_past,
    registers.who_sleeps_wakes_up,
    registers.nobody_is_woken_twice_or_early,
    registers.read_marks_stand,
    topics.positions_increase,
    topics.nothing_is_missed,
    topics.topics_are_refused_for_a_reason,
    topics.everything_can_be_read_again,
    topics.a_position_is_one_event,
    topics.an_answer_tells_the_events_position,
    topics.visitors_hear_no_notes,
    topics.visitors_hear_only_their_own,
    topics.timelines_are_complete,
    merging.merges_happen_once,
    merging.each_conversation_has_one_living_customer,
    merging.visitors_keep_their_own,
    work.nobody_is_given_more_than_fits,
    work.the_away_are_given_nothing,
    work.lists_agree_with_events,
    presence.who_is_there_is_not_called_away,
    presence.who_left_is_known_to_be_gone,
    running.replay_finds_no_difference,
    running.no_job_is_left_over,
    running.the_server_comes_back,
    running.nothing_outlives_the_server,
    running.a_drain_ends_well,
    running.a_failed_flush_ends_the_server,
)


def judge(history: History) -> list[str]:
    """Everything that any rule finds wrong, each sentence led by its rule's name."""
    return [f"{rule.__name__}: {finding}" for rule in RULES for finding in rule(history)]
