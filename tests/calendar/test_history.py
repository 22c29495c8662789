"""Any history of making, changing and deleting: one default, one name each, and every schedule as it was said."""

from __future__ import annotations

from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kithdesk.calendar import Change, Draft, Schedule, change_schedule, create_schedule, delete_schedule
from kithdesk.calendar.queries import default_schedule, list_schedules
from kithdesk.core.errors import Conflict
from kithdesk.core.ids import OrganisationId
from kithdesk.core.work import Work
from tests.make import Make, WorkAs

_ORGANISATIONS = count(1)
_NAMES = st.sampled_from(["Office", "OFFICE", "Night", "Shop"])
_MOVES = st.lists(
    st.tuples(st.sampled_from(["create", "change", "delete"]), _NAMES, st.booleans(), st.integers(0, 5)),
    min_size=4,
    max_size=20,
)


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(_MOVES)
def test_there_is_one_default_whatever_was_done(
    work: WorkAs, moves: list[tuple[str, str, bool, int]]
) -> None:
    make = Make(work, OrganisationId(f"{next(_ORGANISATIONS):024x}"))

    for move in moves:
        with make.work(make.system) as command:
            before = list_schedules(command, limit=100)
            try:
                _do(command, before, *move)
            except Conflict:
                assert list_schedules(command, limit=100) == before
            after = list_schedules(command, limit=100)
            default = default_schedule(command)

        assert [one for one in after if one.is_default] == ([default] if after else [])
        assert len({one.name.lower() for one in after}) == len(after)


def _do(work: Work, known: list[Schedule], move: str, name: str, is_default: bool, place: int) -> None:
    if move == "create":
        made = create_schedule(work, Draft(name=name, timezone="UTC", hours={}, is_default=is_default))
        assert made.is_default == (is_default or not known)
        return
    if not known:
        return
    chosen = known[place % len(known)]
    if move == "delete":
        delete_schedule(work, chosen.id)
        return
    changed = change_schedule(work, chosen.id, Change(name=name, is_default=is_default))
    assert (changed.name, changed.is_default) == (name, is_default)
