"""Text as it is compared."""

from __future__ import annotations

from unicodedata import normalize

from kithdesk.core.folding import compatible, fold, normalised

MARKS = "\u0315\u0300\u05ae"


def test_T42_of_thousands_of_marks_upon_a_letter_thirty_are_left() -> None:
    assert len(compatible("x" + MARKS * 3_000 + "y")) == 32
    assert len(compatible("x" + "\U0001d165" * 3_000 + "y")) == 32
    assert len(compatible("x" + "\u0f73\uff9e\u0f81" * 3_000 + "y")) < 64


def test_T42_a_megabyte_of_marks_is_normalised_at_once() -> None:
    assert len(normalised("NFC", MARKS * 300_000)) == 30


def test_a_short_text_is_normalised_whole() -> None:
    address = "x" + "\u0323" * 900 + "@y.test"

    assert normalised("NFC", address) == normalize("NFC", address)


def test_the_marks_of_a_letter_stay_beside_those_of_the_next() -> None:
    many = "".join(f"{letter}\u0323\u0331" for letter in "abcdefgh" * 10)

    assert compatible(many).count("\u0331") == 80


def test_case_accents_and_widths_do_not_count() -> None:
    assert fold("\uff23af\xc9") == "cafe"
