"""What a visitor reads of their own conversations, and of nobody else's."""

from __future__ import annotations

from kithdesk import conversations
from kithdesk.conversations.events import Reason
from kithdesk.core.clock import ManualClock
from tests.channels.chat.sites import Site, agent_says, picture, say, upload


async def test_active_leaves_out_what_is_done(site: Site) -> None:
    browser = await site.visitor()
    sent = [await say(browser, id=name, newConversation=name) for name in ("one", "two")]
    found = [answer.json()["conversation"] for answer in sent]
    await site.desk.run(conversations.close, found[0], by=site.admin)

    listed = (await browser.get("/c/v1/chat/sessions?active=true")).json()

    assert [one["id"] for one in listed["data"]] == found[1:]
    assert listed["meta"]["total"] == 1


async def test_sessions_tell_what_the_live_protocol_tells_and_no_more(site: Site) -> None:
    browser = await site.visitor()
    conversation = (await say(browser)).json()["conversation"]
    await agent_says(site, conversation, "Coming up")
    await site.desk.run(
        conversations.reply, conversation, client_id="n1", body="Careful, angry", kind="note", by=site.admin
    )
    await site.desk.run(conversations.change, conversation, {"name": "The angry one"}, by=site.admin)

    answer = await browser.get("/c/v1/chat/sessions")

    (session,) = answer.json()["data"]
    assert session["id"] == conversation
    attributes = session["attributes"]
    assert (attributes["unread"], attributes["preview"]) == (1, "Coming up")
    assert attributes["lastMessageDirection"] == "out"
    assert attributes["assignee"] is None
    assert "ngry" not in answer.text
    assert "x-kithdesk-position" in answer.headers


async def test_T71_an_assignee_is_a_display_name(site: Site) -> None:
    browser = await site.visitor()
    conversation = (await say(browser)).json()["conversation"]
    reason = Reason("by_hand", "")
    await site.desk.run(
        conversations.record_assignment,
        conversation,
        queue=None,
        users=[str(site.admin.id)],
        teams=[],
        reason=reason,
        by=site.admin,
    )

    answer = await browser.get(f"/c/v1/chat/sessions/{conversation}")

    assert answer.json()["data"]["attributes"]["assignee"] == {"displayName": "admin"}
    assert str(site.admin.id) not in answer.text


async def test_messages_page_backwards_and_are_ascending_in_a_page(site: Site) -> None:
    browser = await site.visitor()
    conversation = (await say(browser, "1")).json()["conversation"]
    for number in range(2, 8):
        await agent_says(site, conversation, str(number), f"r{number}")
    at = f"/c/v1/chat/sessions/{conversation}/messages?pageSize=3"

    newest = (await browser.get(at)).json()
    older = (await browser.get(newest["links"]["prev"])).json()
    oldest = (await browser.get(f"{at}&before={older['data'][0]['id']}")).json()

    bodies = [[one["attributes"]["body"] for one in page["data"]] for page in (newest, older, oldest)]
    assert bodies == [["5", "6", "7"], ["2", "3", "4"], ["1"]]
    assert (newest["meta"], oldest["meta"]) == ({"pageSize": 3, "more": True}, {"pageSize": 3, "more": False})
    assert oldest["links"]["prev"] is None


async def test_reading_clears_the_unread_count_and_is_seen_by_the_company(
    site: Site, clock: ManualClock
) -> None:
    browser = await site.visitor()
    conversation = (await say(browser)).json()["conversation"]
    reply = await agent_says(site, conversation, "Coming up")
    clock.advance(seconds=5)

    answer = await browser.put(f"/c/v1/chat/sessions/{conversation}", json={"seenMessage": reply["id"]})

    assert answer.json()["data"]["attributes"]["unread"] == 0
    listed = (await browser.get(f"/c/v1/chat/sessions/{conversation}/messages")).json()["data"]
    assert listed[-1]["attributes"]["readAt"] is not None


async def test_T17_a_visitor_reaches_nothing_of_another(site: Site) -> None:
    ada, eve = await site.visitor(), await site.visitor()
    conversation = (await say(ada)).json()["conversation"]
    reply = await agent_says(site, conversation, "For Ada alone")
    eves = (await say(eve)).json()["conversation"]
    attachment = (await upload(ada, picture()))["id"]

    for id in (conversation, "f" * 24, "..%2f", "null"):
        assert (await eve.get(f"/c/v1/chat/sessions/{id}")).status_code in (404, 400)
        assert (await eve.get(f"/c/v1/chat/sessions/{id}/messages")).status_code in (404, 400)
        for body in ({"ended": True}, {"seenMessage": reply["id"]}):
            assert (await eve.put(f"/c/v1/chat/sessions/{id}", json=body)).status_code in (404, 400)
        assert (await eve.patch(f"/c/v1/conversations/{id}", json={"custom": {"a": 1}})).status_code in (
            404,
            400,
        )
        assert (await say(eve, id="m9", conversation=id)).status_code == 404
    for id in (reply["id"], "f" * 24):
        assert (await eve.put(f"/c/v1/chat/sessions/{eves}", json={"seenMessage": id})).status_code == 404
        assert (await eve.get(f"/c/v1/chat/sessions/{eves}/messages?before={id}")).status_code == 404
    for id in (attachment, "f" * 24):
        assert (await eve.get(f"/c/v1/chat/attachments/{id}")).status_code == 404
        used = await say(eve, "", id="m9", conversation=eves, attachments=[id])
        assert used.status_code == 400
    mine = (await ada.get(f"/c/v1/chat/sessions/{conversation}")).json()["data"]["attributes"]
    assert (mine["ended"], mine["unread"]) == (False, 1)


async def test_T17_an_unknown_and_a_foreign_id_answer_alike(site: Site) -> None:
    ada, eve = await site.visitor(), await site.visitor()
    conversation = (await say(ada)).json()["conversation"]
    await say(eve)

    foreign = await eve.get(f"/c/v1/chat/sessions/{conversation}")
    unknown = await eve.get("/c/v1/chat/sessions/" + "f" * 24)

    assert foreign.json()["errors"] == unknown.json()["errors"]
