"""Servers with one promise broken. Each must be caught by the rule that guards the promise.

A mutant is a file here that changes the product's code in memory (`break_it`), started with
`python -m proofs.mutants.run NAME serve …`. Nothing of it is in the package.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from proofs.attack import Attack

TRIES = 3
"""Some breaks show by chance only: each attack may be made so often, with other seeds."""


@dataclass(frozen=True)
class Mutant:
    name: str
    promise: str
    """What it breaks, in words."""
    faults: tuple[str, ...]
    """What must happen to the server for the break to show."""
    caught_by: frozenset[str]
    """Rules of which at least one must find it."""
    operations: int = 1_500
    """How much must be said and done until it has surely shown."""
    nodes: int = 1
    agents: int = 3
    has_merges: bool = False
    sends_home: bool = False
    """One of the agents leaves, and what is at hand is watched for as long as it takes to notice that."""

    def attack(self, seed: int) -> Attack:
        command = (sys.executable, "-m", "proofs.mutants.run", self.name)
        return Attack(
            seed=seed,
            faults=self.faults,
            visitors=30,
            agents=self.agents,
            in_flight=7,
            operations=self.operations,
            nodes=self.nodes,
            has_merges=self.has_merges,
            sends_home=self.sends_home,
            command=command,
        )


ALL = (
    Mutant(
        "ack_before_commit",
        "an acknowledgement comes only after the commit",
        ("crash_3", "crash_3"),
        frozenset({"everything_acked_is_there_once"}),
    ),
    Mutant(
        "no_idempotency_check",
        "a repeated id changes nothing",
        ("crash_4", "crash_4", "cut_sockets"),
        frozenset({"nothing_is_there_twice", "a_repeat_gets_the_same_answer"}),
    ),
    Mutant(
        "position_handed_out_early",
        "nothing is shown that was not committed, and a position is one event for ever",
        ("crash_3", "crash_3"),
        frozenset({"nothing_is_missed", "a_position_is_one_event"}),
    ),
    Mutant(
        "replay_begins_late",
        "who comes back with a cursor misses nothing",
        ("cut_sockets", "cut_sockets"),
        frozenset({"nothing_is_missed"}),
    ),
    Mutant(
        "capacity_is_ignored",
        "nobody is given more than fits",
        ("cut_sockets",),
        frozenset({"nobody_is_given_more_than_fits"}),
    ),
    Mutant(
        "capacity_off_by_one",
        "nobody is given more than fits, not even one",
        ("cut_sockets",),
        frozenset({"nobody_is_given_more_than_fits"}),
    ),
    Mutant(
        "reaction_savepoint_missing",
        "what a failed reaction did is taken back whole",
        ("cut_sockets",),
        frozenset({"replay_finds_no_difference", "lists_agree_with_events"}),
    ),
    Mutant(
        "handed_out_backwards",
        "position p is handed out only after p - 1",
        ("cut_sockets",),
        frozenset({"nothing_is_missed", "positions_increase"}),
    ),
    Mutant(
        "note_sent_to_visitor",
        "visitors hear nothing of what agents note",
        ("cut_sockets",),
        frozenset({"visitors_hear_no_notes"}),
    ),
    Mutant(
        "narrowing_forgotten",
        "an agent's word opens nobody's history to a browser that never logged in",
        ("cut_sockets", "pause"),
        frozenset({"visitors_hear_only_their_own"}),
        nodes=2,
        has_merges=True,
    ),
    Mutant(
        "merge_unheard",
        "who is connected hears on when an agent merges or parts records, on whichever node",
        ("pause", "pause"),
        frozenset({"nothing_is_missed", "visitors_hear_only_their_own"}),
        nodes=2,
        has_merges=True,
    ),
    Mutant(
        "nobody_wakes_up",
        "who is snoozed wakes up",
        ("kill", "cut_sockets", "cut_sockets", "cut_sockets"),
        frozenset({"who_sleeps_wakes_up"}),
        operations=6_000,
    ),
    Mutant(
        "heads_locked_late",
        "one organisation's commands run one at a time, whichever nodes they came to",
        ("cut_sockets", "pause"),
        frozenset(
            {
                "senders_keep_their_order",
                "everything_can_be_read_again",
                "nobody_is_given_more_than_fits",
                "read_marks_stand",
                "replay_finds_no_difference",
            }
        ),
        operations=4_000,
        nodes=2,
        agents=8,
    ),
    Mutant(
        "hole_jumped",
        "position p is handed out only after p - 1, whichever node committed that",
        ("bus_dies", "bus_careless"),
        frozenset({"nothing_is_missed", "positions_increase"}),
        operations=500,
        nodes=2,
    ),
    Mutant(
        "hint_trusted",
        "the journal is the truth, and a hint only a hint",
        ("bus_lies", "bus_careless"),
        frozenset({"nothing_is_missed", "positions_increase"}),
        operations=500,
        nodes=2,
    ),
    Mutant(
        "lease_ignored",
        "who is there is not called away",
        ("cut_sockets",),
        frozenset({"who_is_there_is_not_called_away"}),
        nodes=2,
        agents=8,
        sends_home=True,
    ),
    Mutant(
        "projection_changed_by_hand",
        "every projection is what the journal says",
        ("drain",),
        frozenset({"replay_finds_no_difference"}),
    ),
)
