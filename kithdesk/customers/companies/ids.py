"""The typed ids of companies."""

from __future__ import annotations

from typing import NewType

CompanyId = NewType("CompanyId", str)
