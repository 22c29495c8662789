"""A whole installation on this machine: PostgreSQL, NATS, S3, several nodes, workers, and a balancer before the nodes.

Everything is what one would run in earnest but two: the balancer, and the store of files, which is empty after each
start. `python -m parts.cluster` runs one by hand.
"""

from parts.cluster.installation import Cluster, CommandFailed
from parts.cluster.nodes import Node, Worker

__all__ = ["Cluster", "CommandFailed", "Node", "Worker"]
