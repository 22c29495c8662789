"""`python -m kithdesk`."""

from kithdesk.cli import main

main()
