"""What each type takes, and how it is kept."""

from __future__ import annotations

from typing import Any

import pytest

from kithdesk.attributes.declarations import Branch, Declaration
from kithdesk.attributes.values import MAX_STR, MAX_TXT, MAX_VALUES, Wrong, clean_value
from kithdesk.core.names import MAX_WEB_ADDRESS

TREE = (Branch(name="returns", children=(Branch(name="damaged"), Branch(name="late"))), Branch(name="other"))
AN_ID = "5f" * 12


def _attribute(type: Any, **more: Any) -> Declaration:
    return Declaration(name="one", type=type, **more)


@pytest.mark.parametrize(
    ("type", "given", "kept"),
    [
        ("Str", "gold", "gold"),
        ("Str", "  A  12 ", "A 12"),
        ("Str", "", None),
        ("Str", "\u200b", None),
        ("Str", "x" * MAX_STR, "x" * MAX_STR),
        ("Txt", "first\r\n\tsecond", "first\n\tsecond"),
        ("Txt", " \n ", None),
        ("Txt", "é" * (MAX_TXT // 2), "é" * (MAX_TXT // 2)),
        ("Num", 0, 0),
        ("Num", -1.5, -1.5),
        ("Num", 2**53, 2**53),
        ("At", "2026-11-24T10:30:00+01:00", "2026-11-24T09:30:00.000Z"),
        ("At", "2026-11-24", "2026-11-24T00:00:00.000Z"),
        ("Date", "1990-03-04", "1990-03-04"),
        ("Date", "0001-01-01", "0001-01-01"),
        ("Bool", False, False),
        ("Url", " https://shop.test/a?b=c#d ", "https://shop.test/a?b=c#d"),
        ("Id", AN_ID, AN_ID),
        ("Tree", "returns", "returns"),
        ("Tree", "returns.damaged", "returns.damaged"),
        ("Tree", "", None),
    ],
)
def test_a_value_of_the_type_is_kept(type: str, given: Any, kept: Any) -> None:
    attribute = _attribute(type, tree=TREE if type == "Tree" else ())

    assert clean_value(attribute, given) == kept
    assert clean_value(attribute, kept) == kept
    assert clean_value(attribute, None) is None


@pytest.mark.parametrize(
    ("type", "given"),
    [
        ("Str", 1),
        ("Str", ["gold"]),
        ("Str", {"a": "b"}),
        ("Str", "x" * (MAX_STR + 1)),
        ("Str", "a\0b"),
        ("Str", "\ud83d"),
        ("Txt", "x" * (MAX_TXT + 1)),
        ("Txt", "é" * (MAX_TXT // 2) + "x"),
        ("Txt", "\u0315\u0300" * 200_000),
        ("Txt", b"bytes"),
        ("Num", "1"),
        ("Num", True),
        ("Num", float("nan")),
        ("Num", float("inf")),
        ("Num", 2**63),
        ("At", "yesterday"),
        ("At", 1_780_000_000_000),
        ("Date", "1990-02-30"),
        ("Date", "1990-03-04T00:00:00Z"),
        ("Date", "4.3.1990"),
        ("Date", "19900304"),
        ("Date", 1990),
        ("At", "10000-01-01T00:00:00Z"),
        ("Bool", 1),
        ("Bool", "true"),
        ("Url", "javascript:alert(1)"),
        ("Url", "//shop.test"),
        ("Url", "https://"),
        ("Url", "https://bank.test@evil.test/"),
        ("Url", "https://shop.test/a b"),
        ("Url", "https://[::1"),
        ("Url", "https://shop.test/" + "x" * MAX_WEB_ADDRESS),
        ("Id", "5f"),
        ("Id", AN_ID.upper()),
        ("Tree", "returns.lost"),
        ("Tree", "damaged"),
        ("Tree", "returns."),
    ],
)
def test_a_value_of_another_type_is_refused(type: str, given: Any) -> None:
    with pytest.raises(Wrong):
        clean_value(_attribute(type, tree=TREE if type == "Tree" else ()), given)


def test_a_choice_is_one_of_those_offered() -> None:
    size = _attribute("Str", enumeration=("small", "large"))

    assert clean_value(size, " small") == "small"
    with pytest.raises(Wrong, match="small, large"):
        clean_value(size, "Small")


def test_a_list_holds_values_of_its_type() -> None:
    sizes = _attribute("Num", array=True)

    assert clean_value(sizes, [3, 1, 3]) == [3, 1, 3]
    assert clean_value(sizes, []) is None
    for wrong in (3, "3", {"0": 3}, [3, "4"], [[3]], [1] * (MAX_VALUES + 1)):
        with pytest.raises(Wrong):
            clean_value(sizes, wrong)


def test_T47_what_turns_text_around_is_not_kept() -> None:
    assert clean_value(_attribute("Str"), "gnp\u202eexe.tar") == "gnp exe.tar"
    assert clean_value(_attribute("Txt"), "a\u202eb\u200bc\n") == "abc\n"
    assert clean_value(_attribute("Str"), "e\u0301") == "\u00e9"
    with pytest.raises(Wrong):
        clean_value(_attribute("Url"), "https://shop.test/\u202egnp.exe")
