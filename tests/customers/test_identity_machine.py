"""Three browsers of who knows whom: they write, claim, log in and out, while agents merge and part records.

A claimed address never links anything, a signed token always does, and nothing is ever orphaned: each conversation has
one customer, and each message stands on one timeline.
"""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from kithdesk import conversations
from kithdesk.customers import CustomerId
from tests.customers.identity_machine import ADDRESSES, AGENT, Machine


def _play(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Machine,
        settings=settings(max_examples=examples, stateful_step_count=steps, deadline=None, print_blob=True),
    )


@pytest.mark.parametrize("parts", [False, True])
def test_a_login_that_leaves_what_may_be_anothers_behaves_like_the_model(parts: bool) -> None:
    """Rare in a random history: an agent notes an address of somebody else's, and the login leaves it behind."""
    ana, ben, cem = ADDRESSES
    machine = Machine()
    machine.start()

    def check() -> None:
        _check(machine)

    try:
        machine.import_customer(cem)
        for device in (0, 1):
            machine.write(device, 0)
            machine.write(device, 1)
        machine.type_address(0, ana)
        check()
        if parts:  # cem's record is part of another as the browser logs in
            machine.import_customer(ben)
            source, target = (machine.model.owner_of_address(one) for one in (cem, ben))
            made = machine._do(
                conversations.merge_customers, CustomerId(source or ""), CustomerId(target or ""), by=AGENT
            )
            machine.model.merge(made.id, str(source), str(target))
        machine.log_in(0, cem)
        check()
        assert machine.model.owner_of_address(ana) != machine.model.owner_of_address(cem)
        machine.write(0, 1)
        check()
        if parts:
            machine.undo(0)
            check()
        machine.log_in(1, ana)
        check()
    finally:
        machine.teardown()


@pytest.mark.parametrize(("is_undone", "address"), [(False, 0), (True, 1), (True, 0)])
def test_what_somebody_proven_takes_up_behaves_like_the_model(is_undone: bool, address: int) -> None:
    """Rare in a random history: two browsers in one conversation, of which one has logged in."""
    machine = Machine()
    machine.start()
    try:
        machine.write(0, 0)
        machine.log_in(1, ADDRESSES[0])
        source, target = (machine.model.browsers[machine.authors[device]].record for device in (0, 1))
        made = machine._do(
            conversations.merge_customers, CustomerId(source or ""), CustomerId(target or ""), by=AGENT
        )
        machine.model.merge(made.id, str(source), str(target))
        for speaker in (0, 1, 0, 1):
            machine.speak(speaker, 0)
            _check(machine)
        assert machine.model.departed
        machine.write(0, 0)
        _check(machine)
        if is_undone:
            machine.undo(0)
            _check(machine)
            machine.speak(0, 0)
            _check(machine)
        machine.log_in(0, ADDRESSES[address])
        _check(machine)
        machine.speak(0, 0)
        _check(machine)
    finally:
        machine.teardown()


def _check(machine: Machine) -> None:
    machine.everything_is_whose_it_should_be()
    machine.only_a_login_opens_what_others_said()
    machine.every_message_stands_on_one_timeline()


def test_identity_behaves_like_its_model() -> None:
    _play(examples=12, steps=25)


@pytest.mark.long
def test_identity_behaves_like_its_model_for_longer() -> None:
    _play(examples=100, steps=50)
