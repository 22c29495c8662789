"""Ids in routing's paths."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path

Id = Annotated[str, Path(max_length=64)]
