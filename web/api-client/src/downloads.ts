import { refusalOf } from "./http.ts";
import { Disconnected, Refused } from "./refusals.ts";

/**
 * Has the browser save a file. It is fetched first: behind a plain link a refusal would be a download that fails, and
 * nobody would read why. Rejects with `Refused`, or `Disconnected` when it broke off.
 */
export async function saveFile(address: string, name: string): Promise<void> {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await contentOf(address));
  link.download = name;
  link.click();
  // Whoever saves it has begun by then, and nobody else knows the address.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function contentOf(address: string): Promise<Blob> {
  let answer: Response;
  let content: ArrayBuffer;
  try {
    answer = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
    content = await answer.arrayBuffer();
  } catch {
    throw new Disconnected();
  }
  if (!answer.ok) throw new Refused(refusalOf(answer, parsed(content)));
  // Never by the file's own type: a browser that opens it instead would run a page of a stranger's as one of ours.
  return new Blob([content], { type: "application/octet-stream" });
}

function parsed(content: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(content));
  } catch {
    return null;
  }
}
