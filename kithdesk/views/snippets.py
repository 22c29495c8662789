"""What is shown of a text that was found: a piece around the first word that matched, and where the words are.

Places are counted as browsers count, in UTF-16 units. Text stays text: it is never marked up here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kithdesk.core.folding import normalised
from kithdesk.views.asking import STEM, WORD, Asked
from kithdesk.views.slips import is_slip
from kithdesk.views.words import (
    MAX_TEXT,
    MAX_WORD,
    Language,
    is_unspaced,
    languages_of,
    spans_of,
    stem,
)

BEFORE = 60
"""Characters that are shown before the first match."""
MOST_SHOWN = 200
MOST_KNOWN = 4_096
"""Words of which it is remembered whether they were asked for."""
_LANGUAGES: dict[str, Language] = {letter: language for language, letter in STEM.items()}


class Snippet(NamedTuple):
    text: str
    highlights: list[list[int]]


def snippet_of(text: str, asked: Asked) -> Snippet:
    """One line of it."""
    line = " ".join(normalised("NFC", text[:MAX_TEXT]).split())
    match = next(matches_in(line, asked), None)
    begins = 0 if match is None else max(0, match[0] - BEFORE)
    if match is not None and begins:
        begins = line.find(" ", begins, match[0]) + 1 or begins
    ends = min(len(line), begins + MOST_SHOWN)
    before, after = "…" if begins else "", "…" if ends < len(line) else ""
    shown = before + line[begins:ends] + after
    moved = len(before) - begins
    matches = () if match is None else matches_in(line, asked, match[0], ends)
    places = [(first + moved, last + moved) for first, last in matches if last <= ends]
    return Snippet(shown, [[_units(shown[:first]), _units(shown[:last])] for first, last in places])


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def matches_in(
    line: str, asked: Asked, begins: int = 0, ends: int | None = None
) -> Iterator[tuple[int, int]]:
    """Where it has a word of what was asked, of those that begin between these places."""
    wanted = _wanted(asked)
    for first, last, word in spans_of(line, begins):
        if ends is not None and first >= ends:
            return
        if not is_unspaced(word):
            if wanted.has(word):
                yield first, last
        elif len(word) == last - first:
            yield from ((first + one, first + other) for one, other in wanted.inside(word))
        elif next(wanted.inside(word), None):
            yield first, last


class _Wanted:
    def __init__(self, asked: Asked) -> None:
        terms = [term for clause in asked.clauses for term in clause]
        said = [term for term in terms if term.text[0] == WORD]
        self.words = frozenset(term.text[1:] for term in said if not term.is_prefix)
        self.beginnings = tuple(term.text[1:] for term in said if term.is_prefix)
        self.stems = frozenset(
            (_LANGUAGES[term.text[0]], term.text[1:]) for term in terms if term.text[0] in _LANGUAGES
        )
        self.begun = frozenset((language, root[:1]) for language, root in self.stems)
        self.typed = tuple(word for word in asked.said if len(word) > 3 and not is_unspaced(word))
        self._known: dict[str, bool] = {}

    def has(self, word: str) -> bool:
        if len(word) > MAX_WORD:
            return self._has(word)
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            known = self._known[word] = self._has(word)
        return known

    def _has(self, word: str) -> bool:
        if word in self.words or word.startswith(self.beginnings):
            return True
        if any(self._has_stem(word, language) for language in languages_of(word)):
            return True
        return any(is_slip(typed, word) for typed in self.typed)

    def _has_stem(self, word: str, language: Language) -> bool:
        """Stems begin as their words do, but for the Dutch, which lose a `ge`: most words need not be stemmed."""
        is_like = (language, word[0]) in self.begun or (language == "nl" and word.startswith("ge"))
        return is_like and (language, stem(word, language)) in self.stems

    def inside(self, run: str) -> Iterator[tuple[int, int]]:
        """Stretches of a run without spaces that were asked for."""
        held = [False] * (len(run) + 1)
        for word in self.words | frozenset(self.beginnings):
            at = run.find(word) if is_unspaced(word) else -1
            while at >= 0:
                held[at : at + len(word)] = [True] * len(word)
                at = run.find(word, at + 1)
        at = 0
        while at < len(run):
            end = held.index(False, at)
            if end > at:
                yield at, end
            at = end + 1


@lru_cache(maxsize=64)
def _wanted(asked: Asked) -> _Wanted:
    return _Wanted(asked)
