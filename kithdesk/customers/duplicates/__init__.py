"""Suggested duplicates: records that may be one person's, each with the reason, for agents to look at.

A hint is for people. Nothing is merged, sent to or shown to a visitor by one, for what a page claims is among them.
"""
