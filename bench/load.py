"""The load process: reads a plan on standard input, plays it, writes the result on standard output, both as JSON.

echo '{"type":"echo","url":"ws://127.0.0.1:8098","sockets":200,"seconds":3,"per_second":1000}' | python -m bench.load
"""

from __future__ import annotations

import gc
import resource
import sys

import msgspec
import uvloop

from bench.loads import assignment, echo, fanout, idle, messages

Plan = messages.MessagesPlan | echo.EchoPlan | fanout.FanoutPlan | idle.IdlePlan | assignment.AssignmentPlan


async def _play(plan: Plan) -> msgspec.Struct:
    match plan:
        case messages.MessagesPlan():
            return await messages.play(plan)
        case echo.EchoPlan():
            return await echo.play(plan)
        case fanout.FanoutPlan():
            return await fanout.play(plan)
        case idle.IdlePlan():
            return await idle.play(plan)
        case assignment.AssignmentPlan():
            return await assignment.play(plan)


def main() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    plan = msgspec.json.decode(sys.stdin.buffer.read(), type=Plan)
    gc.disable()  # A pause of the load's own would be counted against the server.
    sys.stdout.buffer.write(msgspec.json.encode(uvloop.run(_play(plan))))


if __name__ == "__main__":
    main()
