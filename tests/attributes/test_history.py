"""Any history of declaring and writing: what can be read is of its type, and what nobody wrote stays as it was."""

from __future__ import annotations

from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kithdesk import attributes
from kithdesk.attributes import Attribute
from kithdesk.attributes.values import clean_value
from kithdesk.core.errors import BadParameter, Conflict
from kithdesk.core.ids import OrganisationId
from kithdesk.core.work import Work
from tests.make import Make, WorkAs

_ORGANISATIONS = count(1)
_NAMES = st.sampled_from(["planStr", "sizeNum", "isVipBool"])
_VALUES = st.sampled_from([None, "", "gold", 1, 2.5, True, ["gold"], [1, 2], []])
_DECLARATIONS = st.fixed_dictionaries(
    {"type": st.sampled_from(["Str", "Num", "Bool"]), "array": st.booleans()},
    optional={"enumeration": st.sampled_from([[], ["gold"], ["silver"]])},
)
_MOVES = st.one_of(
    st.tuples(
        st.just("declare"), st.dictionaries(_NAMES, st.none() | _DECLARATIONS, max_size=3), st.booleans()
    ),
    st.tuples(st.just("write"), st.dictionaries(_NAMES, _VALUES, max_size=2), st.booleans()),
)


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(_MOVES, min_size=4, max_size=16))
def test_what_can_be_read_is_of_its_type(work: WorkAs, moves: list[tuple[str, Any, bool]]) -> None:
    make = Make(work, OrganisationId(f"{next(_ORGANISATIONS):024x}"))
    stored: dict[str, Any] = {}
    ever: dict[str, Attribute] = {}

    for move, said, replace in moves:
        with make.work(make.system) as command:
            if move == "declare":
                _declare(command, said, replace)
            else:
                stored = _write(command, said, stored, replace)
            known = attributes.declared(command, "customer")
            shown = attributes.masked(command, "customer", stored)

        assert shown == {name: value for name, value in stored.items() if name in known}
        assert list(known) == sorted(known, key=lambda name: known[name].position)
        for name, one in known.items():
            first = ever.setdefault(name, one)
            assert (one.type, one.array) == (first.type, first.array)
        for name, value in stored.items():
            assert clean_value(_without_choices(ever[name]), value) == value


def _declare(work: Work, said: dict[str, Any], replace: bool) -> None:
    before = attributes.declared(work, "customer")
    try:
        attributes.declare(work, "customer", said, replace=replace)
    except (BadParameter, Conflict):
        assert attributes.declared(work, "customer") == before
        return
    now = attributes.declared(work, "customer")
    kept = set() if replace else before.keys() - said.keys()
    assert now.keys() == kept | {name for name, one in said.items() if one is not None}


def _write(work: Work, said: dict[str, Any], before: dict[str, Any], replace: bool) -> dict[str, Any]:
    known = attributes.declared(work, "customer")
    try:
        after = attributes.check_custom(work, "customer", said, before=before, replace=replace)
    except BadParameter:
        return before
    assert said.keys() <= known.keys()
    for name in before.keys() - said.keys():
        is_kept = not replace or name not in known
        assert after.get(name) == (before[name] if is_kept else None)
    for name, value in said.items():
        assert after.get(name) == (value or None if isinstance(value, str | list) else value)
    return after


def _without_choices(attribute: Attribute) -> Attribute:
    """A choice that was there when it was made may be gone by now."""
    return Attribute(
        name=attribute.name,
        type=attribute.type,
        array=attribute.array,
        modified_at=attribute.modified_at,
    )
