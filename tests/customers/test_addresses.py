"""Telephone numbers, other systems' ids, and the names of custom attributes."""

from __future__ import annotations

import phonenumbers
import pytest

from kithdesk.core.errors import BadParameter
from kithdesk.customers.addresses import (
    claimed_phone,
    clean_external_id,
    clean_phone,
    region_of,
)
from kithdesk.customers.visiting import check_attribute_name


@pytest.mark.parametrize(
    "written",
    [
        "+442079460958",
        "+44 20 7946 0958",
        "+44 (0)20-7946/0958",
        " +44.20.7946.0958 ",
        "\uff0b44 20 7946 0958",
        "+44 20\u20117946\u20110958",
        "\u202a+44 20 7946 0958\u202c",
        "+44 \u0662\u0660 \u0667\u0669\u0664\u0666 \u0660\u0669\u0665\u0668",
    ],
)
def test_a_number_is_kept_in_one_spelling(written: str) -> None:
    assert clean_phone(written, parameter="phone") == "+442079460958"


@pytest.mark.parametrize(
    ("written", "region", "number"),
    [
        ("020 7946 0958", "GB", "+442079460958"),
        ("00 49 30 901820", "GB", "+4930901820"),
        ("(202) 555-0142", "US", "+12025550142"),
        ("011 44 20 7946 0958", "US", "+442079460958"),
        ("+34 912 34 56 78", "US", "+34912345678"),
    ],
)
def test_a_number_without_its_country_is_read_where_the_country_is_known(
    written: str, region: str, number: str
) -> None:
    assert clean_phone(written, parameter="phone", region=region) == number


@pytest.mark.parametrize(
    ("written", "region"),
    [
        ("020 7946 0958", None),
        ("00 44 20 7946 0958", None),
        ("12", "GB"),
        ("020 7946 0958", "ZZ"),
        ("12345", "GB"),
        ("call me", "GB"),
        ("1-800-FLOWERS", "US"),
        ("+44 20 7946 0958 ext. 12", None),
        ("+44 20 7946 0958;12", None),
        ("+999 20 7946 0958", None),
        ("+44", None),
        ("+" * 9, None),
        ("", "GB"),
        ("+44 20 7946 0958\n+44 20 7946 0959", None),
        ("9" * 100_000, "GB"),
        ("+\ud800", None),
    ],
)
def test_what_is_no_number_or_of_no_known_country_is_refused(written: str, region: str | None) -> None:
    with pytest.raises(BadParameter) as refused:
        clean_phone(written, parameter="phones", region=region)
    assert refused.value.parameter == "phones"


def test_numbers_of_every_country_are_read_in_the_countrys_own_spelling_and_in_the_worlds() -> None:
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        example = phonenumbers.example_number(region)
        assert example is not None
        kept, national, international = (
            phonenumbers.format_number(example, getattr(phonenumbers.PhoneNumberFormat, form))
            for form in ("E164", "NATIONAL", "INTERNATIONAL")
        )

        assert clean_phone(kept, parameter="phone") == kept
        assert clean_phone(international, parameter="phone", region="ZZ") == kept
        assert clean_phone(national, parameter="phone", region=region) == kept, region


def test_a_claimed_number_may_lack_its_country() -> None:
    assert claimed_phone("+44 20 7946 0958", parameter="phone") == "+442079460958"
    assert claimed_phone("020 7946 0958", parameter="phone") == "02079460958"
    with pytest.raises(BadParameter):
        claimed_phone("call me", parameter="phone")


@pytest.mark.parametrize(
    ("locale", "region"),
    [
        ("en_GB", "GB"),
        ("es-es", "ES"),
        ("zh_Hant_TW", "TW"),
        ("en", None),
        (None, None),
        ("es_419", None),
        ("", None),
    ],
)
def test_the_region_of_a_locale(locale: str | None, region: str | None) -> None:
    assert region_of(locale) == region


def test_external_ids_are_kept_as_they_are() -> None:
    assert clean_external_id("Shop:42", parameter="externalId") == "Shop:42"
    for wrong in ("", " ", "x" * 256, "a\nb"):
        with pytest.raises(BadParameter):
            clean_external_id(wrong, parameter="externalId")


@pytest.mark.parametrize("name", ["__proto__", "a-b", "1st", "x" * 65, "", "name'; --", "$where", "ä"])
def test_T21_T38_attribute_names_are_letters_and_digits(name: str) -> None:
    with pytest.raises(BadParameter):
        check_attribute_name(name, parameter="custom")
