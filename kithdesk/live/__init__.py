"""The socket gateway: what was committed reaches everyone who may see it, in order, once per topic.

`protocol.py` declares the frames and `facts/` what events say in them; `docs/protocol.md`, `docs/events.md` and the
TypeScript types are generated from both. `gateway.py` and `stream.py` are the two doors, `admission.py` is what both
ask and `framing.py` reads what comes in; `operations.py` is the closed table of what a client may say. `hub.py` knows
who subscribes to what, `hearing.py` who hears an event and as whom, `signals.py` tells who types and who looks.
`replay.py` catches a cursor up, `connection.py` writes to one client without letting it block others.
"""
