"""The spine: commands, lanes, journal, jobs, readers. It knows no customer.

A slice imports what it needs by file: `core.work` for verbs, `core.events` for facts, `core.tables`
for its rows, `core.errors` for refusals, `core.desk` at the edges.
"""
