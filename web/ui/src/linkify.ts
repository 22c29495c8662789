/** A piece of a message's text: plain, or a link that is safe to put into `href`. */
export type Segment =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string };

/*
 * One linear scan finds words that look like a link; `hrefOf` decides. A quantifier never follows another over the
 * same characters, so no text makes this slow.
 */
const CANDIDATE = /(?:https?:\/\/|mailto:|www\.)[^\s<>"]+|[^\s<>"@:;,()[\]{}]+@[^\s<>"@:;,()[\]{}]+/giu;

/* Characters that reorder or hide what follows: a link that contains one may read as another address than it opens. */
const DECEPTIVE = /[\p{Cc}\p{Cf}]/u;

const EMAIL = /^[^\s@]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.)+[\p{L}]{2,63}$/u;

const CLOSING: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** Cut `text` into plain pieces and links. Only `http`, `https` and `mailto` ever become links; the pieces joined are `text`. */
export function linkify(text: string): Segment[] {
  const segments: Segment[] = [];
  let plainFrom = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const word = withoutTrailingPunctuation(match[0]);
    const href = hrefOf(word);
    if (href === null) continue;
    if (match.index > plainFrom) segments.push({ kind: "text", text: text.slice(plainFrom, match.index) });
    segments.push({ kind: "link", text: word, href });
    plainFrom = match.index + word.length;
  }
  if (plainFrom < text.length) segments.push({ kind: "text", text: text.slice(plainFrom) });
  return segments;
}

/** The address `text` may link to, or null. Use it for every `href` that comes from outside, page addresses included. */
export function safeHref(text: string): string | null {
  return hrefOf(text.trim());
}

function hrefOf(word: string): string | null {
  if (DECEPTIVE.test(word)) return null;
  if (/^(?:https?:\/\/|www\.)/iu.test(word)) return webHref(/^www\./iu.test(word) ? `https://${word}` : word);
  const address = word.replace(/^mailto:/iu, "");
  const [mailbox = ""] = address.split("?");
  return EMAIL.test(mailbox) ? `mailto:${mailbox}` : null;
}

function webHref(word: string): string | null {
  let url: URL;
  try {
    url = new URL(word);
  } catch {
    return null;
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") return null;
  // `https://bank.example@evil.example` opens evil.example: nobody writes that for a good reason.
  if (url.username !== "" || url.password !== "") return null;
  return url.href;
}

/** "(see https://a.example/b)." links without the full stop and the bracket that the sentence opened. */
function withoutTrailingPunctuation(word: string): string {
  let end = word.length;
  let balance: Map<string, number> | null = null;
  for (; end > 0; end -= 1) {
    const last = word.charAt(end - 1);
    const opener = CLOSING[last];
    if (opener !== undefined) {
      balance ??= countBrackets(word);
      if ((balance.get(last) ?? 0) <= (balance.get(opener) ?? 0)) break;
      balance.set(last, (balance.get(last) ?? 0) - 1);
    } else if (!/[.,:;!?'"*_~…。，！？、]/u.test(last)) break;
  }
  return word.slice(0, end);
}

function countBrackets(word: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const character of word) {
    if ("()[]{}".includes(character)) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return counts;
}
