/** The part of a WebSocket that the live connection needs; the event stream offers the same. */
export interface LiveSocket {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason?: string }) => void) | null;
  send(data: string): void;
  close(code?: number, reason?: string): void;
}

export type OpenSocket = () => LiveSocket;

/** Opens a WebSocket; `url` may be relative to the page and may use http(s). */
export function webSocket(url: string): OpenSocket {
  return () => {
    const absolute = new URL(url, globalThis.location?.href);
    absolute.protocol = absolute.protocol.replace("http", "ws");
    return new WebSocket(absolute) as LiveSocket;
  };
}

/** Passes everything on between `socket` and whoever holds the answer. */
export function relay(socket: LiveSocket, outer: LiveSocket): void {
  socket.onopen = () => outer.onopen?.();
  socket.onmessage = (event) => outer.onmessage?.(event);
  socket.onclose = (event) => outer.onclose?.(event);
}
