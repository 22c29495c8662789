"""Which slices a twin has."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from kithdesk.app import WIRING
from kithdesk.simulation.twin import PLAYED, PROJECTED, played_of


@pytest.mark.parametrize("name", sorted(PROJECTED | PLAYED))
def test_what_a_twin_has_is_a_slice(name: str) -> None:
    found = find_spec(f"kithdesk.{name}")

    assert found is not None
    assert found.submodule_search_locations


def test_every_slice_of_a_twin_does_something_in_it() -> None:
    played = played_of(WIRING)

    projecting = {_slice_of(one) for found in played.projectors.values() for one in found}
    reacting = {_slice_of(one) for found in played.reactions.values() for one in found}

    assert projecting == set(PROJECTED)
    assert reacting == set(PLAYED)


def _slice_of(function: object) -> str:
    return function.__module__.split(".")[1]
