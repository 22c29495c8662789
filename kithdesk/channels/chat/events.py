"""What the chat states of its visitors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from kithdesk.core.events import Event


class VisitorTokensEnded(Event, frozen=True, kw_only=True):
    """A visitor logged in, and has a new token, or logged out: their old ones are dead."""

    kind: ClassVar[str] = "visitor.tokens_ended"
    visitor: str
    tokens: list[str]

    @property
    def ended_credentials(self) -> Sequence[str]:
        return self.tokens
