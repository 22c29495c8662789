"""Text as words to find it by, the same on every database, so that every database gives the same answers.

Letters lose case and accents; scripts without spaces become pairs of neighbouring characters; the language of a text is
told by its small words, and its other words are kept by their stems as well.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import Stemmer  # type: ignore[import-not-found]

from kithdesk.core.folding import digits_in, fold

Language = Literal["en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "no", "fi", "ru"]

MAX_TEXT = 8_192
"""Of a text, in characters. What comes after is not found by its words."""
MAX_WORDS = 4_096
MAX_WORD = 40
MAX_STEMS = 100
"""Of a text, each of another word."""
MOST_KNOWN = 8_192
"""Words of a language whose stems are remembered: most of what is said was said before."""

_ALGORITHMS: dict[Language, str] = {
    "en": "english",
    "de": "german",
    "fr": "french",
    "es": "spanish",
    "it": "italian",
    "pt": "portuguese",
    "nl": "dutch",
    "sv": "swedish",
    "da": "danish",
    "no": "norwegian",
    "fi": "finnish",
    "ru": "russian",
}
LANGUAGES = tuple(_ALGORITHMS)
_LATIN = tuple(language for language in LANGUAGES if language != "ru")

# Han, kana, hangul, Thai, Lao, Burmese, Khmer: written without spaces, or searched inside of words.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u318f\u31f0-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"  # noqa: E501 - one set
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff"
_WORD = re.compile(f"[{_UNSPACED}]+|(?:(?![{_UNSPACED}])[^\\W_]|[{_MARKS}])+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]").match
_PLAIN_WORD = re.compile(r"[a-z0-9]+").findall
_PLAIN = bytes(
    ord(sign.lower() if sign.isascii() and sign.isalnum() else " ") for sign in map(chr, range(256))
)


def _fold_some(text: str) -> str:
    """As much of it as counts: some single characters fold to eighteen."""
    return fold(text[:MAX_TEXT])[:MAX_TEXT]


def words_of(text: str) -> list[str]:
    """Folded words in their order. Of scripts without spaces: every pair of neighbours, and the last character."""
    if text.isascii():
        plain = text[:MAX_TEXT].encode().translate(_PLAIN).decode()
        return [word[:MAX_WORD] for word in plain.split()[:MAX_WORDS]]
    found: list[str] = []
    for run in runs_of(text):
        if is_unspaced(run):
            found += [*pairs_of(run), run[-1]]
        else:
            found.append(run[:MAX_WORD])
    return found[:MAX_WORDS]


def runs_of(text: str) -> list[str]:
    """Folded words, and whole runs of scripts without spaces."""
    folded = _fold_some(text)
    return _PLAIN_WORD(folded) if folded.isascii() else _WORD.findall(folded)


def pairs_of(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]


def is_unspaced(word: str) -> bool:
    """Whether it is of a script that is written without spaces."""
    return _IS_UNSPACED(word) is not None


def spans_of(text: str, begins: int = 0) -> Iterator[tuple[int, int, str]]:
    """Where each word or run stands in the text, and how it folds."""
    for found in _WORD.finditer(text, begins):
        yield found.start(), found.end(), fold(found.group())


def squashed(text: str) -> str:
    """Letters and digits alone: what two spellings of a number or an address share."""
    return "".join(_WORD.findall(_fold_some(text)))[:MAX_WORD]


def digits_of(text: str) -> str | None:
    """The digits of a telephone number in any spelling, without what a country puts before them; None for others."""
    if not _PHONE(text):
        return None
    found = digits_in(text)
    return found if 5 <= len(found) <= MAX_WORD else None


_PHONE = re.compile(r"[\s+]*\(?\+?[\d\s()./\-]{5,40}\Z", re.ASCII).match


def beginnings_of(phone: str) -> list[str]:
    """What a telephone number may begin with as somebody types it: the country's code, or what comes after it."""
    digits = digits_of(phone)
    if digits is None:
        return []
    country = _COUNTRY(digits) if phone.startswith("+") else None
    return [digits] if country is None else [digits, digits[country.end() :].lstrip("0")]


# ITU-T E.164: these of one digit and of two, all others of three.
_COUNTRY = re.compile(r"1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3}", re.ASCII).match


