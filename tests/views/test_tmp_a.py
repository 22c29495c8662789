import time
import pytest
from kithdesk import conversations
from kithdesk.customers import CustomerId
from tests.api import created, got
pytestmark = pytest.mark.anyio

async def test_big(api, acme, desk):
    ana = (await created(api, "/v1/customers", {"name": "Ana"}))["id"]
    first = await created(api, f"/v1/customers/{ana}/messages", {"body": "kettle leaks", "direction": "in"})
    conv = first["relationships"]["conversation"]["data"]["id"]
    import asyncio
    for block in range(100):
        await asyncio.gather(*(api.post(f"/v1/conversations/{conv}/messages", json={"body": f"filling kettle {block} {n}" if n == 5 else f"filling {block} {n}", "direction": "in"}) for n in range(100)))
    for q in ("kettle", "leaks", "filling", "ket"):
        times = []
        for _ in range(5):
            t = time.perf_counter()
            a = await got(api, f"/v1/search?q={q}&customer={ana}&types=message,note,kobject&sort=-at&pageSize=100")
            times.append(round((time.perf_counter() - t) * 1000))
        print("Q", q, a["meta"], times)
    p = a["data"] and a["data"][-1]["attributes"]["position"]
    a = await got(api, f"/v1/search?q=leaks&customer={ana}")
    p = a["data"][0]["attributes"]["position"]
    t = time.perf_counter()
    b = await got(api, f"/v1/customers/{ana}/timeline?before={p+1}&pageSize=25")
    print("T", p, b["data"][-1]["attributes"]["data"]["message"]["body"], round((time.perf_counter() - t) * 1000))
