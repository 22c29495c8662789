"""Companies are tested with what customers are tested with."""

from tests.slices import acme, api, ask, foreign, globex, make, other, wiring

__all__ = ["acme", "api", "ask", "foreign", "globex", "make", "other", "wiring"]
