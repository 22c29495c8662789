"""Telephone numbers, other systems' ids, and the names of custom attributes."""

from __future__ import annotations

import pytest

from kithdesk.core.errors import BadParameter
from kithdesk.customers.addresses import clean_external_id, clean_phone
from kithdesk.customers.visiting import check_attribute_name


def test_numbers_and_external_ids() -> None:
    assert clean_phone("+44 (0)20-7946/0958", parameter="phone") == "+4402079460958"
    assert clean_external_id("Shop:42", parameter="externalId") == "Shop:42"
    for wrong in ("12", "call me", "+" * 9):
        with pytest.raises(BadParameter):
            clean_phone(wrong, parameter="phone")
    for wrong in ("", " ", "x" * 256, "a\nb"):
        with pytest.raises(BadParameter):
            clean_external_id(wrong, parameter="externalId")


@pytest.mark.parametrize("name", ["__proto__", "a-b", "1st", "x" * 65, "", "name'; --", "$where", "ä"])
def test_T21_T38_attribute_names_are_letters_and_digits(name: str) -> None:
    with pytest.raises(BadParameter):
        check_attribute_name(name, parameter="custom")
