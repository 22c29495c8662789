"""The slices up to conversations, wired without what stands above them, so that nothing else reacts."""

from __future__ import annotations

from itertools import chain
from typing import Any

from kithdesk.access import projections as access
from kithdesk.conversations import jobs
from kithdesk.conversations import projections as conversations
from kithdesk.core.work import Wiring
from kithdesk.customers import projections as customers


def _joined(*parts: Any) -> Any:
    kinds = dict.fromkeys(chain.from_iterable(parts))
    return {kind: tuple(chain.from_iterable(part.get(kind, ()) for part in parts)) for kind in kinds}


WIRING = Wiring(
    projectors=_joined(access.PROJECTORS, customers.PROJECTORS, conversations.PROJECTORS),
    verbs=jobs.VERBS,
    handlers=jobs.HANDLERS,
)
