"""Which domains a company may have, and in which spelling."""

from __future__ import annotations

import pytest

from kithdesk.core.errors import BadParameter
from kithdesk.customers.companies.domains import clean_domain
from kithdesk.customers.companies.errors import PublicDomain


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("acme.example", "acme.example"),
        (" Acme.Example ", "acme.example"),
        ("MÜNCHEN.example", "xn--mnchen-3ya.example"),
        ("a.b.acme.co.uk", "a.b.acme.co.uk"),
        ("4711.example", "4711.example"),
    ],
)
def test_T47_a_domain_is_kept_as_name_servers_know_it(typed: str, kept: str) -> None:
    assert clean_domain(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "acme",
        "@acme.example",
        "ana@acme.example",
        "https://acme.example",
        "acme.example/",
        "acme..example",
        "-acme.example",
        "acme_shop.example",
        "10.0.0.1",
        "acme.example.",
        "acme\u200b.example",
        "acme.example\u202e",
        "❤.example",
        "x" * 64 + ".example",
        "a." * 200 + "example",
        "half\ud800.example",
    ],
)
def test_T47_what_is_no_domain_is_refused(typed: str) -> None:
    with pytest.raises(BadParameter):
        clean_domain(typed)


@pytest.mark.parametrize(
    "typed", ["gmail.com", "GMAIL.com", "outlook.com", "yahoo.co.uk", "t-online.de", "qq.com"]
)
def test_where_anybody_has_a_mailbox_is_no_companys_domain(typed: str) -> None:
    with pytest.raises(PublicDomain):
        clean_domain(typed)
