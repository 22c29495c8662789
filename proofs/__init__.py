"""Proof from outside the process: faults are inflicted on a real server while clients talk, and a checker judges.

`faults` breaks things, `clients` are visitors and agents that write down all they did and heard, `reading` asks
the public API at the end, `rules` judge nothing but those notes. `python -m proofs` runs histories for as long
as it is told; `proofs.mutants` are servers with one promise broken, each of which the rules must catch.
"""
