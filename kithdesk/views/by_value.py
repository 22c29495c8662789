"""Customers by what their own attributes say: the whole of a value, or words of it, the last one perhaps unfinished.

Whether an attribute may be found depends on who asks and on what is declared just now, so its words are in no document
but in rows of their own, by its name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from kithdesk import attributes, customers
from kithdesk.attributes import Attribute
from kithdesk.core.work import Reads
from kithdesk.views.asking import Asked
from kithdesk.views.queries import list_customers_saying, list_customers_with
from kithdesk.views.values import CUSTOM, WORDS, folded
from kithdesk.views.words import MAX_WORD, is_unspaced, pairs_of, words_of

MOST = 50
"""Of each sort; those made last."""
_SPOKEN = ("Str", "Txt", "Date", "Url", "Id", "Tree")
_WORDY = ("Str", "Txt", "Tree")


def with_value(reads: Reads, text: str) -> list[str]:
    """Of whom an attribute says just this. What only administrators read finds for nobody else."""
    fields = [CUSTOM + name for name, one in _readable(reads).items() if one.type in _SPOKEN]
    return list_customers_with(reads, fields, folded(text), MOST) if fields else []


def with_words(reads: Reads, asked: Asked) -> list[str]:
    """Of whom attributes have all of these words. Those of sensitive ones find for nobody."""
    names = [name for name, one in _readable(reads).items() if one.type in _WORDY and not one.sensitive]
    words = list(dict.fromkeys(_words(asked)))
    if not names or not words:
        return []
    fields = [prefix + name for name in names for prefix in (CUSTOM, WORDS)]
    begun = asked.begun if asked.begun in words else None
    if begun is not None:
        words.remove(begun)
    found = list_customers_saying(reads, fields, words, MOST, begun=begun)
    if not asked.phrases:
        return found
    said = lines_of(reads, found, of=names)
    return [id for id in found if _has_phrases(asked, said.get(id, ""))]


def lines_of(reads: Reads, ids: Collection[str], *, of: Collection[str] | None = None) -> dict[str, str]:
    """What attributes say of each, as who asks may read it; `of` only these. For showing where the words are."""
    if not ids:
        return {}
    readable = _readable(reads)
    shown = {name: one for name, one in readable.items() if of is None or name in of}
    return {
        one.id: " · ".join(_lines(shown, one.profile.custom))
        for one in customers.find_customers(reads, list(ids))
    }


def _readable(reads: Reads) -> dict[str, Attribute]:
    declared = attributes.declared(reads, "customer")
    sees_all = attributes.may_read_sensitive(reads.actor)
    return {name: one for name, one in declared.items() if sees_all or not one.sensitive}


def _words(asked: Asked) -> Iterator[str]:
    for run in asked.said:
        if is_unspaced(run):
            yield from pairs_of(run) or [run]
        else:
            yield run[:MAX_WORD]


def _has_phrases(asked: Asked, text: str) -> bool:
    words = f" {' '.join(words_of(text))} "
    return all(f" {' '.join(phrase)} " in words for phrase in asked.phrases)


def _lines(shown: Mapping[str, Attribute], custom: Mapping[str, Any]) -> Iterator[str]:
    for name, one in shown.items():
        value = custom.get(name)
        texts = [text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)]
        if texts and one.type in _SPOKEN:
            yield f"{one.display_name or name}: {', '.join(texts)}"
