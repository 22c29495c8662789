"""An attack is what its seed says, and goes on until enough has happened."""

from __future__ import annotations

from itertools import islice

import pytest

from proofs.attack import SENDS_A_CHANGE, Attack, faults_of, happens_to
from proofs.faults import FAULTS, NEEDS_NETWORK, NEEDS_SHIM, left_out
from proofs.history import Acked, Changed, History


def test_the_same_seed_is_the_same_attack() -> None:
    assert Attack.of_seed(7) == Attack.of_seed(7)
    assert Attack.of_seed(7) != Attack.of_seed(8)


def test_every_fault_happens_to_some_seed_unless_it_is_said_why_not() -> None:
    inflicted = {fault for seed in range(200) for fault in Attack.of_seed(seed).faults}

    assert inflicted == FAULTS.keys() - left_out().keys()


def test_what_happens_can_happen_to_so_many_nodes() -> None:
    attacks = [Attack.of_seed(seed) for seed in range(50)]

    assert {attack.nodes for attack in attacks} == {1, 2, 3}
    assert all(happens_to(fault, attack.nodes) for attack in attacks for fault in attack.faults)


def test_faults_choose_among_the_numbers_of_nodes() -> None:
    assert {Attack.of_seed(seed, ["power_cut"]).nodes for seed in range(20)} == {1}
    assert {Attack.of_seed(seed, ["bus_lies"]).nodes for seed in range(20)} == {2, 3}
    with pytest.raises(ValueError, match="bus_lies"):
        Attack.of_seed(1, ["bus_lies"], nodes=[1])


def test_a_worker_is_there_to_be_killed() -> None:
    assert all(Attack.of_seed(seed, ["worker_killed"]).has_worker for seed in range(20))


def test_records_are_merged_in_some_on_one_node_and_on_several() -> None:
    attacks = [Attack.of_seed(seed) for seed in range(50)]

    assert {(attack.has_merges, attack.nodes > 1) for attack in attacks} == {
        (has_merges, is_cluster) for has_merges in (True, False) for is_cluster in (True, False)
    }


def test_on_several_nodes_hundreds_of_sends_are_in_flight() -> None:
    attacks = [attack for seed in range(50) if (attack := Attack.of_seed(seed)).nodes > 1]

    assert all(attack.visitors * attack.in_flight >= 200 for attack in attacks)


def test_an_attack_brings_what_its_faults_need() -> None:
    for fault in FAULTS:
        attack = Attack(seed=1, faults=("kill", fault))

        assert attack.needs_shim == (fault in NEEDS_SHIM)
        assert attack.needs_network == (fault in NEEDS_NETWORK)


def test_without_a_number_each_fault_comes_once() -> None:
    assert list(faults_of(Attack(1, ("kill", "pause")), History())) == ["kill", "pause"]


def test_the_faults_come_again_until_enough_was_said_and_changed() -> None:
    history = History()
    coming = faults_of(Attack(1, ("kill", "pause"), operations=SENDS_A_CHANGE), history)
    assert list(islice(coming, 5)) == ["kill", "pause", "kill", "pause", "kill"]

    for number in range(SENDS_A_CHANGE):
        history.note(Acked("visitor0", f"visitor0.{number}", f"m{number}", "c1", number, "words"))
    assert next(coming) == "pause"
    history.note(Changed("agent0", "agent0.k1", 1))

    assert list(coming) == []
