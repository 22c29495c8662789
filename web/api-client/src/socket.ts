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

/** A socket whose code is fetched when somebody needs one. */
export function lazySocket(load: () => Promise<OpenSocket>): OpenSocket {
  return () => {
    let socket: LiveSocket | null = null;
    let given = false;
    const outer: LiveSocket = {
      onopen: null,
      onmessage: null,
      onclose: null,
      send: (data) => socket?.send(data),
      close: (code) => {
        given = true;
        socket?.close(code);
      },
    };
    load().then(
      (open) => {
        if (given) return;
        socket = open();
        relay(socket, outer);
      },
      () => outer.onclose?.({ code: 1006 }),
    );
    return outer;
  };
}
