"""One search over everything: who wrote, what was said, which order; the likeliest first.

What is exactly what was typed comes first (an id, an address, an order number), then names, then words, those said
lately before those said long ago. Of each kind the newest thousand that have the words are ranked, so a word that is
everywhere costs no more than a rare one. Ranks are made here of what rows say, so both databases give the same order.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import Any, Literal, NamedTuple

from kithdesk.conversations import Channel
from kithdesk.core.actors import Actor
from kithdesk.core.clock import DAY
from kithdesk.core.computing import aside
from kithdesk.core.deadlines import Deadline
from kithdesk.core.folding import fold
from kithdesk.core.ids import is_id
from kithdesk.core.work import Reads
from kithdesk.customers import find_survivor
from kithdesk.views import by_value
from kithdesk.views.asking import CHANNEL, KEY, MARK, WORD, Asked, Term, ask, is_short, mark_of
from kithdesk.views.documents import KINDS, Kind
from kithdesk.views.fulltext import Clauses
from kithdesk.views.queries import (
    MOST_RANKED,
    customers_of,
    find_documents,
    find_nameless,
    list_with_words,
)
from kithdesk.views.slips import is_slip
from kithdesk.views.within import KINDS as THEIRS
from kithdesk.views.within import Within, within
from kithdesk.views.words import squashed

Type = str
HitSort = Literal["-relevance", "-at"]
TYPES: tuple[Kind, ...] = ("customer", "company", "conversation", "message", "note", "kobject")
_LETTERS = {letter: kind for kind, letter in KINDS.items()}
_FORGIVING: tuple[Kind, ...] = ("customer", "claim", "company", "conversation", "kobject")
FEW = 5
"""Found without a slip: with more than these nobody meant anything else."""
HALF_LIFE = 30 * DAY
"""Half of what being new is worth is gone after it."""


class Hit(NamedTuple):
    """One thing found. `kind` claim is a customer by what they say of themselves, `is_by_value` one by an attribute."""

    kind: Kind
    id: str
    score: float
    row: Any
    is_by_value: bool = False


class Found(NamedTuple):
    """All that is ranked, in the order that was asked for. `is_capped`: there is more of it that was not."""

    asked: Asked | None
    hits: list[Hit]
    is_capped: bool


def visible_to(actor: Actor) -> frozenset[Kind]:
    """What somebody may find at all: agents everything, others nothing."""
    return frozenset(KINDS) if actor.is_agent or actor.type == "system" else frozenset()


def search(
    reads: Reads,
    text: str,
    types: Collection[str],
    deadline: Deadline,
    *,
    customer: str | None = None,
    channel: Channel | None = None,
    sort: HitSort = "-relevance",
) -> Found:
    """What has `text` in it, among `types`, as far as who asks may see it; with `customer` what is theirs, with
    `channel` the messages that went by it. The likeliest first, or the newest.

    Raises `Overloaded` at the deadline, `NotFound` for a customer who is not there.
    """
    here = None if customer is None else within(reads, customer)
    asked = ask(text)
    if asked is None:
        return Found(None, [], is_capped=False)
    wanted = _wanted(reads, types, here, channel)
    hits: dict[tuple[str, str], Hit] = {}
    is_capped = here is not None and here.is_cut
    for hit in _named(reads, text.strip(), wanted, here):
        if channel is None or hit.row.channel == channel:
            _keep(hits, hit)
    for kind in sorted(wanted):
        clauses, whole = _terms(asked, kind, channel)
        rows = list_with_words(reads, kind, _mark(reads, kind), clauses, whole, within=here)
        is_capped |= len(rows) > MOST_RANKED
        for hit in aside(partial(_rank, reads, asked, kind, rows[:MOST_RANKED], deadline)):
            _keep(hits, hit)
    for hit in _valued(reads, asked, wanted):
        _keep(hits, hit)
    if sum(hit.kind in _FORGIVING for hit in hits.values()) < FEW:
        for hit in _slipped(reads, asked, wanted, deadline, here):
            _keep(hits, hit)
    found = sorted(hits.values(), key=lambda hit: (hit.row.at, hit.id), reverse=True)
    if sort == "-relevance":
        found.sort(key=lambda hit: -hit.score)
    return Found(asked, found, is_capped)


def _wanted(reads: Reads, types: Collection[str], here: Within | None, channel: Channel | None) -> set[Kind]:
    wanted = {kind for kind in visible_to(reads.actor) if _type_of(kind) in types}
    if here is not None:
        wanted.intersection_update(THEIRS)
    if channel is not None:
        wanted.intersection_update({"message"})
    return wanted


def _terms(asked: Asked, kind: Kind, channel: Channel | None) -> tuple[Clauses, Sequence[Term]]:
    """The clauses that a document of this kind must have, or instead of them one term of all that was typed."""
    if kind in _FORGIVING:
        return asked.clauses, asked.whole
    went_by = [] if channel is None else [(Term(CHANNEL + channel),)]
    return [*_begun(asked.clauses), *went_by], ()


def _begun(clauses: Clauses) -> Clauses:
    """A word of which only a few letters are there begins too many others to look for in all that was ever said."""
    return [
        [Term(term.text, is_prefix=False) if is_short(term) else term for term in clause]
        for clause in clauses
    ]


def _type_of(kind: Kind) -> Kind:
    return "customer" if kind == "claim" else kind


def _mark(reads: Reads, kind: Kind) -> str:
    return mark_of(reads.organisation, KINDS[kind])


def _keep(hits: dict[tuple[str, str], Hit], hit: Hit) -> None:
    """A thing is found once, by what speaks most for it."""
    key = (_type_of(hit.kind), hit.id)
    if key not in hits or hits[key].score < hit.score:
        hits[key] = hit


# What speaks for a hit

EXACT_ID, EXACT_KEY, EXACT_NAME, NAME_BEGINS, NAME_HAS, OBJECT_HAS, SUBJECT_HAS = 100, 50, 40, 30, 20, 18, 16
VALUE_IS, VALUE_HAS, SLIPPED, CLAIM_COSTS = 15, 14, 12, 6


def _named(reads: Reads, text: str, wanted: set[Kind], here: Within | None) -> list[Hit]:
    if not is_id(text):
        return []
    # Of a record that is part of another its claims may be left, and they are no record any more.
    rows = find_documents(reads, [find_survivor(reads, text) or text]) or find_nameless(reads, text)
    if here is not None:
        owners = customers_of(reads, [row.conversation for row in rows if row.conversation])
        rows = [row for row in rows if here.customer in (row.customer, owners.get(row.conversation))]
    return [Hit(_LETTERS[row.kind], row.id, EXACT_ID, row) for row in rows if _LETTERS[row.kind] in wanted]


def _rank(reads: Reads, asked: Asked, kind: Kind, rows: Sequence[Any], deadline: Deadline) -> list[Hit]:
    found = []
    for row in rows:
        deadline.check()
        hit = _ranked(reads, asked, kind, row)
        if hit is not None:
            found.append(hit)
    return found


def _ranked(reads: Reads, asked: Asked, kind: Kind, row: Any) -> Hit | None:
    mark = _mark(reads, kind)
    words = f" {row.words} "
    if not all(
        f" {' '.join(f'{WORD}{mark}{word}' for word in phrase)} " in words for phrase in asked.phrases
    ):
        return None
    if kind in ("message", "note"):
        return Hit(kind, row.id, _quality(asked, mark, words) + _recency(reads, row), row)
    # A claim proves nothing, so it is no key.
    is_key = kind != "claim" and f" {KEY}{mark}{squashed(asked.text)} " in words
    score = EXACT_KEY if is_key else _standing(kind, asked, fold(row.title or ""))
    return Hit(
        kind, row.id, score - (CLAIM_COSTS if kind == "claim" else 0) + _recency(reads, row) / 100, row
    )


def _standing(kind: Kind, asked: Asked, title: str) -> float:
    text = " ".join(fold(asked.text).split())
    if title == text:
        return EXACT_NAME
    if title.startswith(text):
        return NAME_BEGINS
    return {"kobject": OBJECT_HAS, "conversation": SUBJECT_HAS}.get(kind, NAME_HAS)


def _quality(asked: Asked, mark: str, words: str) -> float:
    """How much of what was typed is there as it was typed, how often, and how close together; up to 10."""
    said = max(1, words.count(f" {WORD}{mark}"))
    score = 0.0
    for clause in asked.clauses:
        word = f"{WORD}{mark}{clause[0].text[1:]}"
        times = words.count(f" {word} ")
        if times:
            score += 1 + times / (times + 1 + said / 40)
        elif f" {word}" in words:
            score += 0.8
        else:
            score += 0.6
    score /= max(1, len(asked.clauses))
    whole = " ".join(f"{WORD}{mark}{word}" for word in asked.words)
    return 4 * score + (2 if len(asked.words) > 1 and f" {whole}" in words else 0)


def _recency(reads: Reads, row: Any) -> float:
    age: int = max(0, reads.now - row.at)
    return 3 * HALF_LIFE / (HALF_LIFE + age)


def _valued(reads: Reads, asked: Asked, wanted: set[Kind]) -> list[Hit]:
    """Customers of whom their own attributes say so."""
    if "customer" not in wanted:
        return []
    scores = dict.fromkeys(by_value.with_words(reads, asked), VALUE_HAS)
    scores |= dict.fromkeys(by_value.with_value(reads, asked.text), VALUE_IS)
    rows = [row for row in find_documents(reads, list(scores)) if _LETTERS[row.kind] == "customer"]
    return [
        Hit("customer", row.id, scores[row.id] + _recency(reads, row) / 100, row, is_by_value=True)
        for row in rows
    ]


def _slipped(
    reads: Reads, asked: Asked, wanted: set[Kind], deadline: Deadline, here: Within | None
) -> list[Hit]:
    """What would have been found with one letter more, less, other, or swapped, in any of its words."""
    found: list[Hit] = []
    for kind in sorted(wanted.intersection(_FORGIVING)):
        rows = list_with_words(reads, kind, _mark(reads, kind), asked.slips, asked.whole_slips, within=here)
        rows = rows[:MOST_RANKED]
        found += aside(partial(_rank_slipped, reads, asked, kind, rows, deadline))
    return found


def _rank_slipped(
    reads: Reads, asked: Asked, kind: Kind, rows: Sequence[Any], deadline: Deadline
) -> list[Hit]:
    found = []
    for row in rows:
        deadline.check()
        tokens = row.words.split(" ")
        words = [word[MARK:] for word in tokens if word[0] == WORD]
        is_slipped = all(any(is_slip(said, word) for word in words) for said in asked.said)
        if not is_slipped and asked.whole_slips:
            keys = [word[MARK:] for word in tokens if word[0] == KEY]
            is_slipped = any(is_slip(squashed(asked.text), key) for key in keys)
        if is_slipped:
            cost = CLAIM_COSTS if kind == "claim" else 0
            found.append(Hit(kind, row.id, SLIPPED - cost + _recency(reads, row) / 100, row))
    return found
