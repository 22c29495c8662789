import type { Http } from "./http.ts";
import type { AckFrame, SendFrame } from "./protocol.gen.ts";

/** A visitor's message by HTTP, answered as a socket would: where there are no sockets, and for what no frame holds. */
export async function postMessage(
  http: Http,
  path: string,
  { op: _, ...body }: SendFrame,
): Promise<AckFrame> {
  const ack = await http.ask<AckFrame>(path, { method: "POST", body });
  return { ...ack.body, op: "ack", id: body.id };
}
