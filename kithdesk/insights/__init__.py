"""Insights: what is going on, for whoever leads a team, and what would.

The live board says whether customers wait, where, and who can help; before work is handed on, its agent hears what the
customer would be promised there. It keeps no rows of its own: it asks the slices below for what they know already, in
one snapshot.
"""
