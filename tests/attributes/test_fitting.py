"""One value that does not fit costs nothing but itself, and what is answered as fitting can be set."""

from __future__ import annotations

from typing import Any

from kithdesk import attributes
from kithdesk.attributes.checking import MAX_BYTES
from tests.make import Make


def _fitting(make: Make, values: dict[str, Any], before: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    with make.work(make.system) as work:
        taken, unfit = attributes.fitting(work, "customer", values, before=before)
        attributes.check_custom(work, "customer", taken, before=before)
    return taken, [one.name for one in unfit]


def test_what_does_not_fit_is_named_and_the_rest_taken(make: Make) -> None:
    make.attributes("customer", planStr={"type": "Str", "enumeration": ["gold"]}, sizeNum="Num")

    assert _fitting(make, {"planStr": "tin", "shoe": 42, "sizeNum": 3}, {}) == (
        {"sizeNum": 3},
        ["planStr", "shoe"],
    )


def test_values_that_fit_only_one_by_one_are_not_all_taken(make: Make) -> None:
    names = [f"a{number}Txt" for number in range(8)]
    make.attributes("customer", **dict.fromkeys([*names, "oneTxt", "twoTxt"], "Txt"))
    before = dict.fromkeys(names, "x" * (MAX_BYTES // 8 - 300))
    words = "y" * 1_500

    taken, unfit = _fitting(make, {"oneTxt": words, "twoTxt": words}, before)

    assert (list(taken), unfit) == (["oneTxt"], ["twoTxt"])
