"""The socket gateway: what was committed reaches everyone who may see it, in order, once per topic.

`protocol.py` declares the frames; `docs/protocol.md` and the TypeScript types are generated from it. `hub.py` knows
who subscribes to what, `replay.py` catches a cursor up, `connection.py` writes to one client without letting it block
others, `operations.py` is the closed table of what a client may say, `gateway.py` and `stream.py` are the two doors.
"""
