"""How texts become words, and how far two words may be apart."""

from __future__ import annotations

import pytest

from kithdesk.core.folding import fold
from kithdesk.core.ids import OrganisationId
from kithdesk.views import snippets
from kithdesk.views import words as wording
from kithdesk.views.asking import MARK, MAX_CLAUSES, MAX_QUERY, WORD, ask, mark_of, tokens
from kithdesk.views.documents import number_of
from kithdesk.views.slips import is_slip
from kithdesk.views.snippets import snippet_of
from kithdesk.views.values import number_of as order_of
from kithdesk.views.words import (
    MAX_STEMS,
    MAX_TEXT,
    MAX_WORDS,
    digits_of,
    language_of,
    squashed,
    stem,
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
    assert digits_of("+44 (0)1632-960-177") == digits_of("0044(0)1632 960177") == "441632960177"
    assert digits_of("+39 (0)6 12345678") == "390612345678"
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


def test_T39_no_texts_make_the_server_remember_more_stems_than_fit() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    strange = (f"{a}{b}{c}" for a in letters for b in letters for c in letters)

    kept = [len(stems_of([word], "fi")) for word in strange]

    assert sum(kept) > wording.MOST_KNOWN
    assert len(wording._stems["fi"]) <= wording.MOST_KNOWN
    assert stems_of(["refunds", "the", "refunded", "1234"], "en") == ["refund"]


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


def test_T39_no_single_character_makes_more_words_than_fit() -> None:
    for text in ("\u3316" * 8_180, "\ufdfa" * 8_180, "a " * 20_000, "\u6771" * 8_180):
        words = words_of(text)
        assert len(words) <= MAX_WORDS
        assert sum(map(len, words)) <= MAX_TEXT
    assert len(squashed("\ufdfa" * 8_180)) <= 40


def test_T39_a_search_has_few_clauses_in_every_script() -> None:
    for text in (
        "".join(map(chr, range(0x4E00, 0x4EFF))),
        "".join(map(chr, range(0x4E00, 0x4EFE))) + " kettle",
    ):
        asked = ask(text)
        assert asked is not None
        assert len(asked.clauses) <= MAX_CLAUSES
        assert len(asked.slips) <= MAX_CLAUSES


def test_T23_organisations_do_not_share_the_lists_of_an_index() -> None:
    marks = {mark_of(OrganisationId(f"{number:024x}"), "m") for number in range(5_000)}

    assert len(marks) == 5_000
    assert {len(WORD + mark) for mark in marks} == {MARK}


def test_T39_a_snippet_reads_no_further_than_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ask("refund")
    assert asked is not None
    folded: list[str] = []

    def noted(text: str) -> str:
        folded.append(text)
        return fold(text)

    monkeypatch.setattr(wording, "fold", noted)

    snippet_of("refund " + " ".join(f"word{number}" for number in range(900)), asked)

    assert len(folded) < 50


def test_T39_a_snippet_stems_only_what_begins_as_the_word_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ask("refunds ")
    assert asked is not None
    stemmed: list[str] = []

    def noted(word: str, language: wording.Language) -> str:
        stemmed.append(word)
        return stem(word, language)

    monkeypatch.setattr(snippets, "stem", noted)
    letters = "abcdefghij"
    apart = " ".join(f"k{one}{two}{three}" for one in letters for two in letters for three in letters)

    assert snippet_of(f"{apart} refunded refunded", asked).highlights != []

    assert set(stemmed) == {"refunded"}


def test_a_snippet_marks_a_word_that_lost_its_beginning_to_its_stem() -> None:
    asked = ask("werken ")
    assert asked is not None
    assert snippet_of("Het heeft gewerkt", asked).highlights == [[10, 17]]
