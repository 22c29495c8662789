"""Who does what happens later."""

from __future__ import annotations

from kithdesk.conversations.statuses import wake_up
from kithdesk.conversations.timers import DropBlob, DropUpload, WakeUp
from kithdesk.conversations.uploading import drop_blob, drop_upload
from kithdesk.core.jobs import Job, JobHandler, JobVerb

VERBS: dict[type[Job], JobVerb] = {WakeUp: wake_up}
HANDLERS: dict[type[Job], JobHandler] = {DropUpload: drop_upload, DropBlob: drop_blob}
