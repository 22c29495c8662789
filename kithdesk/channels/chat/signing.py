"""Signed attributes: what else a token says of its customer goes on record, as far as the company has declared it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kithdesk import attributes
from kithdesk.core.work import Reads

Ignored = attributes.Unfit
"""A claim that changes nothing, and why."""


def fit_attributes(
    reads: Reads, signed: Mapping[str, Any], *, before: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Ignored]]:
    """Those of `signed` that a record which holds `before` may take together, and the others.

    None refuses a login: who somebody is does not depend on a choice being spelt right, nor on room in the record.
    """
    return attributes.fitting(reads, "customer", signed, before=before)
