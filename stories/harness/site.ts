import { once } from "node:events";
import { createServer, type Server } from "node:http";

/** A site of somebody else's, for pages that the shop does not have. Any name under `localhost` leads to it. */
export class Site {
  readonly #server: Server;
  readonly #port: number;
  readonly #pages = new Map<string, string>();

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.#port = port;
  }

  static async open(): Promise<Site> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    const site = new Site(server, address.port);
    server.on("request", ({ url }, response) => {
      const html = site.#pages.get(new URL(url ?? "/", "http://site").pathname);
      response.writeHead(html === undefined ? 404 : 200, { "Content-Type": "text/html; charset=utf-8" });
      response.end(html ?? "");
    });
    return site;
  }

  /** Puts a page there and tells its address. */
  page(path: string, html: string, name = "localhost"): string {
    this.#pages.set(path, html);
    return `http://${name}:${this.#port}${path}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** The least that a page with the chat on it can be. */
export function pageWithChat(script: string, { attributes = "", title = "A page", body = "" } = {}): string {
  return `<!doctype html>
<html ${attributes}>
<head><meta charset="utf-8"><title>${title}</title><meta name="viewport" content="width=device-width"></head>
<body>${body}${script}</body>
</html>`;
}
