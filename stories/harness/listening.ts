import type { BrowserContext, Page } from "playwright-core";

/** Everything that comes into the pages of a browser from now on, as text. */
export function listenTo(context: BrowserContext): () => string {
  const heard: string[] = [];
  const follow = (page: Page) => {
    page.on("websocket", (socket) => {
      socket.on("framereceived", ({ payload }) => heard.push(payload.toString()));
    });
  };
  context.pages().forEach(follow);
  context.on("page", follow);
  context.on("response", async (response) => {
    const isText = /json|text\/event-stream/.test(response.headers()["content-type"] ?? "");
    if (isText) heard.push(await response.text().catch(() => ""));
  });
  return () => heard.join("\n");
}

/** Everything that leaves: addresses, headers, bodies and frames. */
export function overhear(context: BrowserContext): () => string {
  const said: string[] = [];
  const follow = (page: Page) => {
    page.on("websocket", (socket) => {
      said.push(socket.url());
      socket.on("framesent", ({ payload }) => said.push(payload.toString()));
    });
  };
  context.pages().forEach(follow);
  context.on("page", follow);
  context.on("request", (request) => {
    // What a shop's page asks of its own shop carries the page's address, as it always has.
    if (new URL(request.url()).hostname !== "127.0.0.1") return;
    said.push(request.url(), JSON.stringify(request.headers()), request.postData() ?? "");
  });
  return () => said.join("\n");
}
