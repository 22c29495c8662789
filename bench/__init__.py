"""Speed, measured from outside: each line of the promise against its floor, in the same run.

A floor is a bare program that does the least that the promise needs (`floor_server`, `raw_server`). `load` is
the other end: one process that plays visitors and agents and holds the only clock. `python -m bench` runs them
and prints a table.
"""
