"""Merging: two records turn out to be one person's, and, when that was a mistake, part again.

Whoever knows conversations says which move (`conversations.merge_customers`, `conversations.undo_merge`); others enter
through the front door of `customers`.
"""
