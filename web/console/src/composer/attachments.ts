import { type NewFile, saveFile, type UploadSlot, uploadFile } from "@kithdesk/api-client";

import { api } from "../api/api.ts";
import { isJson, numberOrNull, type Resource, readAttachment, text } from "../desk/reading.ts";
import type { MessageAttachment } from "../desk/types.ts";

/* Files: sending them up with progress, and asking for the short-lived links to open them. */

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

/** The browser saves it. */
export async function openFile({ id, name }: Pick<MessageAttachment, "id" | "name">): Promise<void> {
  await saveFile((await linksOf(id)).file, name);
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

export async function upload(
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<MessageAttachment> {
  const attachment = readAttachment({ ...(await uploadFile(file, { uploadSlot }, onProgress, signal)) });
  uploaded.set(attachment.id, attachment);
  return attachment;
}

async function uploadSlot(file: NewFile): Promise<UploadSlot> {
  const { data, meta } = await api.post("/v1/attachments", file);
  const slot = isJson(meta.upload) ? meta.upload : {};
  const fields = Object.entries(isJson(slot.fields) ? slot.fields : {});
  return {
    attachment: readAttachment({ ...data.attributes, id: data.id }),
    url: sameOrigin(text(slot.url)),
    fields: Object.fromEntries(fields.map(([name, value]) => [name, String(value)])),
  };
}

/** How large files may be, in bytes. Until the server has told, it alone judges. */
let limits = { oneFile: Number.POSITIVE_INFINITY, together: Number.POSITIVE_INFINITY };

export function fileLimits(): Readonly<typeof limits> {
  return limits;
}

/** The same for everybody who writes in a chat, so it is told with the chat's settings. */
export async function loadFileLimits(widgetKey: string): Promise<void> {
  const { data } = await api.get(`/c/v1/chat/settings?key=${encodeURIComponent(widgetKey)}`);
  const told = isJson(data.attributes.attachments) ? data.attributes.attachments : {};
  limits = {
    oneFile: numberOrNull(told.maxBytes) ?? Number.POSITIVE_INFINITY,
    together: numberOrNull(told.maxTotalBytes) ?? Number.POSITIVE_INFINITY,
  };
}