def without_one(word: str) -> set[str]:
    """The word, and what is left of it without one letter: two words that differ by a slip share one of these."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


# Languages


def language_of(words: Sequence[str]) -> Language | None:
    """Which language these are of, by its small words; by its letters for those that have some of their own."""
    votes: dict[Language, int] = {}
    for word in words[:64]:
        said_in = _SAID_IN.get(word)
        if said_in is not None:
            for language in said_in:
                votes[language] = votes.get(language, 0) + 1
        elif _is_cyrillic(word):
            return None if any(letter in one for one in words for letter in "іїєґў") else "ru"
    if not votes:
        return "en"
    return max(votes, key=votes.__getitem__)


def _is_cyrillic(word: str) -> bool:
    return not word.isascii() and "\u0400" <= word[0] <= "\u04ff"


def stems_of(words: Sequence[str], language: Language) -> list[str]:
    """The stems of those that have one, each once."""
    known = _stems[language]
    found: dict[str, None] = {}
    left = MAX_STEMS
    for word in dict.fromkeys(words):
        root = known.get(word)
        if root is None:
            root = _remember(known, word, language)
        if root:
            found[root] = None
            left -= 1
            if not left:
                break
    return list(found)


_stems: dict[Language, dict[str, str]] = {language: {} for language in LANGUAGES}


def _remember(known: dict[str, str], word: str, language: Language) -> str:
    """Its stem, or nothing for one that has none."""
    if len(known) >= MOST_KNOWN:
        known.clear()
    is_worth = word not in _SMALL[language] and has_stem(word)
    root = known[word] = stem(word, language) if is_worth else ""
    return root


def languages_of(word: str) -> tuple[Language, ...]:
    """Those whose letters it has: of which it may be a form."""
    if not has_stem(word):
        return ()
    return ("ru",) if _is_cyrillic(word) else _LATIN


def has_stem(word: str) -> bool:
    return 2 < len(word) <= 24 and word.isalpha() and (word.isascii() or not is_unspaced(word))


def is_small(word: str) -> bool:
    """Whether it says nothing in some language."""
    return word in _ALL_SMALL


def stem(word: str, language: Language) -> str:
    """`refunds`, `refunded` and `refunding` have one."""
    found: str = _stemmer(language).stemWord(word)
    return found


_stemmers = threading.local()


def _stemmer(language: Language) -> Any:
    """Each thread its own: a stemmer keeps its word in itself while it works."""
    mine: dict[str, Any] = _stemmers.__dict__
    if language not in mine:
        mine[language] = Stemmer.Stemmer(_ALGORITHMS[language])
    return mine[language]


_SMALL_WORDS: dict[Language, str] = {
    "en": "the a an and or of to in on at is are was were be been i you he she it we they my your our this that"
    " with for from have has had do does did not can could would will if but what when where how there me us",
    "de": "der die das den dem des ein eine einen einem und oder ist sind war ich du er sie es wir ihr mein meine"
    " nicht mit fur von zu auf aus bei nach habe haben hat wie wann wo was wenn aber auch noch kann bitte mir",
    "fr": "le la les un une des et ou est sont je tu il elle nous vous ils mon ma mes votre pas avec pour dans sur"
    " de du au aux que qui quand comment ce cette ai avez a bonjour merci mais plus ne se",
    "es": "el la los las un una y o es son yo tu usted nosotros mi su no con para por en de del al que como cuando"
    " donde este esta he ha hola gracias pero mas me se lo",
    "it": "il lo la gli le un una e o io tu lei noi voi mio mia non con per in di del della dei al che come quando"
    " dove questo questa ho ha ciao grazie ma piu mi si sono",
    "pt": "o os as um uma e ou eu voce nos meu minha nao com para por em de do da dos das no na que como quando"
    " onde este esta tenho tem ola obrigado mas mais me se foi",
    "nl": "de het een en of is zijn was ik jij u hij zij wij mijn uw niet met voor van naar op uit bij heb hebt"
    " heeft hoe wanneer waar wat als maar ook nog kan dat die",
    "sv": "en ett och eller ar var jag du han hon vi ni min mitt inte med for fran till pa av har hur nar vad om"
    " men kan det den som att",
    "da": "en et og eller er var jeg du han hun vi min mit ikke med for fra til pa af har hvordan hvornar hvad hvis"
    " men kan det den som at",
    "no": "en et og eller er var jeg du han hun vi min mitt ikke med for fra til pa av har hvordan nar hva hvis men"
    " kan det den som",
    "fi": "ja tai on oli mina sina han me te he minun ei kanssa mutta kun miten missa mita jos olen voi se etta",
    "ru": "и в не на я что он с как а то все она так его но да ты к у же вы за бы по мне мой мы от из для",
}
_SMALL = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_ALL_SMALL = frozenset().union(*_SMALL.values())
_SAID_IN: dict[str, tuple[Language, ...]] = {
    word: tuple(language for language, small in _SMALL.items() if word in small) for word in _ALL_SMALL
}
