"""Kithdesk: a company's customer service in one program."""

__version__ = "0.1.0"
