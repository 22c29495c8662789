"""What somebody typed, as what a text must have: terms, of which each clause needs one.

A term is a class letter and a text: `w` a word, a language's letter a stem, `k` an address or number squashed, `p` a
telephone number's digits from the end, `f` what is left of a word without one letter, `c` the channel of a message.
What a document is kept by has the same classes, so a search never parses a query language: there is nothing to inject
into.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from kithdesk.core.ids import OrganisationId
from kithdesk.views.words import (
    LANGUAGES,
    MAX_WORD,
    Language,
    beginnings_of,
    digits_of,
    is_small,
    is_unspaced,
    languages_of,
    pairs_of,
    runs_of,
    squashed,
    stem,
    stems_of,
    without_one,
    words_of,
)

MAX_QUERY = 255
MAX_CLAUSES = 12
"""Also of what is made of a run without spaces; that the rest of it is there is seen by its phrase."""

WORD, KEY, PHONE, SLIP, CHANNEL = "w", "k", "p", "f", "c"
STEM: dict[Language, str] = dict(zip(LANGUAGES, "edrsionvaylu", strict=True))
CLASS = 1
"""How many letters of a token say its class; then come the kind of document, and the organisation."""
_SIGNS_OF_ORGANISATION = 6
MARK = CLASS + 1 + _SIGNS_OF_ORGANISATION
"""How many letters stand before the word in a token."""


class Term(NamedTuple):
    text: str
    is_prefix: bool = False


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """`clauses` must all hold, each by one of its terms; or one of `whole` holds, which are of all that was typed.

    `phrases` are words that must stand together; `slips` are clauses that forgive a wrong letter, `whole_slips` the
    same of all that was typed.
    """

    text: str
    words: tuple[str, ...]
    clauses: tuple[tuple[Term, ...], ...]
    whole: tuple[Term, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    slips: tuple[tuple[Term, ...], ...] = ()
    whole_slips: tuple[Term, ...] = ()
    said: tuple[str, ...] = ()
    """The words that say something."""

    @property
    def begun(self) -> str | None:
        """The last word, where it may be unfinished and enough of it is there to look for."""
        last = self.clauses[-1][0]
        return last.text[CLASS:] if last.is_prefix and not is_short(last) else None


def is_short(term: Term) -> bool:
    """Whether so little of a word is there that it begins too many others."""
    word = term.text[CLASS:]
    return term.is_prefix and (len(word) < 4 or is_small(word)) and not is_unspaced(word)


def ask(text: str, *, is_whole: bool = False) -> Asked | None:
    """What it asks for, or None when there is no word in it. The last word may be unfinished unless it `is_whole`."""
    text = text[:MAX_QUERY]
    runs = runs_of(text)[:MAX_CLAUSES]
    if not runs:
        return None
    is_open = not is_whole and not text.endswith((" ", '"'))
    said = [run for run in runs if not is_small(run)] or runs
    clauses = [
        clause
        for place, run in enumerate(runs)
        for clause in _clauses(run, is_prefix=is_open and place == len(runs) - 1)
        if run in said or (is_open and place == len(runs) - 1)
    ]
    quoted = [words_of(part) for part in _QUOTED.findall(text)]
    unspaced = [pairs_of(run) for run in runs if is_unspaced(run)]
    return Asked(
        text=text,
        words=tuple(words_of(text)),
        clauses=tuple(dict.fromkeys(clauses))[:MAX_CLAUSES],
        whole=tuple(_whole(text, is_whole=is_whole)),
        phrases=tuple(tuple(phrase) for phrase in (*quoted, *unspaced) if len(phrase) > 1),
        slips=() if is_whole else tuple(dict.fromkeys(_slips(said)))[:MAX_CLAUSES],
        whole_slips=() if is_whole else tuple(_whole_slips(squashed(text))),
        said=tuple(said),
    )


_QUOTED = re.compile(r'"([^"]+)"')


def _clauses(run: str, *, is_prefix: bool) -> list[tuple[Term, ...]]:
    """A lone character of a script without spaces is the first of some pair."""
    if is_unspaced(run):
        pairs: list[tuple[Term, ...]] = [(Term(WORD + pair),) for pair in pairs_of(run)]
        return pairs or [(Term(WORD + run, is_prefix=True),)]
    stems = [Term(STEM[language] + stem(run, language)) for language in languages_of(run)]
    return [tuple(dict.fromkeys([Term(WORD + run[:MAX_WORD], is_prefix), *stems]))]


def _whole(text: str, *, is_whole: bool) -> Iterable[Term]:
    key = squashed(text)
    if len(key) > 1:
        yield Term(KEY + key, is_prefix=not is_whole and len(key) > 2)
    digits = digits_of(text)
    if digits is not None:
        yield Term(PHONE + digits[::-1], is_prefix=True)
        # Whoever still types it has come to its beginning, and not to its end.
        yield Term(KEY + digits, is_prefix=not is_whole)


def _slips(runs: Sequence[str]) -> Iterable[tuple[Term, ...]]:
    for run in runs:
        if may_slip(run):
            yield tuple(Term(SLIP + rest) for rest in sorted(without_one(run)))
        else:
            yield from _clauses(run, is_prefix=False)


def _whole_slips(key: str) -> Iterable[Term]:
    if is_number(key):
        for rest in sorted(without_one(key)):
            yield Term(SLIP + rest)


def is_number(key: str) -> bool:
    """Whether it is the number of something, squashed: written without its signs it is one word, with them it is two.

    An address is longer, and its words forgive a slip each by itself.
    """
    return may_slip(key) and len(key) <= _LONGEST_NUMBER and any(sign.isdigit() for sign in key)


_LONGEST_NUMBER = 16


def may_slip(word: str) -> bool:
    """Whether it is long enough for one letter to be wrong."""
    return 3 < len(word) <= 24 and not is_unspaced(word)


# What a document is kept by


@lru_cache(maxsize=4_096)
def mark_of(organisation: OrganisationId, kind: str) -> str:
    """The letters before every word of an organisation's documents of a kind, but for the class.

    With them a word's list in the index is of one organisation and one kind, however many there are: the newest of a
    list are taken before anybody asks whose they are. Should two ever be alike, neither finds what is the other's.
    """
    number = int.from_bytes(hashlib.blake2b(organisation.encode(), digest_size=8).digest())
    return kind + "".join(_SIGNS[number // 36**place % 36] for place in range(_SIGNS_OF_ORGANISATION))


_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"


def tokens(
    mark: str,
    words: Sequence[str],
    *,
    language: Language | None,
    keys: Sequence[str] = (),
    phones: Sequence[str] = (),
    channel: str | None = None,
    forgives: bool = False,
) -> str:
    """What a document is kept by: its words in their order, then the rest."""
    found = _each(WORD + mark, words)
    if language is not None:
        found += _each(STEM[language] + mark, stems_of(words, language))
    if keys:
        found += _each(KEY + mark, dict.fromkeys(key for key in map(squashed, keys) if key))
    if phones:
        found += _each(KEY + mark, dict.fromkeys(begun for phone in phones for begun in beginnings_of(phone)))
        numbers = dict.fromkeys(digits for digits in map(digits_of, phones) if digits)
        found += _each(PHONE + mark, [digits[::-1] for digits in numbers])
    if channel is not None:
        found += _each(CHANNEL + mark, [channel])
    if forgives:
        slips = {rest for word in words if may_slip(word) for rest in without_one(word)}
        slips.update(rest for key in map(squashed, keys) if is_number(key) for rest in without_one(key))
        found += _each(SLIP + mark, sorted(slips))
    return found[1:]


def _each(before: str, words: Iterable[str]) -> str:
    """Each of them after a space and these letters."""
    return f" {before}".join(("", *words))


def marked(term: Term, mark: str) -> str:
    """A term as documents of this mark have it."""
    return f"{term.text[:CLASS]}{mark}{term.text[CLASS:][:MAX_WORD]}"
