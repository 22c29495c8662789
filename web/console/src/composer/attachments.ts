import { Refused } from "@kithdesk/api-client";

import { api } from "../api/api.ts";
import { isJson, type Resource, readAttachment, text, textOrNull } from "../desk/reading.ts";
import type { MessageAttachment } from "../desk/types.ts";

/* Files: sending them up with progress, and asking for the short-lived links to open them. */

export const LARGEST_FILE_BYTES = 5_242_880;
export const LARGEST_TOTAL_BYTES = 9_961_472;

/** Signed links live a quarter of an hour; ask again well before. */
const LINK_LASTS_MS = 10 * 60_000;

// What was uploaded here, so that a message on its way shows its files by name.
const uploaded = new Map<string, MessageAttachment>();
const links = new Map<string, { at: number; answer: Promise<Links> }>();

interface Links {
  readonly file: string;
  readonly thumbnail: string | null;
  /** The picture as large as a screen, drawn anew by the server. */
  readonly preview: string | null;
}

export function attachmentOf(id: string): MessageAttachment {
  return (
    uploaded.get(id) ?? {
      id,
      name: "",
      contentType: "",
      contentLength: 0,
      width: null,
      height: null,
      hasThumbnail: false,
    }
  );
}

/** Learn the names of files that only their ids are known of, as in a draft from another day. Unknown ones are left out. */
export async function describeFiles(ids: readonly string[]): Promise<MessageAttachment[]> {
  const answers = await Promise.allSettled(ids.map(describeFile));
  return answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
}

async function describeFile(id: string): Promise<MessageAttachment> {
  const known = uploaded.get(id);
  if (known !== undefined) return known;
  const { data } = await api.get(`/v1/attachments/${id}`);
  const attachment = readAttachment({ ...data.attributes, id });
  uploaded.set(id, attachment);
  return attachment;
}

export async function thumbnailOf(id: string): Promise<string | null> {
  return (await linksOf(id)).thumbnail;
}

export async function previewOf(id: string): Promise<string | null> {
  return (await linksOf(id)).preview;
}

/** The browser saves it: the server sends every file as a download. */
export async function openFile(id: string): Promise<void> {
  const { file } = await linksOf(id);
  const anchor = document.createElement("a");
  anchor.href = file;
  anchor.download = "";
  anchor.click();
}

async function linksOf(id: string): Promise<Links> {
  const known = links.get(id);
  if (known !== undefined && Date.now() - known.at < LINK_LASTS_MS) return known.answer;
  const answer = api
    .get<Resource & { links?: { related?: string } }>(`/v1/attachments/${id}`)
    .then(({ data, meta }) => ({
      file: sameOrigin(data.links?.related),
      thumbnail: linkOrNull(meta.thumbnail),
      preview: linkOrNull(meta.preview) ?? linkOrNull(meta.thumbnail),
    }));
  links.set(id, { at: Date.now(), answer });
  answer.catch(() => links.delete(id));
  return answer;
}

function linkOrNull(link: unknown): string | null {
  return typeof link === "string" && link !== "" ? sameOrigin(link) : null;
}

/** A link of our server is a path; nothing else is followed. */
function sameOrigin(path: string | undefined): string {
  const url = new URL(path ?? "/", location.origin);
  if (url.origin !== location.origin) throw new Error("The server named another server");
  return url.pathname + url.search;
}

/** Ask for a slot, then send the file into it. */
export async function upload(
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<MessageAttachment> {
  const contentType = file.type === "" ? "application/octet-stream" : file.type;
  const { data, meta } = await api.post("/v1/attachments", {
    name: file.name,
    contentType,
    contentLength: file.size,
  });
  const slot = isJson(meta.upload) ? meta.upload : {};
  const form = new FormData();
  const fields = isJson(slot.fields) ? slot.fields : {};
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
  // Last, so that the server knows every field before the first byte of the file.
  form.append("file", file, file.name);
  const answer = await sendForm(sameOrigin(text(slot.url)), form, onProgress, signal);
  const stored =
    isJson(answer) && isJson(answer.data) && isJson(answer.data.attributes) ? answer.data.attributes : {};
  const attachment = readAttachment({
    name: file.name,
    contentType,
    contentLength: file.size,
    ...stored,
    id: data.id,
  });
  uploaded.set(attachment.id, attachment);
  return attachment;
}

/** `fetch` cannot tell how much of a body has gone. */
function sendForm(
  url: string,
  form: FormData,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onload = () => {
      if (request.status < 300) resolve(request.response);
      else reject(new Refused(refusalOf(request.status, request.response)));
    };
    request.onerror = () => reject(new Error("The connection broke while sending the file."));
    request.onabort = () => reject(new DOMException("Aborted", "AbortError"));
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}

function refusalOf(status: number, answer: unknown) {
  const [first] = isJson(answer) && Array.isArray(answer.errors) ? (answer.errors as unknown[]) : [];
  const error = isJson(first) ? first : {};
  return {
    status,
    code: text(error.code),
    title: textOrNull(error.title) ?? `The server answered ${status}`,
  };
}
