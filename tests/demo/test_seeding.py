"""Loads of two seeds lie beside each other."""

from __future__ import annotations

import random

from kithdesk.demo.seeding import Load, _profile


def _phones(seed: int) -> set[str]:
    load = Load(customers=20, messages=0, seed=seed)
    return {one.phone for number in range(20) for one in _profile(load, random.Random(number), number).phones}


def test_no_two_seeds_give_the_same_telephone_number() -> None:
    assert len(_phones(1)) == 20
    assert not _phones(1) & _phones(101)
