"""Attributes are tested with the slices that keep them, up to conversations."""

from tests.slices import acme, api, ask, foreign, globex, make, other, wiring

__all__ = ["acme", "api", "ask", "foreign", "globex", "make", "other", "wiring"]
