import { refusalOf } from "./http.ts";
import type { Attachment } from "./protocol.gen.ts";
import { Disconnected, Refused } from "./refusals.ts";

/* Files: a slot is asked for, then the file goes into it. The message that carries it comes later. */

export interface NewFile {
  name: string;
  contentType: string;
  contentLength: number;
}

export interface UploadSlot {
  attachment: Attachment;
  url: string;
  /** What the server wants to hear besides the file. */
  fields: Record<string, string>;
}

/** Resolves with the file as the server has it. Rejects with `Refused`, or `Disconnected` when it broke off. */
export async function uploadFile(
  file: File,
  desk: { uploadSlot(file: NewFile): Promise<UploadSlot> },
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Attachment> {
  const { attachment, url, fields } = await desk.uploadSlot({
    name: file.name,
    contentType: typeOf(file) || "application/octet-stream",
    contentLength: file.size,
  });
  signal.throwIfAborted();
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  // Last, so that the server knows every field before the first byte of the file.
  body.append("file", file);
  const answer = await postFile<{ data?: { attributes?: Partial<Attachment> } }>(url, body, {
    onProgress,
    signal,
  });
  return { ...attachment, ...answer?.data?.attributes };
}

interface Posting {
  /** What the body is, where it does not say so itself. */
  contentType?: string;
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/** One POST that tells how much of it has left. Rejects as `uploadFile` does. */
export async function postFile<Answer>(
  url: string,
  body: Blob | FormData,
  { contentType, onProgress, signal }: Posting,
): Promise<Answer | null> {
  // `fetch` cannot tell how much of a body has left.
  const request = new XMLHttpRequest();
  request.open("POST", url);
  if (contentType) request.setRequestHeader("Content-Type", contentType);
  request.responseType = "json";
  request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
  signal.onabort = () => request.abort();
  await new Promise((resolve) => {
    request.onloadend = resolve;
    request.send(body);
  });
  const { status, response } = request;
  if (!status) throw new Disconnected();
  if (status >= 300) throw new Refused(refusalOf({ status, headers: new Headers() }, response));
  return response;
}

const TYPES: Record<string, string> = {
  doc: "application/msword",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  mov: "video/quicktime",
  mp4: "video/mp4",
  pdf: "application/pdf",
  png: "image/png",
  txt: "text/plain",
  xls: "application/vnd.ms-excel",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  zip: "application/zip",
};

/** Systems differ in what they call a zip and leave many types empty: the ending decides, the server looks inside. */
export function typeOf(file: Pick<File, "name" | "type">): string {
  const ending = file.name.slice(file.name.lastIndexOf(".") + 1).toLowerCase();
  return (Object.hasOwn(TYPES, ending) && TYPES[ending]) || file.type;
}
