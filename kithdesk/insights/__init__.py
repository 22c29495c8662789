"""Insights: what is going on, for whoever leads a team.

The live board says whether customers wait, where, and who can help. It keeps no rows of its own: it asks the slices
below for what they know already, in one snapshot.
"""
