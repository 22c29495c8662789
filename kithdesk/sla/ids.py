"""Names of SLA's records."""

from __future__ import annotations

from typing import NewType

PolicyId = NewType("PolicyId", str)
VersionId = NewType("VersionId", str)
"""Of what a policy said at one time. Conversations that it matched then keep it."""
