"""A customer's attributes in the words of the API, from elsewhere than a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kithdesk.core.bulk import read_body
from kithdesk.core.work import Reads
from kithdesk.customers.profile import Profile
from kithdesk.customers.schemas import CustomerBody, changes_of
from kithdesk.customers.settings import phone_region


def read_attributes(
    reads: Reads,
    given: Mapping[str, Any],
    known: Profile = Profile(),  # noqa: B008 - frozen
) -> dict[str, Any]:
    """The fields of `Profile` that a request with this body would set in a record that is `known`.

    Raises `BadParameter`, whose parameter begins with the attribute's name.
    """
    body = read_body(CustomerBody, given)
    locale = body.locale if "locale" in body.model_fields_set else known.locale
    return changes_of(body, known, region=phone_region(reads, locale))
