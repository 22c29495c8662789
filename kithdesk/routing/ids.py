"""Names of routing's records."""

from __future__ import annotations

from typing import NewType

QueueId = NewType("QueueId", str)
QueueRuleId = NewType("QueueRuleId", str)
SkillId = NewType("SkillId", str)
WorkItemId = NewType("WorkItemId", str)
