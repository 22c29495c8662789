"""How texts become words, and how far two words may be apart."""

from __future__ import annotations

import pytest

from kithdesk.core.ids import OrganisationId
from kithdesk.views.asking import MAX_QUERY, ask, mark_of, tokens
from kithdesk.views.documents import number_of
from kithdesk.views.slips import is_slip
from kithdesk.views.snippets import snippet_of
from kithdesk.views.values import number_of as order_of
from kithdesk.views.words import (
    MAX_STEMS,
    MAX_TEXT,
    digits_of,
    fold,
    language_of,
    squashed,
    stems_of,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hello, World", ["hello", "world"]),
        ("Ça va? Straße ÆØÅ İi", ["ca", "va", "strasse", "aeoa", "ii"]),
        ("don't e-mail ana_b@x.test", ["don", "t", "e", "mail", "ana", "b", "x", "test"]),
        ("e\u0301te\u0301", ["ete"]),
        ("ёлка Й", ["елка", "й"]),
        ("東京都 a京", ["東京", "京都", "都", "a", "京"]),
        ("ｶﾞ", ["ガ"]),
        ("हिन्दी", ["हिन्दी"]),
        ("!!! \u200b", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Where is my order?", "en"),
        ("Wo ist meine Bestellung?", "de"),
        ("Où est ma commande ?", "fr"),
        ("¿Dónde está mi pedido?", "es"),
        ("Dov'è il mio ordine? Non lo so", "it"),
        ("Onde está o meu pedido? Não sei", "pt"),
        ("Waar is mijn bestelling?", "nl"),
        ("Var är min beställning? Jag har inte fått den", "sv"),
        ("Missä minun tilaukseni on?", "fi"),
        ("Где мой заказ?", "ru"),
        ("Де моє замовлення і коли?", None),
        ("kettle", "en"),
    ],
)
def test_a_text_tells_its_language_by_its_small_words(text: str, language: str | None) -> None:
    assert language_of(words_of(text)) == language


@pytest.mark.parametrize(
    ("typed", "word", "is_one"),
    [
        ("jonathan", "jonathan", True),
        ("jonathna", "jonathan", True),
        ("jonatan", "jonathan", True),
        ("jonatthan", "jonathan", True),
        ("xonathan", "jonathan", True),
        ("jonathax", "jonathan", True),
        ("onathan", "jonathan", True),
        ("jon", "jonathan", True),
        ("jno", "jon", False),
        ("jonahtna", "jonathan", False),
        ("bcde", "abcd", False),
    ],
)
def test_one_letter_may_be_wrong(typed: str, word: str, is_one: bool) -> None:
    assert is_slip(typed, word) is is_one


def test_a_telephone_number_is_told_from_other_numbers() -> None:
    assert digits_of("+49 (151) 234-56.789") == "4915123456789"
    assert digits_of("0151 23456789") == "15123456789"
    assert digits_of("1234") is None
    assert digits_of("ORD-10023") is None
    assert squashed("ORD-10 023") == "ord10023"


def test_numbers_sort_as_they_are() -> None:
    values = [-1e300, -12.5, -1, -0.0, 0.25, 1, 2, 1e10, 2**53]
    assert sorted(values, key=order_of) == values
    assert order_of(-0.0) == order_of(0)


def test_numbers_of_documents_grow_with_their_ids() -> None:
    ids = ["6a18a500000000002265b1f5", "6a18a50000000013e4b06ce6", "6b0629d7010000004ef0ac39"]
    assert sorted(ids, key=number_of) == ids
    assert all(0 <= number_of(id) < 2**63 for id in (*ids, "0" * 24, "f" * 24))


def test_T39_no_text_makes_more_words_than_fit() -> None:
    long = " ".join(f"word{number}x" for number in range(10_000))
    assert sum(map(len, words_of(long))) <= MAX_TEXT
    assert (
        len(
            stems_of(
                words_of(
                    "".join(f"{'abcdefghij'[n % 10] * 3}{'klmnopqrst'[n // 10 % 10]} " for n in range(900))
                ),
                "en",
            )
        )
        <= MAX_STEMS
    )
    asked = ask("x" * 10_000)
    assert asked is not None
    assert len(asked.text) == MAX_QUERY
    assert max(map(len, words_of("y" * 10_000))) <= 40


def test_T38_a_document_is_kept_by_letters_and_digits_alone() -> None:
    mark = mark_of(OrganisationId("a" * 24), "m")
    text = "'; DROP TABLE x -- \\ \" ( ) : * & | ! <-> Ünïcödé 東京 \u2028 ’ ʼ"

    kept = tokens(mark, words_of(text), language="en", keys=[text], phones=["+1 555 0100"], forgives=True)

    assert all(token.isalnum() for token in kept.split(" "))


def test_a_snippet_is_around_the_first_word_and_never_more_than_fits() -> None:
    asked = ask("refund")
    assert asked is not None
    found = snippet_of("x " * 200 + "the REFUNDS are late " + "y " * 200, asked)
    [[first, last]] = found.highlights
    assert found.text[first:last] == "REFUNDS"
    assert len(found.text) <= 202
    assert snippet_of("", asked).text == ""
    assert fold("ＲＥＦＵＮＤ") == "refund"
