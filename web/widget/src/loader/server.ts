/** The server is where the script came from; the key names the organisation and is public. */
export let origin = "";
export let key = "";

export function setServer(script: string): void {
  origin = new URL(script).origin;
}

export function setKey(next: string): void {
  key = next;
}

export async function ask(method: string, path: string, token?: string, body?: object): Promise<unknown> {
  const response = await fetch(`${origin}/c/v1/${path}`, {
    method,
    headers: {
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(body && { "Content-Type": "application/json" }),
    },
    credentials: "omit",
    referrerPolicy: "no-referrer",
    body: JSON.stringify(body) ?? null,
  });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer.data?.attributes;
  throw Object.assign(
    new Error(`Kithdesk: ${response.status}`),
    { status: response.status },
    answer.errors?.[0],
  );
}
