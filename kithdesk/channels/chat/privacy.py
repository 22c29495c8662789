"""What the widget stores, sends and why, for consent managers: `/.well-known/kithdesk-privacy.json`.

Served as it is written here, the same for every organisation; a test holds it to the code.
"""

from __future__ import annotations

from typing import Any

from kithdesk.channels.chat.tokens import LIFE
from kithdesk.core.clock import DAY

PATH = "/.well-known/kithdesk-privacy.json"

STATEMENT: dict[str, Any] = {
    "version": 1,
    "product": "Kithdesk chat widget",
    "beforeAnyConsent": {
        "requests": [
            {"what": "the widget's script", "sends": "no cookie, no page address"},
            {
                "what": "GET /c/v1/chat/settings?key=…",
                "sends": "the widget's public key; no cookie, no page address",
            },
        ],
        "storage": [
            {
                "where": "sessionStorage",
                "name": "kithdesk-path",
                "holds": "the pages of this visit, without what follows ? and # (but for the campaign, utm_…, and names"
                " that the organisation lists), and the page of another site that led to them",
                "until": "the tab closes, or the visitor logs out",
                "sharedWith": "other tabs of this site in the same browser, by BroadcastChannel; kept by none of them"
                " in any other place",
                "why": "so that an agent sees where a question comes from, if one is asked",
                "sent": "only when the visitor writes or the page logs them in",
                "notWith": ["Global Privacy Control", "Do Not Track", "strict mode"],
            }
        ],
    },
    "afterTheVisitorWritesOrLogsIn": {
        "storage": [
            {
                "where": "first-party cookie, with a mirror in localStorage",
                "name": "kithdesk-identity",
                "alsoKnownAs": "kustomer-identity",
                "holds": "a random token",
                "days": LIFE // DAY,
                "why": "so that the visitor finds their chats again",
            },
            {
                "where": "localStorage",
                "name": "kithdesk-chat-…",
                "holds": "messages not yet confirmed, the unsent draft, whether a chat goes on, which one is open, and"
                " until when the pages of this visit were told to it",
                "until": "they are confirmed, or the visitor logs out",
                "why": "so that no message is lost",
            },
            {
                "where": "sessionStorage",
                "name": "kithdesk-open",
                "holds": "that the chat is open",
                "until": "the tab closes, or the visitor logs out",
                "why": "so that it stays open from page to page",
            },
        ],
        "sends": [
            {
                "what": "a request for a random token, by which the visitor is known from then on, and its end",
                "why": "so that the visitor finds their chats again, and can log out",
                "by": ["POST /c/v1/tracking/tokens", "DELETE /c/v1/tracking/tokens/current"],
            },
            {
                "what": "who the visitor is, in a token that the site signed: an e-mail address or the site's own id"
                " for them, and a name and attributes if the site puts them in",
                "why": "so that a customer of the site is known, and finds their chats on every device",
                "by": ["POST /c/v1/identity"],
            },
            {
                "what": "messages, files, whether messages were read and that a chat was begun or ended",
                "why": "to answer",
                "by": [
                    "POST /c/v1/chat/messages",
                    "POST /c/v1/chat/attachments",
                    "POST /c/v1/uploads/{slot}",
                    "POST /c/v1/chat/sessions",
                    "PUT /c/v1/chat/sessions/{id}",
                ],
            },
            {"what": "that the visitor is typing", "why": "shown to the agent, kept nowhere"},
            {
                "what": "what the page says of the visitor and of a chat, if it does: name, e-mail addresses, telephone"
                " numbers, social accounts and attributes that the site chooses",
                "why": "shown to the agent as unproven, to answer",
                "by": ["PATCH /c/v1/customers/current", "PATCH /c/v1/conversations/{id}"],
            },
            {
                "what": "what happened on the page, if the page tells: a name and details that the site chooses,"
                " and when",
                "why": "shown to the agent, to answer",
                "by": ["POST /c/v1/tracking/events"],
            },
            {
                "what": "addresses and titles of pages looked at, without what follows ? and # (but for the campaign"
                " and names that the organisation lists), while a conversation exists",
                "why": "to answer",
            },
            {
                "what": "device, browser, system, languages, time zone, screen size, referrer",
                "why": "to answer",
            },
        ],
    },
    "thirdParties": [],
    "purposes": ["customer support at the visitor's request"],
}
