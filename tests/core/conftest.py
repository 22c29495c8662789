"""The spine's tests run on a slice of their own."""

from __future__ import annotations

import pytest

from kithdesk.core.work import Wiring
from tests.core.words import WORDS


@pytest.fixture
def wiring() -> Wiring:
    return WORDS
