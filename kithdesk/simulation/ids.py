"""The typed ids of this slice."""

from __future__ import annotations

from typing import NewType

SimulationId = NewType("SimulationId", str)
