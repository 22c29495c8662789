import { problemOf } from "../api/errors.ts";
import { openFile } from "../composer/attachments.ts";
import type { MessageAttachment } from "../desk/types.ts";
import { showToast } from "../toast/toast.ts";
import { words } from "./en.ts";

/** Opens a file, or says why not: what was pressed is still there to be pressed again. */
export function openOrSay(attachment: MessageAttachment): void {
  openFile(attachment).catch((error: unknown) =>
    showToast(`${words.attachmentFailed} ${problemOf(error)}`, { tone: "problem" }),
  );
}
