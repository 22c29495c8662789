"""Text as it is compared: the same for searches, rules, and whatever else asks whether two texts agree."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Form = Literal["NFC", "NFKC"]

_MADE_OF_MARKS = "\u0f73\u0f75\u0f81\uff9e\uff9f"
"""Letters, says Unicode, that come apart into nothing but marks."""
_ACCENTS = re.compile("(?<=[\u0000-\u024f\u0370-\u03ff\u1e00-\u1fff])[\u0300-\u036f]+")
_POINTS = re.compile("[\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670]+")
_TRUNK = re.compile(r"\A\s*(?:\+|00)(?!\s*(?:39|378)\b)([\d\s().\-/]*?)\(\s*0\s*\)")
_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ё": "е", "ð": "d"})


def _all_marks() -> str:
    """What is written upon a letter, in any script."""
    marks = [code for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code))]
    return "".join(map(chr, marks)) + _MADE_OF_MARKS


_SHORT = 1_024
_MARKS = _all_marks()
_MANY_MARKS = re.compile(f"([{_MARKS}]{{30}})[{_MARKS}]+")
# Most texts have none such, which this finds out sooner: Python looks up in a table only what is below U+10000.
_MAY_BE_MANY = re.compile(
    f"[{''.join(one for one in _MARKS if one < chr(0x10000))}\U00010000-\U0001efff]{{31}}"
)


def fold(text: str) -> str:
    """The text without case, accents, and widths of letters."""
    if text.isascii():
        return text.lower()
    folded = compatible(text).casefold()
    apart = _ACCENTS.sub("", unicodedata.normalize("NFD", folded))
    return unicodedata.normalize("NFC", _POINTS.sub("", apart)).translate(_LETTERS)


def compatible(text: str) -> str:
    """The text in letters of one width each, composed."""
    return normalised("NFKC", text)


def normalised(form: Form, text: str) -> str:
    """As `unicodedata` does it, in bounded time: a long text keeps at most thirty marks upon a letter.

    Marks are sorted one by one, which takes minutes for a megabyte of them. Short texts, such as addresses, stay whole.
    """
    if len(text) > _SHORT and _MAY_BE_MANY.search(text):
        text = _MANY_MARKS.sub(r"\1", text)
    return unicodedata.normalize(form, text)


def digits_in(phone: str) -> str:
    """A telephone number as it is compared: without signs, and what a country is dialled with."""
    return "".join(filter(str.isdigit, without_trunk(phone))).lstrip("0")


def without_trunk(phone: str) -> str:
    """`+44 (0)20 …` as it is dialled from abroad, without what is dialled inside the country alone.

    Italy and San Marino keep the nought.
    """
    return _TRUNK.sub(r"+\1", phone, count=1) if "0" in phone and "(" in phone else phone
