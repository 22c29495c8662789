"""What a column's name sounds like."""

from __future__ import annotations

import pytest

from kithdesk.imports.targets import suggested

LABELS = {
    "Name": "name",
    "First name": "firstName",
    "Last name": "lastName",
    "User name": "username",
    "Gender": "gender",
    "Birthday": "birthdayAt",
    "Picture’s address": "avatarUrl",
    "Email": "emails",
    "Telephone": "phones",
    "WhatsApp": "whatsapps",
    "Shared email": "sharedEmails",
    "Shared telephone": "sharedPhones",
    "Web page": "urls",
    "External id": "externalId",
    "Company": "company",
    "Tags": "tags",
    "Customer since": "createdAt",
    "Signed up": "signedUpAt",
    "Street and number": "location.address",
    "Postcode": "location.zipCode",
    "City": "location.cityName",
    "Region": "location.regionName",
    "Country": "location.countryName",
    "Locale": "locale",
    "Language": "defaultLang",
    "Time zone": "timeZone",
}
OTHERS = {
    "Customer No": "externalId",
    "Customer No.": "externalId",
    "Customer number": "externalId",
    "Kundennummer": "externalId",
    "Member since": "createdAt",
    "Date added": "createdAt",
    "Registered on": "signedUpAt",
    "E-mail address 2": "emails",
    "Mobile no.": "phones",
    "Works at": "company",
}


@pytest.mark.parametrize(("name", "target"), (LABELS | OTHERS).items(), ids=(LABELS | OTHERS).keys())
def test_a_column_called_as_the_console_calls_it_or_as_others_do_is_guessed(name: str, target: str) -> None:
    assert suggested([name], {}) == [target]


def test_what_sounds_like_nothing_is_nothing() -> None:
    assert suggested(["Shoe size"], {}) == [None]


def test_a_name_of_nothing_but_marks_is_read_in_no_time() -> None:
    """Python sorts them one by one, which would take it minutes."""
    assert suggested(["e" + "\u0301\u0323" * 100_000], {}) == [None]


def test_no_second_external_id_is_guessed() -> None:
    assert suggested(["Customer no", "Email", "User id", "Email 2"], {}) == [
        "externalId",
        "emails",
        None,
        "emails",
    ]


@pytest.mark.parametrize("name", ["Member no", "Member number", "Member ID"])
def test_the_number_of_a_membership_is_no_external_id(name: str) -> None:
    assert suggested([name], {}) == [None]
