"""Text as it is compared: the same for searches, rules, and whatever else asks whether two texts agree."""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = re.compile("(?<=[\u0000-\u024f\u0370-\u03ff\u1e00-\u1fff])[\u0300-\u036f]+")
_POINTS = re.compile("[\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670]+")
_TRUNK = re.compile(r"\A\s*(?:\+|00)(?!\s*(?:39|378)\b)([\d\s().\-/]*?)\(\s*0\s*\)")
_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ё": "е", "ð": "d"})


def fold(text: str) -> str:
    """The text without case, accents, and widths of letters."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold()
    apart = _ACCENTS.sub("", unicodedata.normalize("NFD", folded))
    return unicodedata.normalize("NFC", _POINTS.sub("", apart)).translate(_LETTERS)


def digits_in(phone: str) -> str:
    """A telephone number as it is compared: without signs, and what a country is dialled with."""
    return "".join(filter(str.isdigit, without_trunk(phone))).lstrip("0")


def without_trunk(phone: str) -> str:
    """`+44 (0)20 …` as it is dialled from abroad, without what is dialled inside the country alone.

    Italy and San Marino keep the nought.
    """
    return _TRUNK.sub(r"+\1", phone, count=1) if "0" in phone and "(" in phone else phone
