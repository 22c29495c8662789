import { type LiveSocket, type OpenSocket, relay, webSocket } from "./socket.ts";

export interface ConnectOptions {
  /** Origin of the server, empty for the page's own. */
  base: string;
  openWebSocket?: OpenSocket;
  /** How to open one, fetched when it is needed: where WebSockets work, a browser does without its code. */
  eventStream(): Promise<OpenSocket>;
}

const FAILED_HANDSHAKES = 3;
const TRY_WEBSOCKET_AGAIN_AFTER_MS = 10 * 60_000;

/**
 * A visitor's socket. After some handshakes in a row that nobody answered, the event stream gets a turn. When it
 * is answered, WebSockets are blocked here and the stream stays; when it is not, the server is away.
 */
export function socketWithFallback(options: ConnectOptions): OpenSocket {
  const openWebSocket = options.openWebSocket ?? webSocket(`${options.base}/c/v1/live`);
  let failed = 0;
  let blockedSince = 0;

  const tryWebSocket = () =>
    watch(openWebSocket(), (answered, code) => {
      if (answered) failed = 0;
      else if (code === 1006 || code === 1015) failed += 1;
    });
  const tryEventStream = () =>
    watch(later(options.eventStream()), (answered) => {
      if (answered) blockedSince ||= Date.now();
      else {
        blockedSince = 0;
        failed = FAILED_HANDSHAKES - 1;
      }
    });

  return () => {
    if (blockedSince && Date.now() - blockedSince > TRY_WEBSOCKET_AGAIN_AFTER_MS) {
      blockedSince = 0;
      failed = FAILED_HANDSHAKES - 1;
    }
    return failed >= FAILED_HANDSHAKES ? tryEventStream() : tryWebSocket();
  };
}

/** Passes everything on; says once, when the socket is answered or closes unanswered, which it was. */
function watch(socket: LiveSocket, outcome: (answered: boolean, code: number) => void): LiveSocket {
  let known = false;
  const settle = (answered: boolean, code: number) => {
    if (known) return;
    known = true;
    outcome(answered, code);
  };
  const watched: LiveSocket = {
    onopen: null,
    onmessage: null,
    onclose: null,
    send: (data) => socket.send(data),
    close: (code) => {
      // Given up by the connection above, which waited long enough for a welcome.
      settle(false, code ?? 1006);
      socket.close(code);
    },
  };
  relay(socket, watched);
  socket.onmessage = (event) => {
    settle(true, 0);
    watched.onmessage?.(event);
  };
  socket.onclose = (event) => {
    settle(false, event.code);
    watched.onclose?.(event);
  };
  return watched;
}

/** A socket whose code is on its way. Code that does not come is like a server that does not answer. */
function later(coming: Promise<OpenSocket>): LiveSocket {
  const late: LiveSocket = {
    onopen: null,
    onmessage: null,
    onclose: null,
    send: (data) => void opened.then((socket) => socket?.send(data)),
    close: (code) => void opened.then((socket) => socket?.close(code)),
  };
  const opened = coming.then(
    (open) => {
      const socket = open();
      relay(socket, late);
      return socket;
    },
    () => void late.onclose?.({ code: 1006 }),
  );
  return late;
}
