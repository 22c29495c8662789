/** Our own element on the page. */
export const script =
  (document.currentScript as HTMLScriptElement | null) ??
  document.querySelector<HTMLScriptElement>("[data-kithdesk-key],[data-kustomer-api-key]");

export const { kithdeskKey, kustomerApiKey, kithdeskStrict } = script?.dataset ?? {};

/** The server is where the script came from; the key names the organisation and is public. */
export const origin = script ? new URL(script.src).origin : "";
export let key = kithdeskKey ?? kustomerApiKey ?? "";

export function setKey(next: string): void {
  key = next;
}

/** For where the key is part of an address. */
export const keyQuery = (): string => `?key=${encodeURIComponent(key)}`;

/**
 * Asks, and asks again where there is no answer or the server cannot take it now. Nobody knows then whether it happened;
 * every one of these requests may be repeated.
 */
export async function ask(method: string, path: string, token?: string, body?: object): Promise<unknown> {
  for (let tries = 3; ; tries -= 1) {
    const response = await fetch(`${origin}/c/v1/${path}`, {
      method,
      headers: {
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body && { "Content-Type": "application/json" }),
      },
      credentials: "omit",
      referrerPolicy: "no-referrer",
      // A page that logs somebody out goes on to the next at once.
      keepalive: true,
      body: JSON.stringify(body) as string,
    }).catch(() => new Response(null, { status: 503 }));
    const answer = await response.json().catch(() => null);
    if (response.ok) return answer?.data.attributes;
    const { status } = response;
    if (tries < 2 || status < 503)
      throw Object.assign(new Error(`Kithdesk: ${status}`), { status }, answer?.errors?.[0]);
    await new Promise((go) => setTimeout(go, 2_000));
  }
}
