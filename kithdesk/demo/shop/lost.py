"""Where a path leads nowhere."""

from __future__ import annotations

from kithdesk.demo.shop.html import picture
from kithdesk.demo.shop.layout import Visit, page


def lost_page(visit: Visit) -> str:
    body = f"""<div class="band nothing nothing--page">
<span class="tile tile--mist nothing-art">{picture("glow-worm.svg", "")}</span>
<h1>Off the path</h1>
<p class="nothing-words">There is no page here. It may have been packed away.</p>
<p class="nothing-button"><a class="button" href="/shop/">Back to the shop</a></p>
</div>"""
    return page(visit, title="Off the path", body=body)
