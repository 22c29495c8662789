"""The demo: a small outdoor shop with the chat on every page, and the desk behind it with a history to look at.

`prepare` fills an empty data folder, or finds the demo in it again; `shop_routes` serves the shop in the same process.
Everything the demo does to the desk goes through the verbs that anybody uses. `load` fills any installation with people
who never were, and `play` plays a day of them to a running server, once `let_in` has opened its doors.
"""

from kithdesk.demo.doors import let_in
from kithdesk.demo.errors import NotADemoFolder
from kithdesk.demo.links import DemoLinks
from kithdesk.demo.preparing import prepare
from kithdesk.demo.routes import shop_routes
from kithdesk.demo.seeding import Load, load
from kithdesk.demo.traffic import Doors, Plan, ServerAway, play

__all__ = [
    "DemoLinks",
    "Doors",
    "Load",
    "NotADemoFolder",
    "Plan",
    "ServerAway",
    "let_in",
    "load",
    "play",
    "prepare",
    "shop_routes",
]
