/** What a first message does not need: a file of its own. See `later.tsx`. */
export { EventStreamSocket, saveFile } from "@kithdesk/api-client";
export { reasonAgainst, transfer } from "../chat/uploads.ts";
export { Calls } from "./calls.ts";
export { UploadList } from "./composer/UploadList.tsx";
export { Wait } from "./conversation/Wait.tsx";
export { ConversationList } from "./conversations/ConversationList.tsx";
export { Lightbox } from "./files/Lightbox.tsx";
export { EndDialog } from "./header/EndDialog.tsx";
export { Hours } from "./header/Hours.tsx";
