"""Facts. Everything that happens is one of these, recorded in the transaction that made it so.

A slice declares its facts in `events.py` as frozen structs with a past-tense `kind`. A field named `customer`,
`conversation` or `queue` holds an id and puts the event on that topic. A field marked `Personal` can identify a
person: it is kept apart from the rest, in a row that erasure removes, so it needs a default, which is what it
reads as afterwards. Fields are only ever added, with defaults: old events must stay readable for ever.
"""

from __future__ import annotations

import typing
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Generic, TypeVar

import msgspec

from kithdesk.core.actors import Actor
from kithdesk.core.clock import Instant
from kithdesk.core.ids import EventId, OrganisationId

_PERSONAL = msgspec.Meta(extra={"personal": True})
T = TypeVar("T")
Personal = Annotated[T, _PERSONAL]
"""Marks a field that can identify a person: `body: Personal[str] = ""`."""


class Change(msgspec.Struct, frozen=True):
    """One field, before and after, in the words of the API."""

    before: Any
    after: Any


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One fact. `kind` is its name on the wire and in the journal."""

    kind: ClassVar[str]
    on_timeline: ClassVar[bool] = False
    """Whether the customer's timeline shows it."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        kind = cls.__dict__.get("kind")
        if isinstance(kind, str):
            if kind in _KINDS:
                raise TypeError(f"two events are called {kind}")
            _KINDS[kind] = cls

    @property
    def ended_credentials(self) -> Sequence[str]:
        """Credentials that are dead from now on: whoever still uses one is let go."""
        return ()

    def only_for(self, recorded: Recorded[Any]) -> str | None:
        """The one agent who is told, where it is nobody else's business."""
        return None

    def for_agents(self, recorded: Recorded[Any]) -> dict[str, Any] | None:
        """`event.data` as agents get it, or None when no agent does."""
        return None

    def for_visitors(self, recorded: Recorded[Any]) -> dict[str, Any] | None:
        """`event.data` as the visitor concerned gets it, or None."""
        return None


_KINDS: dict[str, type[Event]] = {}
E = TypeVar("E", bound=Event, covariant=True)


@dataclass(slots=True, frozen=True)
class Recorded(Generic[E]):
    """A fact with its circumstances. `position` is 0 until the lane has numbered it."""

    id: EventId
    organisation: OrganisationId
    at: Instant
    actor: Actor
    event: E
    position: int = 0
    encoded: tuple[str, str | None] | None = None
    """What the journal will hold, made when the event is stated, so that a bad event fails its own command."""

    def by(self, actor: Actor) -> Recorded[E]:
        """The same fact, shown as this actor's."""
        return Recorded(self.id, self.organisation, self.at, actor, self.event, self.position, self.encoded)

    @property
    def customer(self) -> str | None:
        return getattr(self.event, "customer", None)

    @property
    def conversation(self) -> str | None:
        return getattr(self.event, "conversation", None)

    @property
    def queue(self) -> str | None:
        return getattr(self.event, "queue", None)


class UnknownEvent(Event, frozen=True):
    """A fact of a newer version, whose server stands beside this one in an upgrade: counted, and shown to nobody."""

    name: str

    @property
    def kind(self) -> str:  # type: ignore[override]
        return self.name


def kinds() -> dict[str, type[Event]]:
    """Every kind that has been imported."""
    return dict(_KINDS)


class _Split(typing.NamedTuple):
    facts: tuple[str, ...]
    personal: tuple[str, ...]


_SPLITS: dict[type[Event], _Split] = {}


def _split_of(kind: type[Event]) -> _Split:
    split = _SPLITS.get(kind)
    if split is None:
        hints = typing.get_type_hints(kind, include_extras=True)
        personal = [field for field in kind.__struct_fields__ if is_personal(hints[field])]
        facts = [field for field in kind.__struct_fields__ if field not in personal]
        split = _SPLITS[kind] = _Split(tuple(facts), tuple(personal))
    return split


def is_personal(hint: Any) -> bool:
    """Whether a field's type, with its extras, is marked `Personal`."""
    return _PERSONAL in getattr(hint, "__metadata__", ())


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


def encode(event: Event) -> tuple[str, str | None]:
    """The event as two JSON texts: what may stay for ever, and what identifies a person (or None)."""
    split = _split_of(type(event))
    facts = _encode({field: getattr(event, field) for field in split.facts}).decode()
    if not split.personal:
        return facts, None
    return facts, _encode({field: getattr(event, field) for field in split.personal}).decode()


def decode(kind: str, facts: str, personal: str | None) -> Event:
    """The event again. Erased personal fields read as their defaults."""
    if kind not in _KINDS:
        return UnknownEvent(name=kind)
    values = _decode(facts)
    if personal is not None:
        values.update(_decode(personal))
    return msgspec.convert(values, _KINDS[kind])
