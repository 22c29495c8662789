"""Routing on the wire: what its routes take (`bodies`), and what they answer (`answers`)."""
