"""The timeline: everything known of a customer, in the order it happened.

It is read from the journal and owns no rows. Each event says in its own slice whether it belongs here, and what it
shows.
"""

from kithdesk.timeline.past import read_events
from kithdesk.timeline.reading import Entries, read_timeline

__all__ = ["Entries", "read_events", "read_timeline"]
