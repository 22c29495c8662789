"""Proof from outside the process: faults are inflicted on a real installation while clients talk, and rules judge.

A `deployment` is the nodes of one installation: one on SQLite, or a `cluster` of several on PostgreSQL. `faults` break
them and what they stand on, `shim` their disk and clock, `proxy` the network.
An `attack` is chosen by its seed, `playing` plays it with a `crowd`: `visitors`, `agents` and `mergers` write down all
they did and heard. `reading` asks the public API at the end, and `rules` judge nothing but those notes: messages as a
set, each conversation as a list that is only appended to, its assignment and status as registers, every topic as one
sequence, each conversation one living customer's. `python -m proofs` runs histories for as long as it is
told; `proofs.mutants` are servers with one promise broken, each of which the rules must catch.
"""
