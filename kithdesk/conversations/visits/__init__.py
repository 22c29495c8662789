"""Visits: how a visitor's browser came to the site, and the pages it looked at until it rested for half an hour.

A visit becomes known with the first message, with the pages that led there, or with a login; from then on each page
either belongs to the browser's last visit or begins another. It belongs to a browser and not to a customer, so it
follows the browser when that turns out to be somebody's. On the wire it is a `session`.
"""

from kithdesk.conversations.visits.visiting import begin_visit, one_visit, visit_of

__all__ = ["begin_visit", "one_visit", "visit_of"]
