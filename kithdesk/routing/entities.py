"""Work items and agents as their rows have them."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from kithdesk.core.clock import Instant
from kithdesk.routing.choosing import Agent, PreferredAs, Terms, Traits, Waiting
from kithdesk.routing.events import OverflowTerms, QueueRule, QueueTerms, Status
from kithdesk.routing.ids import QueueId, WorkItemId

State = Literal["idle", "queued", "offered", "assigned", "paused", "wrap_up", "completed"]
IN_QUEUE: tuple[State, ...] = ("queued", "offered")
IS_DONE: tuple[State, ...] = ("wrap_up", "completed")
DEFAULT_PRIORITY = 50
DEFAULT_WEIGHT = 1

decode_ids = msgspec.json.Decoder(tuple[str, ...]).decode
decode_required = msgspec.json.Decoder(tuple[tuple[str, int], ...]).decode
decode_traits = msgspec.json.Decoder(Traits).decode
decode_rule = msgspec.json.Decoder(QueueRule).decode
decode_waits = msgspec.json.Decoder(dict[int, int]).decode
decode_levels = msgspec.json.Decoder(dict[str, int]).decode
_decode_held = msgspec.json.Decoder(dict[int, int]).decode
_decode_terms = msgspec.json.Decoder(QueueTerms).decode


def encode(value: Any) -> str:
    return msgspec.json.encode(value).decode()


class Queue(msgspec.Struct, frozen=True):
    """A queue, with what it says of the work in it."""

    id: QueueId
    name: str
    key: str
    is_default: bool
    priority: int
    weight: int
    terms: QueueTerms
    created_at: Instant
    changed_at: Instant
    rev: int

    @property
    def overflow(self) -> OverflowTerms | None:
        return self.terms.overflow


def queue_of(row: Any) -> Queue:
    return Queue(**{**row._asdict(), "terms": _decode_terms(row.terms)})


class WorkItem(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation's turn with routing. `users` have it, or had it last; `offered_to` likewise.

    `declined`: who was asked and said no, this time. `declined_at`: since when nobody else is left to ask.
    `judged_for` is the queue for which a rule, or its last agent, said more than the queue does.
    """

    conversation: str
    number: int
    id: WorkItemId
    channel: str
    queue: QueueId | None = None
    state: State = "idle"
    is_live: bool = True
    status: str = "open"
    is_ended: bool = False
    judged_for: str | None = None
    rule: str | None = None
    priority: int = DEFAULT_PRIORITY
    weight: int = DEFAULT_WEIGHT
    line: str | None = None
    preferred: str | None = None
    preferred_as: PreferredAs | None = None
    wished: str | None = None
    language: str | None = None
    holds_out: bool = False
    reserved_for: str | None = None
    held_until: Instant | None = None
    offered_to: str | None = None
    offered_at: Instant | None = None
    offered_until: Instant | None = None
    wrap_up_until: Instant | None = None
    declined_at: Instant | None = None
    asked_again_at: Instant | None = None
    overflowed_at: Instant | None = None
    offers_form: bool = False
    queued_count: int = 0
    waited: int = 0
    queued_at: Instant | None = None
    entered_at: Instant
    created_at: Instant
    accepted_at: Instant | None = None
    had_until: Instant | None = None
    completed_at: Instant | None = None
    changed_at: Instant
    users: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    skills: tuple[tuple[str, int], ...] = ()
    own_skills: tuple[str, ...] = ()

    @property
    def traits(self) -> Traits:
        return Traits(
            queue=self.queue or "",
            priority=self.priority,
            weight=self.weight,
            channel=self.channel,
            skills=self.asked(self.skills),
            language=self.language if self.holds_out else None,
            reserved_for=self.reserved_for,
            not_for=self.not_for,
            declined=self.declined,
        )

    @property
    def waiting(self) -> Waiting:
        return self._waiting(self.traits, preferred=self.preferred)

    @property
    def left_at(self) -> Instant:
        """When its agent last had it."""
        return self.created_at if self.had_until is None else self.had_until

    def waiting_in(self, queue: str, **changes: int) -> Waiting:
        """As it waits in a queue; with `changes` of priority and weight nothing is asked that another queue asked."""
        traits = msgspec.structs.replace(self.traits, queue=queue, **changes)
        if changes:
            traits = msgspec.structs.replace(traits, skills=self.asked(()), reserved_for=None)
            return self._waiting(traits, preferred=None)
        return self._waiting(traits, preferred=self.preferred)

    def asked(self, skills: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
        """With what is asked by hand, whatever the level, where the rules ask less."""
        if not self.own_skills:
            return skills
        return tuple(sorted({**dict.fromkeys(self.own_skills, 1), **dict(skills)}.items()))

    def _waiting(self, traits: Traits, *, preferred: str | None) -> Waiting:
        who: tuple[str | None, PreferredAs] = preferred, self.preferred_as or "last_agent"
        if self.wished is not None:
            who = self.wished, "by_hand"
        return Waiting(self.id, self.conversation, traits, self.entered_at, *who, language=self.language)

    @property
    def hands(self) -> tuple[str, ...]:
        """Whose capacity it takes: who has it, winds it up, or is asked to take it."""
        if self.state in ("assigned", "wrap_up"):
            return self.users
        return (self.offered_to,) if self.state == "offered" and self.offered_to is not None else ()


_LISTS = WorkItem.__struct_fields__.index("users")
"""From here on the columns are JSON lists."""


def item_of(row: Any) -> WorkItem:
    users, teams, not_for, declined, skills, own_skills = row[_LISTS:]
    plain = dict(zip(WorkItem.__struct_fields__, row[:_LISTS], strict=False))
    return WorkItem(
        **plain,
        users=decode_ids(users),
        teams=decode_ids(teams),
        not_for=decode_ids(not_for),
        declined=decode_ids(declined),
        skills=decode_required(skills),
        own_skills=decode_ids(own_skills),
    )


class AgentRow(msgspec.Struct, frozen=True):
    """An agent who has ever said they are here, or was given something."""

    user: str
    status: Status
    reason: str | None
    changed_at: Instant | None
    chosen_team: str
    team: str
    capacity: int
    load: int
    held: str
    skills: str
    free_share: int
    idle_since: Instant

    def with_terms(self, terms: Terms) -> Agent:
        return Agent(
            self.user,
            self.capacity,
            self.load,
            self.idle_since,
            terms,
            held_of(self.held),
            decode_levels(self.skills) if self.skills != "{}" else {},
            self.status == "available",
            self.team,
        )


def held_of(text: str) -> dict[int, int]:
    return _decode_held(text) if text != "{}" else {}
