"""Conversations: one matter with a customer, over any channel; the messages and notes in it, and their files.

`receive` is the customer writing (the first message opens the conversation), `reply` the company; both are safe to
repeat by client id. `record_message` is a program that tells what was said elsewhere, in chat or by e-mail, and `begin`
one that opens a conversation and may say nothing in it yet. Status,
snooze, tags and the rest change by verbs; who serves it is recorded by `record_assignment`, which routing calls.
`identify` logs a visitor in and lets the conversations follow.
"""

from kithdesk.conversations.assigning import record_assignment
from kithdesk.conversations.attaching import (
    MAX_FILE,
    MAX_MESSAGE,
    Attachment,
    list_attachments,
    reserve_upload,
)
from kithdesk.conversations.beginning import Begun, begin
from kithdesk.conversations.changing import change, describe_conversation
from kithdesk.conversations.context import Context, Device, Page, context_of, parse_user_agent, with_hints
from kithdesk.conversations.drafting import discard_draft, find_draft, save_draft
from kithdesk.conversations.emails import Mailed
from kithdesk.conversations.empty_chats import begin_chat, find_empty_chat
from kithdesk.conversations.ending import end
from kithdesk.conversations.entities import Conversation, Details, Message
from kithdesk.conversations.file_links import (
    FileLink,
    Links,
    draw_linked,
    get_attachment,
    links_of,
    read_link,
    serve_file,
)
from kithdesk.conversations.filetypes import ALLOWED_TYPES
from kithdesk.conversations.history import waits_since, work_since
from kithdesk.conversations.ids import AttachmentId, ConversationId, MessageId, TagId
from kithdesk.conversations.judging import as_known_now, seen_by
from kithdesk.conversations.last_chat import find_last_of_customer
from kithdesk.conversations.lists import (
    Wanted,
    count_conversations,
    list_conversations,
    list_messages,
    list_messages_before,
)
from kithdesk.conversations.live import CHAT, Address, Channel, Email, File, live_message
from kithdesk.conversations.merging import identify, merge_customers, preview_merge, undo_merge
from kithdesk.conversations.message_queries import customs_of, emails_of, find_messages
from kithdesk.conversations.message_rendering import draw_attachment, draw_messages, named_as_known_now
from kithdesk.conversations.opening import Opening
from kithdesk.conversations.page_queries import UTM
from kithdesk.conversations.queries import (
    Hearers,
    conversation_ids_of,
    details_of,
    find_conversation,
    find_conversations,
    find_customer_of,
    find_hearers,
    get_conversation,
    ids_said_with,
    list_unfinished,
    may_see_conversation,
)
from kithdesk.conversations.reading import mark_read
from kithdesk.conversations.receiving import receive
from kithdesk.conversations.recording import Words, record_message
from kithdesk.conversations.rendering import draw_conversation, draw_conversations
from kithdesk.conversations.replying import reply
from kithdesk.conversations.schemas import (
    ConversationChange,
    CustomersConversationBody,
    NewConversationBody,
)
from kithdesk.conversations.sending import Sent, check_body, is_opened_now
from kithdesk.conversations.sla_rows import note_sla
from kithdesk.conversations.statuses import close, reopen, snooze
from kithdesk.conversations.tagging import create_tag, find_tags, tag, untag
from kithdesk.conversations.uploading import draw_slot, receive_upload, slot_of
from kithdesk.conversations.viewing import view_page
from kithdesk.conversations.visits import begin_visit

__all__ = [
    "ALLOWED_TYPES",
    "CHAT",
    "MAX_FILE",
    "MAX_MESSAGE",
    "UTM",
    "Address",
    "Attachment",
    "AttachmentId",
    "Begun",
    "Channel",
    "Context",
    "Conversation",
    "ConversationChange",
    "ConversationId",
    "CustomersConversationBody",
    "Details",
    "Device",
    "Email",
    "File",
    "FileLink",
    "Hearers",
    "Links",
    "Mailed",
    "Message",
    "MessageId",
    "NewConversationBody",
    "Opening",
    "Page",
    "Sent",
    "TagId",
    "Wanted",
    "Words",
    "as_known_now",
    "begin",
    "begin_chat",
    "begin_visit",
    "change",
    "check_body",
    "close",
    "context_of",
    "conversation_ids_of",
    "count_conversations",
    "create_tag",
    "customs_of",
    "describe_conversation",
    "details_of",
    "discard_draft",
    "draw_attachment",
    "draw_conversation",
    "draw_conversations",
    "draw_linked",
    "draw_messages",
    "draw_slot",
    "emails_of",
    "end",
    "find_conversation",
    "find_conversations",
    "find_customer_of",
    "find_draft",
    "find_empty_chat",
    "find_hearers",
    "find_last_of_customer",
    "find_messages",
    "find_tags",
    "get_attachment",
    "get_conversation",
    "identify",
    "ids_said_with",
    "is_opened_now",
    "links_of",
    "list_attachments",
    "list_conversations",
    "list_messages",
    "list_messages_before",
    "list_unfinished",
    "live_message",
    "mark_read",
    "may_see_conversation",
    "merge_customers",
    "named_as_known_now",
    "note_sla",
    "parse_user_agent",
    "preview_merge",
    "read_link",
    "receive",
    "receive_upload",
    "record_assignment",
    "record_message",
    "reopen",
    "reply",
    "reserve_upload",
    "save_draft",
    "seen_by",
    "serve_file",
    "slot_of",
    "snooze",
    "tag",
    "undo_merge",
    "untag",
    "view_page",
    "waits_since",
    "with_hints",
    "work_since",
]
