"""A simulation without a server, or beside one: from a snapshot of the database, for the command line."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from kithdesk.access import list_organisations
from kithdesk.core.clock import Instant
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.core.ids import OrganisationId
from kithdesk.core.migrate import Where
from kithdesk.core.names import name_key
from kithdesk.core.replay import Snapshot, open_snapshot
from kithdesk.core.work import Wiring
from kithdesk.simulation.periods import check_period
from kithdesk.simulation.results import Outcome
from kithdesk.simulation.scenario import Scenario
from kithdesk.simulation.whole import Whole

_TURN = 0.2
"""Seconds between two looks at how far it is."""


def simulate(
    where: Where,
    wiring: Wiring,
    org: str | None,
    begins: Instant,
    ends: Instant,
    scenario: Scenario,
    *,
    now: Instant,
    progress: Callable[[int, int], None],
) -> Outcome:
    """Plays a period of an organisation, by its id or name; none is needed where there is only one.

    `progress` is called with thousandths. Raises `NotFound`, `BadParameter`.
    """
    check_period(begins, ends, now)
    with closing(open_snapshot(where)) as snapshot:
        organisation = _find(snapshot, org)
        with closing(Whole(snapshot, wiring, organisation, begins, ends, scenario)) as whole:
            outcome = None
            while outcome is None:
                outcome = whole.step(_TURN)
                progress(round(whole.done * 1_000), 1_000)
            return outcome


def _find(snapshot: Snapshot, org: str | None) -> OrganisationId:
    known = list_organisations(snapshot)
    wanted = known if org is None else [one for one in known if org == one.id or _is_called(one.name, org)]
    if not wanted:
        raise NotFound
    if len(wanted) > 1:
        raise BadParameter("There are several organisations: say which.", parameter="org")
    return wanted[0].id


def _is_called(name: str, wanted: str) -> bool:
    return name_key(name) == name_key(wanted)
