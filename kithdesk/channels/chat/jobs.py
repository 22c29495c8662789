"""Chat leaves nothing for later yet."""

from __future__ import annotations

from kithdesk.core.jobs import Job, JobVerb

VERBS: dict[type[Job], JobVerb] = {}
