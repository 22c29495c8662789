import { once } from "node:events";
import { createServer, request, type Server } from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";

/** What lies between one browser and the server: a proxy that can forbid WebSockets, or swallow what comes back on them. */
export class Wire {
  /** The address of it, for the browser's settings. */
  readonly proxy: string;
  letsSocketsThrough = true;
  readonly #server: Server;
  readonly #open = new Set<Duplex>();
  #swallows = false;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.proxy = `http://127.0.0.1:${port}`;
  }

  static async lay(): Promise<Wire> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    const wire = new Wire(server, address.port);
    wire.#serve();
    return wire;
  }

  /** From now on the server hears, and its answers on sockets that are open are lost. */
  swallowAnswers(): void {
    this.#swallows = true;
  }

  deliverAnswers(): void {
    this.#swallows = false;
  }

  cut(): void {
    for (const socket of this.#open) socket.destroy();
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #serve(): void {
    this.#server.on("request", (from, to) => {
      const onward = request(from.url ?? "", { method: from.method, headers: from.headers }, (answer) => {
        to.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(to);
      });
      onward.on("error", () => to.destroy());
      to.on("close", () => onward.destroy());
      from.pipe(onward);
    });
    // A browser asks a proxy for a tunnel whenever it opens a WebSocket.
    this.#server.on("connect", ({ url }, browser) => this.#tunnel(url ?? "", browser));
  }

  #tunnel(to: string, browser: Duplex): void {
    if (!this.letsSocketsThrough) {
      browser.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      return;
    }
    const [host, port] = to.split(":");
    const server = connect(Number(port), host);
    const both = [browser, server];
    for (const end of both) {
      this.#open.add(end);
      end.on("error", () => undefined);
      end.on("close", () => {
        for (const other of both) other.destroy();
        this.#open.delete(end);
      });
    }
    server.on("connect", () => browser.write("HTTP/1.1 200 Connection established\r\n\r\n"));
    server.on("data", (bytes) => {
      if (!this.#swallows) browser.write(bytes);
    });
    browser.pipe(server);
  }
}
