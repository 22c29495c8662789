"""The typed ids of this slice."""

from __future__ import annotations

from typing import NewType

UserId = NewType("UserId", str)
"""An agent, or the machine user of an API key."""

TeamId = NewType("TeamId", str)
BrandId = NewType("BrandId", str)
WidgetId = NewType("WidgetId", str)
ApiKeyId = NewType("ApiKeyId", str)
SessionId = NewType("SessionId", str)
SecretId = NewType("SecretId", str)
