/** What widget and console share: the live connection, the outbox, the fallback stream, typed HTTP. */

export { saveFile } from "./downloads.ts";
export { type ConnectOptions, socketWithFallback } from "./fallback.ts";
export { Http, type HttpOptions, type HttpRequest } from "./http.ts";
export { newId } from "./ids.ts";
export {
  type Hello,
  LiveConnection,
  type LiveOptions,
  type LiveState,
  type Subscription,
  type TopicReader,
} from "./live.ts";
export {
  memoryStorage,
  Outbox,
  type OutboxEntry,
  type OutboxOptions,
  type OutboxStorage,
} from "./outbox.ts";
export { postMessage } from "./posting.ts";
export type * from "./protocol.gen.ts";
export { Disconnected, isFinal, isTemporary, Refused } from "./refusals.ts";
export { type LiveSocket, type OpenSocket, webSocket } from "./socket.ts";
export { EventStreamSocket } from "./sse.ts";
export { type NewFile, postFile, typeOf, type UploadSlot, uploadFile } from "./uploads.ts";
