"""What the process counts, for Prometheus. One registry a process; every process is scraped by itself."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

REGISTRY = CollectorRegistry()
_FAST = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)

COMMIT_SECONDS = Histogram(
    "kithdesk_commit_seconds",
    "Time of one COMMIT; on PostgreSQL with the writes that travel with it.",
    buckets=_FAST,
    registry=REGISTRY,
)
COMMIT_IN_THREAD = Gauge(
    "kithdesk_commit_in_thread", "1 while slow commits run on a helper thread.", registry=REGISTRY
)
BATCH_COMMANDS = Histogram(
    "kithdesk_batch_commands",
    "Commands in one commit.",
    buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256),
    registry=REGISTRY,
)
COMMANDS_FAILED = Counter("kithdesk_commands_failed", "Commands that broke unexpectedly.", registry=REGISTRY)
REACTIONS_FAILED = Counter("kithdesk_reactions_failed", "Reactions that became jobs.", registry=REGISTRY)
TRANSACTIONS_DIED = Counter(
    "kithdesk_transactions_died", "Batches rerun after a lost transaction.", registry=REGISTRY
)
LANE_WAITING = Gauge("kithdesk_lane_waiting", "Commands waiting for the lane.", registry=REGISTRY)
REFUSALS = Counter("kithdesk_refusals", "Refusals by code.", ["code"], registry=REGISTRY)
REQUEST_SECONDS = Histogram(
    "kithdesk_request_seconds", "Time to answer.", ["method", "status"], buckets=_FAST, registry=REGISTRY
)
SOCKETS = Gauge("kithdesk_sockets", "Open live connections.", ["audience"], registry=REGISTRY)
PUSHED = Counter("kithdesk_pushed_frames", "Frames handed to sockets.", registry=REGISTRY)
RESYNCS = Counter("kithdesk_resyncs", "Topics that were too far behind.", registry=REGISTRY)
JOBS_DONE = Counter("kithdesk_jobs_done", "Jobs finished.", ["kind"], registry=REGISTRY)
JOBS_FAILED = Counter("kithdesk_jobs_failed", "Tries that raised.", ["kind"], registry=REGISTRY)
JOBS_DEAD = Counter("kithdesk_jobs_dead", "Jobs given up.", ["kind"], registry=REGISTRY)
JOB_DELAY = Gauge("kithdesk_job_delay_seconds", "How late the last claimed job was.", registry=REGISTRY)
JOBS_OVERDUE = Gauge(
    "kithdesk_jobs_overdue_seconds", "How long the first job that is due has waited.", registry=REGISTRY
)

BUS_CONNECTED = Gauge("kithdesk_bus_connected", "1 while other nodes can be told.", registry=REGISTRY)
BUS_DROPPED = Counter(
    "kithdesk_bus_dropped", "Messages not sent to other nodes.", ["reason"], registry=REGISTRY
)
BUS_IGNORED = Counter(
    "kithdesk_bus_ignored", "Messages from the bus that were none.", ["reason"], registry=REGISTRY
)
NOT_WHOLE = Gauge(
    "kithdesk_database_doubts", "What the last look over the database found wrong.", registry=REGISTRY
)
FILES_FAILED = Counter(
    "kithdesk_files_failed", "Calls that the file store did not answer.", ["call"], registry=REGISTRY
)


def render() -> bytes:
    """The exposition text."""
    return generate_latest(REGISTRY)
