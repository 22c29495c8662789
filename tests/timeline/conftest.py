"""The timeline is tested with the slices below it and nothing above."""

from tests.slices import acme, api, ask, foreign, globex, make, other, wiring

__all__ = ["acme", "api", "ask", "foreign", "globex", "make", "other", "wiring"]
