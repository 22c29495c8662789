"""What this slice refuses, and how it says so."""

from __future__ import annotations

from kithdesk.core.errors import BadParameter, ChangedMeanwhile, Conflict, Forbidden, TooLarge, Unsupported


class ConversationEnded(Conflict):
    """The conversation was ended for good; write a new one."""

    code = "conversation_ended"

    def __init__(self) -> None:
        super().__init__("This conversation has ended.")


class MessageIdReused(Conflict):
    """The same client id came with another message."""

    code = "message_id_reused"

    def __init__(self, parameter: str = "id") -> None:
        super().__init__("This id was used for another message.", parameter=parameter)


class EmptyMessage(BadParameter):
    """A message has words, or files, or both."""

    def __init__(self) -> None:
        super().__init__("There is nothing to send.", parameter="body")


class MessageTooLong(TooLarge):
    """More than 32 KiB of UTF-8."""

    def __init__(self) -> None:
        super().__init__("A message has at most 32 KiB.", parameter="body")


class ConversationDone(Conflict):
    """A conversation that is done cannot be snoozed; reopen it first."""

    code = "conversation_done"

    def __init__(self) -> None:
        super().__init__("This conversation is done.")


class SnoozeInThePast(BadParameter):
    """Snoozing is until a moment that is yet to come, and not further than ten years away."""

    def __init__(self) -> None:
        super().__init__("Snooze until a later time, within ten years.", parameter="snooze.time")


class DraftChanged(ChangedMeanwhile):
    """Another window saved the draft since."""

    code = "draft_changed"

    def __init__(self) -> None:
        super().__init__("The draft", parameter="revision")


class NotYoursToSay(Forbidden):
    """An agent speaks for the company. What a customer said is recorded by programs and administrators."""

    def __init__(self) -> None:
        super().__init__(
            "Only programs and administrators record what a customer said.", parameter="direction"
        )


class EmailNotSent(Conflict):
    """No e-mail goes out from here. One that was sent elsewhere is recorded by a program, or by an administrator who
    says when it was sent."""

    code = "email_not_sent"

    def __init__(self) -> None:
        super().__init__(
            "Kithdesk sends no e-mail yet, so this would not reach the customer.", parameter="channel"
        )


class NotAChat(Conflict):
    """This conversation is held by e-mail. What is said in chat is said in a chat."""

    code = "not_a_chat"

    def __init__(self) -> None:
        super().__init__("This conversation is held by e-mail.", parameter="channel")


class AttachmentTooLarge(TooLarge):
    """A file, or the files of one message together, or an image's pixels, or what is inside an archive: too much."""

    code = "attachment_too_large"


class AttachmentRefused(Unsupported):
    """The type is not allowed, or the content is not what its name and type say."""

    code = "attachment_refused"


class UploadUnfinished(BadParameter):
    """The slot was made, but the file has not arrived."""

    def __init__(self) -> None:
        super().__init__("This attachment has not been uploaded.", parameter="attachments")


class AttachmentUsed(Conflict):
    """One attachment belongs to one message."""

    code = "attachment_used"

    def __init__(self) -> None:
        super().__init__("This attachment is part of another message.", parameter="attachments")
